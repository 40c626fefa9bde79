"""One operation, one SQL statement: counted where the databases receive them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import psycopg
import pytest
from graphql import get_named_type

from support.database_helpers import KINDS, Api, database, opened, seed_articles, writing
from support.examples import EXAMPLES, README
from support.recursive_queries import CHAINS, DEEPEST, nest
from support.sample_articles import ARTICLES
from support.selections import CONNECTIONS, QUERY, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from counterpoint.store.sqlite_connections import SqliteConnectionPool
    from support.databases import Server

IDS = ["Article:new", "Party:the-mayor", "Section:new/who", "Group:activists", "nothing"]

OPERATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    **{example.name: (example.document, example.variables) for example in [*EXAMPLES, README]},
    **{
        f"{name} {depth} deep": (f"{{ {name}(first: 2) {{ {whole(get_named_type(field.type), depth)} }} }}", {})
        for name, field in CONNECTIONS.items()
        for depth in (0, 2, 3)
    },
    "any type by id": (
        f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ {whole(get_named_type(QUERY.fields['node'].type), 1)} }} }}",
        {"ids": IDS},
    ),
    **{f"{name} 15 deep": (nest(name, DEEPEST), {}) for name in CHAINS},
    "every list at once": (f"{{ {' '.join(f'{name} {{ totalCount }}' for name in CONNECTIONS)} }}", {}),
}

LOG_ALL = """
    DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET log_statement = ''all''', current_database());
    END $$
"""


class Log(Protocol):
    """Hears what statements a database receives."""

    def statements(self) -> list[str]:
        """Give what was heard since last asked."""


class SQLiteTrace:
    """Hears each statement that SQLite begins to run on the event loop, where all begin.

    One that isn't quick is broken off there, and goes on in a thread, which is not heard.
    """

    def __init__(self, api: Api) -> None:
        self.heard: list[str] = []
        # The reader connects with its first statement, and SQLite to its full-text index with the first search.
        api.ask('{ search(query: "a") { totalCount } }')
        connections: SqliteConnectionPool = api.reader._connections  # type: ignore[attr-defined]  # SQLite's has them
        connections.quick.set_trace_callback(self.heard.append)

    def statements(self) -> list[str]:
        """Give what was heard since last asked."""
        heard, self.heard[:] = list(self.heard), []
        # What SQLite runs within a statement, to read its full-text index, it tells as a comment.
        return [statement for statement in heard if not statement.startswith("--")]


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


@pytest.fixture(scope="module", params=KINDS)
def heard(
    request: pytest.FixtureRequest, postgresql: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Api, Log]]:
    with database(request.param, postgresql, tmp_path_factory) as url:
        with writing(url) as engine:
            seed_articles(engine, ARTICLES)
        if request.param == "sqlite":
            with opened(url) as api:
                yield api, SQLiteTrace(api)
        else:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(LOG_ALL)
            with opened(url) as api:
                yield api, PostgreSQLLog(postgresql.folder / "log")


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_one(heard: tuple[Api, Log], name: str) -> None:
    api, log = heard
    log.statements()
    api.ask(*OPERATIONS[name])
    assert len(log.statements()) == 1


def test_question_about_the_schema_alone_is_none(heard: tuple[Api, Log]) -> None:
    api, log = heard
    log.statements()
    assert api.ask("{ __typename __schema { queryType { name } } }") == {
        "__typename": "Query",
        "__schema": {"queryType": {"name": "Query"}},
    }
    assert log.statements() == []
