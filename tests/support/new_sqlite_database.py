"""The script that creates a new SQLite database at once, and what it must be equal to: all migrations.

To write the script: `PYTHONPATH=tests .venv/bin/python -m support.new_sqlite_database`. It need not be done after each
migration, because those that the script does not contain run after it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from inspect import cleandoc
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from counterpoint.store.migrations import NEW_SQLITE_DATABASE, begin_migration
from support.database_helpers import REPOSITORY, open_write_engine

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS_OF_THE_INDEX = {f"passage_index_{part}" for part in ("data", "idx", "config")}
"""The tables that SQLite itself creates with the full-text index."""


def run_all_migrations(path: Path) -> None:
    """Create a database by running each migration."""
    config = Config(REPOSITORY / "alembic.ini")
    with open_write_engine(f"sqlite:///{path}") as engine, begin_migration(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def read_definitions(database: sqlite3.Connection) -> dict[str, str]:
    """Return the SQL of each table, view, index and trigger, in the order in which they were created."""
    schema = database.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOTNULL ORDER BY rowid")
    return {name: "\n".join(map(str.rstrip, cleandoc(sql.expandtabs(4)).splitlines())) for name, sql in schema}


def read_rows(database: sqlite3.Connection, table: str) -> list[str]:
    """Return the rows of a table as SQL."""
    columns = [f'quote("{column}")' for _, column, *_ in database.execute(f'PRAGMA table_info("{table}")')]
    return [", ".join(row) for row in database.execute(f'SELECT {", ".join(columns)} FROM "{table}" ORDER BY 1')]


def write_script() -> None:
    """Write the script from what the migrations create."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "migrated.db")
        run_all_migrations(path)
        with closing(sqlite3.connect(path)) as database:
            statements = "\n\n".join(_dump(database))
    (REPOSITORY / "migrations" / NEW_SQLITE_DATABASE).write_text(f"{statements}\n", encoding="utf-8")


def _dump(database: sqlite3.Connection) -> Iterator[str]:
    definitions = read_definitions(database)
    yield from (f"{sql};" for name, sql in definitions.items() if name not in PARTS_OF_THE_INDEX)
    for name, sql in definitions.items():
        if sql.startswith("CREATE TABLE") and name not in PARTS_OF_THE_INDEX:
            yield from (f'INSERT INTO "{name}" VALUES ({row});' for row in read_rows(database, name))
    for key, value in database.execute("SELECT quote(k), v FROM passage_index_config WHERE k <> 'version'"):
        yield f"INSERT INTO passage_index (passage_index, rank) VALUES ({key}, {value});"


if __name__ == "__main__":
    write_script()
