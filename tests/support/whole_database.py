"""All that a database contains, to compare: the rows of all tables, and answers of the full-text index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import inspect

from counterpoint.database_url import parse_database_url
from counterpoint.store.models import metadata
from counterpoint.store.write_engine import begin_write
from support.database_helpers import open_client, open_write_engine

if TYPE_CHECKING:
    from collections.abc import Sequence

SEARCH = "query ($text: String!) { search(query: $text) { totalCount } }"
TIME_OF_SEEDING = "seeded_at"
"""The column in which equal content differs."""


def read_content(url: str, searches: Sequence[str] = ()) -> dict[str, list[str]]:
    """Return the rows of all tables, sorted, and the number of hits of each search; check that the file is intact."""
    _check_file(url)
    rows = {}
    # The transaction waits for a killed seeding, because PostgreSQL notices only later that its client is gone.
    with open_write_engine(url) as engine, begin_write(engine) as connection:
        existing = inspect(connection).get_multi_columns()
        for table in metadata.sorted_tables:
            names = {column["name"] for column in existing.get((None, table.name), ())} - {TIME_OF_SEEDING}
            if names:
                columns = [column for column in table.columns if column.name in names]
                values = connection.execute(table.select().with_only_columns(*columns))
                rows[table.name] = sorted(repr(tuple(row)) for row in values)
    if searches and rows.get("revision"):
        with open_client(url) as api:
            rows["hits"] = [str(api.execute(SEARCH, {"text": search})["search"]) for search in searches]
    return rows


def _check_file(url: str) -> None:
    """Check that nobody holds SQLite's lock, and that its file, foreign keys and full-text index are intact."""
    address = parse_database_url(url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "", timeout=0, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'passage_index'").fetchone():
                connection.execute("INSERT INTO passage_index (passage_index, rank) VALUES ('integrity-check', 1)")
            connection.execute("ROLLBACK")
