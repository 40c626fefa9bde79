"""Choice of the `Database` that fits a URL. It is apart from `database`, because the implementations import that."""

from pathlib import Path

from sqlalchemy import URL

from counterpoint.database_url import is_immutable
from counterpoint.store.database import Database, QueryLimits


def open_database(url: URL, limits: QueryLimits) -> Database:
    """Return read-only access to the database at a URL."""
    # Imported here, because each module loads its driver, and only one is needed.
    if url.get_backend_name() == "postgresql":
        from counterpoint.store.postgresql_database import PostgresqlDatabase  # noqa: PLC0415

        return PostgresqlDatabase(url, limits)
    from counterpoint.store.sqlite_database import SqliteDatabase  # noqa: PLC0415

    return SqliteDatabase(Path(url.database or ""), limits, is_immutable=is_immutable(url))
