"""GraphQL over HTTP: methods, media types, request bodies, errors and timeouts of the running service."""

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
    migrate_database,
    migrated_database,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.sample_articles import ARTICLES
from support.servers import ServerProcess, run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

pytestmark = variant("postgresql")

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
    """Run the service on the sample articles, and on parties that many articles name, which are slow to query."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, [*ARTICLES, *parse_articles(slow_content.TEXTS)])
        settings = {"QUERY_TIMEOUT_SECONDS": str(SLOW_SECONDS), "LIMIT_COST": "1000000"}
        with run_service(url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as process:
            yield process


def graphql_url(document: str, more: str = "") -> str:
    return f"/graphql?query={quote(document)}{more}"


def test_server_is_ready_when_there_is_content(empty_database_url: str) -> None:
    with run_service(empty_database_url) as server:

        def readiness() -> tuple[int, bool]:
            response = server.get("/readyz")
            assert response.headers["content-type"].startswith(JSON)
            assert server.get("/healthz").status == 200
            return response.status, response.json["ready"]

        def rejection() -> tuple[int, list[str]]:
            response = server.post({"query": QUERY})
            return response.status, response.error_codes

        assert readiness() == (503, False)
        assert rejection() == (503, ["NOT_READY"])
        migrate_database(empty_database_url)
        with open_write_engine(empty_database_url) as engine:
            assert readiness() == (503, False)
            assert rejection() == (503, ["NOT_READY"])
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
def test_post_and_get_return_the_same_response(server: ServerProcess, media_type: str) -> None:
    document = "query Q($slug: String!) { article(slug: $slug) { title } } query R { __typename }"
    post_response = server.post(
        {"query": document, "operationName": "Q", "variables": {"slug": "new"}}, Accept=media_type
    )
    variables = quote('{"slug": "new"}')
    get_response = server.get(graphql_url(document, f"&operationName=Q&variables={variables}"), Accept=media_type)
    for response in (post_response, get_response):
        assert (response.status, response.json) == (200, ANSWER)
        assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


def test_head_returns_the_headers_of_get(server: ServerProcess) -> None:
    get_response, head = server.get(graphql_url(QUERY)), server.request("HEAD", graphql_url(QUERY))
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(get_response.body))


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
def test_response_has_the_preferred_media_type(server: ServerProcess, accept: str, media_type: str) -> None:
    response = server.post({"query": QUERY}, Accept=accept)
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert response.headers["vary"] == "Accept, Accept-Encoding"


@pytest.mark.parametrize("accept", ["text/plain", "image/*", f"{JSON};q=0", "text/html", f"{JSON}; charset=latin-1"])
def test_unavailable_media_type_is_rejected(server: ServerProcess, accept: str) -> None:
    response = server.post({"query": QUERY}, Accept=accept)
    assert (response.status, response.error_codes) == (406, ["NOT_ACCEPTABLE"])


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
def test_invalid_body_is_rejected_with_a_reason(server: ServerProcess, body: bytes, status: int) -> None:
    for media_type in (JSON, RESPONSE):
        response = server.post(body, Accept=media_type)
        assert response.status == status, response.body
        assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert response.error_codes
        assert all(code.isupper() and code != "INTERNAL_SERVER_ERROR" for code in response.error_codes)
        assert all(error["message"] for error in response.json["errors"])
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
def test_each_kind_of_error_has_its_code(server: ServerProcess, document: str, code: str) -> None:
    assert server.post({"query": document}).error_codes == [code]
    assert server.get(graphql_url(document)).error_codes == [code]


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
def test_invalid_query_string_is_rejected(server: ServerProcess, query_string: str) -> None:
    response = server.get(f"/graphql{query_string}", Accept=JSON)
    assert 400 <= response.status < 500
    assert response.error_codes


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_other_method_is_rejected_with_the_allowed_ones(server: ServerProcess, method: str) -> None:
    response = server.request(method, "/graphql", b'{"query": "{ __typename }"}', {"Content-Type": JSON})
    assert (response.status, response.error_codes) == (405, ["METHOD_NOT_ALLOWED"])
    assert {"GET", "HEAD", "POST"} <= set(response.headers["allow"].split(", "))


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
def test_body_without_the_json_content_type_is_rejected(server: ServerProcess, content_type: str | None) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    response = server.request("POST", "/graphql", b'{"query": "{ __typename }"}', headers)
    assert (response.status, response.error_codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON", "application/json;charset=UTF-8", 'application/json; charset="utf-8"'],
)
def test_content_type_is_case_insensitive(server: ServerProcess, content_type: str) -> None:
    response = server.request("POST", "/graphql", b'{"query": "{ __typename }"}', {"Content-Type": content_type})
    assert (response.status, response.json) == (200, {"data": {"__typename": "Query"}})


def test_body_may_have_one_megabyte_and_no_more(server: ServerProcess) -> None:
    request = b'{"query": "{ __typename }"}'
    assert server.post(request.ljust(1_000_000)).status == 200
    response = server.post(request.ljust(1_000_001))
    assert (response.status, response.error_codes) == (413, ["LIMIT_EXCEEDED"])
    assert "1000000" in response.json["errors"][0]["message"]


def test_chunked_body_is_rejected_once_it_is_too_large(server: ServerProcess) -> None:
    chunk = b"%x\r\n%s\r\n" % (100_000, b" " * 100_000)
    response = server.request(
        "POST", "/graphql", chunk * 11 + b"0\r\n\r\n", {"Content-Type": JSON, "Transfer-Encoding": "chunked"}
    )
    assert (response.status, response.error_codes) == (413, ["LIMIT_EXCEEDED"])


@pytest.mark.parametrize("path", ["/graphql", graphql_url(QUERY), "/graphql?query="])
def test_browser_gets_the_explorer_with_its_policy(server: ServerProcess, path: str) -> None:
    page = server.get(path, Accept=BROWSER)
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; ")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "Accept" in page.headers["vary"].split(", ")
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.body.startswith(b"<!doctype html>")
    head = server.request("HEAD", path, headers={"Accept": BROWSER})
    assert (head.status, head.headers["content-length"], head.body) == (200, str(len(page.body)), b"")


def test_browser_that_knows_the_explorer_gets_304(server: ServerProcess) -> None:
    etag = server.get("/graphql", Accept=BROWSER).headers["etag"]
    again = server.get(graphql_url(QUERY), Accept=BROWSER, **{"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/json, text/html;q=0.9",
        "application/graphql-response+json, */*;q=0.1",
        "text/html;q=0.5, */*",
    ],
)
def test_client_that_does_not_prefer_html_gets_json(server: ServerProcess, accept: str) -> None:
    assert server.get(graphql_url(QUERY), Accept=accept).json == ANSWER


def test_browser_with_a_persisted_document_gets_json(server: ServerProcess) -> None:
    response = server.get(f"/graphql?documentId=sha256:{'0' * 64}", Accept=BROWSER)
    assert (response.status, response.error_codes) == (404, ["DOCUMENT_NOT_FOUND"])


def test_explorer_has_one_address(server: ServerProcess) -> None:
    response = server.get("/graphql/?query=x", Accept=BROWSER)
    assert (response.status, response.headers["location"]) == (308, "../graphql?query=x")


def test_documents_may_contain_any_unicode_text(server: ServerProcess) -> None:
    post_response = server.post('{"query": "{ é: __typename }"}'.encode())
    assert (post_response.status, post_response.error_codes) == (400, ["GRAPHQL_PARSE_FAILED"])
    assert server.post({"query": "{ k: __typename } \ud800"}).error_codes == ["GRAPHQL_PARSE_FAILED"]
    assert server.post({"query": "{ k: __typename } # é 😀 \u2028"}).json == {"data": {"k": "Query"}}


def test_lone_surrogate_is_valid_and_equals_nothing(server: ServerProcess) -> None:
    document, variables = "query ($s: String!) { article(slug: $s) { id } }", {"s": "\ud800"}
    body = {"query": document, "variables": variables}
    assert server.post(body).json == {"data": {"article": None}}
    assert server.get(graphql_url(document, f"&variables={quote(json.dumps(variables))}")).json == {
        "data": {"article": None}
    }
    assert server.post({**body, "operationName": "\ud800"}).error_codes == ["OPERATION_RESOLUTION_FAILURE"]
    assert server.post(b'{"query": "{ __typename }", "variables": {"s": "\\ud800", "n": NaN}}').status == 400


def test_slow_query_is_cancelled_and_only_its_request_fails(server: ServerProcess) -> None:
    with ThreadPoolExecutor() as pool:
        start = time.monotonic()
        futures = [pool.submit(server.post, {"query": slow_content.slow_query()}) for _ in range(2)]
        quick_times = []
        while not all(future.done() for future in futures):
            request_start = time.monotonic()
            assert server.post({"query": QUERY}).json == ANSWER
            quick_times.append(time.monotonic() - request_start)
        took = time.monotonic() - start
    for future in futures:
        assert (future.result().status, future.result().error_codes) == (503, ["TIMEOUT"])
    assert SLOW_SECONDS <= took < 5 * SLOW_SECONDS
    assert len(quick_times) > 10
    assert max(quick_times) < SLOW_SECONDS
    assert server.post({"query": QUERY}).json == ANSWER
