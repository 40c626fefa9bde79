"""Persisted and trusted documents over HTTP, by the protocols of Apollo's clients and of GraphQL over HTTP."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from support.database_helpers import DATABASE_KINDS, migrated_database, open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import Response, ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.postgresql_server import PostgresqlServer

    Send = Callable[..., Response]

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
QUERY = "query Titles($slug: String!) {\n  article(slug: $slug) {\n    title\n  }\n}"
VARIABLES = {"slug": "new"}
ANSWER = {"data": {"article": {"title": "New quarrel"}}}
NOT_FOUND = b'{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}'


@pytest.fixture(scope="module")
def database_url(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a database with the sample articles; either kind would do."""
    with migrated_database(DATABASE_KINDS[0], postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        yield url


@pytest.fixture(scope="module")
def server(database_url: str) -> Iterator[ServerProcess]:
    """Run the service with a small store for automatic persisted queries."""
    with run_service(database_url, COUNTERPOINT_APQ_CACHE_BYTES="20000") as process:
        yield process


@pytest.fixture(scope="module", params=["documents", "only documents"])
def trusting_server(
    request: pytest.FixtureRequest, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """Run the service with trusted documents, with and without allowing others."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "titles.graphql").write_text(f"{QUERY}\n", encoding="utf-8")
    only = str(request.param == "only documents")
    with run_service(
        database_url, COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(folder), COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY=only
    ) as process:
        yield process


def sha256_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apq(text: str, **more: object) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256_of(text), **more}}}


def post(server: ServerProcess, content: dict[str, Any], accept: str = JSON) -> Response:
    return server.post({"variables": VARIABLES, **content}, Accept=accept)


def get(server: ServerProcess, content: dict[str, Any], accept: str = JSON) -> Response:
    fields = {"variables": VARIABLES, **content}
    parameters = {
        name: value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
        for name, value in fields.items()
    }
    return server.get(f"/graphql?{urlencode(parameters)}", Accept=accept)


@pytest.mark.parametrize("media_type", [JSON, RESPONSE])
@pytest.mark.parametrize(("first", "second"), [(post, post), (get, post), (get, get)])
def test_query_is_registered_and_then_sent_by_hash(
    server: ServerProcess, first: Send, second: Send, media_type: str
) -> None:
    query = f"{QUERY} # {first.__name__} {second.__name__} {media_type}"
    for _ in range(2):
        response = first(server, apq(query), media_type)
        assert (response.status, response.body) == (200, NOT_FOUND)
        assert response.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"
    registered = second(server, {"query": query, **apq(query)}, media_type)
    assert (registered.status, registered.json) == (200, ANSWER)
    for send in (first, second):
        response = send(server, apq(query), media_type)
        assert (response.status, response.json) == (200, ANSWER)
    old = first(server, {**apq(query), "variables": {"slug": "old"}}, media_type)
    assert old.json == {"data": {"article": {"title": "Old quarrel"}}}


@pytest.mark.parametrize("send", [get, post])
def test_wrong_hash_is_rejected_and_registers_nothing(server: ServerProcess, send: Send) -> None:
    query = f"{QUERY} # wrong {send.__name__}"
    response = send(server, {"query": query, **apq(QUERY + " # another")})
    assert (response.status, response.json) == (
        400,
        {
            "errors": [
                {
                    "message": "provided sha does not match query",
                    "extensions": {"code": "PERSISTED_QUERY_HASH_MISMATCH"},
                }
            ]
        },
    )
    for text in (query, QUERY + " # another"):
        assert send(server, apq(text)).body == NOT_FOUND


@pytest.mark.parametrize("send", [get, post])
def test_unknown_apq_version_is_rejected(server: ServerProcess, send: Send) -> None:
    response = send(server, {"query": QUERY, **apq(QUERY, version=2)})
    assert (response.status, response.error_codes) == (400, ["PERSISTED_QUERY_VERSION_UNKNOWN"])


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("{", 400, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", 422, "GRAPHQL_VALIDATION_FAILED"),
        ("{" + "a: __typename " * 101 + "}", 422, "LIMIT_EXCEEDED"),
    ],
)
def test_invalid_query_is_not_registered(server: ServerProcess, query: str, status: int, code: str) -> None:
    response = post(server, {"query": query, **apq(query)})
    assert (response.status, response.json["errors"][0]["extensions"]["code"]) == (status, code)
    assert post(server, apq(query)).body == NOT_FOUND


def test_evicted_query_can_be_registered_again(server: ServerProcess) -> None:
    queries = [f"{QUERY} # {number}" for number in range(60)]
    for query in queries:
        assert post(server, {"query": query, **apq(query)}).json == ANSWER
    stored = [query for query in queries if post(server, {**apq(query), "operationName": "Titles"}).body != NOT_FOUND]
    assert 10 < len(stored) < 40
    assert stored == queries[-len(stored) :]
    # Equal bytes again: a registration must never come from the request cache.
    assert post(server, {"query": queries[0], **apq(queries[0])}).json == ANSWER
    assert post(server, {**apq(queries[0]), "operationName": "Titles"}).json == ANSWER


def test_apq_can_be_turned_off(database_url: str) -> None:
    with run_service(database_url, COUNTERPOINT_APQ_CACHE_BYTES="0") as server:
        response = post(server, apq(QUERY))
        assert (response.status, response.error_codes) == (200, ["PERSISTED_QUERY_NOT_SUPPORTED"])
        assert response.json["errors"][0]["message"] == "PersistedQueryNotSupported"
        assert post(server, {"query": QUERY, **apq(QUERY)}).json == ANSWER


@pytest.mark.parametrize("send", [get, post])
@pytest.mark.parametrize("text", [QUERY, f"{QUERY}\n"], ids=["bare", "newline"])
def test_trusted_document_is_executed_by_id_hash_or_text(trusting_server: ServerProcess, send: Send, text: str) -> None:
    for content in (
        {"documentId": f"sha256:{sha256_of(text)}"},
        apq(text),
        {"query": text},
        {"query": text, **apq(text)},
    ):
        response = send(trusting_server, content)
        assert (response.status, response.json) == (200, ANSWER)


@pytest.mark.parametrize("send", [get, post])
@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({"documentId": f"sha256:{'0' * 64}"}, 404, "DOCUMENT_NOT_FOUND"),
        ({"documentId": sha256_of(QUERY)}, 422, "BAD_REQUEST"),
        ({"documentId": f"md5:{sha256_of(QUERY)[:32]}"}, 422, "BAD_REQUEST"),
        ({"documentId": f"sha256:{sha256_of(QUERY)}", "query": QUERY}, 422, "BAD_REQUEST"),
        ({"documentId": f"sha256:{sha256_of(QUERY)}", "operationName": "None"}, 422, "OPERATION_RESOLUTION_FAILURE"),
        ({"documentId": f"sha256:{sha256_of(QUERY)}", "variables": {}}, 422, "BAD_USER_INPUT"),
    ],
)
def test_request_with_an_invalid_document_id_is_rejected(
    trusting_server: ServerProcess, send: Send, content: dict[str, Any], status: int, code: str
) -> None:
    response = send(trusting_server, content)
    assert (response.status, response.error_codes) == (status, [code])
    assert response.headers["cache-control"] == "no-store"


def test_other_documents_are_rejected_if_only_trusted_ones_are_allowed(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "titles.graphql").write_text(QUERY, encoding="utf-8")
    other = "{ __typename }"
    with run_service(
        database_url, COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(tmp_path), COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY="true"
    ) as server:
        for content in ({"query": other}, apq(other), {"query": other, **apq(other)}, {"query": "{"}):
            for send in (get, post):
                response = send(server, content)
                assert (response.status, response.error_codes) == (403, ["DOCUMENT_NOT_TRUSTED"])
        assert post(server, {"query": QUERY}).json == ANSWER
