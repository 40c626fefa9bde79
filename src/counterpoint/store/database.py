"""Read-only access to the database: what `SqliteDatabase` and `PostgresqlDatabase` have in common."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from counterpoint.errors import Overloaded

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


class QueryLoad(NamedTuple):
    """The number of queries that run, and of those that wait. On SQLite, queries on the event loop do not count."""

    running: int
    queued: int


class Database(Protocol):
    """Runs read-only queries."""

    @property
    def load(self) -> QueryLoad:
        """The queries at this moment."""

    async def open(self) -> None:
        """Connect."""

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query. Raise QueryTimeout, Overloaded, LimitExceeded or NotReady."""

    async def fetch_large(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query whose row is large, without occupying the event loop."""

    async def fetch_unqueued(self, sql: str) -> ResultRow:
        """Return the only row of a fast query, without waiting for other queries."""

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
