"""Copies of an SQLite database, each with the content of one revision, while other processes read and write it."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from counterpoint.database_url import is_immutable
from counterpoint.errors import NotReady, OutputError
from counterpoint.store.sqlite_files import (
    READ_ONLY_FOLDER_MESSAGE,
    build_read_only_uri,
    find_file,
    find_result_code,
    needs_writable_folder,
)

INTERRUPT_INTERVAL_STEPS = 100_000
"""Steps of SQLite's virtual machine after which Python handles signals, such as that of Ctrl-C."""


@dataclass(frozen=True)
class Backup:
    """A copy of a database: its revision, None if it holds no content, and its size."""

    revision: str | None
    size_bytes: int


def copy_database(url: URL, target: Path) -> Backup:
    """Copy an SQLite database into an empty file, check the copy, and flush it to the disk.

    The file needs no log beside it, so it can be copied or served alone. Raise NotReady if there is no database, or
    OutputError if it can't be copied.
    """
    path = find_file(url)
    with _report_errors(path), _connect(build_read_only_uri(path, is_immutable=is_immutable(url))) as connection:
        # Read the schema first, because VACUUM reports a damaged one as a target that it cannot open.
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(target),))  # a name need not be UTF-8
    with _report_errors(target), _connect(build_read_only_uri(target, is_immutable=True)) as connection:
        _check_integrity(connection)
        revision = _read_revision(connection)
    with target.open("rb") as file:
        os.fsync(file)
    return Backup(revision, target.stat().st_size)


@contextmanager
def _connect(uri: str) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.set_progress_handler(lambda: None, INTERRUPT_INTERVAL_STEPS)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def _report_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        # Python drops the KeyboardInterrupt that it raises in the progress handler.
        if find_result_code(error) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from error
        if needs_writable_folder(path, error):
            raise NotReady(READ_ONLY_FOLDER_MESSAGE) from error
        raise OutputError(f"The database can't be copied: {error}. Nothing was written.") from error


def _check_integrity(connection: sqlite3.Connection) -> None:
    (defect,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if defect != "ok":
        raise OutputError(f"The database is damaged: {defect}. Nothing was written.")


def _read_revision(connection: sqlite3.Connection) -> str | None:
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'revision'").fetchone():
        return None
    row: tuple[str] | None = connection.execute("SELECT id FROM revision").fetchone()
    return row and row[0]
