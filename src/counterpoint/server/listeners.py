"""Listeners: the sockets on which a server, or each of its worker processes, accepts connections."""

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Iterable

from counterpoint.errors import SettingsError

if sys.platform != "win32":
    import resource

log = logging.getLogger(__name__)

MAX_QUEUED_CONNECTIONS = 2048
"""Connections of one socket that the kernel queues until a worker accepts them, as in uvicorn."""

MAX_OTHER_FILES = 100
"""Files and sockets of a process beside the connections of clients, such as those of the database."""


def allow_connections(number: int) -> None:
    """Raise the limit of open files for so many connections of clients, as far as the system allows.

    Connections beyond that limit are reset, because the server cannot accept them to answer with an error.
    """
    if sys.platform == "win32":
        return
    needed = number + MAX_OTHER_FILES
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return
    allowed = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    except (OSError, OverflowError, ValueError):  # A system may have a limit below the hard one.
        allowed = soft
    if allowed < needed:
        connections = max(allowed - MAX_OTHER_FILES, 0)
        log.warning(
            "The system allows %d open files: enough for %d connections of the %d in COUNTERPOINT_MAX_CONNECTIONS.",
            *(allowed, connections, number),
        )


def open_listeners(host: str, port: int, workers: int) -> list[list[socket.socket]]:
    """Listen on each address of a host, with sockets of its own for each worker. Raise SettingsError.

    The kernel distributes connections over sockets with SO_REUSEPORT. Workers that share one socket race for each
    connection instead, and a worker often wins all.
    """
    try:
        addresses = asyncio.run(_bind(host, port))
        groups = [_open_group(first, workers) for first in addresses]
    except (OSError, UnicodeError) as error:  # UnicodeError if the name has a part that is too long for DNS.
        message = f"The server can't listen on {host}, port {port}: {_describe_reason(error)}."
        raise SettingsError(f"{message} Choose another port with --port, or another address with --host.") from error
    return [list(sockets) for sockets in zip(*groups, strict=True)]


def describe_addresses(listeners: Iterable[socket.socket]) -> str:
    """Return the URLs of the addresses on which sockets listen."""
    return ", ".join(map(_describe_address, listeners))


def _describe_address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if listener.family == socket.AF_INET6 else f"http://{host}:{port}"


def _describe_reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "the host is not a name"
    return os.strerror(error.errno) if error.errno and error.errno > 0 else str(error.strerror)


async def _bind(host: str, port: int) -> list[socket.socket]:
    """Bind a socket to each address of a host. Raise OSError or UnicodeError."""
    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, host, port, start_serving=False)
    sockets = [transport_socket.dup() for transport_socket in server.sockets]
    server.close()
    return sockets


def _open_group(first: socket.socket, workers: int) -> list[socket.socket]:
    """Return listening sockets of one address, one for each worker."""
    if workers == 1 or sys.platform != "linux":  # Other kernels do not distribute connections over sockets.
        first.listen(MAX_QUEUED_CONNECTIONS)
        return [first, *(first.dup() for _ in range(workers - 1))]
    # Set only now, because binding with it would succeed beside another server of the same user.
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    first.listen(MAX_QUEUED_CONNECTIONS)
    others = [
        socket.create_server(first.getsockname(), family=first.family, backlog=MAX_QUEUED_CONNECTIONS, reuse_port=True)
        for _ in range(workers - 1)
    ]
    return [first, *others]
