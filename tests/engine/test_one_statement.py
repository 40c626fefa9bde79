"""One operation is one SQL statement, counted by the databases' own logs."""

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
from support.variants import sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from counterpoint.store.sqlite_connection_pool import SqliteConnectionPool
    from support.postgresql_server import PostgresqlServer

pytestmark = pytest.mark.slow

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

LOG_ALL_STATEMENTS = """
    DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET log_statement = ''all''', current_database());
    END $$
"""


class StatementLog(Protocol):
    """A log of the SQL statements that a database receives."""

    def statements(self) -> list[str]:
        """Return the statements since the last call."""


class SQLiteTrace:
    """Records each statement on the event loop's connection, where all queries start.

    A slow query starts again in a thread, on another connection, which is not recorded.
    """

    def __init__(self, api: EngineClient) -> None:
        self._statements: list[str] = []
        pool: SqliteConnectionPool = api.database._pool  # type: ignore[attr-defined]  # only SQLite's has a pool
        pool.event_loop_connection.set_trace_callback(self._statements.append)

    def statements(self) -> list[str]:
        """Return the statements since the last call."""
        statements, self._statements[:] = list(self._statements), []
        # SQLite traces the statements that read a full-text index as comments.
        return [statement for statement in statements if not statement.startswith("--")]


class PostgreSQLLog:
    """Reads the statements from the server's log."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._offset = log.stat().st_size

    def statements(self) -> list[str]:
        """Return the log lines of statements since the last call."""
        with self._log.open("rb") as log:
            log.seek(self._offset)
            lines = log.read().decode(errors="replace").splitlines()
            self._offset = log.tell()
        return [line for line in lines if "LOG:  execute " in line or "LOG:  statement: " in line]


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def logged_client(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[EngineClient, StatementLog]]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        if request.param == "postgresql":
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(LOG_ALL_STATEMENTS)
        with open_client(url) as api:
            # Search first, because connecting and opening the full-text index also run statements.
            api.execute('{ search(query: "a") { totalCount } }')
            yield api, SQLiteTrace(api) if request.param == "sqlite" else PostgreSQLLog(postgresql.folder / "log")


@pytest.mark.parametrize("name", sample(OPERATIONS, 3))
def test_operation_is_one_sql_statement(logged_client: tuple[EngineClient, StatementLog], name: str) -> None:
    api, log = logged_client
    log.statements()
    api.execute(*OPERATIONS[name])
    assert len(log.statements()) == 1


def test_introspection_is_no_sql_statement(logged_client: tuple[EngineClient, StatementLog]) -> None:
    api, log = logged_client
    log.statements()
    assert api.execute("{ __typename __schema { queryType { name } } }") == {
        "__typename": "Query",
        "__schema": {"queryType": {"name": "Query"}},
    }
    assert log.statements() == []
