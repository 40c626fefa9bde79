"""Response writer: writes head and body of a response to the transport in one piece.

uvicorn writes them apart, so that each response takes two system calls, and validates each name and value of a header
with a regular expression of its own.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from uvicorn.protocols.http.httptools_impl import HEADER_RE, HEADER_VALUE_RE, STATUS_LINE, RequestResponseCycle

from counterpoint.http.responses import HeaderLines, Headers

Message = MutableMapping[str, Any]
Application = Callable[[Any, Any, Any], Awaitable[None]]

NO_CONTENT_STATUSES = (204, 304)
"""Statuses of responses without content and its length."""

MAX_COPIED_BYTES = 256_000
"""Size of the largest body that is copied behind its head: the copy of a larger one costs more than a system call."""


class ResponseWriter:
    """An ASGI application that runs another one for a request, and writes its response.

    A response in several parts, and everything else that is not usual, is left to uvicorn.
    """

    def __init__(self, cycle: RequestResponseCycle, app: Application, is_last: Callable[[Any], bool]) -> None:
        """Write the response of an application to the transport of a request.

        `is_last` returns whether the response to a request, given as its scope, is the last one of its connection.
        """
        self._cycle = cycle
        self._app = app
        self._is_last = is_last
        self._start: Message | None = None

    def __call__(self, scope: Any, receive: Any, _: Any) -> Awaitable[None]:
        """Answer the request."""
        return self._app(scope, receive, self.send)

    async def send(self, message: Message) -> None:
        """Keep the head until the body follows, as the ASGI specification allows, and write both."""
        if message["type"] == "http.response.start" and self._start is None and not self._cycle.response_started:
            self._start = message
            if self._is_last(self._cycle.scope):
                self._cycle.keep_alive = False
            return
        start, self._start = self._start, None
        if start is not None:
            head = self._serialize_head(start, message)
            if head is not None:
                self._write(head, message.get("body", b""))
                return
            await self._cycle.send(start)  # type: ignore[arg-type]
        await self._cycle.send(message)  # type: ignore[arg-type]

    def _serialize_head(self, start: Message, body: Message) -> bytes | None:
        """Return the head of a complete response that is ready to be written; None if uvicorn should write it."""
        cycle = self._cycle
        is_complete = body["type"] == "http.response.body" and not body.get("more_body", False)
        if not is_complete or cycle.scope["method"] == "HEAD" or cycle.access_log:
            return None
        if cycle.disconnected or cycle.flow.write_paused:
            return None
        status, headers, size = start["status"], start.get("headers", ()), len(body.get("body", b""))
        if isinstance(headers, HeaderLines) and _has_length(headers.lines, status, size):
            defaults = [b"%b: %b\r\n" % header for header in cycle.default_headers]
            lines: bytes | None = b"".join([STATUS_LINE[status], *defaults, headers.lines])
        else:
            lines = _serialize(status, [*cycle.default_headers, *headers], size)
        return lines and lines + (b"\r\n" if cycle.keep_alive else b"connection: close\r\n\r\n")

    def _write(self, head: bytes, body: bytes) -> None:
        """Write a complete response, and end the request as uvicorn does."""
        cycle = self._cycle
        cycle.response_started = True
        cycle.waiting_for_100_continue = False
        write_response(cycle.transport, head, body)
        cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            cycle.transport.close()
        cycle.on_response()


def write_response(transport: asyncio.Transport, head: bytes, body: bytes) -> None:
    """Write head and body, in one piece unless the body is large."""
    if len(body) <= MAX_COPIED_BYTES:
        transport.write(head + body)
    else:
        transport.write(head)
        transport.write(body)


def _has_length(lines: bytes, status: int, size: int) -> bool:
    """Return whether headers declare the size of the content, as far as the status allows content."""
    if status in NO_CONTENT_STATUSES:
        return size == 0
    return b"content-length: %d\r\n" % size in lines


def _serialize(status: int, headers: Headers, size: int) -> bytes | None:
    """Return the lines of a head, without its end; None if it has unusual headers, or not the size of the content."""
    content_length = 0 if status in NO_CONTENT_STATUSES else None
    lines = [STATUS_LINE[status]]
    for name, value in headers:
        lower_name = name.lower()
        match lower_name:
            case b"content-length":
                content_length = int(value)
            case b"transfer-encoding" | b"connection":
                return None
        lines.append(b"%b: %b\r\n" % (lower_name, value))
    return b"".join(lines) if content_length == size and _are_valid(headers) else None


def _are_valid(headers: Headers) -> bool:
    """Return whether no name and no value contains a character that is not allowed in it."""
    names = b"".join([name for name, _ in headers])
    values = b"".join([value for _, value in headers])
    return not HEADER_RE.search(names) and not HEADER_VALUE_RE.search(values)
