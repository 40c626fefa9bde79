"""SQLite files as readers open them: while other processes write, or as immutable files in a read-only folder."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL

from counterpoint.database_url import is_immutable
from counterpoint.errors import NotReady

UNFINISHED_MESSAGE = (
    "The immutable database file lacks the changes that its log (-wal or -journal) holds: write a complete copy with "
    "`counterpoint backup`."
)
READ_ONLY_FOLDER_MESSAGE = (
    "The folder of the database is read-only, but readers write a log (-wal) there: serve a copy that `counterpoint "
    "backup` wrote, and add `?immutable=1` to COUNTERPOINT_DATABASE_URL."
)

_FOLDER_ERRORS = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def find_file(url: URL) -> Path:
    """Return the absolute path of the file to read. Raise NotReady if there is none, or if it is not complete."""
    path = Path(url.database or "").absolute()
    if not path.exists():
        raise NotReady(f"There is no database {path}: run `counterpoint migrate`.")
    if is_immutable(url):
        check_immutable_file(path)
    return path


def build_read_only_uri(path: Path, *, is_immutable: bool) -> str:
    """Return SQLite's URI of a file to read. An immutable one is read without locks and without its log."""
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if is_immutable else ''}"


def check_immutable_file(path: Path) -> None:
    """Raise NotReady if a file has a log, because SQLite ignores the log of an immutable file."""
    logs = (Path(f"{path}{suffix}") for suffix in ("-wal", "-journal"))
    if any(log.is_file() and log.stat().st_size for log in logs):
        raise NotReady(UNFINISHED_MESSAGE)


def needs_writable_folder(path: Path, error: BaseException | None) -> bool:
    """Return whether SQLite could not read an intact file only because it may not write a log beside it."""
    has_failed = find_result_code(error) in _FOLDER_ERRORS
    return has_failed and _has_access(path, os.R_OK) and not _has_access(path.absolute().parent, os.W_OK)


def find_result_code(error: BaseException | None) -> int | None:
    """Return SQLite's primary result code of an error; None if it is not an error of SQLite."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _has_access(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)
