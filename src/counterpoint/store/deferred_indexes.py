"""Indexes that are created after the rows, because sorting all entries at once is much faster than adding each one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

_DROPPED = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
"""The indexes of SQLite's tables, except those of constraints, and the triggers of the full-text index."""

_FULL_TEXT_INDEXES = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE % USING fts5%'"


@contextmanager
def deferred_indexes(connection: Connection) -> Iterator[None]:
    """Drop the indexes of empty tables for a block that fills them, and create them at its end.

    All of it belongs to the transaction. On PostgreSQL the indexes stay, because readers would wait for the lock on a
    table whose index is dropped.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    dropped = connection.exec_driver_sql(f"{_DROPPED} ORDER BY rowid").all()
    for kind, name, _ in dropped:
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
    yield
    for _, _, statement in dropped:
        connection.exec_driver_sql(statement)
    for (name,) in connection.exec_driver_sql(_FULL_TEXT_INDEXES).all():
        connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
