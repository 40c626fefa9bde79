"""A relay between a server and PostgreSQL, at which a test interrupts their connections."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from support.ports import choose_port

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

MAX_PIECE_BYTES = 65_536


class DatabaseRelay:
    """Accepts TCP connections on one port, and passes them on to the Unix socket of PostgreSQL."""

    def __init__(self, url: str) -> None:
        """Prepare to relay to the database at a URL that names the folder of a socket."""
        parts = urlsplit(url)
        self._socket_path = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._database = parts.path
        self._loop = asyncio.new_event_loop()
        self._listener: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._may_pass = asyncio.Event()
        self.port = choose_port()

    @property
    def url(self) -> str:
        """The URL of the database behind the relay."""
        return f"postgresql://tests@127.0.0.1:{self.port}{self._database}"

    def restore(self) -> None:
        """Pass connections on, old ones too."""
        self._run(self._restore)

    def cut(self) -> None:
        """End all connections, and refuse new ones."""
        self._run(self._cut)

    def mute(self) -> None:
        """Hold back what arrives, and what arrives on new connections."""
        self._run(self._mute)

    @contextmanager
    def run(self) -> Iterator[None]:
        """Relay until the block ends."""
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        try:
            self.restore()
            yield
        finally:
            self.cut()
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def _run(self, action: Callable[[], Coroutine[None, None, None]]) -> None:
        asyncio.run_coroutine_threadsafe(action(), self._loop).result()

    async def _restore(self) -> None:
        if self._listener is None:
            self._listener = await asyncio.start_server(self._relay, "127.0.0.1", self.port)
        self._may_pass.set()

    async def _mute(self) -> None:
        self._may_pass.clear()

    async def _cut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for writer in list(self._writers):
            writer.transport.abort()
        self._may_pass.set()
        while self._writers:
            await asyncio.sleep(0.001)

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            await self._may_pass.wait()
            database_reader, database_writer = await asyncio.open_unix_connection(self._socket_path)
            copies = (self._copy(reader, database_writer), self._copy(database_reader, writer))
            await asyncio.gather(*copies)
        finally:
            writer.transport.abort()
            self._writers.discard(writer)

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while piece := await reader.read(MAX_PIECE_BYTES):
                await self._may_pass.wait()
                writer.write(piece)
                await writer.drain()
        writer.close()
