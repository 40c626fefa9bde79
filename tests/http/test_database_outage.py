"""While the database is away, the server gives the answers that it has in memory, marked as stale."""

from __future__ import annotations

import asyncio
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from sqlalchemy import make_url

from counterpoint.engine.engine import Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.revision_polling import CurrentRevision
from counterpoint.reader.endpoint import ReaderEndpoint
from counterpoint.store.database import QueryLimits
from counterpoint.store.sqlite_database import SqliteDatabase
from support.database_helpers import SCHEMA, UNLIMITED_LIMITS, migrated_database, open_write_engine, seed_articles
from support.database_relay import DatabaseRelay
from support.processes import wait_until
from support.sample_articles import ARTICLES
from support.servers import Response, run_service
from support.variants import sample

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping
    from concurrent.futures import Future

    from support.postgresql_server import PostgresqlServer

TITLES = "/graphql?query={revision{id}articles{nodes{title}}}"
OTHER_TITLES = "/graphql?query={other:articles(first:%d){nodes{title}}}"
INTROSPECTION = "/graphql?query={__schema{queryType{name}}}"
STALE = "Counterpoint; hit; detail=stale"
STOP_SECONDS = 10


@pytest.fixture
def content_url(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the URL of a PostgreSQL database with content."""
    with migrated_database("postgresql", postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        yield url


@pytest.fixture
def relay(content_url: str) -> Iterator[DatabaseRelay]:
    """Run a relay to the database with content."""
    relay = DatabaseRelay(content_url)
    with relay.run():
        yield relay


def is_stale(response: Response) -> bool:
    return response.headers["cache-status"] == STALE


@pytest.mark.parametrize("interrupt", [DatabaseRelay.cut, DatabaseRelay.mute], ids=["refused", "mute"])
def test_answers_in_memory_are_given_and_others_fail_at_once(
    relay: DatabaseRelay, interrupt: Callable[[DatabaseRelay], None]
) -> None:
    with run_service(relay.url) as server:
        fresh, page = server.get(TITLES), server.get("/articles")
        assert (fresh.status, page.status) == (200, 200)
        interrupt(relay)
        wait_until(lambda: is_stale(server.get(TITLES)))
        began = time.monotonic()
        for number in range(1, 21):
            cold = server.get(OTHER_TITLES % number)
            assert (cold.status, cold.error_codes, cold.headers["retry-after"]) == (503, ["NOT_READY"], "1")
        # Each would wait for two seconds otherwise.
        assert time.monotonic() - began < 20

        stale = server.get(TITLES)
        assert (stale.status, stale.body, stale.headers["etag"]) == (200, fresh.body, fresh.headers["etag"])
        assert (stale.headers["cache-control"], stale.headers["age"].isdecimal()) == ("no-cache", True)
        not_modified = server.get(TITLES, **{"If-None-Match": fresh.headers["etag"]})
        assert (not_modified.status, is_stale(not_modified), not_modified.body) == (304, True, b"")
        stale_page = server.get("/articles")
        assert (stale_page.status, is_stale(stale_page), stale_page.body) == (200, True, page.body)
        assert server.get(INTROSPECTION).status == 200
        readiness = server.get("/readyz")
        assert readiness.status == 200
        assert readiness.json.keys() == {"ready", "degraded", "revision", "errors"}
        assert readiness.json["degraded"] is True
        assert readiness.json["revision"] == stale.json["data"]["revision"]["id"]
        assert readiness.json["errors"][0]["extensions"]["code"] == "NOT_READY"

        relay.restore()
        wait_until(lambda: not is_stale(server.get(TITLES)))
        again = server.get(TITLES)
        assert (again.body, again.headers["cache-control"]) == (fresh.body, fresh.headers["cache-control"])
        assert server.get(OTHER_TITLES % 1).status == 200
        wait_until(lambda: "degraded" not in server.get("/readyz").json)
    # Connections broke before none could be opened.
    assert 1 <= server.log_text.count("The database cannot be read:") <= 4
    assert server.log_text.count("The database can be read again.") == 1
    assert all(re.match(r"\d{4}-\d\d-\d\dT", line) for line in server.log_text.splitlines())


def test_new_content_replaces_stale_answers_when_the_database_returns(relay: DatabaseRelay, content_url: str) -> None:
    with run_service(relay.url) as server, open_write_engine(content_url) as engine:
        old = server.get(TITLES).body
        relay.cut()
        wait_until(lambda: is_stale(server.get(TITLES)))
        seed_articles(engine, ARTICLES[:1])
        relay.restore()
        wait_until(lambda: is_stale(response := server.get(TITLES)) is (response.body == old) and response.body != old)


@pytest.mark.parametrize(
    "settings",
    [{"COUNTERPOINT_CACHE_CONTROL": "public, max-age=0"}, {"COUNTERPOINT_RESPONSE_CACHE_BYTES": "0"}],
    ids=["not allowed", "no cache"],
)
def test_server_without_stale_answers_is_not_ready(relay: DatabaseRelay, settings: dict[str, str]) -> None:
    with run_service(relay.url, **settings) as server:
        assert server.get(TITLES).status == 200
        relay.cut()
        wait_until(lambda: server.get(TITLES).status == 503)
        assert server.get(TITLES).error_codes == ["NOT_READY"]
        assert server.get("/readyz").status == 503
        relay.restore()
        wait_until(lambda: server.get(TITLES).status == 200)


def test_unreadable_file_is_away(migrated_sqlite_url: str) -> None:
    with open_write_engine(migrated_sqlite_url) as engine:
        seed_articles(engine, ARTICLES)
    path = Path(migrated_sqlite_url.removeprefix("sqlite:///"))
    with run_service(migrated_sqlite_url) as server:
        body = server.get(TITLES).body
        intact = path.rename(path.with_name("intact.db"))
        path.write_bytes(b"Not what SQLite writes. " * 1000)
        wait_until(lambda: is_stale(server.get(TITLES)))
        assert server.get(TITLES).body == body
        readiness = [server.get("/readyz").json for _ in range(3)]
        assert [report["degraded"] for report in readiness] == [True] * 3
        intact.rename(path)
        wait_until(lambda: not is_stale(server.get(TITLES)))
    lines = [line.partition("WARNING: ")[2] for line in server.log_text.splitlines() if "database can" in line]
    assert lines == ["The database cannot be read: file is not a database", "The database can be read again."]


def test_page_that_cannot_be_read_lets_the_next_request_ask_whether_the_database_is_away(tmp_path: Path) -> None:
    async def read_revision() -> str:
        return "any"

    async def run() -> None:
        folder = SqliteDatabase(tmp_path, QueryLimits(timeout_seconds=1))  # which is no file of SQLite
        engine = Engine(SCHEMA.graphql, SCHEMA.mapping, dialect_for(make_url("sqlite://")), folder, UNLIMITED_LIMITS)
        revision, responder = CurrentRevision(read_revision), ErrorResponder(CorsPolicy([]))
        reader = ReaderEndpoint(engine, revision, responder, public_url="", cache_control=b"public", cache_bytes=0)
        scope = {"scheme": "http", "method": "GET", "path": "/", "query_string": b"", "headers": []}
        messages: list[MutableMapping[str, Any]] = []

        async def send(message: MutableMapping[str, Any]) -> None:
            messages.append(message)

        await revision.current()
        await reader(scope, lambda: asyncio.sleep(0, {}), send)
        assert messages[0]["status"] == 503
        assert revision.cached is None
        await folder.close()

    asyncio.run(run())


def test_missing_right_is_not_ready_and_logged_once(content_url: str) -> None:
    with psycopg.connect(content_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS limited_reader")
        connection.execute("CREATE ROLE limited_reader LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO limited_reader")
        connection.execute("REVOKE SELECT ON article FROM limited_reader")
        try:
            with run_service(content_url.replace("//tests@", "//limited_reader@")) as server:
                for _ in range(3):
                    readiness, response = server.get("/readyz"), server.get(TITLES)
                    assert (response.status, response.error_codes) == (503, ["NOT_READY"])
                    message = response.json["errors"][0]["message"]
                    assert (readiness.status, readiness.json["errors"][0]["message"]) == (503, message)
                    assert message == "The server has no right to read the database."
                assert server.get("/graphql?query={parties{nodes{slug}}}").status == 200
                connection.execute("GRANT SELECT ON article TO limited_reader")
                assert server.get("/readyz").status == 200
                assert server.get(TITLES).status == 200
        finally:
            connection.execute("DROP OWNED BY limited_reader")
            connection.execute("DROP ROLE limited_reader")
    assert server.log_text.count("permission denied for table article") == 1
    assert "Traceback" not in server.log_text


def test_locked_tables_delay_neither_health_checks_nor_cached_answers(content_url: str) -> None:
    """A migration holds such locks until it ends."""
    with (
        run_service(content_url, COUNTERPOINT_QUERY_TIMEOUT_SECONDS="1") as server,
        psycopg.connect(content_url) as connection,
    ):
        answer = server.get(TITLES)
        connection.execute("LOCK TABLE article, section, passage")
        for number in range(1, 3):
            assert server.get("/readyz").json.keys() == {"ready", "revision", "articles", "seededAt"}
            assert server.get(OTHER_TITLES % number).error_codes == ["TIMEOUT"]
            cached = server.get(TITLES)
            assert (cached.body, cached.headers["cache-status"]) == (answer.body, "Counterpoint; hit")


@pytest.mark.parametrize("workers", sample(["2", "1"], 2))
def test_mute_database_does_not_delay_the_stop(workers: str, relay: DatabaseRelay) -> None:
    settings = {"COUNTERPOINT_WORKERS": workers, "COUNTERPOINT_DRAIN_SECONDS": "0"}
    with run_service(relay.url, **settings) as server, ThreadPoolExecutor() as pool:
        assert server.get(TITLES).status == 200
        relay.mute()
        waiting: list[Future[Response]] = [pool.submit(server.get, OTHER_TITLES % number) for number in range(1, 9)]
        server.program.send_signal(signal.SIGTERM)
        assert server.program.wait(STOP_SECONDS) == 0, server.log_text
        for request in waiting:
            request.exception()
