"""Caching over HTTP: the response cache, ETags, encodings, and the headers for other caches."""

from __future__ import annotations

import gzip
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard
from pydantic import ValidationError

from counterpoint.settings import Settings
from support import slow_content
from support.database_helpers import DATABASE_KINDS, migrated_database, open_write_engine, parse_articles, seed_articles
from support.sample_articles import ARTICLES
from support.servers import Response, ServerProcess, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.postgresql_server import PostgresqlServer

pytestmark = variant("postgresql")

PAUSE_SECONDS = 0.02
"""Seconds between the requests of a client, because it need not use a whole core."""

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
TITLE = "query ($slug: String!) { article(slug: $slug) { title } }"
LONG = "{ articles { nodes { id slug title source { path sha256 } sections { id slug heading level } } } }"
MEASURES = "query ($n: Int = 2, $where: MeasureFilter) { measures(first: $n, where: $where) { nodes { id text } } }"


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def server(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """Run the service on the sample articles with default settings."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        with run_service(url) as process:
            yield process


@pytest.fixture(scope="module")
def uncached_server(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Run the service without a response cache, with its cost and another Cache-Control."""
    with migrated_database("sqlite", postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        settings = {
            "RESPONSE_CACHE_BYTES": "0",
            "SHOW_COST": "true",
            "CACHE_CONTROL": "public, max-age=1",
        }
        with run_service(url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as process:
            yield process


def graphql_url(document: str, variables: dict[str, Any] | None = None) -> str:
    return f"/graphql?query={quote(document)}&variables={quote(json.dumps(variables or {}))}"


def send_query(server: ServerProcess, body: dict[str, Any], **headers: str) -> Response:
    return server.request("QUERY", "/graphql", json.dumps(body).encode(), {"Content-Type": JSON, **headers})


def is_hit(response: Response) -> bool:
    assert response.headers["cache-status"].startswith("Counterpoint; ")
    return response.headers["cache-status"] == "Counterpoint; hit"


def test_equal_requests_hit_the_cache_however_they_are_sent(server: ServerProcess) -> None:
    server.post({"query": TITLE, "variables": {"slug": "old"}})
    body = {"query": TITLE, "variables": {"slug": "old"}}
    other_spelling = {"query": f"# The same.\n {TITLE}", "variables": {"other": 1, "slug": "old"}, "more": 1}
    responses = [
        server.post(body),
        server.post(other_spelling),
        send_query(server, body),
        server.get(graphql_url(TITLE, {"slug": "old"})),
        server.post(body, Accept=RESPONSE),
    ]
    assert [is_hit(response) for response in responses] == [True] * 5
    assert {response.body for response in responses} == {responses[0].body}
    assert not is_hit(server.post({"query": TITLE, "variables": {"slug": "nobody's"}}))


def test_key_order_and_explicit_defaults_do_not_change_the_cache_key(server: ServerProcess) -> None:
    where = {"article": {"slug": ["old"]}, "party": {"slug": ["the-mayor"]}}
    reordered = {"party": {"slug": ["the-mayor"]}, "article": {"slug": ["old"]}}
    server.post({"query": MEASURES, "variables": {"where": where}})
    assert is_hit(server.post({"query": MEASURES, "variables": {"n": 2, "where": where}}))
    other = server.post({"query": MEASURES, "variables": {"where": reordered}})
    assert is_hit(other)
    assert other.json == server.post({"query": MEASURES, "variables": {"where": where}}).json
    assert not is_hit(server.post({"query": MEASURES, "variables": {"n": 1, "where": where}}))


def test_errors_are_not_cached_and_must_not_be_stored(server: ServerProcess) -> None:
    for _ in range(2):
        response = server.get(graphql_url("{ nothing }"))
        assert response.status == 422
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
        assert not is_hit(response)


@pytest.mark.parametrize("method", ["GET", "HEAD", "QUERY"])
def test_matching_etag_gets_304(server: ServerProcess, method: str) -> None:
    def send(**headers: str) -> Response:
        if method == "QUERY":
            return send_query(server, {"query": TITLE, "variables": {"slug": "new"}}, **headers)
        return server.request(method, graphql_url(TITLE, {"slug": "new"}), headers=headers)

    first = send()
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    for if_none_match in (etag, etag.removeprefix("W/"), f'"x", {etag}', f'{etag},W/"y"', "*"):
        not_modified = send(**{"If-None-Match": if_none_match})
        assert (not_modified.status, not_modified.body) == (304, b"")
        assert not_modified.headers["etag"] == etag
        for name in ("cache-control", "vary", "cache-status", "server-timing"):
            assert name in not_modified.headers
    assert send(**{"If-None-Match": 'W/"other"'}).status == 200


def test_if_none_match_is_ignored_for_post(server: ServerProcess) -> None:
    body = {"query": TITLE, "variables": {"slug": "new"}}
    etag = server.post(body).headers["etag"]
    assert server.post(body, **{"If-None-Match": etag}).status == 200


def test_each_representation_has_its_own_etag(server: ServerProcess) -> None:
    etags = {
        server.get(graphql_url(LONG), Accept=media_type, **{"Accept-Encoding": encoding}).headers["etag"]
        for media_type in (JSON, RESPONSE)
        for encoding in ("identity", "gzip", "br", "zstd")
    }
    assert len(etags) == 8


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.decompress,
}


@pytest.mark.parametrize(
    ("accept_encoding", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("deflate", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, zstd", "zstd"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip;q=0, br;q=0", None),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "zstd"),
        ("identity;q=0.9, gzip;q=0.1", None),
        ("br;q=x", None),
    ],
)
def test_response_has_the_best_encoding_that_the_client_accepts(
    server: ServerProcess, accept_encoding: str, encoding: str | None
) -> None:
    unencoded = server.get(graphql_url(LONG))
    for _ in range(2):
        response = server.get(graphql_url(LONG), **{"Accept-Encoding": accept_encoding})
        assert response.headers.get("content-encoding") == encoding
        assert response.headers["vary"] == "Accept, Accept-Encoding"
        assert response.headers["content-length"] == str(len(response.body))
        assert (DECODERS[encoding](response.body) if encoding else response.body) == unencoded.body
    assert not encoding or len(response.body) < len(unencoded.body)


def test_small_response_is_not_compressed(server: ServerProcess) -> None:
    response = server.get(graphql_url("{ __typename }"), **{"Accept-Encoding": "gzip, br, zstd"})
    assert "content-encoding" not in response.headers


def test_cache_control_header_follows_the_setting(server: ServerProcess, uncached_server: ServerProcess) -> None:
    default = "public, max-age=0, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400"
    assert server.get(graphql_url("{ __typename }")).headers["cache-control"] == default
    assert uncached_server.get(graphql_url("{ __typename }")).headers["cache-control"] == "public, max-age=1"


@pytest.mark.parametrize("value", ["no-store", 'private="x, y", max-age=1', "max-age=0,s-maxage=30"])
def test_cache_control_setting_accepts_directives(value: str) -> None:
    assert Settings(cache_control=value).cache_control == value


@pytest.mark.parametrize("value", ["", "public max-age=0", "public,", "max-age=", "max-age=é", "public\nX-Other: 1"])
def test_cache_control_setting_rejects_other_text(value: str) -> None:
    with pytest.raises(ValidationError, match="is not a Cache-Control header: expected directives"):
        Settings(cache_control=value)


def test_cache_tag_header_names_what_the_response_depends_on(server: ServerProcess) -> None:
    for variables, cache_tag in (({"slug": "old"}, "article:old"), ({"slug": "東京"}, "article:%e6%9d%b1%e4%ba%ac")):
        assert server.get(graphql_url(TITLE, variables)).headers["cache-tag"] == cache_tag
    assert (
        server.get(graphql_url("{ groups { totalCount } parties { nodes { name } } }")).headers["cache-tag"]
        == "group,party"
    )
    assert "cache-tag" not in server.get(graphql_url("{ __typename }")).headers


def test_cache_of_zero_bytes_stores_nothing(uncached_server: ServerProcess) -> None:
    responses = [uncached_server.get(graphql_url(TITLE, {"slug": "new"})) for _ in range(2)]
    assert [response.headers["cache-status"] for response in responses] == ["Counterpoint; fwd=bypass"] * 2
    etag = responses[0].headers["etag"]
    assert uncached_server.get(graphql_url(TITLE, {"slug": "new"}), **{"If-None-Match": etag}).status == 304


def test_cost_is_shown_if_the_setting_says_so(server: ServerProcess, uncached_server: ServerProcess) -> None:
    url = graphql_url("{ articles(first: 7) { nodes { title } } }")
    assert uncached_server.get(url).json["extensions"] == {"cost": 7}
    assert "extensions" not in server.get(url).json


def test_server_timing_contains_milliseconds(server: ServerProcess) -> None:
    for response in (server.post({"query": "{ __typename }"}), server.post({"query": "{"}), server.get("/graphql")):
        metrics = response.headers["server-timing"].split(", ")
        assert metrics[-1].startswith("total;dur=")
        assert all(0 <= float(metric.partition(";dur=")[2]) < 60_000 for metric in metrics)


def test_valid_request_id_is_echoed_and_an_invalid_one_replaced(server: ServerProcess) -> None:
    assert server.get(graphql_url("{ a }"), **{"X-Request-ID": "front-end/7"}).headers["x-request-id"] == "front-end/7"
    responses = [
        server.get(graphql_url("{ a }"), **{"X-Request-ID": request_id}) for request_id in ("", "a b", "x" * 200, "é")
    ]
    request_ids = {response.headers["x-request-id"] for response in responses}
    assert len(request_ids) == len(responses)
    assert request_ids.isdisjoint({"", "a b", "x" * 200, "é"})


def test_all_responses_forbid_content_sniffing(server: ServerProcess) -> None:
    for path in (
        "/graphql",
        graphql_url("{ __typename }"),
        graphql_url("{"),
        "/healthz",
        "/schema.graphql",
        "/nothing",
    ):
        assert server.get(path).headers["x-content-type-options"] == "nosniff"


def test_requests_beyond_the_queue_get_overloaded(database_url: str) -> None:
    with open_write_engine(database_url) as engine:
        seed_articles(engine, [*ARTICLES, *parse_articles(slow_content.TEXTS)])
    settings = {
        "QUERY_TIMEOUT_SECONDS": "1",
        "MAX_CONCURRENT_QUERIES": "1",
        "MAX_QUEUED_QUERIES": "1",
        "LIMIT_COST": "10000000",
    }
    with run_service(database_url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as server:
        server.post({"query": TITLE, "variables": {"slug": "new"}})
        with ThreadPoolExecutor(6) as pool:
            futures = [pool.submit(server.post, {"query": slow_content.slow_query(number)}) for number in range(6)]
            assert is_hit(server.post({"query": TITLE, "variables": {"slug": "new"}}))
            responses = [future.result() for future in futures]
        error_codes = sorted(response.error_codes for response in responses)
        assert error_codes == [["OVERLOADED"]] * 4 + [["TIMEOUT"]] * 2
        for response in responses:
            assert response.status == 503
            assert ("retry-after" in response.headers) is (response.error_codes == ["OVERLOADED"])


def test_new_revision_is_visible_within_a_second_and_each_etag_has_one_body(database_url: str) -> None:
    url = graphql_url("{ revision { id } articles { nodes { slug title } } }")
    bodies_by_etag: dict[str, set[bytes]] = {}
    with open_write_engine(database_url) as engine, run_service(database_url) as server:
        revisions = {seed_articles(engine, ARTICLES).revision}
        is_done = False

        def send_requests() -> None:
            while not is_done:
                response = server.get(url)
                bodies_by_etag.setdefault(response.headers["etag"], set()).add(response.body)
                time.sleep(PAUSE_SECONDS)

        with ThreadPoolExecutor(4) as pool:
            clients = [pool.submit(send_requests) for _ in range(3)]
            for number in range(4):
                text = {f"more-{number}.md": f"---\ntitle: More {number}\n---\n\nText.\n"}
                revision = seed_articles(engine, [*ARTICLES, *parse_articles(text)]).revision
                seeded_at = time.monotonic()
                revisions.add(revision)
                asked_at = time.monotonic()
                while server.get(url).json["data"]["revision"]["id"] != revision:
                    assert asked_at - seeded_at < 1
                    time.sleep(PAUSE_SECONDS)
                    asked_at = time.monotonic()
            is_done = True
            for client in clients:
                client.result()
    assert all(len(bodies) == 1 for bodies in bodies_by_etag.values())
    served = {json.loads(body)["data"]["revision"]["id"] for bodies in bodies_by_etag.values() for body in bodies}
    assert len(served) == len(bodies_by_etag)
    assert served <= revisions
