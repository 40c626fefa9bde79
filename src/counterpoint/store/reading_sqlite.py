"""Reading an SQLite file."""

import asyncio
import re
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import md5
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from counterpoint.errors import LimitExceeded, NotReady, StatementTimeout
from counterpoint.store.reading import Gate, Row

STEPS = 10_000
"""Steps of SQLite's virtual machine, about half a millisecond, after which it is asked whether to go on."""

QUICK = 6
"""How many times STEPS a statement may take on the event loop."""

REMEMBERED = 128
"""Statements that the event loop's connection keeps ready; the longest that there are take half a megabyte each."""

LARGEST = 64 * 1024 * 1024
"""Bytes of the longest text that a statement may build."""


class SQLiteReader:
    """Reads an SQLite file.

    Nearly every statement is over before a thread could have taken it on, so each begins on the event loop. One that
    isn't quick is stopped there and run again in a thread, where it may take its time and nobody waits for it.
    """

    def __init__(self, path: Path, seconds: float, at_once: int = 4, waiting: int = 32) -> None:
        """Read a file; `open` connects. So many statements that take their time run at once, and so many wait."""
        self._path = path
        self._seconds = seconds
        self._gate = Gate(at_once, waiting)
        self._at_once = at_once
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="statement")
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self._connections: list[sqlite3.Connection] = []
        self._quick: sqlite3.Connection | None = None
        self._credit = 0

    async def open(self) -> None:
        """Connect with the first statement: there may be no file yet."""

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> Row:
        """Give the statement's only row."""
        try:
            quick = self._quick or self._connect_all()
            self._credit = QUICK
            return _only_row(quick, statement, parameters)
        except sqlite3.DataError as error:
            raise _too_large(error) from error
        except sqlite3.OperationalError as error:
            if not _is_interrupt(error):
                raise _understood(error) from error
        loop = asyncio.get_running_loop()
        async with self._gate.turn():
            return await loop.run_in_executor(self._threads, self._fetch_slowly, statement, parameters)

    async def peek(self, statement: str) -> Row:
        """Give the only row of a statement that takes no time: it is quick, and the event loop's own."""
        return await self.fetch(statement, ())

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line: each step under the one that it is part of."""
        quick = self._quick or self._connect_all()
        depths = {0: -1}
        lines = []
        for step, above, _, detail in quick.execute(f"EXPLAIN QUERY PLAN {statement}", parameters):
            depths[step] = depths[above] + 1
            lines.append(f"{'  ' * depths[step]}{detail.decode()}")
        return lines

    async def close(self) -> None:
        """Stop what still runs, and disconnect."""
        for connection in self._connections:
            connection.interrupt()
        self._threads.shutdown()
        for connection in self._connections:
            connection.close()

    def _fetch_slowly(self, statement: str, parameters: Sequence[Any]) -> Row:
        connection = self._idle.get()
        deadline = time.monotonic() + self._seconds
        connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
        try:
            return _only_row(connection, statement, parameters)
        except sqlite3.DataError as error:
            raise _too_large(error) from error
        except sqlite3.OperationalError as error:
            if _is_interrupt(error):
                raise StatementTimeout(self._seconds) from None
            raise _understood(error) from error
        finally:
            self._idle.put(connection)

    def _connect_all(self) -> sqlite3.Connection:
        """Connect once for the loop, and once for each thread."""
        quick = self._connect()
        for _ in range(self._at_once):
            self._idle.put(self._connect(remembered=0))
        quick.set_progress_handler(self._spend, STEPS)
        self._quick = quick
        return quick

    def _spend(self) -> bool:
        """Count the steps of a statement on the event loop; stop it when they are spent."""
        self._credit -= 1
        return self._credit < 0

    def _connect(self, remembered: int = REMEMBERED) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._path.absolute().as_uri()}?mode=ro",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=remembered,
        )
        self._connections.append(connection)
        # The bytes of an answer are handed on as they are.
        connection.text_factory = bytes
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        connection.create_function("md5", 1, _md5, deterministic=True)
        connection.create_function("regexp_substr", 2, _matched, deterministic=True)
        connection.create_function("regexp_replace", 4, _replaced, deterministic=True)
        connection.execute("PRAGMA query_only = on")
        connection.execute("PRAGMA mmap_size = 1073741824")
        connection.execute("PRAGMA cache_size = -16384")
        connection.execute("PRAGMA temp_store = memory")
        return connection


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


def _only_row(connection: sqlite3.Connection, statement: str, parameters: Sequence[Any]) -> Row:
    row: Row = connection.execute(statement, parameters).fetchone()
    return row


def _too_large(error: sqlite3.DataError) -> Exception:
    if error.sqlite_errorcode == sqlite3.SQLITE_TOOBIG:
        return LimitExceeded("The size of an answer, in bytes,", LARGEST)
    return error


def _is_interrupt(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT


def _understood(error: sqlite3.OperationalError) -> Exception:
    if error.sqlite_errorcode == sqlite3.SQLITE_CANTOPEN:
        return NotReady("The database is not there yet: run migrate and seed.")
    if "no such table" in str(error) or "no such column" in str(error):
        return NotReady("The database's tables are not those of this version: run migrate.")
    return error
