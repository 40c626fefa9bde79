"""SQLAlchemy engines that may write, for migrations and seeding. The server reads through `database` instead."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError

from counterpoint.errors import SettingsError

LOCK_TIMEOUT_MILLISECONDS = 600_000


@contextmanager
def write_engine(url: URL) -> Iterator[Engine]:
    """Create an engine that may write; for SQLite, also the folder of the file. Close its connections at the end."""
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        _create_folder(Path(url.database or "").absolute().parent)
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    try:
        yield engine
    finally:
        engine.dispose()


def _create_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"The database folder {folder} cannot be created: {error.strerror}.") from error


def _configure_sqlite(connection: Any, _: Any) -> None:
    # Disable the driver's own transactions, because they begin too late; `_begin_immediate` begins ours.
    connection.isolation_level = None
    # With a write-ahead log, other connections can read the old content while the new is written.
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA foreign_keys = on")
    connection.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MILLISECONDS}")


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock first, because a second writer must wait before it reads anything."""
    on_wait = connection.get_execution_options().get("on_wait")
    if on_wait:
        if _try_begin(connection):
            return
        on_wait()
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _try_begin(connection: Connection) -> bool:
    """Begin a transaction if no other connection is writing, and return whether it began."""
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if not isinstance(error.orig, sqlite3.Error) or error.orig.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MILLISECONDS}")
    return True
