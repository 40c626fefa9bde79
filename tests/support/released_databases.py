"""Databases as released versions of Counterpoint wrote them: SQL dumps in `store/released/`, with their articles.

To write those of a release: `PYTHONPATH=tests .venv/bin/python -m support.released_databases 0.2.0`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import psycopg

from support.database_helpers import REPOSITORY
from support.postgresql_server import PostgresqlServer
from support.sample_articles import TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator

RELEASED = REPOSITORY / "tests" / "store" / "released"
VERSIONS = sorted(folder.name for folder in RELEASED.iterdir())


def released_articles(version: str) -> Path:
    """Return the folder of the articles that the databases of a version hold."""
    return RELEASED / version / "articles"


def restore_database(version: str, url: str) -> None:
    """Fill an empty database with the dump of a version."""
    kind = url.partition(":")[0]
    script = (RELEASED / version / f"{kind}.sql").read_text(encoding="utf-8")
    if kind == "sqlite":
        with closing(sqlite3.connect(_sqlite_path(url))) as database:
            database.executescript(f"BEGIN; {script} COMMIT;")
    else:
        with psycopg.connect(url) as server:
            server.execute(script.encode())


def write_dumps(version: str) -> None:
    """Write the dumps and the articles of a version, with the commands of the code that Python imports."""
    articles = released_articles(version)
    shutil.copytree(REPOSITORY / "seed", articles)
    for name, text in TEXTS.items():
        (articles / name).write_text(text, encoding="utf-8")
    server = PostgresqlServer()
    try:
        with TemporaryDirectory() as folder, server.temporary_database() as postgresql_url:
            for url, dump in ((f"sqlite:///{folder}/a.db", _dump_sqlite), (postgresql_url, _dump_postgresql)):
                _fill_database(url, articles)
                path = RELEASED / version / f"{url.partition(':')[0]}.sql"
                path.write_text("".join(f"{line}\n" for line in dump(url)), encoding="utf-8")
    finally:
        server.close()


def _fill_database(url: str, articles: Path) -> None:
    environment = os.environ | {"COUNTERPOINT_DATABASE_URL": url}
    for arguments in (["migrate"], ["seed", str(articles)]):
        subprocess.run([sys.executable, "-m", "counterpoint", *arguments], env=environment, check=True)


def _dump_sqlite(url: str) -> Iterator[str]:
    """Yield the statements that create the tables and insert their rows. Triggers fill the full-text index then."""
    with closing(sqlite3.connect(_sqlite_path(url))) as database:
        schema = database.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql NOTNULL"
            " AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY rowid"
        ).fetchall()
        yield from (f"{sql.strip()};" for _, sql in schema)
        for name, sql in schema:
            if sql.startswith("CREATE TABLE"):
                columns = [f'quote("{column}")' for _, column, *_ in database.execute(f'PRAGMA table_info("{name}")')]
                order = "1" if sql.endswith("WITHOUT ROWID") else "rowid"
                for row in database.execute(f'SELECT {", ".join(columns)} FROM "{name}" ORDER BY {order}'):
                    yield f'INSERT INTO "{name}" VALUES ({", ".join(row)});'


def _dump_postgresql(url: str) -> Iterator[str]:
    """Yield the lines of a dump, without comments and settings, because those of other server versions differ."""
    command = ["pg_dump", "--inserts", "--no-owner", "--no-privileges", url]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for line in dump.split("\n"):
        if line and not line.startswith(("--", "SET ", "SELECT pg_catalog.set_config", "\\")):
            yield line


def _sqlite_path(url: str) -> str:
    return url.removeprefix("sqlite:///")


if __name__ == "__main__":
    write_dumps(*sys.argv[1:])
