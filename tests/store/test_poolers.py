"""The service behind PgBouncer in transaction mode, where each query may run on another connection of the database."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest

from counterpoint.database_url import parse_database_url
from counterpoint.errors import QueryTimeout
from counterpoint.store.database import QueryLimits
from counterpoint.store.index_upkeep import FEW_CHANGES
from counterpoint.store.pooled_postgresql_connection import PooledPostgresqlConnection
from counterpoint.store.postgresql_connection import MAX_PREPARED_QUERIES
from counterpoint.store.postgresql_database import PostgresqlDatabase
from support.commands import run, write_sample_folder
from support.database_helpers import open_client, open_write_engine, seed_articles
from support.pgbouncer import requires_pgbouncer, run_pgbouncer
from support.sample_articles import ARTICLES
from support.servers import run_service

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = requires_pgbouncer

SETTINGS_QUERY = (
    "SELECT current_setting('transaction_read_only'), current_setting('statement_timeout'),"
    " current_setting('plan_cache_mode'), current_setting('enable_seqscan'), $1::text"
)

POOLERS = [
    pytest.param((), id="settings refused"),
    pytest.param(("ignore_startup_parameters = options",), id="settings ignored"),
]


@asynccontextmanager
async def connected(url: str, seconds: float = 30) -> AsyncIterator[PostgresqlDatabase]:
    database = PostgresqlDatabase(parse_database_url(url), QueryLimits(seconds))
    try:
        yield database
    finally:
        await database.close()


@pytest.mark.parametrize("settings", POOLERS)
def test_settings_are_in_force_for_every_query(settings: tuple[str, ...], postgresql_url: str) -> None:
    async def run(url: str) -> None:
        async with connected(url) as database:
            rows = await asyncio.gather(*(database.fetch(SETTINGS_QUERY, [number]) for number in range(20)))
            assert rows == [(b"on", b"30s", b"force_generic_plan", b"off", b"%d" % number) for number in range(20)]
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                await database.fetch("CREATE TABLE writable (id int)", ())

    with run_pgbouncer(postgresql_url, *settings) as url:
        asyncio.run(run(url))


def test_connections_stay_usable_after_failures(postgresql_url: str) -> None:
    async def run(url: str) -> None:
        # A second, because a loaded machine may stretch the other queries.
        async with connected(url, seconds=1) as database:
            for _ in range(2):
                with pytest.raises(QueryTimeout):
                    await database.fetch("SELECT pg_sleep(30)::text", ())
                with pytest.raises(psycopg.errors.DivisionByZero):
                    await database.fetch("SELECT (1 / 0)::text", ())
                assert await database.fetch("SELECT $1::text", ["fine"]) == (b"fine",)

    with run_pgbouncer(postgresql_url) as url:
        asyncio.run(run(url))


def test_pooler_that_keeps_prepared_queries_gets_each_once(postgresql_url: str) -> None:
    """Without a pooler, because PgBouncer before 1.21 keeps none. To PostgreSQL, the connection is the same."""

    async def run() -> None:
        connection = await psycopg.AsyncConnection.connect(postgresql_url, autocommit=True)
        pooled = PooledPostgresqlConnection(connection, 30, {"statement_timeout": "30000"}, keeps_prepared=True)
        for number in [*range(MAX_PREPARED_QUERIES + 5), 0]:
            rows = await pooled.fetch_rows(f"SELECT $1::text || '-{number}'", ["x"])
            assert rows == [(f"x-{number}".encode(),)]
        with pytest.raises(psycopg.errors.UndefinedTable):
            await pooled.fetch_rows("SELECT 1 FROM missing", ())
        prepared = await pooled.fetch_rows("SELECT count(*)::text FROM pg_prepared_statements", ())
        assert prepared == [(str(MAX_PREPARED_QUERIES).encode(),)]
        pooled.close()

    asyncio.run(run())


def test_commands_write_through_a_pooler(postgresql_url: str, tmp_path: Path) -> None:
    folder = str(write_sample_folder(tmp_path))
    with run_pgbouncer(postgresql_url) as url:
        for command in (["migrate"], ["seed", folder], ["seed", "--force", folder], ["status"]):
            result = run(*command, COUNTERPOINT_DATABASE_URL=url)
            assert result.exit_code == 0, result.stderr


def test_many_articles_are_written_through_a_pooler(migrated_postgresql_url: str) -> None:
    new = ARTICLES[1]
    articles = [replace(new, path=f"{number}.md", slug=f"new-{number}") for number in range(2 * FEW_CHANGES + 2)]
    with run_pgbouncer(migrated_postgresql_url) as url:
        for count in (FEW_CHANGES + 1, len(articles)):
            with open_write_engine(url) as engine:
                seed_articles(engine, articles[:count])
            with open_client(migrated_postgresql_url) as api:
                data = api.execute("{ articles { totalCount } measures { totalCount } }")
                assert data == {"articles": {"totalCount": count}, "measures": {"totalCount": count}}


def test_server_answers_through_a_pooler(migrated_postgresql_url: str) -> None:
    with open_write_engine(migrated_postgresql_url) as engine:
        seed_articles(engine, ARTICLES)
    query = {"query": "{ articles { totalCount nodes { slug } } }"}
    with (
        run_pgbouncer(migrated_postgresql_url) as url,
        run_service(url) as pooled,
        run_service(migrated_postgresql_url) as direct,
    ):
        assert pooled.get("/readyz").status == 200
        assert pooled.post(query).body == direct.post(query).body
