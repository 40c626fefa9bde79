"""A load balancer: it reads `/readyz`, sends each request to a server that is ready, and never sends one twice."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from support.servers import START_TIMEOUT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECK_INTERVAL_SECONDS = 0.05

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Reply:
    """The response of a server, or status 0 if there was none."""

    port: int
    status: int
    closes_connection: bool = False


class Balancer:
    """Keeps connections to servers open, as proxies do, until a response announces their end."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._turns = count()
        self._idle: defaultdict[int, list[Connection]] = defaultdict(list)
        self.ready = set(ports)

    async def check_forever(self) -> None:
        """Read `/readyz` of each server again and again, on a new connection each time."""
        while True:
            for port in self._ports:
                reply = await self._exchange(port, "/readyz", keeps_connection=False)
                (self.ready.add if reply.status == 200 else self.ready.discard)(port)
            await asyncio.sleep(CHECK_INTERVAL_SECONDS)

    async def send(self, path: str) -> Reply:
        """Send a GET request to the next server that is ready."""
        ports = sorted(self.ready)
        return await self._exchange(ports[next(self._turns) % len(ports)], path)

    def close(self) -> None:
        """Close all idle connections."""
        for connections in self._idle.values():
            for _, writer in connections:
                writer.close()

    async def _exchange(self, port: int, path: str, *, keeps_connection: bool = True) -> Reply:
        is_open = keeps_connection and self._idle[port]
        reply = Reply(port, 0, closes_connection=True)
        with suppress(OSError, EOFError, TimeoutError):
            async with asyncio.timeout(START_TIMEOUT_SECONDS):
                connection = self._idle[port].pop() if is_open else await asyncio.open_connection("127.0.0.1", port)
                try:
                    reply = await _exchange_on(connection, port, path)
                finally:
                    if keeps_connection and not reply.closes_connection:
                        self._idle[port].append(connection)
                    else:
                        connection[1].transport.abort()
        return reply


async def _exchange_on(connection: Connection, port: int, path: str) -> Reply:
    """Send a request on a connection, and read the response."""
    reader, writer = connection
    writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    lines = head.splitlines()
    headers = dict(line.split(": ", 1) for line in lines[1:-1])
    await reader.readexactly(int(headers["content-length"]))
    return Reply(port, int(lines[0].split()[1]), headers.get("connection") == "close")
