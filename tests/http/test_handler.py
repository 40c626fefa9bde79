"""The request handler runs no query that the response cache or another request makes unnecessary."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import pytest

from counterpoint.engine.engine import Engine, PreparedOperation
from counterpoint.errors import QueryTimeout
from counterpoint.http.handler import RequestHandler, ResponseOptions
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.response_cache import COMPRESS_IN_THREAD_BYTES
from counterpoint.http.responses import (
    CACHE_STATUS_BYPASS,
    CACHE_STATUS_COLLAPSED,
    CACHE_STATUS_HIT,
    CACHE_STATUS_STORED,
)
from counterpoint.http.revision_polling import CurrentRevision
from support.counting_database import CountingDatabase
from support.database_helpers import DATABASE_KINDS, SCHEMA, UNLIMITED_LIMITS, EngineClient, open_seeded_client
from support.sample_articles import ARTICLES
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from support.postgresql_server import PostgresqlServer

pytestmark = variant("postgresql")

JSON = "application/json"
TITLES = "{ articles { nodes { title } } }"
CACHE_BYTES = 1_000_000
OPTIONS = ResponseOptions(b"public", b"Accept")
NO_PERSISTED_DOCUMENTS = PersistedDocuments({}, only_trusted=False, store_bytes=0)


def new_handler(engine: Engine, cache_bytes: int = CACHE_BYTES, options: ResponseOptions = OPTIONS) -> RequestHandler:
    """Build a handler with an empty cache."""
    return RequestHandler(engine, CurrentRevision(engine.revision), NO_PERSISTED_DOCUMENTS, options, cache_bytes)


def body(document: str, **variables: Any) -> bytes:
    return json.dumps({"query": document, "variables": variables}).encode()


def handle(
    client: EngineClient,
    handler: RequestHandler,
    *bodies: bytes,
    if_none_match: bytes | None = None,
    encoding: str = "identity",
) -> tuple[int, list[Any]]:
    """Handle requests concurrently; return the number of queries, and the responses or errors."""
    before = client.query_counter.query_count

    async def handle_all() -> list[Any]:
        requests = (handler.handle(raw, JSON, encoding, from_url=False, if_none_match=if_none_match) for raw in bodies)
        return await asyncio.gather(*requests, return_exceptions=True)

    responses = client.runner.run(handle_all())
    return client.query_counter.query_count - before, responses


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def client(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as client:
        yield client


def test_equal_concurrent_requests_run_one_query(client: EngineClient) -> None:
    query_count, responses = handle(client, new_handler(client.engine), *[body(TITLES)] * 50)
    assert query_count == 1
    assert {response.body for response in responses} == {responses[0].body}
    assert all(response.status == 200 for response in responses)
    statuses = [response.cache_status for response in responses]
    assert statuses.count(CACHE_STATUS_STORED) == 1
    assert statuses.count(CACHE_STATUS_COLLAPSED) + statuses.count(CACHE_STATUS_HIT) == 49


def test_repeated_request_runs_no_query(client: EngineClient) -> None:
    handler = new_handler(client.engine)
    assert handle(client, handler, body(TITLES))[0] == 1
    assert handle(client, handler, body(TITLES), body(f"# again {TITLES}\n{TITLES}"))[0] == 0
    assert handle(client, new_handler(client.engine, 0), body(TITLES))[0] == 1


def test_not_modified_response_runs_no_query_even_without_a_cache(client: EngineClient) -> None:
    _, (first,) = handle(client, new_handler(client.engine), body(TITLES))
    etag = dict(first.headers)[b"etag"]
    query_count, (response,) = handle(client, new_handler(client.engine, 0), body(TITLES), if_none_match=etag)
    assert (query_count, response.status, response.body) == (0, 304, b"")


def test_least_recently_used_response_is_evicted(client: EngineClient) -> None:
    handler = new_handler(client.engine, 20_000)

    def query_count(slug: int) -> int:
        document = "query ($slug: String!) { article(slug: $slug) { id } }"
        return handle(client, handler, body(document, slug=str(slug)))[0]

    assert [query_count(slug) for slug in range(50)] == [1] * 50
    assert [query_count(slug) for slug in (49, 48, 0)] == [0, 0, 1]


def test_error_of_a_shared_query_reaches_every_request(client: EngineClient) -> None:
    class FailingDatabase(CountingDatabase):
        async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
            self.query_count += 1
            await asyncio.sleep(0.01)  # until all requests share this query
            raise QueryTimeout(1)

    database = FailingDatabase(client.database)
    engine = Engine(SCHEMA.graphql, SCHEMA.mapping, client.engine._dialect, database, UNLIMITED_LIMITS)
    handler = new_handler(engine)
    for query_count in (1, 2):
        _, errors = handle(client, handler, *[body(TITLES)] * 5)
        assert [type(error) for error in errors] == [QueryTimeout] * 5
        assert database.query_count == query_count


def test_large_response_is_read_and_compressed_once_for_concurrent_requests(client: EngineClient) -> None:
    keys = " ".join(f"k{number}: title" for number in range(2_500))
    large = body(f"{{ articles {{ nodes {{ {keys} }} }} }}")
    query_count, responses = handle(client, new_handler(client.engine, 10 * CACHE_BYTES), *[large] * 20, encoding="br")
    assert query_count == 1
    assert len(brotli.decompress(responses[0].body)) > COMPRESS_IN_THREAD_BYTES
    assert all(response.body is responses[0].body for response in responses)
    assert [response.cache_status for response in responses].count(CACHE_STATUS_STORED) == 1


def test_response_larger_than_the_cache_is_not_reported_as_stored(client: EngineClient) -> None:
    handler = new_handler(client.engine, 3_000)
    for _ in range(2):
        _, (response,) = handle(client, handler, body(TITLES))
        assert response.cache_status == CACHE_STATUS_BYPASS


def test_each_response_contains_its_own_cost(client: EngineClient) -> None:
    handler = new_handler(client.engine, options=ResponseOptions(b"public", b"Accept", show_cost=True))
    for size in (5, 50, 5):
        _, (response,) = handle(client, handler, body(f"{{ articles(first: {size}) {{ totalCount }} }}"))
        assert json.loads(response.body)["extensions"] == {"cost": size}


def test_new_document_in_concurrent_requests_is_parsed_once(client: EngineClient) -> None:
    document = f"# new {TITLES}\n{TITLES}"

    async def prepare() -> list[PreparedOperation]:
        return await asyncio.gather(*(client.engine.prepare(document, None, {}) for _ in range(10)))

    first, *others = client.runner.run(prepare())
    assert all(other.plan is first.plan for other in others)


def test_introspection_with_other_variables_or_selection_is_another_cache_entry(client: EngineClient) -> None:
    handler = new_handler(client.engine)
    document = "query ($name: String!) { __type(name: $name) { name } }"
    bodies = [body(document, name=name) for name in ("Party", "Group")]
    bodies += [body('{ __type(name: "Party") { kind } }'), body('{ __type(name: "Party") { name } revision { id } }')]
    _, responses = handle(client, handler, *bodies)
    types = [json.loads(response.body)["data"]["__type"] for response in responses]
    assert types == [{"name": "Party"}, {"name": "Group"}, {"kind": "OBJECT"}, {"name": "Party"}]
    assert [response.cache_status for response in handle(client, handler, *bodies)[1]] == [CACHE_STATUS_HIT] * 4
