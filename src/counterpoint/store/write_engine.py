"""The writing engine, for migrations and seeding. Reading has connections of its own (`reading`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from counterpoint.errors import SettingsError


@contextmanager
def write_engine(url: URL) -> Iterator[Engine]:
    """Lend an engine that may write, and close its connections after."""
    engine = create_write_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def create_write_engine(url: URL) -> Engine:
    """Make an engine that may write; an SQLite file's folder is made if it is not there."""
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        _make_folder(Path(url.database or "").absolute().parent)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"The database's folder {folder} can't be made: {error.strerror}.") from error


def _prepare_sqlite(connection: Any, _: Any) -> None:
    # The driver would begin transactions of its own, and too late; ours begin in `_begin_sqlite`.
    connection.isolation_level = None
    # Readers go on reading the old content while the new is written.
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA foreign_keys = on")
    connection.execute("PRAGMA busy_timeout = 600000")


def _begin_sqlite(connection: Any) -> None:
    # A second writer waits here, before it has read anything.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
