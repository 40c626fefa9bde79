"""Serve without a service: `python tests/support/bare_server.py LIMITS [ORIGIN…]`, with limits given as JSON.

Pages of all origins may read what it refuses, or of those named. A header `Flaw` finds a mistake in the server itself.

/ tells the request that came, /early refuses it unread, /large answers more than any buffer holds, /slow takes a while.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

from counterpoint.http.access import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.server.limits import ConnectionLimits
from counterpoint.server.protocol import protocol_class

LARGE_BODY_BYTES = 50_000_000
SLOW_RESPONSE_SECONDS = 0.6

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Answer by the path."""
    status, body = 200, b""
    match scope["path"]:
        case "/early":
            status, body = 413, b"too much"
        case "/large":
            body = b"x" * LARGE_BODY_BYTES
        case "/slow":
            await asyncio.sleep(SLOW_RESPONSE_SECONDS)
            body = b"at last"
        case _:
            body = await describe_request(scope, receive)
    head = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


async def describe_request(scope: Message, receive: Receive) -> bytes:
    """Tell the request."""
    body = b""
    while (message := await receive()).get("more_body"):
        body += message["body"]
    body += message.get("body", b"")
    headers = [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]]
    return json.dumps({"method": scope["method"], "body": body.decode("latin-1"), "headers": headers}).encode()


def main(bounds: ConnectionLimits, origins: list[str]) -> None:
    """Serve on a free port, which is told as the service tells it."""

    class Flawed(protocol_class(bounds, ErrorResponder(CorsPolicy(origins)))):  # type: ignore[misc]  # a class made at run time
        """A connection with a mistake in it."""

        def on_header(self, name: bytes, value: bytes) -> None:
            """Take a header, but for one."""
            if name == b"Flaw":
                raise ZeroDivisionError(value)
            super().on_header(name, value)

    for ended_by in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ended_by, lambda *_: None)
    uvicorn.run(application, port=0, http=Flawed, lifespan="off", access_log=False, timeout_graceful_shutdown=5)


if __name__ == "__main__":
    main(ConnectionLimits(**json.loads(sys.argv[1])), sys.argv[2:] or ["*"])
