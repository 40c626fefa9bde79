"""Read-only connections: one statement at a time, stopped when it takes too long, never in another's way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from counterpoint.errors import Overloaded

ResultRow = Sequence[bytes | None]

WRONG_SCHEMA_MESSAGE = "The database's tables are not those of this version: run migrate."


@dataclass(frozen=True)
class QueryLimits:
    """What reading may take: seconds for one statement, how many run at once and how many wait for their turn.

    Of an SQLite file, so many bytes are mapped into memory: as a rule, as many as SQLite can.
    """

    seconds: float
    at_once: int = 8
    waiting: int = 32
    mapped: int = 2_147_418_112


class Database(Protocol):
    """Runs statements that read."""

    async def open(self) -> None:
        """Connect."""

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> ResultRow:
        """Give the statement's only row, its texts as UTF-8. Raise StatementTimeout, Overloaded or NotReady."""

    async def fetch_unqueued(self, statement: str) -> ResultRow:
        """Give the only row of a statement that takes no time, past all that wait."""

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line."""

    async def close(self) -> None:
        """Disconnect."""


class ConcurrencyLimiter:
    """Lets so many statements run at once, and so many wait for their turn; what comes then is turned away."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Set how many."""
        self._turns = asyncio.Semaphore(at_once)
        self._seats = waiting

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and hold it. Raise Overloaded where there is no room to wait."""
        if self._turns.locked():
            if self._seats == 0:
                raise Overloaded
            self._seats -= 1
            try:
                await self._turns.acquire()
            finally:
                self._seats += 1
        else:
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()
