"""A PostgreSQL server that accepts connections and says nothing, as behind some broken networks."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest

from counterpoint.database_url import parse_database_url
from counterpoint.errors import DatabaseUnreachable
from counterpoint.store.database import QueryLimits
from counterpoint.store.postgresql_database import PostgresqlDatabase
from support.commands import assert_one_error_line, run
from support.variants import sample

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def mute_url() -> Iterator[str]:
    """Return the URL of a database whose connections are accepted by the kernel, and never answered."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"postgresql://user@127.0.0.1:{server.getsockname()[1]}/name"


@pytest.mark.parametrize("command", sample(["migrate", "seed", "status"], 3))
def test_commands_end_in_seconds(command: str, mute_url: str) -> None:
    """The URL sets a shorter time than the default, so that the test is quick."""
    result = run(command, COUNTERPOINT_DATABASE_URL=f"{mute_url}?connect_timeout=2")
    assert_one_error_line(result, "The database reported an error: connection timeout expired")


def test_commands_have_a_connect_timeout_by_default(mute_url: str) -> None:
    result = run("status", COUNTERPOINT_DATABASE_URL=mute_url)
    assert_one_error_line(result, "The database reported an error: connection timeout expired")


@pytest.mark.slow
def test_fast_query_waits_for_another_no_longer_than_for_a_connection(mute_url: str) -> None:
    """The first query tries two addresses, and so takes longer than the second waits for it."""
    address = mute_url.partition("@")[2].partition("/")[0]
    url = parse_database_url(f"postgresql://user@{address},{address}/name")

    async def run_two_queries() -> None:
        database = PostgresqlDatabase(url, QueryLimits(timeout_seconds=1))
        first, second = (asyncio.create_task(database.fetch_unqueued("SELECT 1")) for _ in range(2))
        done, _ = await asyncio.wait({first, second}, return_when=asyncio.FIRST_COMPLETED)
        assert done == {second}
        for query in (second, first):
            with pytest.raises(DatabaseUnreachable):
                await query
        await database.close()

    asyncio.run(run_two_queries())
