"""What the system holds of an answer, beside what asyncio does."""

import asyncio
import socket
import struct
import sys

RESET = struct.pack("ii", 1, 0)
"""The value of SO_LINGER with which closing throws away what was not sent."""


def kernel_send_queue(transport: asyncio.Transport) -> int:
    """Count the bytes that a socket has taken, and its client has not.

    It takes megabytes at once: by asyncio's buffer alone, a client that reads slowly would long seem not to read.
    """
    if sys.platform == "win32":
        return 0
    from fcntl import ioctl  # noqa: PLC0415  # not on Windows
    from termios import TIOCOUTQ  # noqa: PLC0415

    try:
        told = ioctl(transport.get_extra_info("socket").fileno(), TIOCOUTQ, bytes(4))
    except OSError:
        return 0
    return int.from_bytes(told, sys.byteorder)


def abort_with_reset(transport: asyncio.Transport) -> None:
    """End a connection with all that its client has not read: the system's memory is freed as well."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    transport.abort()
