"""A server that reads a streaming replica: while the replica lags behind, answers are those of its own revision."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from support.commands import run, write_sample_folder
from support.postgresql_replica import requires_replica, run_replica
from support.servers import run_service

if TYPE_CHECKING:
    from pathlib import Path

    from support.servers import Response, ServerProcess

pytestmark = [pytest.mark.slow, requires_replica]

QUERY = {"query": "{ revision { id } articles { totalCount nodes { slug } } }"}
CATCH_UP_SECONDS = 30


def seed(url: str, folder: Path) -> None:
    result = run("seed", "--no-wait", str(folder), COUNTERPOINT_DATABASE_URL=url)
    assert result.exit_code == 0, result.stderr


def execute(url: str, sql: str) -> Any:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(sql.encode()).fetchone()
        return row and row[0]


def wait_for_article_count(server: ServerProcess, count: int) -> Response:
    """Return the first answer with this number of articles."""
    deadline = time.monotonic() + CATCH_UP_SECONDS
    while True:
        answer = server.post(QUERY)
        if answer.status == 200 and answer.json["data"]["articles"]["totalCount"] == count:
            return answer
        assert time.monotonic() < deadline, answer.body
        time.sleep(0.02)


def test_lagging_replica_serves_its_own_revision_until_it_catches_up(postgresql_url: str, tmp_path: Path) -> None:
    folder = write_sample_folder(tmp_path)
    assert run("migrate", COUNTERPOINT_DATABASE_URL=postgresql_url).exit_code == 0
    seed(postgresql_url, folder)
    with run_replica(postgresql_url) as replica_url, run_service(postgresql_url) as primary:
        assert execute(replica_url, "SELECT pg_is_in_recovery()")
        with run_service(postgresql_url, COUNTERPOINT_READ_URL=replica_url) as replica:
            old = wait_for_article_count(replica, 3)
            execute(replica_url, "SELECT pg_wal_replay_pause()")
            (folder / "new.md").unlink()
            seed(postgresql_url, folder)
            new = wait_for_article_count(primary, 2)
            lagging = replica.post(QUERY)
            assert (lagging.body, lagging.headers["etag"]) == (old.body, old.headers["etag"])
            assert replica.get("/readyz").json["revision"] == old.json["data"]["revision"]["id"]
            execute(replica_url, "SELECT pg_wal_replay_resume()")
            current = wait_for_article_count(replica, 2)
            assert (current.body, current.headers["etag"]) == (new.body, new.headers["etag"])
