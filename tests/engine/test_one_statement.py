"""One operation, one SQL statement: counted where the databases receive them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import psycopg
import pytest
from graphql import get_named_type

from support.database_helpers import (
    DATABASE_KINDS,
    EngineClient,
    migrated_database,
    open_client,
    open_write_engine,
    seed_articles,
)
from support.examples import EXAMPLES, README_EXAMPLE
from support.recursive_queries import FIELD_CYCLES, MAX_DEPTH, nested_query
from support.sample_articles import ARTICLES
from support.selections import CONNECTION_FIELDS, QUERY_TYPE, select_all_fields

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from counterpoint.store.sqlite_connections import SqliteConnectionPool
    from support.postgresql_server import PostgresqlServer

NODE_TYPE = get_named_type(QUERY_TYPE.fields["node"].type)
IDS = ["Article:new", "Party:the-mayor", "Section:new/who", "Group:activists", "nothing"]

OPERATIONS: dict[str, tuple[str, dict[str, Any]]] = {
    **{example.name: (example.document, example.variables) for example in [*EXAMPLES, README_EXAMPLE]},
    **{
        f"{name} {depth} deep": (
            f"{{ {name}(first: 2) {{ {select_all_fields(get_named_type(field.type), depth)} }} }}",
            {},
        )
        for name, field in CONNECTION_FIELDS.items()
        for depth in (0, 2, 3)
    },
    "any type by id": (
        f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ {select_all_fields(NODE_TYPE, 1)} }} }}",
        {"ids": IDS},
    ),
    **{f"{name} 15 deep": (nested_query(name, MAX_DEPTH), {}) for name in FIELD_CYCLES},
    "every list at once": (f"{{ {' '.join(f'{name} {{ totalCount }}' for name in CONNECTION_FIELDS)} }}", {}),
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

    def __init__(self, api: EngineClient) -> None:
        self.heard: list[str] = []
        # The reader connects with its first statement, and SQLite to its full-text index with the first search.
        api.execute('{ search(query: "a") { totalCount } }')
        pool: SqliteConnectionPool = api.database._pool  # type: ignore[attr-defined]  # SQLite's has them
        pool.event_loop_connection.set_trace_callback(self.heard.append)

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


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def heard(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EngineClient, Log]]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        if request.param == "sqlite":
            with open_client(url) as api:
                yield api, SQLiteTrace(api)
        else:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(LOG_ALL)
            with open_client(url) as api:
                yield api, PostgreSQLLog(postgresql.folder / "log")


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation_is_one(heard: tuple[EngineClient, Log], name: str) -> None:
    api, log = heard
    log.statements()
    api.execute(*OPERATIONS[name])
    assert len(log.statements()) == 1


def test_question_about_the_schema_alone_is_none(heard: tuple[EngineClient, Log]) -> None:
    api, log = heard
    log.statements()
    assert api.execute("{ __typename __schema { queryType { name } } }") == {
        "__typename": "Query",
        "__schema": {"queryType": {"name": "Query"}},
    }
    assert log.statements() == []
