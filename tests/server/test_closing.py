"""Connections are closed so that clients can read the last response, and the server can stop."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

import pytest

from support.bare_server import LARGE_BODY_BYTES
from support.raw_http import (
    DEFAULT_LIMITS,
    EARLY_HEAD,
    GET,
    LARGE_GET,
    LAST_GET,
    MAX_MEMORY_GROWTH_BYTES,
    POST_HEAD,
    SLOW_GET,
    connect,
    exchange,
    parse_responses,
    receive_all,
    resident_bytes,
    run_bare_server,
    send_endlessly,
)

if TYPE_CHECKING:
    from support.servers import ServerProcess


@pytest.mark.parametrize(
    ("framing", "more"),
    [
        (b"Content-Length: 1000000000\r\n\r\n", b"x" * 1_000_000),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n%b\r\n" % (b"x" * 1_000)),
    ],
    ids=["declared", "chunked"],
)
def test_client_that_still_sends_can_read_an_early_response(
    small_server: ServerProcess, framing: bytes, more: bytes
) -> None:
    before = resident_bytes(small_server)
    for _ in range(5):
        (response,) = send_endlessly(small_server, EARLY_HEAD + framing, more)
        assert (response.status, response.body, response.headers["connection"]) == (413, b"too much", "close")
    assert resident_bytes(small_server) < before + MAX_MEMORY_GROWTH_BYTES


def test_client_that_sends_on_after_the_response_is_disconnected(small_server: ServerProcess) -> None:
    body = b"x" * 100_000_000
    with connect(small_server) as client:
        client.sendall(EARLY_HEAD + b"Content-Length: %d\r\n\r\n" % len(body))
        with pytest.raises(ConnectionError):
            client.sendall(body)


def test_large_response_arrives_complete(small_server: ServerProcess) -> None:
    (response,) = exchange(small_server, b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert len(response.body) == LARGE_BODY_BYTES


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (POST_HEAD + b"Content-Length: 1\r\n\r\na", 1),
        (POST_HEAD + b"Connection: close\r\nContent-Length: 1\r\n\r\na", 1),
        (SLOW_GET, 1),
        (GET + SLOW_GET + GET, 3),
        (SLOW_GET + b"GET /", 1),
        (SLOW_GET + b"garbage", 1),
        (b"GET /", 0),
        (POST_HEAD + b"Content-Length: 2\r\n\r\na", 0),
    ],
    ids=repr,
)
def test_client_that_closes_its_sending_side_gets_the_responses_to_complete_requests(
    small_server: ServerProcess, raw: bytes, count: int
) -> None:
    with connect(small_server) as client:
        client.sendall(raw)
        client.shutdown(socket.SHUT_WR)
        responses = parse_responses(receive_all(client))
    assert [response.status for response in responses] == [200] * count


def test_shutdown_is_quick_and_clean_whatever_clients_do() -> None:
    with run_bare_server(DEFAULT_LIMITS) as server:
        clients = [connect(server) for _ in range(7)]
        silent, idle, in_head, in_body, rejected, unread, waiting = clients
        idle.sendall(GET)
        assert idle.recv(10_000)
        in_head.sendall(b"GET /")
        in_body.sendall(POST_HEAD + b"Content-Length: 10\r\n\r\nx")
        rejected.sendall(b"x")
        assert rejected.recv(10_000)
        unread.sendall(LARGE_GET)
        assert unread.recv(1)
        waiting.sendall(SLOW_GET)
        # One more response shows that the server has received all of this.
        assert [response.status for response in exchange(server, LAST_GET)] == [200]
        assert server.stop(signal.SIGTERM) == 0
        for client in (silent, in_head):
            assert receive_all(client) == b""
        assert [response.status for response in parse_responses(receive_all(in_body))] == [408]
        (response,) = parse_responses(receive_all(waiting))
        assert (response.body, response.headers["connection"]) == (b"at last", "close")
        for client in clients:
            client.close()
