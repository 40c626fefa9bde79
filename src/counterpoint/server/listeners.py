"""Listeners: the sockets on which worker processes accept connections."""

import asyncio
import os
import socket
import sys

from counterpoint.errors import SettingsError

MAX_QUEUED_CONNECTIONS = 2048
"""Connections of one socket that the kernel queues until a worker accepts them, as in uvicorn."""


def open_listeners(host: str, port: int, workers: int) -> list[list[socket.socket]]:
    """Listen on each address of a host, with sockets of its own for each worker. Raise SettingsError.

    The kernel distributes connections over sockets with SO_REUSEPORT. Workers that share one socket race for each
    connection instead, and a worker often wins all.
    """
    try:
        addresses = asyncio.run(_bind(host, port))
        groups = [_open_group(first, workers) for first in addresses]
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        message = f"The server can't listen on {host}, port {port}: {reason}."
        raise SettingsError(f"{message} Choose another port with --port, or another address with --host.") from error
    return [list(sockets) for sockets in zip(*groups, strict=True)]


async def _bind(host: str, port: int) -> list[socket.socket]:
    """Bind a socket to each address of a host, exactly as a server in one process does. Raise OSError."""
    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, start_serving=False)
    sockets = [transport_socket.dup() for transport_socket in server.sockets]
    server.close()
    return sockets


def _open_group(first: socket.socket, workers: int) -> list[socket.socket]:
    """Return listening sockets of one address, one for each worker."""
    if sys.platform != "linux":  # Other kernels do not distribute connections over sockets.
        first.listen(MAX_QUEUED_CONNECTIONS)
        return [first.dup() for _ in range(workers)]
    # Set only now, because binding with it would succeed beside another server of the same user.
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    first.listen(MAX_QUEUED_CONNECTIONS)
    others = [
        socket.create_server(first.getsockname(), family=first.family, backlog=MAX_QUEUED_CONNECTIONS, reuse_port=True)
        for _ in range(workers - 1)
    ]
    return [first, *others]
