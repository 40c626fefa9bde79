"""The server as a process: what goes over the wire, and when."""

from __future__ import annotations

import json
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from support import slow_content
from support.database_helpers import (
    DATABASE_KINDS,
    SCHEMA,
    migrate_database,
    migrated_database,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.sample_articles import ARTICLES
from support.servers import ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
QUERY = '{ article(slug: "new") { title } }'
ANSWER = {"data": {"article": {"title": "New quarrel"}}}
SLOW_SECONDS = 1


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def server(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """Serve the samples, and a crowd of parties that many articles name."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, [*ARTICLES, *parse_articles(slow_content.TEXTS)])
        settings = {"QUERY_TIMEOUT_SECONDS": str(SLOW_SECONDS), "LIMIT_COST": "1000000"}
        with run_service(url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as running:
            yield running


def get(document: str, more: str = "") -> str:
    return f"/graphql?query={quote(document)}{more}"


def test_server_is_ready_when_there_is_content(empty_database_url: str) -> None:
    with run_service(empty_database_url) as server:

        def readiness() -> tuple[int, bool]:
            told = server.get("/readyz")
            assert told.headers["content-type"].startswith(JSON)
            assert server.get("/healthz").status == 200
            return told.status, told.json["ready"]

        def refusal() -> tuple[int, list[str]]:
            told = server.post({"query": QUERY})
            return told.status, told.error_codes

        assert readiness() == (503, False)
        assert refusal() == (503, ["NOT_READY"])
        migrate_database(empty_database_url)
        with open_write_engine(empty_database_url) as engine:
            assert readiness() == (503, False)
            assert refusal() == (503, ["NOT_READY"])
            seed_articles(engine, [])
            assert readiness() == (503, False)
            revision = seed_articles(engine, ARTICLES).revision
        assert server.get("/readyz").json == {
            "ready": True,
            "revision": revision,
            "articles": 3,
            "seededAt": "2024-02-29T12:00:00+00:00",
        }
        assert server.post({"query": QUERY}).json == ANSWER
        assert server.stop(signal.SIGTERM) == 0


@pytest.mark.parametrize("media_type", [JSON, RESPONSE])
def test_query_is_answered_by_post_and_by_get(server: ServerProcess, media_type: str) -> None:
    document = "query Q($slug: String!) { article(slug: $slug) { title } } query R { __typename }"
    posted = server.post({"query": document, "operationName": "Q", "variables": {"slug": "new"}}, Accept=media_type)
    variables = quote('{"slug": "new"}')
    got = server.get(get(document, f"&operationName=Q&variables={variables}"), Accept=media_type)
    for answer in (posted, got):
        assert (answer.status, answer.json) == (200, ANSWER)
        assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"


def test_head_is_answered_as_get_without_a_body(server: ServerProcess) -> None:
    got, head = server.get(get(QUERY)), server.request("HEAD", get(QUERY))
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (RESPONSE, RESPONSE),
        (f"{JSON};q=0.5, {RESPONSE}", RESPONSE),
        (f"{JSON}, {RESPONSE}", RESPONSE),
        (f"{JSON}, */*", JSON),
        (f"{RESPONSE};q=0.1, {JSON};q=0.2", JSON),
        (f"{JSON}; charset=utf-8", JSON),
        ("text/html;q=0.1, application/json", JSON),
        (f"image/png, {RESPONSE};q=0, */*;q=0.1", JSON),
    ],
)
def test_answer_is_of_the_media_type_that_is_liked_best(server: ServerProcess, accept: str, media_type: str) -> None:
    answer = server.post({"query": QUERY}, Accept=accept)
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert answer.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("accept", ["text/plain", "image/*", f"{JSON};q=0", "text/html", f"{JSON}; charset=latin-1"])
def test_media_type_that_is_not_had_is_refused(server: ServerProcess, accept: str) -> None:
    refused = server.post({"query": QUERY}, Accept=accept)
    assert (refused.status, refused.error_codes) == (406, ["NOT_ACCEPTABLE"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b" ", 400),
        (b"{", 400),
        (b"query", 400),
        (b"\xff\xfe", 400),
        (b'{"query": "{ __typename }\xff"}', 400),
        (b'{"query": "\\ud800"}', 400),
        (b"[" * 100_000, 400),
        (b"[" * 100_000 + b"]" * 100_000, 400),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400),
        (b"NaN", 400),
        (b"null", 422),
        (b"1", 422),
        (b'"{ __typename }"', 422),
        (b"true", 422),
        (b"[]", 422),
        (b'[{"query": "{ __typename }"}]', 422),
        (b"{}", 422),
        (b'{"query": null}', 422),
        (b'{"query": 1}', 422),
        (b'{"query": ["{ __typename }"]}', 422),
        (b'{"query": "{ __typename }", "variables": []}', 422),
        (b'{"query": "{ __typename }", "variables": "{}"}', 422),
        (b'{"query": "{ __typename }", "operationName": 1}', 422),
        (b'{"query": "{ __typename }", "extensions": []}', 422),
        (b'{"query": ""}', 400),
        (b'{"query": "{"}', 400),
        (b'{"query": "' + b"{ a " * 9_000 + b'"}', 400),
        (b'{"query": "\\u0000"}', 400),
        (b'{"query": "{ nothing }"}', 422),
        (b'{"query": "{ article { title } }"}', 422),
        (b'{"query": "query ($a: Int!) { articles(first: $a) { totalCount } }"}', 422),
        (b'{"query": "query ($a: Int) { articles(first: $a) { totalCount } }", "variables": {"a": "1"}}', 422),
        (b'{"query": "query A { __typename } query B { __typename }"}', 422),
        (b'{"query": "query A { __typename }", "operationName": "B"}', 422),
        (b'{"query": "fragment F on Query { __typename }"}', 422),
        (b'{"query": "mutation { seed }"}', 422),
        (b'{"query": "subscription { articles }"}', 422),
        (b'{"query": "{ articles(first: -1) { totalCount } }"}', 422),
        (b'{"query": "{ articles(first: 101) { totalCount } }"}', 422),
        (b'{"query": "{ articles(after: \\"\\") { totalCount } }"}', 422),
    ],
    ids=lambda value: value[:60].decode("latin-1") if isinstance(value, bytes) else "",
)
def test_wrong_request_is_refused_with_a_reason(server: ServerProcess, body: bytes, status: int) -> None:
    for media_type in (JSON, RESPONSE):
        refused = server.post(body, Accept=media_type)
        assert refused.status == status, refused.body
        assert refused.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert refused.error_codes
        assert all(code.isupper() and code != "INTERNAL_SERVER_ERROR" for code in refused.error_codes)
        assert all(error["message"] for error in refused.json["errors"])
    assert server.post({"query": QUERY}).json == ANSWER


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("mutation { seed }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($a: Int!) { articles(first: $a) { totalCount } }", "BAD_USER_INPUT"),
        ("query A { __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ('{ articles(after: "x") { totalCount } }', "INVALID_CURSOR"),
        ("{ articles(first: -1) { totalCount } }", "INVALID_PAGE"),
        ("{ articles(first: 101) { totalCount } }", "LIMIT_EXCEEDED"),
    ],
)
def test_mistake_has_its_code(server: ServerProcess, document: str, code: str) -> None:
    assert server.post({"query": document}).error_codes == [code]
    assert server.get(get(document)).error_codes == [code]


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "?",
        "?query=",
        "?query",
        "?variables={}",
        "?query={__typename}&query={__typename}",
        "?query={__typename}&variables=[]",
        "?query={__typename}&variables={",
        "?query={__typename}&variables=1",
        "?query={__typename}&extensions=1",
        "?query=%ff",
        "?query={__typename}&variables=%ff",
    ],
)
def test_wrong_query_string_is_refused(server: ServerProcess, query_string: str) -> None:
    refused = server.get(f"/graphql{query_string}", Accept=JSON)
    assert 400 <= refused.status < 500
    assert refused.error_codes


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_method_is_refused_with_those_that_are_taken(server: ServerProcess, method: str) -> None:
    refused = server.request(method, "/graphql", b'{"query": "{ __typename }"}', {"Content-Type": JSON})
    assert (refused.status, refused.error_codes) == (405, ["METHOD_NOT_ALLOWED"])
    assert {"GET", "HEAD", "POST"} <= set(refused.headers["allow"].split(", "))


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=latin-1",
        "application/jsonp",
    ],
)
def test_body_that_is_not_declared_as_json_is_refused(server: ServerProcess, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    refused = server.request("POST", "/graphql", b'{"query": "{ __typename }"}', headers)
    assert (refused.status, refused.error_codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON", "application/json;charset=UTF-8", 'application/json; charset="utf-8"'],
)
def test_json_is_taken_however_it_is_spelled(server: ServerProcess, content_type: str) -> None:
    answer = server.request("POST", "/graphql", b'{"query": "{ __typename }"}', {"Content-Type": content_type})
    assert (answer.status, answer.json) == (200, {"data": {"__typename": "Query"}})


def test_body_may_have_a_megabyte_and_no_more(server: ServerProcess) -> None:
    request = b'{"query": "{ __typename }"}'
    assert server.post(request.ljust(1_000_000)).status == 200
    refused = server.post(request.ljust(1_000_001))
    assert (refused.status, refused.error_codes) == (413, ["LIMIT_EXCEEDED"])
    assert "1000000" in refused.json["errors"][0]["message"]


def test_body_without_a_length_is_cut_off_where_it_grows_too_large(server: ServerProcess) -> None:
    chunk = b"%x\r\n%s\r\n" % (100_000, b" " * 100_000)
    refused = server.request(
        "POST", "/graphql", chunk * 11 + b"0\r\n\r\n", {"Content-Type": JSON, "Transfer-Encoding": "chunked"}
    )
    assert (refused.status, refused.error_codes) == (413, ["LIMIT_EXCEEDED"])


def test_browser_gets_the_page_under_its_policy(server: ServerProcess) -> None:
    page = server.get("/graphql", Accept=BROWSER)
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.body.startswith(b"<!doctype html>")


def test_browser_that_asks_gets_the_answer(server: ServerProcess) -> None:
    assert server.get(get(QUERY), Accept=BROWSER).json == ANSWER


def test_served_schema_is_the_printed_one(server: ServerProcess) -> None:
    served = server.get("/schema.graphql")
    assert (served.status, served.body.decode()) == (200, SCHEMA.as_str())


def test_texts_are_utf_8(server: ServerProcess) -> None:
    posted = server.post('{"query": "{ é: __typename }"}'.encode())
    assert (posted.status, posted.error_codes) == (400, ["GRAPHQL_PARSE_FAILED"])
    assert server.post({"query": "{ k: __typename } \ud800"}).error_codes == ["GRAPHQL_PARSE_FAILED"]
    assert server.post({"query": "{ k: __typename } # é 😀 \u2028"}).json == {"data": {"k": "Query"}}


def test_half_a_character_is_legal_and_equals_nothing(server: ServerProcess) -> None:
    document, variables = "query ($s: String!) { article(slug: $s) { id } }", {"s": "\ud800"}
    asked = {"query": document, "variables": variables}
    assert server.post(asked).json == {"data": {"article": None}}
    assert server.get(get(document, f"&variables={quote(json.dumps(variables))}")).json == {"data": {"article": None}}
    assert server.post({**asked, "operationName": "\ud800"}).error_codes == ["OPERATION_RESOLUTION_FAILURE"]
    assert server.post(b'{"query": "{ __typename }", "variables": {"s": "\\ud800", "n": NaN}}').status == 400


def test_slow_statement_is_stopped_and_only_its_request_fails(server: ServerProcess) -> None:
    with ThreadPoolExecutor() as pool:
        began = time.monotonic()
        stopped = [pool.submit(server.post, {"query": slow_content.slow_query()}) for _ in range(2)]
        quick = []
        while not all(each.done() for each in stopped):
            asked = time.monotonic()
            assert server.post({"query": QUERY}).json == ANSWER
            quick.append(time.monotonic() - asked)
        took = time.monotonic() - began
    for each in stopped:
        assert (each.result().status, each.result().error_codes) == (503, ["TIMEOUT"])
    assert SLOW_SECONDS <= took < 5 * SLOW_SECONDS
    assert len(quick) > 10
    assert max(quick) < SLOW_SECONDS
    assert server.post({"query": QUERY}).json == ANSWER
