"""Answers on their way: kept while their revision holds, in the form that a client takes, with what caches need."""

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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from support.postgresql_server import PostgresqlServer

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
TITLE = "query ($slug: String!) { article(slug: $slug) { title } }"
LONG = "{ articles { nodes { id slug title source { path sha256 } sections { id slug heading level } } } }"
MEASURES = "query ($n: Int = 2, $where: MeasureFilter) { measures(first: $n, where: $where) { nodes { id text } } }"


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def server(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """Serve the samples, as the settings are by themselves."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        with run_service(url) as running:
            yield running


@pytest.fixture(scope="module")
def strict(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Serve with settings of its own: nothing kept, few origins, one host, costs told, lifetimes."""
    with migrated_database("sqlite", postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        settings = {
            "RESPONSE_CACHE_BYTES": "0",
            "CORS_ORIGINS": "https://one.example, https://two.example",
            "ALLOWED_HOSTS": "127.0.0.1, *.inside.example",
            "SHOW_COST": "true",
            "CACHE_CONTROL": "public, max-age=1",
        }
        with run_service(url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as running:
            yield running


def address(document: str, variables: dict[str, Any] | None = None) -> str:
    return f"/graphql?query={quote(document)}&variables={quote(json.dumps(variables or {}))}"


def query(server: ServerProcess, body: dict[str, Any], **headers: str) -> Response:
    return server.request("QUERY", "/graphql", json.dumps(body).encode(), {"Content-Type": JSON, **headers})


def is_hit(answer: Response) -> bool:
    assert answer.headers["cache-status"].startswith("Counterpoint; ")
    return answer.headers["cache-status"] == "Counterpoint; hit"


def test_same_question_is_answered_from_memory_however_it_is_asked(server: ServerProcess) -> None:
    server.post({"query": TITLE, "variables": {"slug": "old"}})
    asked = {"query": TITLE, "variables": {"slug": "old"}}
    spelled = {"query": f"# The same.\n {TITLE}", "variables": {"other": 1, "slug": "old"}, "more": 1}
    answers = [
        server.post(asked),
        server.post(spelled),
        query(server, asked),
        server.get(address(TITLE, {"slug": "old"})),
        server.post(asked, Accept=RESPONSE),
    ]
    assert [is_hit(answer) for answer in answers] == [True] * 5
    assert {answer.body for answer in answers} == {answers[0].body}
    assert not is_hit(server.post({"query": TITLE, "variables": {"slug": "nobody's"}}))


def test_order_of_keys_and_defaults_spelled_out_make_no_other_question(server: ServerProcess) -> None:
    where = {"article": {"slug": ["old"]}, "party": {"slug": ["the-mayor"]}}
    turned = {"party": {"slug": ["the-mayor"]}, "article": {"slug": ["old"]}}
    server.post({"query": MEASURES, "variables": {"where": where}})
    assert is_hit(server.post({"query": MEASURES, "variables": {"n": 2, "where": where}}))
    other = server.post({"query": MEASURES, "variables": {"where": turned}})
    assert is_hit(other)
    assert other.json == server.post({"query": MEASURES, "variables": {"where": where}}).json
    assert not is_hit(server.post({"query": MEASURES, "variables": {"n": 1, "where": where}}))


def test_errors_are_not_kept_and_not_to_be_kept(server: ServerProcess) -> None:
    for _ in range(2):
        refused = server.get(address("{ nothing }"))
        assert refused.status == 422
        assert refused.headers["cache-control"] == "no-store"
        assert "etag" not in refused.headers
        assert not is_hit(refused)


@pytest.mark.parametrize("method", ["GET", "HEAD", "QUERY"])
def test_answer_that_has_not_changed_is_not_sent_again(server: ServerProcess, method: str) -> None:
    def ask(**headers: str) -> Response:
        if method == "QUERY":
            return query(server, {"query": TITLE, "variables": {"slug": "new"}}, **headers)
        return server.request(method, address(TITLE, {"slug": "new"}), headers=headers)

    first = ask()
    tag = first.headers["etag"]
    assert tag.startswith('W/"')
    for condition in (tag, tag.removeprefix("W/"), f'"x", {tag}', f'{tag},W/"y"', "*"):
        unchanged = ask(**{"If-None-Match": condition})
        assert (unchanged.status, unchanged.body) == (304, b"")
        assert {unchanged.headers[name] for name in ("etag",)} == {tag}
        for name in ("cache-control", "vary", "cache-status", "server-timing"):
            assert name in unchanged.headers
    assert ask(**{"If-None-Match": 'W/"other"'}).status == 200


def test_condition_does_not_concern_a_post(server: ServerProcess) -> None:
    asked = {"query": TITLE, "variables": {"slug": "new"}}
    tag = server.post(asked).headers["etag"]
    assert server.post(asked, **{"If-None-Match": tag}).status == 200


def test_each_form_has_a_tag_of_its_own(server: ServerProcess) -> None:
    tags = {
        server.get(address(LONG), Accept=media_type, **{"Accept-Encoding": encoding}).headers["etag"]
        for media_type in (JSON, RESPONSE)
        for encoding in ("identity", "gzip", "br", "zstd")
    }
    assert len(tags) == 8


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": zstandard.decompress,
}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
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
def test_answer_is_as_small_as_the_client_takes_it(server: ServerProcess, accepted: str, encoding: str | None) -> None:
    whole = server.get(address(LONG))
    for _ in range(2):
        answer = server.get(address(LONG), **{"Accept-Encoding": accepted})
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["vary"] == "Accept, Accept-Encoding"
        assert answer.headers["content-length"] == str(len(answer.body))
        assert (DECODERS[encoding](answer.body) if encoding else answer.body) == whole.body
    assert not encoding or len(answer.body) < len(whole.body)


def test_small_answer_is_sent_as_it_is(server: ServerProcess) -> None:
    answer = server.get(address("{ __typename }"), **{"Accept-Encoding": "gzip, br, zstd"})
    assert "content-encoding" not in answer.headers


def test_what_caches_may_do_is_told(server: ServerProcess, strict: ServerProcess) -> None:
    told = "public, max-age=0, s-maxage=30, stale-while-revalidate=60, stale-if-error=86400"
    assert server.get(address("{ __typename }")).headers["cache-control"] == told
    assert strict.get(address("{ __typename }")).headers["cache-control"] == "public, max-age=1"


@pytest.mark.parametrize("value", ["no-store", 'private="x, y", max-age=1', "max-age=0,s-maxage=30"])
def test_cache_control_setting_accepts_directives(value: str) -> None:
    assert Settings(cache_control=value).cache_control == value


@pytest.mark.parametrize("value", ["", "public max-age=0", "public,", "max-age=", "max-age=é", "public\nX-Other: 1"])
def test_cache_control_setting_rejects_other_text(value: str) -> None:
    with pytest.raises(ValidationError, match="is not a Cache-Control header: expected directives"):
        Settings(cache_control=value)


def test_what_an_answer_depends_on_is_told(server: ServerProcess) -> None:
    for variables, told in (({"slug": "old"}, "article:old"), ({"slug": "東京"}, "article:%e6%9d%b1%e4%ba%ac")):
        assert server.get(address(TITLE, variables)).headers["cache-tag"] == told
    assert (
        server.get(address("{ groups { totalCount } parties { nodes { name } } }")).headers["cache-tag"]
        == "group,party"
    )
    assert "cache-tag" not in server.get(address("{ __typename }")).headers


def test_nothing_is_kept_where_that_is_set(strict: ServerProcess) -> None:
    answers = [strict.get(address(TITLE, {"slug": "new"})) for _ in range(2)]
    assert [answer.headers["cache-status"] for answer in answers] == ["Counterpoint; fwd=bypass"] * 2
    tag = answers[0].headers["etag"]
    assert strict.get(address(TITLE, {"slug": "new"}), **{"If-None-Match": tag}).status == 304


def test_cost_is_told_where_that_is_set(server: ServerProcess, strict: ServerProcess) -> None:
    asked = "{ articles(first: 7) { nodes { title } } }"
    assert strict.get(address(asked)).json["extensions"] == {"cost": 7}
    assert "extensions" not in server.get(address(asked)).json


def test_timing_is_told(server: ServerProcess) -> None:
    for answer in (server.post({"query": "{ __typename }"}), server.post({"query": "{"}), server.get("/graphql")):
        metrics = answer.headers["server-timing"].split(", ")
        assert metrics[-1].startswith("total;dur=")
        assert all(0 <= float(metric.partition(";dur=")[2]) < 60_000 for metric in metrics)


def test_request_keeps_its_name(server: ServerProcess) -> None:
    assert server.get(address("{ a }"), **{"X-Request-ID": "front-end/7"}).headers["x-request-id"] == "front-end/7"
    unfit = [server.get(address("{ a }"), **{"X-Request-ID": given}) for given in ("", "a b", "x" * 200, "é")]
    named = {answer.headers["x-request-id"] for answer in unfit}
    assert len(named) == len(unfit)
    assert named.isdisjoint({"", "a b", "x" * 200, "é"})


def test_any_page_may_read(server: ServerProcess) -> None:
    for document in ("{ __typename }", "{"):
        for origin in ({}, {"Origin": "https://page.example"}):
            answer = server.get(address(document), **origin)
            assert answer.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in answer.headers
        assert "ETag" in answer.headers["access-control-expose-headers"]


def preflight(server: ServerProcess, origin: str) -> Response:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type, x-mine"}
    return server.request("OPTIONS", "/graphql", headers={"Origin": origin, **asked})


def test_browser_may_ask_beforehand_and_remember(server: ServerProcess) -> None:
    told = preflight(server, "https://page.example")
    assert told.status == 204
    assert told.headers["access-control-allow-origin"] == "*"
    assert {"GET", "POST", "QUERY"} <= set(told.headers["access-control-allow-methods"].split(", "))
    assert told.headers["access-control-allow-headers"] == "content-type, x-mine"
    assert int(told.headers["access-control-max-age"]) > 0


def test_only_pages_of_named_origins_may_read(strict: ServerProcess) -> None:
    for origin in ("https://one.example", "https://two.example"):
        for answer in (strict.get(address("{ __typename }"), Origin=origin), preflight(strict, origin)):
            assert answer.headers["access-control-allow-origin"] == origin
            assert "Origin" in answer.headers["vary"]
    for answer in (
        strict.get(address("{ __typename }"), Origin="https://three.example"),
        strict.get(address("{ __typename }")),
        preflight(strict, "https://three.example"),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert "Origin" in answer.headers["vary"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:99", "a.inside.example", "A.Inside.example:80"])
def test_request_to_a_named_host_is_answered(strict: ServerProcess, host: str) -> None:
    assert strict.get(address("{ __typename }"), Host=host).status == 200


@pytest.mark.parametrize("host", ["", "outside.example", "inside.example.net", "x127.0.0.1"])
@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/schema.graphql"])
def test_request_to_another_host_is_refused(strict: ServerProcess, host: str, path: str) -> None:
    refused = strict.get(path, Host=host)
    assert (refused.status, refused.error_codes) == (421, ["MISDIRECTED_REQUEST"])


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_who_runs_the_server_may_ask_by_any_address(strict: ServerProcess, path: str) -> None:
    assert strict.get(path, Host="10.0.0.7:8000").status == 200


def test_what_may_be_sent_is_told(server: ServerProcess) -> None:
    told = server.request("OPTIONS", "/graphql")
    assert (told.status, told.body) == (204, b"")
    assert set(told.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}
    assert told.headers["accept-query"] == JSON


def test_nothing_is_sniffed(server: ServerProcess) -> None:
    for path in ("/graphql", address("{ __typename }"), address("{"), "/healthz", "/schema.graphql", "/nothing"):
        assert server.get(path).headers["x-content-type-options"] == "nosniff"


def test_more_than_can_wait_is_turned_away(database_url: str) -> None:
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
            asked = [pool.submit(server.post, {"query": slow_content.slow_query(number)}) for number in range(6)]
            assert is_hit(server.post({"query": TITLE, "variables": {"slug": "new"}}))
            answers = [each.result() for each in asked]
        told = sorted(answer.error_codes for answer in answers)
        assert told == [["OVERLOADED"]] * 4 + [["TIMEOUT"]] * 2
        for answer in answers:
            assert answer.status == 503
            assert ("retry-after" in answer.headers) is (answer.error_codes == ["OVERLOADED"])


def test_new_revision_is_seen_within_a_second_and_no_answer_bears_another_s_tag(database_url: str) -> None:
    whole = "{ revision { id } articles { nodes { slug title } } }"
    seen: dict[str, set[bytes]] = {}
    with open_write_engine(database_url) as engine, run_service(database_url) as server:
        committed = {seed_articles(engine, ARTICLES).revision}
        done = False

        def ask() -> None:
            while not done:
                answer = server.get(address(whole))
                seen.setdefault(answer.headers["etag"], set()).add(answer.body)

        with ThreadPoolExecutor(4) as pool:
            asking = [pool.submit(ask) for _ in range(3)]
            for number in range(8):
                text = {f"more-{number}.md": f"---\ntitle: More {number}\n---\n\nText.\n"}
                revision = seed_articles(engine, [*ARTICLES, *parse_articles(text)]).revision
                seeded = time.monotonic()
                committed.add(revision)
                while server.get(address(whole)).json["data"]["revision"]["id"] != revision:
                    assert time.monotonic() - seeded < 1
            done = True
            for each in asking:
                each.result()
    assert all(len(bodies) == 1 for bodies in seen.values())
    read = {json.loads(body)["data"]["revision"]["id"] for bodies in seen.values() for body in bodies}
    assert len(read) == len(seen)
    assert read <= committed
