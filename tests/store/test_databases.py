"""Read-only access to databases that are replaced, damaged, locked, missing or slow."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import asynccontextmanager, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from counterpoint.database_url import parse_database_url
from counterpoint.errors import NotReady, QueryTimeout
from counterpoint.store.database import Database, QueryLimits, ResultRow
from counterpoint.store.database_factory import open_database
from counterpoint.store.postgresql_connection_pool import CONNECT_TIMEOUT_SECONDS
from counterpoint.store.sqlite_database import RECOVERY_POLL_SECONDS
from support.database_helpers import create_sqlite_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

VERSION_QUERY = "SELECT CAST(version_num AS TEXT) FROM alembic_version"
MISSING_TABLE_QUERY = "SELECT CAST(absent AS TEXT) FROM absent"
SLOW_QUERY_RESULT = 3_000_000
SLOW_QUERY = f"""
    WITH RECURSIVE numbers(number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < {SLOW_QUERY_RESULT}
    )
    SELECT CAST(count(*) AS TEXT) FROM numbers
"""


@asynccontextmanager
async def connected(url: str, seconds: float = 30) -> AsyncIterator[Database]:
    database = open_database(parse_database_url(url), QueryLimits(seconds))
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Create the file of an SQLite database with all tables."""
    file = tmp_path / "counterpoint.db"
    create_sqlite_file(file)
    return file


RECOVERY = """
import fcntl, sys, time
with open(sys.argv[1] + "-shm", "r+b") as index:
    for byte in (120, 122):  # the locks of the writer and of the recovery, see "WAL-mode File Format" of SQLite
        fcntl.lockf(index, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
    index.write(bytes(96))  # the two copies of the header
    index.flush()
    print("started", flush=True)
    time.sleep(60)
"""


@contextmanager
def run_recovery(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the locks of a recovery of the log, with an index that needs one, as after a crash."""
    arguments = [sys.executable, "-c", RECOVERY, str(path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "started\n"
        try:
            yield process
        finally:
            process.kill()


def overwrite_with_garbage(path: Path) -> None:
    path.write_bytes(b"Not what SQLite writes. " * 1000)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def corrupt_schema(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE revision", b"CREATE \xff\xff\xff\xff\xff revision"))


def block_write_ahead_log(path: Path) -> None:
    """Make the write-ahead log impossible to open, as in a read-only folder."""
    Path(f"{path}-wal").mkdir()


@pytest.mark.parametrize(
    "damage", [overwrite_with_garbage, truncate, corrupt_schema, block_write_ahead_log, Path.unlink]
)
def test_failing_file_is_reported_and_logged_once_and_leaks_no_descriptor(
    path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    def descriptors() -> int:
        return len(list(Path("/dev/fd").iterdir()))

    async def run() -> None:
        async with connected(f"sqlite:///{path}") as database:
            before = descriptors()
            for _ in range(20):
                with pytest.raises(NotReady) as caught:
                    await database.fetch(VERSION_QUERY, ())
                assert str(path.parent) not in str(caught.value)
            assert descriptors() <= before  # fewer if objects of other tests were collected meanwhile

    damage(path)
    asyncio.run(run())
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_explaining_a_query_reports_the_same_errors(database_url: str) -> None:
    async def run() -> None:
        async with connected(database_url) as database:
            with pytest.raises(NotReady, match=r"run `counterpoint migrate`\.$"):
                await database.explain(MISSING_TABLE_QUERY, ())

    asyncio.run(run())


def test_missing_table_is_reported_and_logged(database_url: str, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        async with connected(database_url) as database:
            with pytest.raises(NotReady, match=r"run `counterpoint migrate`\.$"):
                await database.fetch(MISSING_TABLE_QUERY, ())
            assert await database.fetch(VERSION_QUERY, ())

    asyncio.run(run())
    (log_record,) = (record for record in caplog.records if record.name.startswith("counterpoint"))
    assert log_record.levelno == logging.WARNING
    assert "absent" in log_record.getMessage()


def test_locked_file_fails_without_waiting(path: Path) -> None:
    async def run() -> None:
        async with connected(f"sqlite:///{path}") as database:
            with closing(sqlite3.connect(path, isolation_level=None)) as other:
                other.execute("PRAGMA locking_mode = exclusive")
                other.execute("BEGIN EXCLUSIVE")
                began = time.monotonic()
                with pytest.raises(NotReady, match="locked"):
                    await database.fetch(VERSION_QUERY, ())
                assert time.monotonic() - began < 4  # SQLite waits for five seconds by default.
            assert await database.fetch(VERSION_QUERY, ())

    asyncio.run(run())


def test_query_waits_while_another_process_recovers_the_log(path: Path) -> None:
    async def run() -> None:
        with closing(sqlite3.connect(path)) as other:
            other.execute("UPDATE alembic_version SET version_num = version_num")
            other.commit()
            with run_recovery(path) as recovery:
                async with connected(f"sqlite:///{path}") as database:
                    query = asyncio.create_task(database.fetch(VERSION_QUERY, ()))
                    await asyncio.wait({query}, timeout=3 * RECOVERY_POLL_SECONDS)
                    assert not query.done()
                    recovery.kill()
                    assert await query

    asyncio.run(run())


def test_running_query_finishes_after_the_pool_is_replaced(path: Path) -> None:
    async def run() -> None:
        async with connected(f"sqlite:///{path}") as database:
            slow = asyncio.create_task(database.fetch(SLOW_QUERY, ()))
            await asyncio.sleep(0)
            for _ in range(3):
                with pytest.raises(NotReady):
                    await database.fetch(MISSING_TABLE_QUERY, ())
            assert not slow.done()
            assert await slow == (str(SLOW_QUERY_RESULT).encode(),)
            assert await database.fetch(VERSION_QUERY, ())

    asyncio.run(run())


def test_replaced_file_is_read_from_the_next_unqueued_query(path: Path) -> None:
    async def run() -> None:
        async with connected(f"sqlite:///{path}") as database:
            before = await database.fetch_unqueued(VERSION_QUERY)
            other = path.with_name("other.db")
            shutil.copyfile(path, other)
            with closing(sqlite3.connect(other, isolation_level=None)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = 'other'")
            other.rename(path)
            assert await database.fetch(VERSION_QUERY, ()) == before
            assert await database.fetch_unqueued(VERSION_QUERY) == (b"other",)
            path.unlink()
            with pytest.raises(NotReady, match=r"run `counterpoint migrate` and `counterpoint seed`\.$"):
                await database.fetch_unqueued(VERSION_QUERY)

    asyncio.run(run())


def test_overwritten_file_is_read_from_the_next_unqueued_query(path: Path) -> None:
    async def run() -> None:
        async with connected(f"sqlite:///{path}") as database:
            assert await database.fetch_unqueued(VERSION_QUERY)
            other = path.with_name("other.db")
            shutil.copyfile(path, other)
            with closing(sqlite3.connect(other, isolation_level=None)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = 'other'")
            shutil.copyfile(other, path)
            assert await database.fetch_unqueued(VERSION_QUERY) == (b"other",)

    asyncio.run(run())


def test_shortest_timeout_is_not_rounded_to_none(database_url: str) -> None:
    async def run() -> None:
        async with connected(database_url, seconds=0.0001) as database:
            with pytest.raises(QueryTimeout):
                await database.fetch(SLOW_QUERY, ())

    asyncio.run(run())


def test_connections_recover_when_the_server_returns(migrated_postgresql_url: str, tmp_path: Path) -> None:
    """Connect through a link to the socket folder, so that the test can make the server unreachable."""
    address = parse_database_url(migrated_postgresql_url)
    folder = tmp_path / "there"
    folder.symlink_to(str(address.query["host"]))
    url = address.update_query_dict({"host": str(folder)}).render_as_string()

    async def run() -> None:
        async with connected(url) as database:
            assert await database.fetch(VERSION_QUERY, ())
            folder.rename(tmp_path / "away")
            end_connections(migrated_postgresql_url)
            for _ in range(2):
                began = time.monotonic()
                errors = await asyncio.gather(*(read() for read in query_functions(database)), return_exceptions=True)
                assert [str(error) for error in errors] == ["The database cannot be reached."] * 2
                assert time.monotonic() - began < CONNECT_TIMEOUT_SECONDS + 2
            (tmp_path / "away").rename(folder)
            for read in query_functions(database):
                await wait_until_success(read)

    asyncio.run(run())


def query_functions(database: Database) -> list[Callable[[], Awaitable[ResultRow]]]:
    return [partial(database.fetch, VERSION_QUERY, ()), partial(database.fetch_unqueued, VERSION_QUERY)]


async def wait_until_success(read: Callable[[], Awaitable[ResultRow]]) -> None:
    """Repeat a query until it succeeds, at most as long as reconnecting may take."""
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
