"""What delivery spares the database."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import pytest

from counterpoint.api.schema import graphql_schema, schema_mapping
from counterpoint.engine.engine import Engine, PreparedOperation
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.errors import QueryTimeout
from counterpoint.http.handler import (
    CACHE_STATUS_BYPASS,
    CACHE_STATUS_HIT,
    CACHE_STATUS_STORED,
    RequestHandler,
    Response,
    ResponseOptions,
)
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.representations import COMPRESS_IN_THREAD_BYTES
from counterpoint.settings import parse_database_url
from support.counting_database import CountingDatabase
from support.database_helpers import (
    DATABASE_KINDS,
    SCHEMA,
    UNLIMITED_LIMITS,
    migrated_database,
    open_client,
    open_write_engine,
    seed_articles,
)
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support.postgresql_server import PostgresqlServer

JSON = "application/json"
TITLES = "{ articles { nodes { title } } }"
SIZE = 1_000_000
NOTHING = PersistedDocuments({}, only_trusted=False, store_bytes=0)


@dataclass(frozen=True)
class Counted:
    """An engine on the samples, and how many statements it ran."""

    engine: Engine
    query_counter: CountingDatabase
    runner: asyncio.Runner

    def deliverer(self, size: int = SIZE) -> RequestHandler:
        """Begin with nothing kept."""
        return RequestHandler(self.engine, NOTHING, ResponseOptions(b"public", b"Accept"), size)

    def statements(self, deliverer: RequestHandler, *bodies: bytes, condition: bytes | None = None) -> tuple[int, Any]:
        """Send requests at once; give how many statements were run, and the replies."""
        before = self.query_counter.query_count

        async def ask() -> Sequence[Response]:
            asked = (deliverer.deliver(body, JSON, "identity", in_url=False, condition=condition) for body in bodies)
            return await asyncio.gather(*asked)

        replies = self.runner.run(ask())
        return self.query_counter.query_count - before, replies


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def counted(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Counted]:
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        with open_client(url) as api:
            counting = CountingDatabase(api.database)
            dialect = dialect_for(parse_database_url(url).get_dialect()())
            counted = Engine(graphql_schema(SCHEMA), schema_mapping(SCHEMA), dialect, counting, UNLIMITED_LIMITS)
            yield Counted(counted, counting, api.runner)


def body(document: str, **variables: Any) -> bytes:
    return json.dumps({"query": document, "variables": variables}).encode()


def test_same_question_asked_by_many_at_once_is_one_statement(counted: Counted) -> None:
    statements, replies = counted.statements(counted.deliverer(), *[body(TITLES)] * 50)
    assert statements == 1
    assert {reply.body for reply in replies} == {replies[0].body}
    assert all(reply.status == 200 for reply in replies)


def test_same_question_asked_again_is_no_statement(counted: Counted) -> None:
    deliverer = counted.deliverer()
    assert counted.statements(deliverer, body(TITLES))[0] == 1
    assert counted.statements(deliverer, body(TITLES), body(f"# again {TITLES}\n{TITLES}"))[0] == 0
    assert counted.statements(counted.deliverer(0), body(TITLES))[0] == 1


def test_unchanged_answer_is_no_statement_even_where_it_is_not_kept(counted: Counted) -> None:
    _, (first,) = counted.statements(counted.deliverer(), body(TITLES))
    tag = dict(first.head)[b"etag"]
    statements, (reply,) = counted.statements(counted.deliverer(0), body(TITLES), condition=tag)
    assert (statements, reply.status, reply.body) == (0, 304, b"")


def test_what_was_asked_long_ago_makes_room(counted: Counted) -> None:
    deliverer = counted.deliverer(20_000)

    def statements(slug: int) -> int:
        document = "query ($slug: String!) { article(slug: $slug) { id } }"
        return counted.statements(deliverer, body(document, slug=str(slug)))[0]

    assert [statements(slug) for slug in range(50)] == [1] * 50
    assert [statements(slug) for slug in (49, 48, 0)] == [0, 0, 1]


def test_all_who_wait_for_one_reading_are_told_why_it_failed(counted: Counted) -> None:
    class Failing(CountingDatabase):
        async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
            self.query_count += 1
            await asyncio.sleep(0)
            raise QueryTimeout(1)

    failing = Failing(counted.query_counter.database)
    dialect = counted.engine._dialect
    engine = Engine(graphql_schema(SCHEMA), schema_mapping(SCHEMA), dialect, failing, UNLIMITED_LIMITS)
    deliverer = RequestHandler(engine, NOTHING, ResponseOptions(b"public", b"Accept"), SIZE)

    async def ask() -> list[Any]:
        asked = (deliverer.deliver(body(TITLES), JSON, "identity", in_url=False, condition=None) for _ in range(5))
        return await asyncio.gather(*asked, return_exceptions=True)

    for statements in (1, 2):
        told = counted.runner.run(ask())
        assert [type(each) for each in told] == [QueryTimeout] * 5
        assert failing.query_count == statements


def test_large_answer_is_read_and_made_smaller_once_for_many_at_once(counted: Counted) -> None:
    keys = " ".join(f"k{number}: title" for number in range(2_500))
    whole = body(f"{{ articles {{ nodes {{ {keys} }} }} }}")
    deliverer = counted.deliverer(10 * SIZE)

    async def ask() -> Sequence[Response]:
        asked = (deliverer.deliver(whole, JSON, "br", in_url=False, condition=None) for _ in range(20))
        return await asyncio.gather(*asked)

    before = counted.query_counter.query_count
    replies = counted.runner.run(ask())
    assert counted.query_counter.query_count - before == 1
    assert len(brotli.decompress(replies[0].body)) > COMPRESS_IN_THREAD_BYTES
    assert all(reply.body is replies[0].body for reply in replies)
    assert [reply.cache for reply in replies].count(CACHE_STATUS_STORED) == 1


def test_answer_that_finds_no_room_is_not_said_to_be_stored(counted: Counted) -> None:
    deliverer = counted.deliverer(3_000)
    for _ in range(2):
        _, (reply,) = counted.statements(deliverer, body(TITLES))
        assert reply.cache == CACHE_STATUS_BYPASS


def test_each_request_is_told_its_own_cost(counted: Counted) -> None:
    deliverer = RequestHandler(counted.engine, NOTHING, ResponseOptions(b"public", b"Accept", costs=True), SIZE)
    for size in (5, 50, 5):
        _, (reply,) = counted.statements(deliverer, body(f"{{ articles(first: {size}) {{ totalCount }} }}"))
        assert json.loads(reply.body)["extensions"] == {"cost": size}


def test_new_document_that_many_bring_at_once_is_read_once(counted: Counted) -> None:
    document = f"# new {TITLES}\n{TITLES}"

    async def prepare() -> list[PreparedOperation]:
        return await asyncio.gather(*(counted.engine.prepare(document, None, {}) for _ in range(10)))

    first, *others = counted.runner.run(prepare())
    assert all(other.plan is first.plan for other in others)


def test_introspection_is_told_apart_by_its_variables_and_its_selection(counted: Counted) -> None:
    deliverer = counted.deliverer()
    document = "query ($name: String!) { __type(name: $name) { name } }"
    bodies = [body(document, name=name) for name in ("Party", "Group")]
    bodies += [body('{ __type(name: "Party") { kind } }'), body('{ __type(name: "Party") { name } revision { id } }')]
    _, replies = counted.statements(deliverer, *bodies)
    told = [json.loads(reply.body)["data"]["__type"] for reply in replies]
    assert told == [{"name": "Party"}, {"name": "Group"}, {"kind": "OBJECT"}, {"name": "Party"}]
    assert [reply.cache for reply in counted.statements(deliverer, *bodies)[1]] == [CACHE_STATUS_HIT] * 4
