"""Responses that are written in one piece have the same bytes as those that uvicorn writes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.probes import DrainState
from counterpoint.server.protocol import build_protocol_class
from support.raw_http import DEFAULT_LIMITS

Message = dict[str, Any]

DEFAULT_HEADERS = [(b"date", b"Fri, 27 Nov 2026 00:00:00 GMT")]
LIMITED_CONNECTION = build_protocol_class(DEFAULT_LIMITS, ErrorResponder(CorsPolicy(["*"])), DrainState())


def start(status: int = 200, *headers: tuple[bytes, bytes]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(content: bytes = b"", *, more: bool = False) -> Message:
    return {"type": "http.response.body", "body": content, "more_body": more}


LENGTH_2 = (b"content-length", b"2")

RESPONSES: dict[str, list[Message]] = {
    "complete": [start(200, (b"content-type", b"text/plain"), LENGTH_2), body(b"ab")],
    "names in capitals": [start(200, (b"X-Name", b"1"), (b"Content-Length", b"2")), body(b"ab")],
    "empty": [start(200, (b"content-length", b"0")), body()],
    "body by default": [start(200, (b"content-length", b"0")), {"type": "http.response.body"}],
    "large": [start(200, (b"content-length", b"2000000")), body(b"x" * 2_000_000)],
    "no content": [start(204), body()],
    "not modified": [start(304, (b"etag", b'"a"')), body()],
    "error": [start(503, LENGTH_2), body(b"no")],
    "unknown status": [start(599, LENGTH_2), body(b"no")],
    "without length": [start(), body(b"ab")],
    "in parts": [start(200, LENGTH_2), body(b"a", more=True), body(b"b")],
    "in parts without length": [start(), body(b"a", more=True), body(b"b", more=True), body()],
    "chunked by itself": [start(200, (b"transfer-encoding", b"chunked")), body(b"ab")],
    "closes the connection": [start(200, LENGTH_2, (b"connection", b"close")), body(b"ab")],
    "repeated header": [start(200, (b"set", b"1"), (b"set", b"2"), LENGTH_2), body(b"ab")],
    "tab in a value": [start(200, (b"x", b"a\tb"), LENGTH_2), body(b"ab")],
    "body for no content": [start(204), body(b"ab")],
    "longer than declared": [start(200, LENGTH_2), body(b"abc")],
    "shorter than declared": [start(200, LENGTH_2), body(b"a")],
    "line break in a value": [start(200, (b"x", b"a\r\nb: c"), LENGTH_2), body(b"ab")],
    "space in a name": [start(200, (b"x y", b"1"), LENGTH_2), body(b"ab")],
    "more after the end": [start(200, LENGTH_2), body(b"ab"), body(b"c")],
    "two heads": [start(200, LENGTH_2), start(200, LENGTH_2), body(b"ab")],
    "no head": [body(b"ab")],
    "nothing": [],
}

REQUESTS = {
    "GET": b"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "HEAD": b"HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
    "pipelined": b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
    "HTTP/1.0": b"GET / HTTP/1.0\r\nHost: a\r\n\r\n",
    "expects 100": b"POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nab",
}
LAST_REQUEST = b"GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"


async def exchange(protocol: type[HttpToolsProtocol], messages: list[Message], request: bytes) -> bytes:
    """Send a request and a last one to an application that answers with these messages; return all bytes received."""

    async def application(_: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        for message in messages:
            await send(message)

    config = uvicorn.Config(application, access_log=False, lifespan="off", log_level="critical")
    state = ServerState()
    state.default_headers = DEFAULT_HEADERS
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: protocol(config, state, {}, loop), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(request + LAST_REQUEST)
        received = await reader.read()
        writer.close()
        await writer.wait_closed()
    return received


class CountingTransport:
    """The transport of a connection, which counts what is written to it."""

    def __init__(self, transport: asyncio.Transport, writes: list[bytes]) -> None:
        self._transport = transport
        self._writes = writes

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write a part of the response."""
        self._writes.append(data)
        self._transport.write(data)


@pytest.mark.parametrize("name", ["complete", "empty", "no content", "not modified", "error"])
def test_complete_response_is_written_in_one_piece(name: str) -> None:
    writes: list[bytes] = []

    class CountingConnection(LIMITED_CONNECTION):  # type: ignore[misc, valid-type]  # a class made at run time
        def connection_made(self, transport: Any) -> None:
            super().connection_made(CountingTransport(transport, writes))

    received = asyncio.run(exchange(CountingConnection, RESPONSES[name], REQUESTS["GET"]))
    assert len(writes) == 2  # for two requests
    assert b"".join(writes) == received


@pytest.mark.parametrize("request_name", REQUESTS)
@pytest.mark.parametrize("name", RESPONSES)
def test_response_has_the_bytes_that_uvicorn_writes(name: str, request_name: str) -> None:
    messages, request = RESPONSES[name], REQUESTS[request_name]
    expected = asyncio.run(exchange(HttpToolsProtocol, messages, request))
    assert asyncio.run(exchange(LIMITED_CONNECTION, messages, request)) == expected
