"""Slow clients are disconnected: each state of a connection has its timeout."""

from __future__ import annotations

import select
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from counterpoint.server.limits import ConnectionState
from support.bare_server import LARGE_BODY_BYTES, SLOW_RESPONSE_SECONDS
from support.raw_http import (
    CHUNKED_HEAD,
    DEFAULT_LIMITS,
    GET,
    LARGE_GET,
    POST_HEAD,
    QUICK_LIMITS,
    connect,
    exchange,
    resident_bytes,
    run_bare_server,
    send_slowly,
)
from support.servers import START_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from support.servers import ServerProcess


def test_connection_without_a_request_is_closed(quick_server: ServerProcess) -> None:
    assert exchange(quick_server) == []


@pytest.mark.parametrize("start", [b"", GET], ids=["first", "second"])
def test_slow_head_is_rejected(quick_server: ServerProcess, start: bytes) -> None:
    *_, response = send_slowly(quick_server, start + b"GET /", [b"x"] * 1_000)
    assert (response.status, response.error_codes) == (408, ["REQUEST_TIMEOUT"])
    assert "0.3 s" in response.json["errors"][0]["message"]


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (POST_HEAD + b"Content-Length: 1000000\r\n\r\n", b"x"),
        (CHUNKED_HEAD, b"1\r\nx\r\n"),
        (CHUNKED_HEAD + b"1;", b"x"),
    ],
    ids=["declared", "chunked", "extension"],
)
def test_slow_body_is_rejected(quick_server: ServerProcess, start: bytes, piece: bytes) -> None:
    (response,) = send_slowly(quick_server, start, [piece] * 1_000)
    assert (response.status, response.error_codes) == (408, ["REQUEST_TIMEOUT"])


def test_idle_connection_is_closed(quick_server: ServerProcess) -> None:
    start = time.monotonic()
    (response,) = exchange(quick_server, GET)
    assert (response.status, response.headers.get("connection")) == (200, None)
    assert time.monotonic() - start >= QUICK_LIMITS.keepalive_timeout_seconds


def test_busy_connection_stays_open() -> None:
    # The pauses are a tenth of the timeout, because a loaded machine may stretch them.
    timeout = 1.0
    with (
        run_bare_server(replace(DEFAULT_LIMITS, keepalive_timeout_seconds=timeout)) as server,
        connect(server) as client,
    ):
        start = time.monotonic()
        while time.monotonic() - start < 2 * timeout:
            client.sendall(GET)
            assert client.recv(10_000)
            time.sleep(timeout / 10)


def test_slow_application_has_no_timeout(quick_server: ServerProcess) -> None:
    for state in (ConnectionState.HEAD, ConnectionState.BODY, ConnectionState.WRITE, ConnectionState.IDLE):
        assert QUICK_LIMITS.find_timeout(state) < SLOW_RESPONSE_SECONDS
    (response,) = exchange(quick_server, b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1")
    assert response.body == b"at last"


@pytest.mark.parametrize("header", [b"", b"Connection: close\r\n"], ids=["keep-alive", "close"])
def test_unread_response_is_discarded_and_its_memory_freed(quick_server: ServerProcess, header: bytes) -> None:
    before = resident_bytes(quick_server)
    with connect(quick_server) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n%b\r\n" % header)
        assert client.recv(1) == b"H"
        assert resident_bytes(quick_server) > before + LARGE_BODY_BYTES / 2
        hang_up = select.poll()
        hang_up.register(client, 0)
        assert hang_up.poll(1_000 * START_TIMEOUT_SECONDS)
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while resident_bytes(quick_server) >= before + LARGE_BODY_BYTES / 2:
        assert time.monotonic() < deadline


def test_slow_reader_gets_more_time() -> None:
    # The client reads some megabytes a second, where 64 KiB are required, for three times the timeout.
    timeout = 1.0
    with (
        run_bare_server(replace(DEFAULT_LIMITS, write_timeout_seconds=timeout)) as server,
        connect(server) as client,
    ):
        client.sendall(LARGE_GET)
        start = time.monotonic()
        while time.monotonic() - start < 3 * timeout:
            assert client.recv(20_000)
            time.sleep(0.01)


def test_very_slow_reader_is_disconnected(quick_server: ServerProcess) -> None:
    with connect(quick_server) as client:
        client.sendall(LARGE_GET)
        hang_up = select.poll()
        hang_up.register(client, 0)
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while not hang_up.poll(10):
            assert client.recv(100)
            assert time.monotonic() < deadline
