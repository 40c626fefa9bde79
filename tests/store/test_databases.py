"""Readers on what files and servers are in truth: replaced, damaged, locked, gone, slow."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
import time
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from counterpoint.errors import NotReady, QueryTimeout
from counterpoint.settings import parse_database_url
from counterpoint.store.database import Database, QueryLimits, ResultRow
from counterpoint.store.database_factory import open_database
from counterpoint.store.postgresql import CONNECT_TIMEOUT_SECONDS
from support.database_helpers import migrate_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

VERSION = "SELECT CAST(version_num AS TEXT) FROM alembic_version"
ABSENT = "SELECT CAST(absent AS TEXT) FROM absent"
COUNTED = 3_000_000
SLOW = f"""
    WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {COUNTED})
    SELECT CAST(count(*) AS TEXT) FROM numbers
"""


@asynccontextmanager
async def reading(url: str, seconds: float = 30) -> AsyncIterator[Database]:
    reader = open_database(parse_database_url(url), QueryLimits(seconds))
    await reader.open()
    try:
        yield reader
    finally:
        await reader.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of a SQLite database with all tables."""
    migrate_database(f"sqlite:///{tmp_path}/counterpoint.db")
    return tmp_path / "counterpoint.db"


def put_garbage(path: Path) -> None:
    path.write_bytes(b"Not what SQLite writes. " * 1000)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def garble_the_schema(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE revision", b"CREATE \xff\xff\xff\xff\xff revision"))


def hide_the_log(path: Path) -> None:
    """Leave no way to open the write-ahead log, as in a folder that may not be written to."""
    Path(f"{path}-wal").mkdir()


@pytest.mark.parametrize("spoil", [put_garbage, cut, garble_the_schema, hide_the_log, Path.unlink])
def test_file_that_fails_is_told_and_logged_and_costs_no_descriptor(
    path: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    def descriptors() -> int:
        return len(list(Path("/dev/fd").iterdir()))

    async def ask() -> None:
        async with reading(f"sqlite:///{path}") as reader:
            before = descriptors()
            for _ in range(20):
                with pytest.raises(NotReady) as told:
                    await reader.fetch(VERSION, ())
                assert str(path.parent) not in str(told.value)
            assert descriptors() == before

    spoil(path)
    asyncio.run(ask())
    assert [record.levelno for record in caplog.records] == [logging.WARNING] * 20


def test_table_that_is_missing_is_told_and_logged(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async def ask() -> None:
        async with reading(database_url) as reader:
            with pytest.raises(NotReady, match=r"run `counterpoint migrate`\.$"):
                await reader.fetch(ABSENT, ())
            assert await reader.fetch(VERSION, ())

    asyncio.run(ask())
    (logged,) = (record for record in caplog.records if record.name.startswith("counterpoint"))
    assert logged.levelno == logging.WARNING
    assert "absent" in logged.getMessage()


def test_nobody_waits_for_a_lock(path: Path) -> None:
    async def ask() -> None:
        async with reading(f"sqlite:///{path}") as reader:
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("PRAGMA locking_mode = exclusive")
                other.execute("BEGIN EXCLUSIVE")
                began = time.monotonic()
                with pytest.raises(NotReady, match="locked"):
                    await reader.fetch(VERSION, ())
                assert time.monotonic() - began < 1
            assert await reader.fetch(VERSION, ())

    asyncio.run(ask())


def test_statement_under_way_is_finished_on_its_own_connection(path: Path) -> None:
    async def ask() -> None:
        async with reading(f"sqlite:///{path}") as reader:
            slow = asyncio.create_task(reader.fetch(SLOW, ()))
            await asyncio.sleep(0)
            for _ in range(3):
                with pytest.raises(NotReady):
                    await reader.fetch(ABSENT, ())
            assert not slow.done()
            assert await slow == (str(COUNTED).encode(),)
            assert await reader.fetch(VERSION, ())

    asyncio.run(ask())


def test_file_in_the_place_of_another_is_read_from_the_next_unqueued_query_on(path: Path) -> None:
    async def ask() -> None:
        async with reading(f"sqlite:///{path}") as reader:
            before = await reader.fetch_unqueued(VERSION)
            other = path.with_name("other.db")
            shutil.copyfile(path, other)
            with closing(sqlite3.connect(other, isolation_level=None)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = 'other'")
            other.rename(path)
            assert await reader.fetch(VERSION, ()) == before
            assert await reader.fetch_unqueued(VERSION) == (b"other",)
            path.unlink()
            with pytest.raises(NotReady, match=r"run `counterpoint migrate` and `counterpoint seed`\.$"):
                await reader.fetch_unqueued(VERSION)

    asyncio.run(ask())


def test_file_that_is_copied_over_is_read_from_the_next_unqueued_query_on(path: Path) -> None:
    async def ask() -> None:
        async with reading(f"sqlite:///{path}") as reader:
            assert await reader.fetch_unqueued(VERSION)
            other = path.with_name("other.db")
            shutil.copyfile(path, other)
            with closing(sqlite3.connect(other, isolation_level=None)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = 'other'")
            shutil.copyfile(other, path)
            assert await reader.fetch_unqueued(VERSION) == (b"other",)

    asyncio.run(ask())


def test_shortest_time_is_not_taken_for_none(database_url: str) -> None:
    async def ask() -> None:
        async with reading(database_url, seconds=0.0001) as reader:
            with pytest.raises(QueryTimeout):
                await reader.fetch(SLOW, ())

    asyncio.run(ask())


def test_database_that_comes_back_is_asked_again(postgresql_url: str, tmp_path: Path) -> None:
    """Reach the server by a folder of our own, so that it can be out of reach for this reader alone."""
    migrate_database(postgresql_url)
    address = parse_database_url(postgresql_url)
    folder = tmp_path / "there"
    folder.symlink_to(str(address.query["host"]))
    url = address.update_query_dict({"host": str(folder)}).render_as_string()

    async def ask() -> None:
        async with reading(url) as reader:
            assert await reader.fetch(VERSION, ())
            folder.rename(tmp_path / "away")
            end_connections(postgresql_url)
            for _ in range(2):
                began = time.monotonic()
                told = await asyncio.gather(*(read() for read in reads(reader)), return_exceptions=True)
                assert [str(error) for error in told] == ["The database cannot be reached."] * 2
                assert time.monotonic() - began < CONNECT_TIMEOUT_SECONDS + 2
            (tmp_path / "away").rename(folder)
            for read in reads(reader):
                await recovered(read)

    asyncio.run(ask())


def reads(reader: Database) -> list[Callable[[], Awaitable[ResultRow]]]:
    return [partial(reader.fetch, VERSION, ()), partial(reader.fetch_unqueued, VERSION)]


async def recovered(read: Callable[[], Awaitable[ResultRow]]) -> None:
    """Read again until it works, for as long as connections may take to be tried anew."""
    deadline = time.monotonic() + 2 * CONNECT_TIMEOUT_SECONDS + 1
    while True:
        try:
            assert await read()
            return
        except NotReady:
            assert time.monotonic() < deadline


def end_connections(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
