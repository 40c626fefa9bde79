"""Reading an SQLite file."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from counterpoint.errors import LimitExceeded, NotReady, QueryTimeout
from counterpoint.store.database import WRONG_SCHEMA_MESSAGE, ConcurrencyLimiter, QueryLimits, ResultRow
from counterpoint.store.sqlite_connections import MAX_TEXT_BYTES, SqliteConnectionPool

log = logging.getLogger(__name__)

PROGRESS_INTERVAL_STEPS = 10_000
"""Steps of SQLite's virtual machine, about half a millisecond, after which it is asked whether to go on."""

EVENT_LOOP_BUDGET = 6
"""How many times STEPS a statement may take on the event loop."""

# Quoting a damaged file, SQLite says what the driver can't read.
FAILURES = (sqlite3.DatabaseError, UnicodeDecodeError)

LOCKED = "The database is locked: please try again in a moment."
UNREADABLE = "The database's file can't be read."
DAMAGED = "The database's file is damaged, or it is no database."

ERROR_MESSAGES = {
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
    sqlite3.SQLITE_CANTOPEN: UNREADABLE,
    sqlite3.SQLITE_IOERR: UNREADABLE,
    sqlite3.SQLITE_PERM: UNREADABLE,
    sqlite3.SQLITE_READONLY: UNREADABLE,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
"""What is told of a file that fails us, by SQLite's code."""


class SqliteDatabase:
    """Reads an SQLite file.

    Nearly every statement is over before a thread could have taken it on, so each begins on the event loop. One that
    isn't quick is stopped there and run again in a thread, where it may take its time and nobody waits for it.

    Whatever fails, the next statement finds new connections: what is wrong may be what they remember of the file.
    """

    def __init__(self, path: Path, allowance: QueryLimits) -> None:
        """Read a file. Only statements that take their time are counted, and wait."""
        self._path = path
        self._mapped = allowance.mapped
        self._seconds = allowance.seconds
        self._gate = ConcurrencyLimiter(allowance.at_once, allowance.waiting)
        self._threads = ThreadPoolExecutor(allowance.at_once, thread_name_prefix="statement")
        self._connections: SqliteConnectionPool | None = None
        self._credit = 0
        self._is_closing = False

    async def open(self) -> None:
        """Connect with the first statement: there may be no file yet."""

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> ResultRow:
        """Give the statement's only row."""
        try:
            connections = self._connections or self._connect()
            self._credit = EVENT_LOOP_BUDGET
            return _only_row(connections.quick, statement, parameters)
        except FAILURES as error:
            if not _is_interrupt(error):
                raise self._understood(error) from error
        async with self._gate.turn():
            return await self._fetch_slowly(statement, parameters)

    async def fetch_unqueued(self, statement: str) -> ResultRow:
        """Give the only row of a statement that takes no time, from the file that is there now."""
        if self._connections is not None and not self._connections.are_current:
            self._disconnect()
        return await self.fetch(statement, ())

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line: each step under the one that it is part of."""
        try:
            connections = self._connections or self._connect()
            self._credit = EVENT_LOOP_BUDGET
            steps = connections.quick.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        except FAILURES as error:
            raise self._understood(error) from error
        depths = {0: -1}
        lines = []
        for step, above, _, detail in steps:
            depths[step] = depths[above] + 1
            lines.append(f"{'  ' * depths[step]}{detail.decode()}")
        return lines

    async def close(self) -> None:
        """Stop what still runs, and disconnect."""
        self._is_closing = True
        self._threads.shutdown()
        self._disconnect()

    async def _fetch_slowly(self, statement: str, parameters: Sequence[Any]) -> ResultRow:
        loop = asyncio.get_running_loop()
        try:
            connections = self._connections or self._connect()
            return await loop.run_in_executor(self._threads, self._run, connections, statement, parameters)
        except FAILURES as error:
            if _is_interrupt(error):
                raise QueryTimeout(self._seconds) from None
            raise self._understood(error) from error

    def _run(self, connections: SqliteConnectionPool, statement: str, parameters: Sequence[Any]) -> ResultRow:
        """Run a statement in a thread, until its time is over."""
        deadline = time.monotonic() + self._seconds
        with connections.borrowed() as connection:
            connection.set_progress_handler(
                lambda: self._is_closing or time.monotonic() > deadline, PROGRESS_INTERVAL_STEPS
            )
            return _only_row(connection, statement, parameters)

    def _connect(self) -> SqliteConnectionPool:
        connections = self._connections = SqliteConnectionPool(self._path, self._mapped)
        connections.quick.set_progress_handler(self._spend, PROGRESS_INTERVAL_STEPS)
        return connections

    def _disconnect(self) -> None:
        if self._connections is not None:
            self._connections.leave()
            self._connections = None

    def _spend(self) -> bool:
        """Count the steps of a statement on the event loop; stop it when they are spent."""
        self._credit -= 1
        return self._credit < 0

    def _understood(self, error: sqlite3.DatabaseError | UnicodeDecodeError) -> Exception:
        """Say what an error means. Unless the statement asked for too much, no connection is trusted any longer."""
        code = _code(error)
        if code == sqlite3.SQLITE_TOOBIG:
            return LimitExceeded("The size of the response in bytes", MAX_TEXT_BYTES)
        self._disconnect()
        if code == sqlite3.SQLITE_CANTOPEN and not self._path.exists():
            reason = "The database is not there yet: run migrate and seed."
        elif "no such table" in str(error) or "no such column" in str(error):
            reason = WRONG_SCHEMA_MESSAGE
        elif code in ERROR_MESSAGES:
            reason = ERROR_MESSAGES[code]
        else:
            return error
        log.warning("The database can't be asked: %s", error)
        return NotReady(reason)


def _only_row(connection: sqlite3.Connection, statement: str, parameters: Sequence[Any]) -> ResultRow:
    row: ResultRow = connection.execute(statement, parameters).fetchone()
    return row


def _is_interrupt(error: sqlite3.DatabaseError | UnicodeDecodeError) -> bool:
    return _code(error) == sqlite3.SQLITE_INTERRUPT


def _code(error: sqlite3.DatabaseError | UnicodeDecodeError) -> int:
    """Give SQLite's code for an error, without the details; the driver's own errors have none."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
