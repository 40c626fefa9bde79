"""Servers that answer with constant bytes: the upper limits of what the driver can send and uvicorn can serve.

Run it as `python -m bench.constant_server KIND --port PORT`. The kind `raw` is a minimal TCP server. The kind `uvicorn`
is an ASGI application under uvicorn with the service's own HTTP protocol class.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any, cast

import click
import uvicorn
import uvloop

from counterpoint.app import build_connection_limits
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.probes import DrainState
from counterpoint.server.protocol import build_protocol_class
from counterpoint.settings import read_settings

Message = MutableMapping[str, Any]

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
"""Headers that every response of the service has beside content type and length."""


class RawProtocol(asyncio.Protocol):
    """Writes the response for each chunk received, because the driver sends each request in one chunk."""

    def __init__(self, response: bytes) -> None:
        self._response = response

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport to write to."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Write the response."""
        self._transport.write(self._response)


async def serve_raw(port: int, body: bytes) -> None:
    """Serve a body with two headers until the process is stopped."""
    headers = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    response = headers.encode() + body
    server = await asyncio.get_running_loop().create_server(lambda: RawProtocol(response), "127.0.0.1", port)
    await server.serve_forever()


def build_application(body: bytes, further_headers: Sequence[tuple[bytes, bytes]]) -> Callable[..., Awaitable[None]]:
    """Return an ASGI application that reads each request and answers with constant headers and body."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body)), *further_headers]

    async def application(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]
    ) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return application


@click.command()
@click.argument("kind", type=click.Choice(["raw", "uvicorn"]))
@click.option("--port", type=int, required=True)
@click.option("--size", type=int, default=100, help="Size of the body in bytes.")
@click.option("--few-headers", is_flag=True, help="Return only two headers. The kind `raw` always does.")
def main(kind: str, port: int, size: int, *, few_headers: bool) -> None:
    """Serve constant bytes on the loopback interface until the process is stopped."""
    body = b'{"data":{"text":"%b"}}' % (b"x" * (size - 20))
    if kind == "raw":
        uvloop.run(serve_raw(port, body))
    else:
        uvicorn.run(
            build_application(body, () if few_headers else HEADERS), port=port, loop="uvloop",
            http=build_protocol_class(
                build_connection_limits(read_settings()), ErrorResponder(CorsPolicy(["*"])), DrainState()
            ),
            lifespan="off", access_log=False, server_header=False, proxy_headers=False, log_level="warning",
        )  # fmt: skip


if __name__ == "__main__":
    main()
