"""Queries on PostgreSQL: one round trip each, on connections that are used again or replaced."""

from __future__ import annotations

import asyncio
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from counterpoint.database_url import parse_database_url
from counterpoint.errors import QueryTimeout
from counterpoint.store.database import Database, QueryLimits, ResultRow
from counterpoint.store.postgresql_connection import MAX_PREPARED_QUERIES, PostgresqlConnection
from counterpoint.store.postgresql_database import PostgresqlDatabase

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path

PROCESS_QUERY = "SELECT pg_backend_pid()::text"
ECHO_QUERY = "SELECT $1::text"
SLEEP_QUERY = "SELECT pg_sleep(30)::text"
MIB = 2**20


@asynccontextmanager
async def connected(url: str, *, seconds: float = 30, max_concurrent: int = 8) -> AsyncIterator[Database]:
    database = PostgresqlDatabase(parse_database_url(url), QueryLimits(seconds, max_concurrent))
    try:
        yield database
    finally:
        await database.close()


async def run_without_task(coroutine: Coroutine[Any, None, ResultRow]) -> tuple[ResultRow, list[object]]:
    """Run a coroutine in callbacks of the event loop, as direct answers do. Return its result, and what it awaited."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[ResultRow] = loop.create_future()
    awaited: list[object] = []

    def step(_: object = None) -> None:
        try:
            assert asyncio.current_task() is None
            waits_for = coroutine.send(None)
        except StopIteration as end:
            outcome.set_result(end.value)
        except BaseException as error:
            outcome.set_exception(error)
        else:
            awaited.append(waits_for)
            if isinstance(waits_for, asyncio.Future):
                waits_for.add_done_callback(step)
            else:
                loop.call_soon(step)

    loop.call_soon(step)
    return await outcome, awaited


async def cancel_sleep(url: str, database: Database) -> None:
    """Run a query that sleeps, and cancel it as its timeout does; a short one would fail other queries under load."""
    sleep = asyncio.create_task(database.fetch(SLEEP_QUERY, ()))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        while (await connection.execute(f"{cancel} AND datname = current_database()")).rowcount == 0:
            await asyncio.sleep(0.001)
    with pytest.raises(QueryTimeout):
        await sleep


def test_query_on_an_open_connection_needs_no_task(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url) as database:
            for has_connection in (False, True):
                row, awaited = await run_without_task(database.fetch(ECHO_QUERY, ["text"]))
                assert row == (b"text",)
                assert awaited[0] is None  # so that the requests of a batch are prepared before it
                assert any(isinstance(waits_for, asyncio.Task) for waits_for in awaited) != has_connection

    asyncio.run(run())


def test_query_is_prepared_again_if_a_migration_changes_the_type_of_its_column(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url) as database:
            with psycopg.connect(postgresql_url, autocommit=True) as connection:
                connection.execute("CREATE TABLE changing AS SELECT 'text'::varchar AS value")
                assert await database.fetch("SELECT value FROM changing", ()) == (b"text",)
                connection.execute("ALTER TABLE changing ALTER value TYPE text")
                assert await database.fetch("SELECT value FROM changing", ()) == (b"text",)
                connection.execute("DROP TABLE changing")

    asyncio.run(run())


def test_what_needs_a_task_before_it_waits_has_its_own(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url) as database:
            row, (task,) = await run_without_task(database.fetch_unqueued("SELECT 'text'"))
            assert row == (b"text",)
            assert isinstance(task, asyncio.Task)

    asyncio.run(run())


@pytest.mark.skipif(sys.platform != "linux", reason="psycopg traces the protocol on Linux only")
def test_prepared_query_takes_one_round_trip(postgresql_url: str, tmp_path: Path) -> None:
    async def run() -> None:
        connection = await psycopg.AsyncConnection.connect(postgresql_url, autocommit=True)
        database = PostgresqlConnection(connection, result_timeout_seconds=30)
        await database.fetch_rows(ECHO_QUERY, ["first"])
        with (tmp_path / "trace").open("w") as trace:
            connection.pgconn.trace(trace.fileno())
            for text in ("second", "third"):
                assert await database.fetch_rows(ECHO_QUERY, [text]) == [(text.encode(),)]
            connection.pgconn.untrace()
        database.close()

    asyncio.run(run())
    columns = [line.split("\t") for line in (tmp_path / "trace").read_text().splitlines()]
    sent = [column[3] for column in columns if column[1] == "F"]
    assert sent == ["Bind", "Describe", "Execute", "Sync"] * 2


def test_password_and_parameters_of_the_address_may_have_spaces(postgresql_url: str) -> None:
    """The options of the address and the settings of the service are in force together."""
    url = postgresql_url.replace("tests@", "tests:one%20secret%2B%25@")
    names = ("search_path", "default_transaction_read_only", "application_name")

    async def run() -> list[str]:
        async with connected(f"{url}&options=-c%20search_path%3Dother&application_name=one%20server") as database:
            columns = ", ".join(f"current_setting('{name}')" for name in names)
            return [(value or b"").decode() for value in await database.fetch(f"SELECT {columns}", [])]

    assert asyncio.run(run()) == ["other", "on", "one server"]


def test_connections_are_used_again_and_queries_run_at_once(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url, max_concurrent=3) as database:
            query = "SELECT pg_backend_pid()::text FROM pg_sleep(0.1)"
            for _ in range(2):
                processes = await asyncio.gather(*(database.fetch(query, ()) for _ in range(9)))
            assert len(set(processes)) == 3

    asyncio.run(run())


def test_values_arrive_unchanged(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url) as database:
            for text in ("", "quote ' \\ \" \x01", "Zürich 東京 🙂", "x" * 5 * MIB):
                assert await database.fetch(ECHO_QUERY, [text]) == (text.encode(),)
            assert await database.fetch(ECHO_QUERY, [None]) == (None,)
            sql = "SELECT ($1::int + 1)::text, pg_typeof($1)::text"
            assert await database.fetch(sql, [2**31 - 2]) == (b"2147483647", b"integer")

    asyncio.run(run())


def test_rarely_used_queries_are_forgotten(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url) as database:
            for number in range(2 * MAX_PREPARED_QUERIES):
                assert await database.fetch(f"SELECT '{number}'", ()) == (str(number).encode(),)
            count = await database.fetch("SELECT count(*)::text FROM pg_prepared_statements", ())
            assert count == (str(MAX_PREPARED_QUERIES).encode(),)
            assert await database.fetch("SELECT '0'", ()) == (b"0",)

    asyncio.run(run())


def test_connection_survives_failed_queries(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url) as database:
            process = await database.fetch(PROCESS_QUERY, ())
            await cancel_sleep(postgresql_url, database)
            with pytest.raises(psycopg.errors.DivisionByZero):
                await database.fetch("SELECT (1 / $1::int)::text", [0])
            with pytest.raises(psycopg.errors.SyntaxError):
                await database.fetch("SELECT FROM WHERE", ())
            assert await database.fetch(PROCESS_QUERY, ()) == process

    asyncio.run(run())


def test_connection_is_closed_if_its_first_query_fails(postgresql_url: str) -> None:
    """On a busy machine, a short timeout ends the query by which a new connection tells whether it has its settings."""
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA slow")
        connection.execute(
            "CREATE FUNCTION slow.current_setting(text, boolean) RETURNS text LANGUAGE plpgsql"
            " AS 'BEGIN RAISE query_canceled; END'"
        )
        count_connections = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

        async def run() -> None:
            async with connected(f"{postgresql_url}&options=-c%20search_path%3Dslow,pg_catalog") as database:
                with pytest.raises(QueryTimeout):
                    await database.fetch(PROCESS_QUERY, ())
                deadline = time.monotonic() + 10
                while connection.execute(count_connections).fetchone() != (0,):
                    assert time.monotonic() < deadline

        asyncio.run(run())


def test_cancelled_query_does_not_answer_the_next(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url, max_concurrent=1) as database:
            await database.fetch(ECHO_QUERY, ["any"])
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(database.fetch(SLEEP_QUERY, ()), 0.05)
            assert await database.fetch(ECHO_QUERY, ["next"]) == (b"next",)

    asyncio.run(run())


def test_ended_connections_fail_no_query(postgresql_url: str) -> None:
    """All connections of the pool are ended, while they are idle and while one of them runs a query."""

    async def end_connections() -> None:
        async with await psycopg.AsyncConnection.connect(postgresql_url, autocommit=True) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    async def run() -> None:
        async with connected(postgresql_url, max_concurrent=4) as database:
            query = "SELECT $1::text FROM pg_sleep(0.3)"
            await asyncio.gather(*(database.fetch(query, ["any"]) for _ in range(4)))
            running = asyncio.create_task(database.fetch(query, ["running"]))
            await asyncio.sleep(0)  # so that the query is sent
            await end_connections()
            assert await running == (b"running",)
            assert await database.fetch(ECHO_QUERY, ["idle"]) == (b"idle",)

    asyncio.run(run())


def test_content_cannot_be_written(postgresql_url: str) -> None:
    async def run() -> None:
        async with connected(postgresql_url) as database:
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                await database.fetch("CREATE TABLE any_name (id int)", ())

    asyncio.run(run())
