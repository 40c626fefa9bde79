"""Read-only access to an SQLite file."""

import asyncio
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NoReturn

from counterpoint.errors import DatabaseUnreachable, LimitExceeded, NotReady, QueryTimeout
from counterpoint.store.database import (
    WRONG_SCHEMA_MESSAGE,
    ConcurrencyLimiter,
    FailureLog,
    QueryLimits,
    QueryLoad,
    ResultRow,
)
from counterpoint.store.sqlite_connection_pool import MAX_TEXT_BYTES, SqliteConnectionPool
from counterpoint.store.sqlite_files import (
    READ_ONLY_FOLDER_MESSAGE,
    check_immutable_file,
    find_result_code,
    needs_writable_folder,
)

PROGRESS_INTERVAL_STEPS = 10_000
"""Steps of SQLite's virtual machine between two calls of the progress handler, about half a millisecond."""

MAX_EVENT_LOOP_INTERVALS = 6
"""Progress intervals that a query may run on the event loop."""

RECOVERY_POLL_SECONDS = 0.02
"""Seconds between two attempts to run a query while another process recovers the log of the file."""

MAX_RECOVERY_POLLS = 100
"""Attempts to run such a query."""

FAILURES = (sqlite3.DatabaseError, UnicodeDecodeError)
"""The driver's errors. It raises UnicodeDecodeError if SQLite's message quotes bytes of a file that are not UTF-8."""

LOCKED = "The database is locked. Try again in a moment."
UNREADABLE = "The database file cannot be read."
DAMAGED = "The database file is damaged, or it is not an SQLite database."

ERROR_MESSAGES = {
    **dict.fromkeys((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL), LOCKED),
    **dict.fromkeys((sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR), UNREADABLE),
    **dict.fromkeys((sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY), UNREADABLE),
    **dict.fromkeys((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB), DAMAGED),
}
"""Messages for unusable files by primary result code of SQLite."""


class SqliteDatabase:
    """Reads an SQLite file.

    Every query starts on the event loop, because most finish sooner than a thread could start. A query that exceeds
    MAX_EVENT_LOOP_INTERVALS is interrupted and runs again in a thread, up to the timeout. After an error of
    the driver, the next query opens new connections, because cached pages may be the cause. A timeout or a response
    that is too large keeps the connections.
    """

    def __init__(self, path: Path, limits: QueryLimits, *, is_immutable: bool = False) -> None:
        """Prepare to read a file, which may not exist yet.

        All limits except `mmap_bytes` apply only to queries that run in threads.
        """
        self._path = path
        self._is_immutable = is_immutable
        self._limits = limits
        self._limiter = ConcurrencyLimiter(limits.max_concurrent, limits.max_queued)
        self._threads = ThreadPoolExecutor(limits.max_concurrent, thread_name_prefix="query")
        self._pool: SqliteConnectionPool | None = None
        self._budget = 0
        self._is_closing = False
        self._failures = FailureLog()

    @property
    def load(self) -> QueryLoad:
        """The queries at this moment."""
        return self._limiter.load

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query.

        Yield to the event loop before and after the query, so that the queries of a batch run one after the other.
        """
        await asyncio.sleep(0)
        row = await self._fetch_at_once(sql, parameters)
        await asyncio.sleep(0)
        return row

    async def _fetch_at_once(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query. Yield only if it is slow, or if the log of the file is recovered."""
        for polls in range(MAX_RECOVERY_POLLS):
            try:
                pool = self._pool or self._connect()
                self._budget = MAX_EVENT_LOOP_INTERVALS
                return _only_row(pool.event_loop_connection, sql, parameters)
            except FAILURES as error:
                if _is_interrupt(error):
                    break
                if not _is_recovery(error) or polls + 1 == MAX_RECOVERY_POLLS:
                    self._fail(error)
            await asyncio.sleep(RECOVERY_POLL_SECONDS)
        async with self._limiter.acquire():
            return await self._fetch_in_thread(sql, parameters)

    async def fetch_large(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query whose row is large. It is read in a thread."""
        async with self._limiter.acquire():
            return await self._fetch_in_thread(sql, parameters)

    async def fetch_unqueued(self, sql: str) -> ResultRow:
        """Return the only row of a fast query, from the file that is at the path now."""
        if self._pool is not None and not self._pool.is_current:
            self._disconnect()
        row = await self._fetch_at_once(sql, ())
        self._failures.end()
        return row

    async def check_rights(self, tables: Sequence[str]) -> None:
        """Do nothing, because all tables are in one file."""

    async def explain(self, sql: str, parameters: Sequence[Any]) -> list[str]:
        """Return the lines of SQLite's query plan, each indented below the step that it is part of."""
        try:
            pool = self._pool or self._connect()
            self._budget = MAX_EVENT_LOOP_INTERVALS
            steps = pool.event_loop_connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
        except FAILURES as error:
            self._fail(error)
        depths = {0: -1}
        lines = []
        for step, parent, _, detail in steps:
            depths[step] = depths[parent] + 1
            lines.append(f"{'  ' * depths[step]}{detail.decode()}")
        return lines

    async def close(self) -> None:
        """Interrupt running queries and disconnect."""
        self._is_closing = True
        self._threads.shutdown()
        self._disconnect()

    async def _fetch_in_thread(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        loop = asyncio.get_running_loop()
        try:
            pool = self._pool or self._connect()
            return await loop.run_in_executor(self._threads, self._run_until_timeout, pool, sql, parameters)
        except FAILURES as error:
            if _is_interrupt(error):
                raise QueryTimeout(self._limits.timeout_seconds) from None
            self._fail(error)

    def _run_until_timeout(self, pool: SqliteConnectionPool, sql: str, parameters: Sequence[Any]) -> ResultRow:
        deadline = time.monotonic() + self._limits.timeout_seconds
        with pool.checkout() as connection:
            connection.set_progress_handler(
                lambda: self._is_closing or time.monotonic() > deadline, PROGRESS_INTERVAL_STEPS
            )
            return _only_row(connection, sql, parameters)

    def _connect(self) -> SqliteConnectionPool:
        if self._is_immutable:
            check_immutable_file(self._path)
        pool = self._pool = SqliteConnectionPool(self._path, self._limits.mmap_bytes, is_immutable=self._is_immutable)
        pool.event_loop_connection.set_progress_handler(self._on_progress, PROGRESS_INTERVAL_STEPS)
        return pool

    def _disconnect(self) -> None:
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def _on_progress(self) -> bool:
        """Count down the budget of the query on the event loop; return True to interrupt it."""
        self._budget -= 1
        return self._budget < 0

    def _fail(self, error: Exception) -> NoReturn:
        """Disconnect, unless the query alone is at fault, and raise the error that callers expect."""
        translated = _translate_error(error, self._path)
        if not isinstance(translated, LimitExceeded):
            self._disconnect()
        if isinstance(translated, NotReady):
            self._failures.report(str(error))
        raise translated from error


def _translate_error(error: Exception, path: Path) -> Exception:
    """Return LimitExceeded or NotReady for an error of the driver, or the error itself if it is a bug."""
    code = sqlite3.SQLITE_CORRUPT if isinstance(error, UnicodeDecodeError) else find_result_code(error)
    if code == sqlite3.SQLITE_TOOBIG:
        return LimitExceeded("The size of the response in bytes", MAX_TEXT_BYTES)
    if code == sqlite3.SQLITE_CANTOPEN and not path.exists():
        return NotReady("There is no database file yet: run `counterpoint migrate` and `counterpoint seed`.")
    if needs_writable_folder(path, error):
        return NotReady(READ_ONLY_FOLDER_MESSAGE)
    if "no such table" in str(error) or "no such column" in str(error):
        return NotReady(WRONG_SCHEMA_MESSAGE)
    return DatabaseUnreachable(ERROR_MESSAGES[code]) if code in ERROR_MESSAGES else error


def _only_row(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> ResultRow:
    row: ResultRow = connection.execute(sql, parameters).fetchone()
    return row


def _is_interrupt(error: Exception) -> bool:
    return find_result_code(error) == sqlite3.SQLITE_INTERRUPT


def _is_recovery(error: Exception) -> bool:
    """Return whether a process is recovering the log, as the first one does that opens a file after a crash."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY_RECOVERY
