"""A reader that counts: what was answered without asking the database shows in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counterpoint.store.database import Database


@dataclass
class CountingDatabase:
    """Counts the statements that a reader runs."""

    database: Database
    query_count: int = 0

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
        """Give the statement's only row."""
        self.query_count += 1
        return await self.database.fetch(sql, parameters)

    async def fetch_unqueued(self, sql: str) -> Sequence[bytes | None]:
        """Hand on."""
        return await self.database.fetch_unqueued(sql)

    async def explain(self, sql: str, parameters: Sequence[Any]) -> Any:
        """Tell how the database would run a statement."""
        return await self.database.explain(sql, parameters)
