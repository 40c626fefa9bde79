"""A reader that counts: what was answered without asking the database shows in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counterpoint.store.database import Database


@dataclass
class Counting:
    """Counts the statements that a reader runs."""

    reader: Database
    statements: int = 0

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
        """Give the statement's only row."""
        self.statements += 1
        return await self.reader.fetch(statement, parameters)

    async def peek(self, statement: str) -> Sequence[bytes | None]:
        """Hand on."""
        return await self.reader.peek(statement)

    async def explain(self, statement: str, parameters: Sequence[Any]) -> Any:
        """Tell how the database would run a statement."""
        return await self.reader.explain(statement, parameters)
