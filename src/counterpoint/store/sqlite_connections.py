"""Connections to an SQLite file as it is found: the event loop's own, and one for each thread that asks."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from pathlib import Path
from threading import Lock

STATEMENT_CACHE_SIZE = 128
"""Statements that the event loop's connection keeps ready; the longest that there are take half a megabyte each."""

MAX_TEXT_BYTES = 64 * 1024 * 1024
"""Bytes of the longest text that a statement may build."""

PAGE_CACHE_MIB = 16
"""Megabytes of the file that a connection remembers, unless it is told otherwise."""

EVENT_LOOP_PAGE_CACHE_MIB = 32
"""Megabytes that the event loop's connection remembers: it answers nearly everything."""


class SqliteConnectionPool:
    """Connections to one file as it is found; another that takes its place is not theirs.

    `quick` belongs to the event loop, which also makes and leaves them all. A thread borrows one.
    """

    def __init__(self, path: Path, mapped: int) -> None:
        """Connect; so many bytes of the file are mapped. Raise sqlite3.DatabaseError."""
        self._path = path
        self._mapped = mapped
        # Looked at first: if the file is replaced meanwhile, we seem to be on the old one, and connect once more.
        self._found = _file_identity(path)
        self._lock = Lock()
        self._idle: list[sqlite3.Connection] = []
        self._are_left = False
        self.quick = connect(path, remembered=STATEMENT_CACHE_SIZE, cache=EVENT_LOOP_PAGE_CACHE_MIB, mapped=mapped)

    @property
    def are_current(self) -> bool:
        """Whether the file is the one that was found, with nothing written to it since."""
        return _file_identity(self._path) == self._found

    @contextmanager
    def borrowed(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to a thread. Raise sqlite3.DatabaseError."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        connection = connection or connect(self._path, mapped=self._mapped)
        try:
            yield connection
        finally:
            with self._lock:
                if self._are_left:
                    connection.close()
                else:
                    self._idle.append(connection)

    def leave(self) -> None:
        """Close what nobody uses; each of the others is closed by who brings it back."""
        with self._lock:
            self._are_left = True
            for connection in (self.quick, *self._idle):
                connection.close()
            self._idle.clear()


def connect(path: Path, *, mapped: int, remembered: int = 0, cache: int = PAGE_CACHE_MIB) -> sqlite3.Connection:
    """Connect to read; nobody waits for a lock. Raise sqlite3.DatabaseError."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=0,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=remembered,
    )
    try:
        _prepare(connection, cache, mapped)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, cache: int, mapped: int) -> None:
    # The bytes of an answer are handed on as they are.
    connection.text_factory = bytes
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_TEXT_BYTES)
    connection.create_function("md5", 1, _md5, deterministic=True)
    connection.create_function("regexp_substr", 2, _matched, deterministic=True)
    connection.create_function("regexp_replace", 4, _replaced, deterministic=True)
    connection.execute("PRAGMA query_only = on")
    connection.execute(f"PRAGMA mmap_size = {mapped}")
    connection.execute(f"PRAGMA cache_size = -{cache * 1024}")
    connection.execute("PRAGMA temp_store = memory")


def _file_identity(path: Path) -> tuple[int, ...] | None:
    """Tell a file from another in its place, and from one that was copied over it, of which SQLite knows nothing."""
    try:
        found = path.stat()
    except OSError:
        return None
    # A checkpoint changes the time too, seldom enough: one follows a seeding.
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _md5(text: str) -> str:
    """What PostgreSQL has and SQLite lacks: cursors are checked by it."""
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _matched(text: str, pattern: str) -> str | None:
    """What PostgreSQL has and SQLite lacks: snippets are cut by it."""
    found = re.search(pattern, text)
    return found and found.group()


def _replaced(text: str, pattern: str, replacement: str, _: str) -> str:
    """What PostgreSQL has and SQLite lacks: words are marked by it."""
    return re.sub(pattern, replacement, text)
