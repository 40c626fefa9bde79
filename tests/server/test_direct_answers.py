"""Direct answers are those that the same bytes get through ASGI, however they arrive."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import uvicorn
from hypothesis import example, given
from hypothesis import strategies as st
from uvicorn.server import ServerState

from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.probes import DrainState
from counterpoint.server.protocol import HttpConnection, build_protocol_class
from support.bare_server import BareApplication
from support.raw_http import CHUNKED_HEAD, EARLY_HEAD, GET, LAST_GET, POST_HEAD, SMALL_LIMITS, parse_responses

if TYPE_CHECKING:
    from collections.abc import Sequence

POST = POST_HEAD + b"Content-Length: 3\r\n\r\nabc"
EXPECTANT_POST = POST_HEAD + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"
UPGRADE = POST_HEAD + b"Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n\r\nabc"

MESSAGES = [
    *(GET, POST, LAST_GET, EXPECTANT_POST, UPGRADE),
    GET.replace(b"1.1", b"1.0"),
    POST_HEAD + b"Content-Length: %d\r\n\r\n" % len(GET + POST) + GET + POST,
    CHUNKED_HEAD + b"1\r\na\r\n2\r\nbc\r\n0\r\n\r\n",
    EARLY_HEAD + b"Content-Length: 3\r\n\r\nabc",
    POST.replace(b"Host", b"Flaw: 1\r\nHost"),
    POST.replace(b"Host: a", b"X-Y: a"),
    POST_HEAD,
    *(b"\r\n", b"abc", b"0\r\n\r\n"),
]
"""Requests, valid or not, and parts of such."""

RESPONDER = ErrorResponder(CorsPolicy(["*"]))
PROTOCOLS = {
    interface: (BareApplication(interface, RESPONDER), build_protocol_class(SMALL_LIMITS, RESPONDER, DrainState()))
    for interface in ("asgi", "direct")
}
"""Of each interface, the application and the protocol class, which knows more heads after each example."""


MAX_TURNS = 50
"""Turns of the event loop in which all requests are answered."""


async def connect(interface: str) -> tuple[socket.socket, HttpConnection]:
    """Return the client's end of a connection, and the protocol of the server's end."""
    application, protocol = PROTOCOLS[interface]
    config = uvicorn.Config(application, interface="asgi3", proxy_headers=False)
    config.load()
    near, far = socket.socketpair()
    near.setblocking(False)
    _, connection = await asyncio.get_running_loop().create_connection(
        lambda: protocol(config=config, server_state=ServerState(), app_state={}), sock=far
    )
    return near, connection


async def exchange(interface: str, pieces: Sequence[tuple[bytes, int]]) -> list[tuple[int, str | None, bytes]]:
    """Return status, Connection header and body of all responses. A number of turns of the loop follows each piece."""
    near, connection = await connect(interface)
    for data, turns in pieces:
        if not connection.transport.is_closing():
            connection.data_received(data)
        for _ in range(turns):
            await asyncio.sleep(0)
    for _ in range(MAX_TURNS):  # because a client that closes its side at once gets no error for bytes before that
        await asyncio.sleep(0)
    near.shutdown(socket.SHUT_WR)
    received = b""
    while data := await asyncio.get_running_loop().sock_recv(near, 100_000):
        received += data
    near.close()
    responses = parse_responses(received.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b""))
    return [(response.status, response.headers.get("connection"), response.body) for response in responses]


def cut(data: bytes, cuts: Sequence[tuple[int, int]]) -> list[tuple[bytes, int]]:
    """Cut data into pieces of these lengths and the rest, each with a number of turns."""
    pieces = []
    for length, turns in cuts:
        pieces.append((data[:length], turns))
        data = data[length:]
    return [(piece, turns) for piece, turns in [*pieces, (data, 0)] if piece]


LENGTHS = st.one_of(st.integers(1, 80), st.sampled_from([len(message) for message in MESSAGES]))


@given(
    st.lists(st.sampled_from(MESSAGES), min_size=1, max_size=6),
    st.lists(st.tuples(LENGTHS, st.integers(0, 5)), max_size=8),
)
@example([GET, POST, GET], [(len(GET), 5), (len(POST), 5)])
@example([POST, POST], [(len(POST), 0)])
def test_bytes_get_the_answers_that_they_get_through_asgi(messages: list[bytes], cuts: list[tuple[int, int]]) -> None:
    pieces = cut(b"".join(messages) + LAST_GET, cuts)
    assert asyncio.run(exchange("direct", pieces)) == asyncio.run(exchange("asgi", pieces))


def test_request_with_a_known_head_needs_no_parser() -> None:
    async def run() -> list[bytes]:
        near, connection = await connect("direct")
        received = []
        for _ in range(2):
            connection.data_received(POST)
            received.append(await asyncio.get_running_loop().sock_recv(near, 100_000))
            connection.parser = None  # type: ignore[assignment]
        connection.transport.abort()
        near.close()
        return received

    first, second = (parse_responses(received)[0] for received in asyncio.run(run()))
    assert first.json == second.json
    assert first.headers.keys() == second.headers.keys()
