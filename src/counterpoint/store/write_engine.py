"""SQLAlchemy engines and transactions that may write, for migrations and seeding.

The server reads through `database` instead.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError

from counterpoint.database_url import build_connect_arguments, is_immutable
from counterpoint.errors import NotReady, SettingsError
from counterpoint.store.database import WRONG_SCHEMA_MESSAGE
from counterpoint.store.sqlite_files import find_result_code

LOCK_TIMEOUT_MILLISECONDS = 600_000
LOCK_POLL_MILLISECONDS = 250

PAGE_BYTES = 8192
"""Size of the pages of a new SQLite file."""

SQLITE_CACHE_KIBIBYTES = 64 * 1024
"""Memory for pages of a database file, because a seeding adds keys at random places of large indexes."""

ADVISORY_LOCK_ID = 0x436F756E
"""PostgreSQL's lock that seedings and migrations wait for; the number is "Coun" in ASCII."""

LOCK_TIMEOUT_MESSAGE = "Another seeding or migration has been running for ten minutes. Nothing was written."
IMMUTABLE_MESSAGE = (
    "COUNTERPOINT_DATABASE_URL ends with ?immutable=1, so that the database cannot be written: expected the URL of a "
    "database that may change."
)
WAITING_MESSAGE = "Waiting for another seeding or migration to finish ..."


@contextmanager
def write_engine(url: URL, *, creates_file: bool = False) -> Iterator[Engine]:
    """Create an engine that may write. Close its connections at the end.

    Raise SettingsError if the database is immutable, and NotReady if the file of SQLite is missing. With
    `creates_file`, create it with its folder, and raise SettingsError if that fails.
    """
    if is_immutable(url):
        raise SettingsError(IMMUTABLE_MESSAGE)
    engine = create_engine(url, connect_args=build_connect_arguments(url))
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "").absolute()
        if creates_file:
            _create_folder(path.parent)
        elif not path.exists():
            raise NotReady(WRONG_SCHEMA_MESSAGE)
        event.listen(engine, "connect", _configure_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def begin_write(
    engine: Engine, on_wait: Callable[[], None] = lambda: None, *, foreign_keys: bool = True
) -> Iterator[Connection]:
    """Begin a transaction after the end of all others that write; commit it, or undo it after an exception.

    Call `on_wait` before waiting. Without `foreign_keys`, SQLite allows rows that refer to missing rows.
    """
    options = {"on_wait": on_wait, "foreign_keys": foreign_keys}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        _wait_for_other_writers(connection, on_wait)
        yield connection


def _wait_for_other_writers(connection: Connection, on_wait: Callable[[], None]) -> None:
    """Take PostgreSQL's lock; on SQLite, the transaction already has it since its begin."""
    if connection.dialect.name == "postgresql":
        lock = {"lock": ADVISORY_LOCK_ID}
        if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), lock):
            on_wait()
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), lock)


def _create_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"The database folder {folder} cannot be created: {error.strerror}.") from error


def _configure_sqlite(connection: Any, _: Any) -> None:
    # Disable the driver's own transactions, because they begin too late; `_begin_immediate` begins ours.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MILLISECONDS}")
    connection.execute(f"PRAGMA cache_size = -{SQLITE_CACHE_KIBIBYTES}")
    # This has an effect on new files only. Rows of a few kilobytes leave less of a larger page empty.
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    # With a write-ahead log, other connections can read the old content while the new is written.
    try:
        connection.execute("PRAGMA journal_mode = wal")
    except sqlite3.OperationalError as error:
        # SQLite does not wait if two connections change the mode of a new file at once: the other one does it.
        if not _is_busy(error):
            raise


def _begin_immediate(connection: Connection) -> None:
    """Take the write lock first, because a second writer must wait before it reads anything."""
    options = connection.get_execution_options()
    # Before the transaction, because the pragma has no effect inside one.
    connection.exec_driver_sql(f"PRAGMA foreign_keys = {'on' if options.get('foreign_keys', True) else 'off'}")
    if _try_begin(connection, wait_milliseconds=0):
        return
    options.get("on_wait", lambda: None)()
    # Wait in short steps, because SQLite does not return while it waits, and Ctrl-C has no effect until it does.
    for _ in range(LOCK_TIMEOUT_MILLISECONDS // LOCK_POLL_MILLISECONDS):
        if _try_begin(connection, LOCK_POLL_MILLISECONDS):
            return
    raise NotReady(LOCK_TIMEOUT_MESSAGE)


def _try_begin(connection: Connection, wait_milliseconds: int) -> bool:
    """Begin a transaction if other connections write no longer than this time, and return whether it began."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {wait_milliseconds}")
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if not _is_busy(error.orig):
            raise
        return False
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_TIMEOUT_MILLISECONDS}")
    return True


def _is_busy(error: BaseException | None) -> bool:
    return find_result_code(error) == sqlite3.SQLITE_BUSY
