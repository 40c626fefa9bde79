"""A server whose database fails reports it, and recovers as soon as the database does."""

from __future__ import annotations

import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support import slow_content
from support.database_helpers import create_sqlite_file, open_write_engine, parse_articles, seed_articles
from support.sample_articles import ARTICLES
from support.servers import ServerProcess, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Callable

QUERY = {"query": "{ articles(first: 100) { nodes { slug } } }"}
NEW = {"query": '{ article(slug: "new") { title } }'}
RECOVERY_SECONDS = 30
"""Seconds within which a server must recover; usually it takes far less."""


def create_seeded_file(path: Path, texts: dict[str, str] | None = None) -> Path:
    """Create a database file with the samples and further articles."""
    with open_write_engine(create_sqlite_file(path)) as engine:
        seed_articles(engine, [*ARTICLES, *parse_articles(texts or {})])
    return path


def article_count(server: ServerProcess) -> int:
    """Return the number of articles, or -1 if the server is not ready."""
    answer = server.post(QUERY)
    if answer.status == 503:
        assert answer.error_codes == ["NOT_READY"]
        return -1
    assert answer.status == 200, answer.body
    return len(answer.json["data"]["articles"]["nodes"])


def wait_for_count(server: ServerProcess, count: int) -> None:
    """Wait until the server returns this number of articles."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while article_count(server) != count:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def overwrite_with_garbage(path: Path) -> None:
    path.write_bytes(b"Not what SQLite writes. " * 1000)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def corrupt_schema(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE revision", b"CREATE \xff\xff\xff\xff\xff revision"))


def block_write_ahead_log(path: Path) -> None:
    """Make the write-ahead log impossible to open, as in a read-only folder."""
    Path(f"{path}-wal").mkdir()


def replace_with_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage", [overwrite_with_garbage, truncate, corrupt_schema, block_write_ahead_log, replace_with_folder]
)
def test_unreadable_file_is_reported_until_it_is_replaced(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    intact, path = create_seeded_file(tmp_path / "intact.db"), tmp_path / "counterpoint.db"
    shutil.copyfile(intact, path)
    damage(path)
    with run_service(f"sqlite:///{path}") as server:
        for _ in range(10):
            response, readiness = server.post(QUERY), server.get("/readyz")
            assert (response.status, response.error_codes) == (503, ["NOT_READY"])
            assert (readiness.status, readiness.json["ready"]) == (503, False)
            message = response.json["errors"][0]["message"]
            assert message == readiness.json["errors"][0]["message"]
            assert str(tmp_path) not in message
            assert "SELECT" not in message
        for file in tmp_path.glob("counterpoint.db*"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        intact.rename(path)
        wait_for_count(server, len(ARTICLES))
        assert server.get("/readyz").status == 200


def test_locked_file_is_reported_at_once(tmp_path: Path) -> None:
    path = create_seeded_file(tmp_path / "counterpoint.db")
    with run_service(f"sqlite:///{path}") as server:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = exclusive")
            other.execute("BEGIN EXCLUSIVE")
            began = time.monotonic()
            assert (article_count(server), server.get("/readyz").status) == (-1, 503)
            assert server.get("/healthz").status == 200
            assert time.monotonic() - began < 4  # SQLite waits for five seconds by default.
        wait_for_count(server, len(ARTICLES))


def test_recreated_file_is_read(tmp_path: Path) -> None:
    path = create_seeded_file(tmp_path / "counterpoint.db")
    with run_service(f"sqlite:///{path}") as server:
        wait_for_count(server, len(ARTICLES))
        for file in tmp_path.glob("counterpoint.db*"):
            file.unlink()
        wait_for_count(server, -1)
        create_seeded_file(path, {"one-more.md": "---\ntitle: One more\n---\n\nMore.\n"})
        wait_for_count(server, len(ARTICLES) + 1)


def test_overwritten_file_is_read(tmp_path: Path) -> None:
    """During each copy, responses hold the old content, the new content, or NOT_READY."""
    small, large = (
        create_seeded_file(tmp_path / "small.db"),
        create_seeded_file(tmp_path / "large.db", slow_content.TEXTS),
    )
    path = tmp_path / "counterpoint.db"
    shutil.copyfile(small, path)
    counts = {small: len(ARTICLES), large: len(ARTICLES) + len(slow_content.TEXTS)}
    with (
        run_service(f"sqlite:///{path}", COUNTERPOINT_RESPONSE_CACHE_BYTES="0") as server,
        ThreadPoolExecutor() as pool,
    ):
        for source in (small, large) * 4:
            copying = pool.submit(shutil.copyfile, source, path)
            while not copying.done():
                assert article_count(server) in {-1, *counts.values()}
            wait_for_count(server, counts[source])
        assert server.post(NEW).json == {"data": {"article": {"title": "New quarrel"}}}


@variant("postgresql")
def test_busy_server_is_ready(database_url: str) -> None:
    with open_write_engine(database_url) as engine:
        seed_articles(engine, [*ARTICLES, *parse_articles(slow_content.TEXTS)])
    settings = {
        "QUERY_TIMEOUT_SECONDS": "1",
        "MAX_CONCURRENT_QUERIES": "1",
        "MAX_QUEUED_QUERIES": "0",
        "LIMIT_COST": "10000000",
    }
    with (
        run_service(database_url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as server,
        ThreadPoolExecutor() as pool,
    ):
        responses = [pool.submit(server.post, {"query": slow_content.slow_query(number)}) for number in range(3)]
        while not all(response.done() for response in responses):
            assert server.get("/readyz").status == 200
            time.sleep(0.01)
        assert sorted(response.result().error_codes for response in responses) == [
            ["OVERLOADED"],
            ["OVERLOADED"],
            ["TIMEOUT"],
        ]


def test_invalid_status_is_not_ready(tmp_path: Path) -> None:
    path = create_seeded_file(tmp_path / "counterpoint.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE revision SET seeded_at = 'never'")
    with run_service(f"sqlite:///{path}") as server:
        response = server.get("/readyz")
        error = {"message": "The status of the database cannot be read.", "extensions": {"code": "NOT_READY"}}
        assert (response.status, response.json) == (503, {"ready": False, "errors": [error]})
