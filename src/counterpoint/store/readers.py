"""Which reader a database has."""

from pathlib import Path

from sqlalchemy import URL

from counterpoint.store.reading import Allowance, Reader


def reader_of(url: URL, allowance: Allowance) -> Reader:
    """Choose the reader for a database."""
    # Each brings its driver along; the other's need not be loaded.
    if url.get_backend_name() == "postgresql":
        from counterpoint.store.reading_postgresql import PostgreSQLReader  # noqa: PLC0415

        return PostgreSQLReader(url, allowance)
    from counterpoint.store.reading_sqlite import SQLiteReader  # noqa: PLC0415

    return SQLiteReader(Path(url.database or ""), allowance)
