"""Requests whose body is still coming."""

import asyncio
from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


class EarlyResponseTransport(asyncio.Transport):
    """The transport of a request whose body is still coming. `framing` counts the bytes beside the body.

    An answer before the body's end is the connection's last: what follows may be the rest of the body, or not.
    """

    def __init__(self, transport: asyncio.Transport, cycle: RequestResponseCycle, close: Callable[[], None]) -> None:
        """Stand between a request and its connection, which `close` ends."""
        super().__init__()
        self.framing = 0
        self.keep_alive = cycle.keep_alive
        self._transport = transport
        self._close = close
        self._cycle = cycle
        cycle.keep_alive = False
        cycle.transport = self

    def finish(self) -> None:
        """Take the end of the body."""
        if not self._cycle.response_started:
            self._cycle.keep_alive = self.keep_alive

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write a part of the answer."""
        self._transport.write(data)

    def is_closing(self) -> bool:
        """Tell whether the connection ends."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close so that a client that is still sending can read its answer."""
        self._close()
