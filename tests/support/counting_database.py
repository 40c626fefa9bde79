"""A database that counts its queries, so that tests see which answers needed none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counterpoint.store.database import Database


@dataclass
class CountingDatabase:
    """A database that counts the queries it runs."""

    database: Database
    query_count: int = 0

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
        """Return the only row of a query, and count the query."""
        self.query_count += 1
        return await self.database.fetch(sql, parameters)

    async def fetch_unqueued(self, sql: str) -> Sequence[bytes | None]:
        """Return the only row of a query that is not counted."""
        return await self.database.fetch_unqueued(sql)

    async def explain(self, sql: str, parameters: Sequence[Any]) -> Any:
        """Return the database's query plan."""
        return await self.database.explain(sql, parameters)
