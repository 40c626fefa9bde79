"""Webhooks follow the Standard Webhooks specification, and their retries are bounded."""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from counterpoint.webhooks import Delivery, Receiver, RetryPolicy, Webhook, deliver_all, parse_secret, sign
from support.ports import choose_port
from support.receiver import SECRET, run_receiver

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK_POLICY = RetryPolicy(max_attempts=3, first_delay_seconds=0.001)


def deliver(url: str, policy: RetryPolicy = QUICK_POLICY, secret: bytes | None = None) -> tuple[Delivery, list[str]]:
    """Deliver one webhook, and return the outcome and the lines about retries."""
    lines: list[str] = []
    (delivery,) = deliver_all([Webhook(Receiver.parse(url), b"{}", secret)], policy, lines.append)
    return delivery, lines


def test_signature_is_that_of_the_published_example() -> None:
    # From the tests of the specification's reference libraries.
    signature = sign(
        parse_secret(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, json.dumps({"test": 2432232314}).encode()
    )
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_*", "é"])
def test_secret_without_the_format_of_the_specification_is_invalid(secret: str) -> None:
    with pytest.raises(ValueError, match=r"^not a secret, expected whsec_ and 24 to 64 random bytes in base64"):
        parse_secret(secret)


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://site.example/api/publish", "https://site.example/api/publish"),
        ("https://user:secret@site.example:8443/a?token=secret", "https://site.example:8443/a"),
        ("https://hooks.example/v1/prj_1/0123456789abcdefghijk/x", "https://hooks.example/v1/prj_1/.../x"),
    ],
)
def test_printed_address_holds_no_secret(url: str, text: str) -> None:
    assert str(Receiver.parse(url)) == text


@pytest.mark.parametrize(
    "url",
    [
        *("", "site.example", "ftp://site.example", "https://", "http://a:b", "http://[::1", "http://a:0/"),
        *("http://a/ b", "http://a/é", "http://a/#part", "http://a/\n", "http://a..b/", f"http://{'a' * 64}.b/"),
    ],
)
def test_invalid_address_is_rejected_without_quoting_it(url: str) -> None:
    with pytest.raises(ValueError, match=r"^not the URL of a receiver, expected one such as https://site.example/"):
        Receiver.parse(url)


@pytest.mark.parametrize(
    ("statuses", "attempts", "failure"),
    [
        ([], 1, None),
        ([200], 1, None),
        ([503, 429, 202], 3, None),
        ([408, 425, 500], 3, "HTTP 500 Internal Server Error"),
        ([404], 1, "HTTP 404 Not Found"),
        ([410], 1, "HTTP 410 Gone"),
        ([401], 1, "HTTP 401 Unauthorized (does the receiver have the same secret?)"),
        ([302], 1, "HTTP 302 Found (redirects are not followed: use the new address)"),
        ([308], 1, "HTTP 308 Permanent Redirect (redirects are not followed: use the new address)"),
    ],
)
def test_only_failures_that_may_pass_are_repeated(statuses: list[int], attempts: int, failure: str | None) -> None:
    with run_receiver(*statuses, Location="http://127.0.0.1:1/") as receiver:
        delivery, lines = deliver(receiver.url)
    assert delivery == Delivery(attempts, failure)
    assert len(receiver.notifications) == attempts
    assert len(lines) == attempts - 1


def test_repeated_message_keeps_its_id() -> None:
    with run_receiver(500, 500) as receiver:
        _, lines = deliver(receiver.url, secret=parse_secret(SECRET))
    assert len({notification.headers["webhook-id"] for notification in receiver.notifications}) == 1
    assert all(notification.has_valid_signature for notification in receiver.notifications)
    assert lines == [f"{receiver.url}: HTTP 500 Internal Server Error. Trying again in 0.0 seconds."] * 2


def test_without_a_secret_there_is_no_signature() -> None:
    with run_receiver() as receiver:
        deliver(receiver.url)
    (notification,) = receiver.notifications
    assert "webhook-signature" not in notification.headers


def test_credentials_are_sent_as_a_header() -> None:
    with run_receiver() as receiver:
        deliver(receiver.url.replace("://", "://user:p%40ss@") + "?token=1")
    (notification,) = receiver.notifications
    assert (notification.path, notification.headers["host"]) == ("/publish?token=1", f"127.0.0.1:{receiver.port}")
    assert notification.headers["authorization"] == "Basic dXNlcjpwQHNz"


def test_retry_that_the_receiver_wants_too_late_is_not_awaited() -> None:
    with run_receiver(503, Retry_After="3600") as receiver:
        assert deliver(receiver.url) == (Delivery(1, "HTTP 503 Service Unavailable"), [])


def test_receiver_that_does_not_listen_or_answer_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        policy = RetryPolicy(max_attempts=1, attempt_timeout_seconds=0.05)
        assert deliver(url, policy)[0] == Delivery(1, "no response within 0.05 seconds")
    assert deliver(f"http://127.0.0.1:{choose_port()}/")[0] == Delivery(3, "no connection (Connection refused)")


@pytest.mark.parametrize(
    ("response", "failure"),
    [
        (b"HTTP/1.1 404 \x1b[2J\r\n\r\n", "HTTP 404 Not Found"),
        (b"HTTP/1.1 499 Closed\r\n\r\n", "HTTP 499"),
        (b"\x1b[2J\r\n\r\n", "no HTTP response (BadStatusLine)"),
        (b"?" * 1000 + b"\r\n", "no HTTP response (BadStatusLine)"),
    ],
)
def test_failure_quotes_no_text_of_the_receiver_that_a_terminal_would_obey(response: bytes, failure: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                # All of the request, because closing a connection with unread bytes resets it.
                while not connection.recv(65_536).endswith(b"{}"):
                    pass
                connection.sendall(response)

        thread = Thread(target=answer)
        thread.start()
        delivery, _ = deliver(f"http://127.0.0.1:{server.getsockname()[1]}/", RetryPolicy(max_attempts=1))
        thread.join()
    assert delivery == Delivery(1, failure)


@contextmanager
def run_endless_receiver() -> Iterator[str]:
    """Run a receiver that sends one header byte by byte, and yield its URL."""
    end = Event()

    def send_bytes(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Endless: ")
            while not end.wait(0.02):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = Thread(target=send_bytes, args=(server,))
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        end.set()
        thread.join()


def test_receiver_that_sends_byte_by_byte_delays_nobody_beyond_the_total_time() -> None:
    with run_endless_receiver() as url, run_receiver() as receiver:
        webhooks = [Webhook(Receiver.parse(address), b"{}") for address in (url, receiver.url)]
        # The timeouts are equal, because a loaded machine may stretch the pauses between the bytes.
        policy = RetryPolicy(attempt_timeout_seconds=2, total_timeout_seconds=2)
        deliveries = deliver_all(webhooks, policy, lambda _: None)
    assert [delivery.failure for delivery in deliveries] == ["no response within 2 seconds", None]
