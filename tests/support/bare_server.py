"""A server without the service: a test application on the HTTP protocol class of the service.

`python tests/support/bare_server.py LIMITS INTERFACE [ORIGIN...]`, where LIMITS are connection limits as JSON, and
scripts of the ORIGINs (default: all) may read the error responses. With the INTERFACE `direct`, usual requests bypass
ASGI, and those with POST yield; with `asgi`, none does. A header `Flaw` raises an exception in the protocol class.

The paths: `/early` responds 413 before it reads the body, `/large` sends more than any buffer holds, `/slow` waits,
and every other path returns the request as JSON.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

from counterpoint.http.application import HttpApplication, RequestHead
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.probes import DrainState
from counterpoint.http.responses import Response
from counterpoint.server.limits import ConnectionLimits
from counterpoint.server.protocol import build_protocol_class

LARGE_BODY_BYTES = 50_000_000
SLOW_RESPONSE_SECONDS = 0.6

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Respond as the path demands."""
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
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def describe_request(scope: Message, receive: Receive) -> bytes:
    """Return the request as JSON."""
    body = b""
    while (message := await receive()).get("more_body"):
        body += message["body"]
    body += message.get("body", b"")
    headers = [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]]
    return json.dumps({"method": scope["method"], "body": body.decode("latin-1"), "headers": headers}).encode()


class BareApplication:
    """The test application. It answers requests directly, except those to `/early`; those with POST yield twice."""

    def __init__(self, interface: str, error_responder: ErrorResponder) -> None:
        self._direct = HttpApplication("bare", self._respond, error_responder)
        self.find_direct_application = self._find if interface == "direct" else None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request through ASGI."""
        await application(scope, receive, send)

    def _find(self, path: bytes, _: dict[bytes, bytes]) -> HttpApplication | None:
        return None if path == b"/early" else self._direct

    async def _respond(self, head: RequestHead, _: Receive) -> Response:
        """Respond as the same path of the ASGI application does."""
        messages: list[Message] = []
        for _step in range(2 if head.method == "POST" else 0):
            await asyncio.sleep(0)

        async def receive() -> Message:
            return {"body": head.body}

        async def send(message: Message) -> None:
            messages.append(message)

        scope = {"method": head.method, "path": head.path, "headers": head.headers.items()}
        await application(scope, receive, send)
        start, end = messages
        return Response(start["status"], start["headers"], end["body"])


def main(limits: ConnectionLimits, interface: str, origins: list[str]) -> None:
    """Serve on a free port, which uvicorn logs."""
    error_responder = ErrorResponder(CorsPolicy(origins))

    class FlawedProtocol(build_protocol_class(limits, error_responder, DrainState())):  # type: ignore[misc]  # a class made at run time
        """A protocol class with a bug."""

        def on_header(self, name: bytes, value: bytes) -> None:
            """Raise an exception for the header `Flaw`."""
            if name == b"Flaw":
                raise ZeroDivisionError(value)
            super().on_header(name, value)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    uvicorn.run(
        BareApplication(interface, error_responder),
        port=0,
        http=FlawedProtocol,
        lifespan="off",
        proxy_headers=False,
        access_log=False,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main(ConnectionLimits(**json.loads(sys.argv[1])), sys.argv[2], sys.argv[3:] or ["*"])
