"""Servers whose database fails them: told as it is, and over as soon as the database is sound again."""

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
from support.database_helpers import migrate_database, open_write_engine, parse_articles, seed_articles
from support.sample_articles import ARTICLES
from support.servers import ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Callable

QUERY = {"query": "{ articles(first: 100) { nodes { slug } } }"}
NEW = {"query": '{ article(slug: "new") { title } }'}
SOON = 5
"""Seconds for which we wait for what comes at once, as a rule."""


def make(path: Path, texts: dict[str, str] | None = None) -> Path:
    """Make a database file with the samples, and more."""
    url = f"sqlite:///{path}"
    migrate_database(url)
    with open_write_engine(url) as engine:
        seed_articles(engine, [*ARTICLES, *parse_articles(texts or {})])
    return path


def article_count(server: ServerProcess) -> int:
    """Count the articles; -1 while the server says that it can't."""
    answer = server.post(QUERY)
    if answer.status == 503:
        assert answer.error_codes == ["NOT_READY"]
        return -1
    assert answer.status == 200, answer.body
    return len(answer.json["data"]["articles"]["nodes"])


def becomes(server: ServerProcess, count: int) -> float:
    """Wait until the server has so many articles; give the seconds."""
    began = time.monotonic()
    while article_count(server) != count:
        assert time.monotonic() - began < SOON
        time.sleep(0.02)
    return time.monotonic() - began


def put_garbage(path: Path) -> None:
    path.write_bytes(b"Not what SQLite writes. " * 1000)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def garble_the_schema(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE revision", b"CREATE \xff\xff\xff\xff\xff revision"))


def hide_the_log(path: Path) -> None:
    """Leave no way to open the write-ahead log, as in a folder that may not be written to."""
    Path(f"{path}-wal").mkdir()


def put_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("spoil", [put_garbage, cut, garble_the_schema, hide_the_log, put_a_folder])
def test_file_that_can_t_be_read_is_told_until_a_sound_one_is_there(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    sound, path = make(tmp_path / "sound.db"), tmp_path / "counterpoint.db"
    shutil.copyfile(sound, path)
    spoil(path)
    with run_service(f"sqlite:///{path}") as server:
        for _ in range(10):
            refused, readiness = server.post(QUERY), server.get("/readyz")
            assert (refused.status, refused.error_codes) == (503, ["NOT_READY"])
            assert (readiness.status, readiness.json["ready"]) == (503, False)
            told = refused.json["errors"][0]["message"]
            assert told == readiness.json["reason"]
            assert str(tmp_path) not in told
            assert "SELECT" not in told
        for each in tmp_path.glob("counterpoint.db*"):
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        sound.rename(path)
        becomes(server, len(ARTICLES))
        assert server.get("/readyz").status == 200


def test_locked_file_is_told_at_once(tmp_path: Path) -> None:
    path = make(tmp_path / "counterpoint.db")
    with run_service(f"sqlite:///{path}") as server:
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode = exclusive")
            other.execute("BEGIN EXCLUSIVE")
            began = time.monotonic()
            assert (article_count(server), server.get("/readyz").status) == (-1, 503)
            assert server.get("/healthz").status == 200
            assert time.monotonic() - began < 2
        becomes(server, len(ARTICLES))


def test_file_that_is_made_anew_is_read(tmp_path: Path) -> None:
    path = make(tmp_path / "counterpoint.db")
    with run_service(f"sqlite:///{path}") as server:
        becomes(server, len(ARTICLES))
        for each in tmp_path.glob("counterpoint.db*"):
            each.unlink()
        becomes(server, -1)
        make(path, {"one-more.md": "---\ntitle: One more\n---\n\nMore.\n"})
        assert becomes(server, len(ARTICLES) + 1) < 1


def test_file_that_is_copied_over_is_read(tmp_path: Path) -> None:
    """Back and forth, under requests: what they are told is the one or the other, or that it can't be told now."""
    small, large = make(tmp_path / "small.db"), make(tmp_path / "large.db", slow_content.TEXTS)
    path = tmp_path / "counterpoint.db"
    shutil.copyfile(small, path)
    counts = {small: len(ARTICLES), large: len(ARTICLES) + len(slow_content.TEXTS)}
    with (
        run_service(f"sqlite:///{path}", COUNTERPOINT_RESPONSE_CACHE_BYTES="0") as server,
        ThreadPoolExecutor() as pool,
    ):
        for copied in (small, large) * 4:
            copying = pool.submit(shutil.copyfile, copied, path)
            while not copying.done():
                assert article_count(server) in {-1, *counts.values()}
            becomes(server, counts[copied])
        assert server.post(NEW).json == {"data": {"article": {"title": "New quarrel"}}}


def test_server_that_has_much_to_do_is_ready(database_url: str) -> None:
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
        asked = [pool.submit(server.post, {"query": slow_content.slow_query(number)}) for number in range(3)]
        while not all(each.done() for each in asked):
            assert server.get("/readyz").status == 200
        assert sorted(each.result().error_codes for each in asked) == [["OVERLOADED"], ["OVERLOADED"], ["TIMEOUT"]]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/schema.graphql"])
def test_page_is_asked_for_by_head_too(tmp_path: Path, path: str) -> None:
    with run_service(f"sqlite:///{make(tmp_path / 'counterpoint.db')}") as server:
        got, head = server.get(path), server.request("HEAD", path)
        assert (head.status, head.body) == (200, b"")
        assert head.headers["content-length"] == str(len(got.body))


def test_status_that_can_t_be_understood_is_no_readiness(tmp_path: Path) -> None:
    path = make(tmp_path / "counterpoint.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("UPDATE revision SET seeded_at = 'never'")
    with run_service(f"sqlite:///{path}") as server:
        told = server.get("/readyz")
        assert (told.status, told.json) == (
            503,
            {"ready": False, "reason": "The status of the database cannot be read."},
        )
