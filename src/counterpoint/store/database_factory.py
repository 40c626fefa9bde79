"""Which reader a database has."""

from pathlib import Path

from sqlalchemy import URL

from counterpoint.store.database import Database, QueryLimits


def open_database(url: URL, allowance: QueryLimits) -> Database:
    """Choose the reader for a database."""
    # Each brings its driver along; the other's need not be loaded.
    if url.get_backend_name() == "postgresql":
        from counterpoint.store.postgresql import PostgresqlDatabase  # noqa: PLC0415

        return PostgresqlDatabase(url, allowance)
    from counterpoint.store.sqlite import SqliteDatabase  # noqa: PLC0415

    return SqliteDatabase(Path(url.database or ""), allowance)
