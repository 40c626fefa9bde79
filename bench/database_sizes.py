"""Size of an SQLite file, and of the search index in it."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

SEARCH_TABLE = "passage"
"""Search reads this table. Its full-text index consists of tables whose names begin with the same word."""


@dataclass(frozen=True)
class DatabaseSize:
    """Bytes of a database file, and those of its pages that only search reads."""

    total: int
    search_index: int


def measure_database_size(path: Path) -> DatabaseSize:
    """Return the size of a database file. SQLite must be compiled with dbstat, as in Debian and python.org's Python."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        (total,) = connection.execute(
            "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        ).fetchone()
        (search_index,) = connection.execute(
            "SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE aggregate = 1 AND name IN "
            "(SELECT name FROM sqlite_schema WHERE tbl_name = ? OR tbl_name LIKE ? ESCAPE '\\')",
            (SEARCH_TABLE, f"{SEARCH_TABLE}\\_%"),
        ).fetchone()
    finally:
        connection.close()
    return DatabaseSize(total, search_index)
