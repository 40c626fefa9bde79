"""One operation, one SQL statement: counted where the databases receive them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import psycopg
import pytest
from graphql import get_named_type

from content import Api, database, opened, seed_articles, writing
from examples import EXAMPLES, README
from samples import ARTICLES
from selections import CONNECTIONS, QUERY, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from databases import Server

WHOLE_TYPES = {
    f"{name} {depth} deep": f"{{ {name}(first: 2) {{ {whole(get_named_type(field.type), depth)} }} }}"
    for name, field in CONNECTIONS.items()
    for depth in (0, 2, 3)
}
BY_ID = {
    "every type by id": f'query ($ids: [ID!] = ["Article:new", "Party:the-mayor", "Section:new/who", "a"]) '
    f"{{ nodes(ids: $ids) {{ {whole(get_named_type(QUERY.fields['node'].type), 1)} }} }}"
}
SEVERAL = {
    "every list at once": f"{{ {' '.join(f'{name} {{ totalCount }}' for name in CONNECTIONS)} }}",
}
OPERATIONS = [
    *((example.name, example.document, example.variables) for example in [*EXAMPLES, README]),
    *((name, document, {}) for name, document in {**WHOLE_TYPES, **BY_ID, **SEVERAL}.items()),
]


class SQLiteTrace:
    """Hears each statement that SQLite begins to run on any connection of the reader."""

    def __init__(self, api: Api) -> None:
        self.heard: list[str] = []
        api.ask("{ revision { id } }")  # the reader connects with its first statement
        connections: list[sqlite3.Connection] = api.reader._connections  # type: ignore[attr-defined]
        for connection in connections:
            connection.set_trace_callback(self.heard.append)

    def statements(self) -> list[str]:
        """Give what was heard since last asked."""
        heard, self.heard[:] = list(self.heard), []
        return heard


class PostgreSQLLog:
    """Reads the statements that the server logs as having come in."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._read = log.stat().st_size

    def statements(self) -> list[str]:
        """Give what was logged since last asked."""
        with self._log.open("rb") as log:
            log.seek(self._read)
            lines = log.read().decode(errors="replace").splitlines()
            self._read = log.tell()
        return [line for line in lines if "LOG:  execute " in line or "LOG:  statement: " in line]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def heard(
    request: pytest.FixtureRequest, postgresql: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Api, SQLiteTrace | PostgreSQLLog]]:
    with database(request.param, postgresql, tmp_path_factory) as url:
        with writing(url) as engine:
            seed_articles(engine, ARTICLES)
        if request.param == "postgresql":
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(
                    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET log_statement = ''all''', current_database()); END $$"
                )
        with opened(url) as api:
            yield api, SQLiteTrace(api) if request.param == "sqlite" else PostgreSQLLog(postgresql.folder / "log")


@pytest.mark.parametrize(
    ("document", "variables"), [case[1:] for case in OPERATIONS], ids=[case[0] for case in OPERATIONS]
)
def test_operation_is_one_statement(heard, document, variables) -> None:
    api, log = heard
    log.statements()
    api.ask(document, variables)
    assert len(log.statements()) == 1
