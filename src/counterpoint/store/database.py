"""Read-only access to the database: what `SqliteDatabase` and `PostgresqlDatabase` have in common."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from counterpoint.errors import Overloaded

log = logging.getLogger(__name__)

FAILURE_LOG_SECONDS = 60.0
"""Seconds before a failure with the same reason is logged again."""

ResultRow = Sequence[bytes | None]
"""The columns of a query's only row; texts are UTF-8."""

WRONG_SCHEMA_MESSAGE = "The database tables do not match this version of Counterpoint: run `counterpoint migrate`."


@dataclass(frozen=True)
class QueryLimits:
    """Limits of reading. `mmap_bytes` of an SQLite file are memory-mapped; the default is SQLite's maximum.

    `pooler_keeps_prepared` is whether a pooler in front of PostgreSQL keeps queries prepared.
    """

    timeout_seconds: float
    max_concurrent: int = 8
    max_queued: int = 32
    mmap_bytes: int = 2_147_418_112
    pooler_keeps_prepared: bool = False


class FailureLog:
    """Logs why the database cannot be read, once for each reason and minute, and that it can be read again.

    A server without a database asks for it twice a second, and must not fill its log.
    """

    def __init__(self) -> None:
        self._reason: str | None = None
        self._logged_at = 0.0
        self._is_failing = False

    def report(self, reason: str) -> None:
        """Log a failure, unless a line with its reason was logged within the last minute."""
        now = time.monotonic()
        if reason != self._reason or now - self._logged_at >= FAILURE_LOG_SECONDS:
            log.warning("The database cannot be read: %s", " ".join(reason.split()))  # Each event is one line.
            self._reason, self._logged_at, self._is_failing = reason, now, True

    def end(self) -> None:
        """Log that the database can be read, if a failure was logged before."""
        if self._is_failing:
            log.warning("The database can be read again.")
            self._is_failing = False


class QueryLoad(NamedTuple):
    """The number of queries that run, and of those that wait. On SQLite, queries on the event loop do not count."""

    running: int
    queued: int


class Database(Protocol):
    """Runs read-only queries. The first one connects."""

    @property
    def load(self) -> QueryLoad:
        """The queries at this moment."""

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query. Raise QueryTimeout, Overloaded, LimitExceeded or NotReady."""

    async def fetch_large(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query whose row is large, without occupying the event loop."""

    async def fetch_unqueued(self, sql: str) -> ResultRow:
        """Return the only row of a fast query, without waiting for other queries."""

    async def check_rights(self, tables: Sequence[str]) -> None:
        """Raise NotReady if one of the tables may not be read."""

    async def explain(self, sql: str, parameters: Sequence[Any]) -> list[str]:
        """Return the lines of the database's plan for a query."""

    async def close(self) -> None:
        """Disconnect."""


class ConcurrencyLimiter:
    """Limits how many queries run at once, and how many wait to run."""

    def __init__(self, max_concurrent: int, max_queued: int) -> None:
        self._running = asyncio.Semaphore(max_concurrent)
        self._max_queued = self._queue_slots = max_queued
        self._running_count = 0

    @property
    def load(self) -> QueryLoad:
        """The queries at this moment."""
        return QueryLoad(self._running_count, self._max_queued - self._queue_slots)

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[None]:
        """Wait until a query may run, and hold its place. Raise Overloaded if the queue is full."""
        if self._running.locked() and self._queue_slots == 0:
            raise Overloaded
        self._queue_slots -= 1
        try:
            await self._running.acquire()
        finally:
            self._queue_slots += 1
        self._running_count += 1
        try:
            yield
        finally:
            self._running_count -= 1
            self._running.release()
