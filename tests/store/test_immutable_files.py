"""Immutable SQLite files are served from a read-only folder, without a lock or a log beside them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from counterpoint.errors import NotReady
from counterpoint.store.sqlite_files import READ_ONLY_FOLDER_MESSAGE, UNFINISHED_MESSAGE
from support.commands import assert_one_error_line, run, write_sample_folder, write_texts
from support.database_helpers import create_sqlite_file, open_client
from support.permissions import drop_privileges
from support.sample_articles import TEXTS
from support.servers import run_service
from support.whole_database import read_content

if TYPE_CHECKING:
    from pathlib import Path

COUNT = "{ articles { totalCount } }"
PAGE = """{
  articles(first: 2) { pageInfo { endCursor } nodes { id sections { blocks { ... on Node { id } } } } }
  parties(first: 2) { pageInfo { endCursor } nodes { id } }
  measures(first: 2) { pageInfo { endCursor } nodes { id } }
  search(query: "raids", first: 2) { pageInfo { endCursor } nodes { id } }
}"""


def bake(folder: Path, texts: dict[str, str] = TEXTS) -> Path:
    """Build a file as docs/operations/image.md does, in a folder of its own, and return its path."""
    articles = write_texts(folder / "articles", texts)
    database = create_sqlite_file(folder / "build.db")
    target = folder / "content" / "content.db"
    for command in (["seed", "--no-wait", str(articles)], ["backup", str(target)]):
        result = run(*command, COUNTERPOINT_DATABASE_URL=database)
        assert result.exit_code == 0, result.output
    return target


def test_file_is_served_from_a_read_only_folder(tmp_path: Path) -> None:
    path = bake(tmp_path)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    url = f"sqlite:///{path}?immutable=1"
    with drop_privileges(tmp_path):
        with open_client(url) as api:
            assert api.execute(COUNT) == {"articles": {"totalCount": len(TEXTS)}}
        assert run("status", COUNTERPOINT_DATABASE_URL=url).exit_code == 0
        assert run("export", "--all", str(path.parent), COUNTERPOINT_DATABASE_URL=url).exit_code == 1


def test_server_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    path = bake(tmp_path)
    with run_service(f"sqlite:///{path}?immutable=1") as server:
        assert server.get("/readyz").json["articles"] == len(TEXTS)
        assert server.post({"query": COUNT}).json == {"data": {"articles": {"totalCount": len(TEXTS)}}}
        assert [*path.parent.iterdir()] == [path]


def test_replicas_have_equal_ids_cursors_and_revisions(tmp_path: Path) -> None:
    """The folders have other paths, and their files were written in another order."""
    first = bake(tmp_path / "first")
    second = bake(tmp_path / "second" / "elsewhere", dict(reversed(TEXTS.items())))
    urls = [f"sqlite:///{path}?immutable=1" for path in (first, second)]
    with run_service(urls[0]) as one, run_service(urls[1]) as other:
        assert one.get("/readyz").json["revision"] == other.get("/readyz").json["revision"]
        answer = one.post({"query": PAGE})
        assert "errors" not in answer.json
        assert answer.body == other.post({"query": PAGE}).body
        assert answer.headers["etag"] == other.post({"query": PAGE}).headers["etag"]
    assert read_content(f"sqlite:///{first}") == read_content(f"sqlite:///{second}")


@pytest.mark.parametrize("command", [["migrate"], ["seed"], ["seed", "--dry-run"]], ids=" ".join)
def test_writing_commands_refuse_an_immutable_file(tmp_path: Path, command: list[str]) -> None:
    path = bake(tmp_path)
    content = path.read_bytes()
    settings = {"COUNTERPOINT_SEED_DIR": str(write_sample_folder(tmp_path / "samples"))}
    result = run(*command, COUNTERPOINT_DATABASE_URL=f"sqlite:///{path}?immutable=1", **settings)
    assert_one_error_line(
        result, r"COUNTERPOINT_DATABASE_URL ends with \?immutable=1, so that the database cannot be written: .+"
    )
    assert path.read_bytes() == content


def test_file_with_an_unfinished_log_is_not_served(tmp_path: Path) -> None:
    path = bake(tmp_path)
    url = f"sqlite:///{path}?immutable=1"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = wal")
        writer.execute("UPDATE revision SET id = 'newer'")
        assert_one_error_line(run("status", COUNTERPOINT_DATABASE_URL=url), ".+write a complete copy.+")
        with run_service(url) as server:
            assert server.get("/readyz").json["errors"][0]["message"] == UNFINISHED_MESSAGE
            assert server.post({"query": COUNT}).error_codes == ["NOT_READY"]
            writer.close()
            assert server.get("/readyz").json["revision"] == "newer"


def test_log_in_a_read_only_folder_is_explained(tmp_path: Path) -> None:
    """Without `immutable`, a file that seedings write needs its log."""
    path = bake(tmp_path)
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = wal")
    path.parent.chmod(0o555)
    (tmp_path / "target").mkdir()
    (tmp_path / "target").chmod(0o777)
    target = str(tmp_path / "target" / "copy.db")
    with drop_privileges(tmp_path):
        with open_client(f"sqlite:///{path}") as api, pytest.raises(NotReady) as error:
            api.execute(COUNT)
        assert str(error.value) == READ_ONLY_FOLDER_MESSAGE
        for command in (["status"], ["export", "--all", str(tmp_path)], ["backup", target]):
            result = run(*command, COUNTERPOINT_DATABASE_URL=f"sqlite:///{path}")
            assert (result.exit_code, READ_ONLY_FOLDER_MESSAGE in result.stderr) == (1, True), result.output


def test_backup_is_served_from_a_read_only_folder_without_immutable(tmp_path: Path) -> None:
    path = bake(tmp_path)
    path.parent.chmod(0o555)
    with drop_privileges(tmp_path), open_client(f"sqlite:///{path}") as api:
        assert api.execute(COUNT) == {"articles": {"totalCount": len(TEXTS)}}


@pytest.mark.parametrize("query", ["immutable=yes", "immutable=0", "imutable=1", "mode=ro", "immutable=1&mode=ro"])
def test_other_parameters_are_refused(query: str) -> None:
    result = run("status", COUNTERPOINT_DATABASE_URL=f"sqlite:///counterpoint.db?{query}")
    assert_one_error_line(result, r"COUNTERPOINT_DATABASE_URL: unknown parameters, expected .+\?immutable=1")
