"""Responses on a transport: early ones, the last one, and those that the client does not read."""

import asyncio
import socket
import struct
import sys
from collections.abc import Callable

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from counterpoint.http.error_responses import HttpError
from counterpoint.http.responses import CompleteResponse, serialize_headers

MAX_CHUNK_OVERHEAD = 1
"""Maximum bytes of chunk framing per byte of content, in addition to `limit_header_bytes`.

A megabyte in chunks of one byte would block the event loop for a second.
"""

SO_LINGER_RESET = struct.pack("ii", 1, 0)
"""The value of SO_LINGER that makes closing discard unsent data."""


class IncompleteRequestBodyTransport(asyncio.Transport):
    """The transport that a request writes to while its body is still arriving.

    A response before the end of the body is the last one of its connection, because the bytes that follow may belong
    to the body or not.
    """

    def __init__(
        self, transport: asyncio.Transport, cycle: RequestResponseCycle, close_lingering: Callable[[], None]
    ) -> None:
        """Place this transport between a request and its connection's transport."""
        super().__init__()
        self._overhead_bytes = 0
        self.keep_alive = cycle.keep_alive
        self._transport = transport
        self._close_lingering = close_lingering
        self._cycle = cycle
        cycle.keep_alive = False
        cycle.transport = self

    def deduct_content(self, size: int) -> None:
        """Deduct content, and the framing that it may have, from the bytes counted as overhead."""
        self._overhead_bytes -= (1 + MAX_CHUNK_OVERHEAD) * size

    def count_received(self, size: int, max_overhead_bytes: int) -> None:
        """Count the bytes received for the body. Raise HttpError if most of them are not content but framing."""
        self._overhead_bytes += size
        if self._overhead_bytes > max_overhead_bytes:
            message = "The chunks of the body are too small: their framing is larger than their content."
            raise HttpError(400, "LIMIT_EXCEEDED", message)

    def end_request_body(self) -> None:
        """Allow further requests again, unless the response has already announced the close."""
        if not self._cycle.response_started:
            self._cycle.keep_alive = self.keep_alive

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write a part of the response."""
        self._transport.write(data)

    def is_closing(self) -> bool:
        """Return whether the connection is closing."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close the connection in such a way that a client that is still sending can read the response."""
        self._close_lingering()


def serialize_response(response: CompleteResponse, default_headers: list[tuple[bytes, bytes]]) -> bytes:
    """Return the bytes of the last response of a connection."""
    lines = [serialize_headers(default_headers), response.header_lines, b"connection: close\r\n\r\n"]
    return b"".join([STATUS_LINE[response.status], *lines, response.body])


def read_kernel_send_queue(transport: asyncio.Transport) -> int:
    """Return the number of bytes that the socket has accepted and the client has not acknowledged.

    The kernel buffers megabytes, so asyncio's buffer alone would show no progress for a long time.
    """
    if sys.platform == "win32":
        return 0
    from fcntl import ioctl  # noqa: PLC0415  # not on Windows
    from termios import TIOCOUTQ  # noqa: PLC0415

    try:
        size = ioctl(transport.get_extra_info("socket").fileno(), TIOCOUTQ, bytes(4))
    except OSError:
        return 0
    return int.from_bytes(size, sys.byteorder)


def abort_with_reset(transport: asyncio.Transport) -> None:
    """Close a connection and discard its unsent data, which also frees the kernel's buffer."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, SO_LINGER_RESET)
    transport.abort()
