"""Read-only connections to an SQLite file: one for the event loop, and one for each thread that runs a query."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock

from counterpoint.store.sqlite_files import build_read_only_uri

STATEMENT_CACHE_SIZE = 128
"""Prepared statements that the event loop's connection caches; the longest take half a megabyte each."""

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""Bytes of the longest text that a query may build."""

PAGE_CACHE_MIB = 16
"""Page cache of a thread's connection."""

EVENT_LOOP_PAGE_CACHE_MIB = 32
"""Page cache of the event loop's connection, which runs nearly every query."""


class SqliteConnectionPool:
    """Connections to the file that was at a path when the pool was made.

    The event loop creates and closes the pool and owns `event_loop_connection`; threads check connections out.
    """

    def __init__(self, path: Path, mmap_bytes: int, *, is_immutable: bool = False) -> None:
        """Connect. Raise sqlite3.DatabaseError."""
        self._path = path
        self._connect = partial(connect, path, mmap_bytes, is_immutable=is_immutable)
        # Read before connecting: if the file is replaced in between, the pool looks outdated and is made again.
        self._file = _file_identity(path)
        self._lock = Lock()
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False
        self.event_loop_connection = self._connect(
            cached_statements=STATEMENT_CACHE_SIZE, page_cache_mib=EVENT_LOOP_PAGE_CACHE_MIB
        )

    @property
    def is_current(self) -> bool:
        """Whether the file at the path is still the same, with no change to it since."""
        return _file_identity(self._path) == self._file

    @contextmanager
    def checkout(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to a thread. Raise sqlite3.DatabaseError."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._connect()
        try:
            yield connection
        finally:
            with self._lock:
                if self._is_closed:
                    connection.close()
                else:
                    self._idle.append(connection)

    def close(self) -> None:
        """Close the event loop's and all idle connections; the others close when their threads return them."""
        with self._lock:
            self._is_closed = True
            for connection in (self.event_loop_connection, *self._idle):
                connection.close()
            self._idle.clear()


def connect(
    path: Path,
    mmap_bytes: int,
    *,
    is_immutable: bool = False,
    cached_statements: int = 0,
    page_cache_mib: int = PAGE_CACHE_MIB,
) -> sqlite3.Connection:
    """Open a read-only connection that never waits for a lock. Raise sqlite3.DatabaseError."""
    connection = sqlite3.connect(
        build_read_only_uri(path, is_immutable=is_immutable),
        uri=True,
        timeout=0,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=cached_statements,
    )
    try:
        _configure(connection, page_cache_mib, mmap_bytes)
    except BaseException:
        connection.close()
        raise
    return connection


def _configure(connection: sqlite3.Connection, page_cache_mib: int, mmap_bytes: int) -> None:
    # Texts stay bytes, because responses are sent as the database built them.
    connection.text_factory = bytes
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_TEXT_BYTES)
    connection.create_function("regexp_substr", 2, _regexp_substr, deterministic=True)
    connection.create_function("regexp_replace", 4, _regexp_replace, deterministic=True)
    connection.execute("PRAGMA query_only = on")
    connection.execute(f"PRAGMA mmap_size = {mmap_bytes}")
    connection.execute(f"PRAGMA cache_size = -{page_cache_mib * 1024}")
    connection.execute("PRAGMA temp_store = memory")


def _file_identity(path: Path) -> tuple[int, ...] | None:
    """Return values that differ if another file was moved to or copied over the path; None if there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    # A checkpoint also changes the modification time, but only a seeding causes one.
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


# Functions that PostgreSQL has and SQLite lacks.


def _regexp_substr(text: str, pattern: str) -> str | None:
    """Return the first match; it cuts snippets."""
    match = re.search(pattern, text)
    return match and match.group()


def _regexp_replace(text: str, pattern: str, replacement: str, _flags: str) -> str:
    """Replace all matches; it marks words in snippets."""
    return re.sub(pattern, replacement, text)
