"""Persisted and trusted documents over the wire, as Apollo's clients and GraphQL over HTTP speak of them."""

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

    Ask = Callable[..., Response]

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
QUERY = "query Titles($slug: String!) {\n  article(slug: $slug) {\n    title\n  }\n}"
VARIABLES = {"slug": "new"}
ANSWER = {"data": {"article": {"title": "New quarrel"}}}
NOT_FOUND = b'{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}'


@pytest.fixture(scope="module")
def address(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Lend a database that holds the samples; which kind it is makes no difference here."""
    with migrated_database(DATABASE_KINDS[0], postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        yield url


@pytest.fixture(scope="module")
def server(address: str) -> Iterator[ServerProcess]:
    """Serve with little room for persisted documents."""
    with run_service(address, COUNTERPOINT_APQ_CACHE_BYTES="20000") as running:
        yield running


@pytest.fixture(scope="module", params=["documents", "only documents"])
def trusting(
    request: pytest.FixtureRequest, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """Serve a folder of trusted documents, beside others and alone."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "titles.graphql").write_text(f"{QUERY}\n", encoding="utf-8")
    only = str(request.param == "only documents")
    with run_service(
        address, COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(folder), COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY=only
    ) as running:
        yield running


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def apq(text: str, **more: object) -> dict[str, Any]:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hashed(text), **more}}}


def post(server: ServerProcess, content: dict[str, Any], accept: str = JSON) -> Response:
    return server.post({"variables": VARIABLES, **content}, Accept=accept)


def get(server: ServerProcess, content: dict[str, Any], accept: str = JSON) -> Response:
    asked = {"variables": VARIABLES, **content}
    parameters = {
        name: value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
        for name, value in asked.items()
    }
    return server.get(f"/graphql?{urlencode(parameters)}", Accept=accept)


@pytest.mark.parametrize("media_type", [JSON, RESPONSE])
@pytest.mark.parametrize(("first", "second"), [(post, post), (get, post), (get, get)])
def test_query_is_persisted_as_apollo_clients_do_it(
    server: ServerProcess, first: Ask, second: Ask, media_type: str
) -> None:
    query = f"{QUERY} # {first.__name__} {second.__name__} {media_type}"
    for _ in range(2):
        missed = first(server, apq(query), media_type)
        assert (missed.status, missed.body) == (200, NOT_FOUND)
        assert missed.headers["content-type"] == f"{media_type}; charset=utf-8"
        assert missed.headers["cache-control"] == "no-store"
    registered = second(server, {"query": query, **apq(query)}, media_type)
    assert (registered.status, registered.json) == (200, ANSWER)
    for ask in (first, second):
        found = ask(server, apq(query), media_type)
        assert (found.status, found.json) == (200, ANSWER)
    old = first(server, {**apq(query), "variables": {"slug": "old"}}, media_type)
    assert old.json == {"data": {"article": {"title": "Old quarrel"}}}


@pytest.mark.parametrize("ask", [get, post])
def test_hash_of_another_query_is_refused_and_persists_nothing(server: ServerProcess, ask: Ask) -> None:
    query = f"{QUERY} # wrong {ask.__name__}"
    refused = ask(server, {"query": query, **apq(QUERY + " # another")})
    assert (refused.status, refused.json) == (
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
        assert ask(server, apq(text)).body == NOT_FOUND


@pytest.mark.parametrize("ask", [get, post])
def test_unknown_version_is_refused(server: ServerProcess, ask: Ask) -> None:
    refused = ask(server, {"query": QUERY, **apq(QUERY, version=2)})
    assert (refused.status, refused.error_codes) == (400, ["PERSISTED_QUERY_VERSION_UNKNOWN"])


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("{", 400, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", 422, "GRAPHQL_VALIDATION_FAILED"),
        ("{" + "a: __typename " * 101 + "}", 422, "LIMIT_EXCEEDED"),
    ],
)
def test_query_that_is_refused_is_not_persisted(server: ServerProcess, query: str, status: int, code: str) -> None:
    refused = post(server, {"query": query, **apq(query)})
    assert (refused.status, refused.json["errors"][0]["extensions"]["code"]) == (status, code)
    assert post(server, apq(query)).body == NOT_FOUND


def test_persisted_queries_have_so_much_room_and_return_when_they_are_sent_again(server: ServerProcess) -> None:
    queries = [f"{QUERY} # {number}" for number in range(60)]
    for query in queries:
        assert post(server, {"query": query, **apq(query)}).json == ANSWER
    kept = [query for query in queries if post(server, {**apq(query), "operationName": "Titles"}).body != NOT_FOUND]
    assert 10 < len(kept) < 40
    assert kept == queries[-len(kept) :]
    # The very same bytes as before: what was accepted once must be persisted again.
    assert post(server, {"query": queries[0], **apq(queries[0])}).json == ANSWER
    assert post(server, {**apq(queries[0]), "operationName": "Titles"}).json == ANSWER


def test_persisted_queries_can_be_turned_off(address: str) -> None:
    with run_service(address, COUNTERPOINT_APQ_CACHE_BYTES="0") as server:
        missed = post(server, apq(QUERY))
        assert (missed.status, missed.error_codes) == (200, ["PERSISTED_QUERY_NOT_SUPPORTED"])
        assert missed.json["errors"][0]["message"] == "PersistedQueryNotSupported"
        assert post(server, {"query": QUERY, **apq(QUERY)}).json == ANSWER


@pytest.mark.parametrize("ask", [get, post])
@pytest.mark.parametrize("text", [QUERY, f"{QUERY}\n"], ids=["bare", "newline"])
def test_trusted_document_is_executed_however_it_is_named(trusting: ServerProcess, ask: Ask, text: str) -> None:
    for content in ({"documentId": f"sha256:{hashed(text)}"}, apq(text), {"query": text}, {"query": text, **apq(text)}):
        answer = ask(trusting, content)
        assert (answer.status, answer.json) == (200, ANSWER)


@pytest.mark.parametrize("ask", [get, post])
@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({"documentId": f"sha256:{'0' * 64}"}, 404, "DOCUMENT_NOT_FOUND"),
        ({"documentId": hashed(QUERY)}, 422, "BAD_REQUEST"),
        ({"documentId": f"md5:{hashed(QUERY)[:32]}"}, 422, "BAD_REQUEST"),
        ({"documentId": f"sha256:{hashed(QUERY)}", "query": QUERY}, 422, "BAD_REQUEST"),
        ({"documentId": f"sha256:{hashed(QUERY)}", "operationName": "None"}, 422, "OPERATION_RESOLUTION_FAILURE"),
        ({"documentId": f"sha256:{hashed(QUERY)}", "variables": {}}, 422, "BAD_USER_INPUT"),
    ],
)
def test_document_that_is_named_wrongly_is_refused(
    trusting: ServerProcess, ask: Ask, content: dict[str, Any], status: int, code: str
) -> None:
    refused = ask(trusting, content)
    assert (refused.status, refused.error_codes) == (status, [code])
    assert refused.headers["cache-control"] == "no-store"


def test_others_are_refused_where_only_trusted_documents_are_taken(address: str, tmp_path: Path) -> None:
    (tmp_path / "titles.graphql").write_text(QUERY, encoding="utf-8")
    other = "{ __typename }"
    with run_service(
        address, COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(tmp_path), COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY="true"
    ) as server:
        for content in ({"query": other}, apq(other), {"query": other, **apq(other)}, {"query": "{"}):
            for ask in (get, post):
                refused = ask(server, content)
                assert (refused.status, refused.error_codes) == (403, ["DOCUMENT_NOT_TRUSTED"])
        assert post(server, {"query": QUERY}).json == ANSWER
