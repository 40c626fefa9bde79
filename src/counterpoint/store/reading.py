"""Read-only connections: one statement at a time, stopped when it takes too long, never in another's way."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import URL

Row = Sequence[bytes | None]


class Reader(Protocol):
    """Runs statements that read."""

    async def open(self) -> None:
        """Connect."""

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> Row:
        """Give the statement's only row, its texts as UTF-8. Raise StatementTimeout or NotReady."""

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line."""

    async def close(self) -> None:
        """Disconnect."""


def reader_of(url: URL, seconds: float) -> Reader:
    """Choose the reader for a database; a statement may take so many seconds."""
    # Each brings its driver along; the other's need not be loaded.
    if url.get_backend_name() == "postgresql":
        from counterpoint.store.reading_postgresql import PostgreSQLReader  # noqa: PLC0415

        return PostgreSQLReader(url, seconds)
    from counterpoint.store.reading_sqlite import SQLiteReader  # noqa: PLC0415

    return SQLiteReader(Path(url.database or ""), seconds)
