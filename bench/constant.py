"""Servers that answer constant bytes: what the driver can send at most, and what uvicorn can serve at most.

`python -m bench.constant --port … raw` speaks HTTP as barely as can be; `uvicorn` serves an ASGI application under the
same server as the service: uvicorn with our connections.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

import click
import uvicorn
import uvloop

from counterpoint.app import build_connection_limits
from counterpoint.http.access import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.server.protocol import protocol_class
from counterpoint.settings import read_settings

Message = MutableMapping[str, Any]


class Raw(asyncio.Protocol):
    """Answers whatever ends in what a small request ends in; a driver's requests come in one piece each."""

    def __init__(self, answer: bytes) -> None:
        """Answer with these bytes."""
        self._answer = answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where to write."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Answer."""
        self._transport.write(self._answer)


async def serve_raw(port: int, body: bytes) -> None:
    """Serve until stopped."""
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    answer = head.encode() + body
    server = await asyncio.get_running_loop().create_server(lambda: Raw(answer), "127.0.0.1", port)
    await server.serve_forever()


HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"etag", b'W/"0123456789abcdef01234567"'),
    (b"cache-control", b"public, max-age=0, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400"),
    (b"vary", b"Accept, Accept-Encoding"),
    (b"cache-tag", b"article"),
    (b"access-control-allow-origin", b"*"),
    (b"cache-status", b"Counterpoint; hit"),
    (b"server-timing", b"total;dur=0.010"),
    (b"x-request-id", b"0123456789ab-1"),
]
"""What each answer of the service has beside type and length, always the same."""


def application(body: bytes) -> Callable[..., Awaitable[None]]:
    """Make an ASGI application that reads a request and answers constant bytes, headers included."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body)), *HEADERS]

    async def answer(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


@click.command()
@click.argument("kind", type=click.Choice(["raw", "uvicorn"]))
@click.option("--port", type=int, required=True)
@click.option("--size", type=int, default=100, help="Bytes of the body.")
def main(kind: str, port: int, size: int) -> None:
    """Serve constant bytes on the loopback until stopped."""
    body = b'{"data":{"text":"%b"}}' % (b"x" * (size - 20))
    if kind == "raw":
        uvloop.run(serve_raw(port, body))
    else:
        uvicorn.run(
            application(body), port=port, loop="uvloop",
            http=protocol_class(build_connection_limits(read_settings()), ErrorResponder(CorsPolicy(["*"]))),
            lifespan="off", access_log=False, server_header=False, proxy_headers=False, log_level="warning",
        )  # fmt: skip


if __name__ == "__main__":
    main()
