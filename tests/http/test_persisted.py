"""Documents that requests name, without a server: what is read of a request, and which text is meant."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from counterpoint.http.error_responses import HttpError
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.requests import Request, parse_body, parse_query_string

QUERY = "{ __typename }"
OTHER = "{ articles { totalCount } }"
SIZE = 10_000
UNKNOWN_VERSIONS: list[object] = [2, 0, "1", True, None, {}]
EXTENSION = {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}


def hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def persisted(*trusted: str, only_trusted: bool = False, store_bytes: int = SIZE) -> PersistedDocuments:
    return PersistedDocuments(
        {hashed(text): text for text in trusted}, only_trusted=only_trusted, store_bytes=store_bytes
    )


def read(content: object) -> Request:
    return parse_body(json.dumps(content).encode())


def register(documents: PersistedDocuments, text: str) -> None:
    request = Request(text, sha256=hashed(text))
    assert documents.resolve(request) == text
    documents.register(request)


def refusal(documents: PersistedDocuments, request: Request) -> tuple[int, str]:
    with pytest.raises(HttpError) as caught:
        documents.resolve(request)
    return caught.value.status, caught.value.code


def is_persisted(documents: PersistedDocuments, text: str) -> bool:
    try:
        return documents.resolve(Request(sha256=hashed(text))) == text
    except HttpError as error:
        if error.code != "PERSISTED_QUERY_NOT_FOUND":
            raise
        return False


@pytest.mark.parametrize(
    ("content", "request_read"),
    [
        ({"query": QUERY}, Request(QUERY)),
        ({"query": QUERY, "documentId": None, "extensions": None}, Request(QUERY)),
        ({"query": QUERY, "extensions": {"persistedQuery": None}}, Request(QUERY, extensions={"persistedQuery": None})),
        ({"documentId": "sha256:0"}, Request(document_id="sha256:0")),
        ({"documentId": "x", "operationName": "A"}, Request(None, "A", document_id="x")),
        ({"extensions": EXTENSION}, Request(extensions=EXTENSION, sha256="0" * 64)),
        ({"query": QUERY, "extensions": EXTENSION}, Request(QUERY, extensions=EXTENSION, sha256="0" * 64)),
        ({"query": None, "extensions": EXTENSION}, Request(extensions=EXTENSION, sha256="0" * 64)),
    ],
)
def test_request_says_which_document_it_means(content: dict[str, Any], request_read: Request) -> None:
    assert read(content) == request_read
    parameters = {name: json.dumps(value) if name == "extensions" else value for name, value in content.items()}
    given = {name: value for name, value in parameters.items() if value is not None}
    assert parse_query_string(urlencode(given).encode()) == request_read


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({}, 422, "BAD_REQUEST"),
        ({"operationName": "A", "extensions": {}}, 422, "BAD_REQUEST"),
        ({"documentId": 1}, 422, "BAD_REQUEST"),
        ({"documentId": ["sha256:0"]}, 422, "BAD_REQUEST"),
        ({"query": QUERY, "documentId": f"sha256:{hashed(QUERY)}"}, 422, "BAD_REQUEST"),
        ({"documentId": f"sha256:{hashed(QUERY)}", "extensions": EXTENSION}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": "x"}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": []}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": {"version": 1}}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 1}}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": {"sha256Hash": "0" * 64}}}, 400, "PERSISTED_QUERY_VERSION_UNKNOWN"),
        ({"extensions": {"persistedQuery": {}}, "query": QUERY}, 400, "PERSISTED_QUERY_VERSION_UNKNOWN"),
        *(
            (
                {"query": QUERY, "extensions": {"persistedQuery": {"version": version, "sha256Hash": hashed(QUERY)}}},
                400,
                "PERSISTED_QUERY_VERSION_UNKNOWN",
            )
            for version in UNKNOWN_VERSIONS
        ),
    ],
)
def test_request_that_means_no_document_is_refused(content: dict[str, Any], status: int, code: str) -> None:
    with pytest.raises(HttpError) as caught:
        read(content)
    assert (caught.value.status, caught.value.code) == (status, code)


def test_document_that_is_brought_is_taken() -> None:
    assert persisted().resolve(Request(QUERY)) == QUERY
    assert persisted(store_bytes=0).resolve(Request(QUERY, sha256=hashed(QUERY))) == QUERY


def test_miss_is_told_in_the_words_that_clients_look_for() -> None:
    with pytest.raises(HttpError, match=r"^PersistedQueryNotFound$") as caught:
        persisted(OTHER).resolve(Request(sha256=hashed(QUERY)))
    assert (caught.value.status, caught.value.code) == (200, "PERSISTED_QUERY_NOT_FOUND")


def test_document_is_found_by_its_hash_once_it_is_remembered() -> None:
    documents = persisted()
    assert not is_persisted(documents, QUERY)
    assert documents.resolve(Request(QUERY, sha256=hashed(QUERY))) == QUERY
    assert not is_persisted(documents, QUERY)
    documents.register(Request(QUERY, sha256=hashed(QUERY)))
    assert is_persisted(documents, QUERY)


def test_document_that_came_without_its_hash_is_not_remembered() -> None:
    documents = persisted()
    documents.register(Request(QUERY))
    assert not is_persisted(documents, QUERY)


@pytest.mark.parametrize("given", ["", "0" * 64, hashed(OTHER), hashed(QUERY).upper(), hashed(QUERY)[:5]])
def test_hash_of_another_document_is_refused(given: str) -> None:
    with pytest.raises(HttpError, match=r"^provided sha does not match query$") as caught:
        persisted(QUERY, OTHER).resolve(Request(QUERY, sha256=given))
    assert (caught.value.status, caught.value.code) == (400, "PERSISTED_QUERY_HASH_MISMATCH")


def test_hash_counts_bytes_of_utf_8() -> None:
    documents, text = persisted(), '{ article(slug: "café 😀") { title } }'
    register(documents, text)
    assert is_persisted(documents, text)


def test_store_is_bounded_and_keeps_what_is_asked_for() -> None:
    documents = persisted()
    register(documents, QUERY)
    texts = [f"{{ a{number}: __typename }}" for number in range(100)]
    for text in texts:
        register(documents, text)
        assert is_persisted(documents, QUERY)
    kept = [text for text in texts if is_persisted(documents, text)]
    assert 10 < len(kept) < SIZE / 400
    assert kept == texts[-len(kept) :]


def test_large_document_pushes_out_no_others() -> None:
    documents, large = persisted(), QUERY + "#" * (SIZE // 10)
    for text in (QUERY, OTHER, large):
        register(documents, text)
    assert [is_persisted(documents, text) for text in (QUERY, OTHER, large)] == [True, True, False]


def test_client_learns_that_nothing_is_persisted() -> None:
    documents = persisted(store_bytes=0)
    register(documents, QUERY)
    with pytest.raises(HttpError, match=r"^PersistedQueryNotSupported$") as caught:
        documents.resolve(Request(sha256=hashed(QUERY)))
    assert (caught.value.status, caught.value.code) == (200, "PERSISTED_QUERY_NOT_SUPPORTED")


@pytest.mark.parametrize("only_trusted", [False, True])
def test_trusted_document_is_known_by_id_by_hash_and_by_text(only_trusted: bool) -> None:
    documents = persisted(QUERY, only_trusted=only_trusted, store_bytes=0)
    for request in (
        Request(document_id=f"sha256:{hashed(QUERY)}"),
        Request(sha256=hashed(QUERY)),
        Request(QUERY),
        Request(QUERY, sha256=hashed(QUERY)),
    ):
        assert documents.resolve(request) == QUERY


def test_persisted_document_is_not_found_by_an_id() -> None:
    documents = persisted()
    register(documents, QUERY)
    assert refusal(documents, Request(document_id=f"sha256:{hashed(QUERY)}")) == (404, "DOCUMENT_NOT_FOUND")


@pytest.mark.parametrize(
    "document_id",
    ["", "sha256:", hashed(QUERY), f"sha256:{hashed(QUERY).upper()}", f"sha256:{hashed(QUERY)}\n", "md5:0", "x-a:b"],
)
def test_id_of_another_form_is_refused(document_id: str) -> None:
    assert refusal(persisted(QUERY), Request(document_id=document_id)) == (422, "BAD_REQUEST")


def test_everything_else_is_refused_where_only_trusted_documents_are_taken() -> None:
    documents = persisted(QUERY, only_trusted=True)
    documents.register(Request(OTHER, sha256=hashed(OTHER)))
    for request in (Request(sha256=hashed(OTHER)), Request(OTHER), Request(OTHER, sha256=hashed(OTHER)), Request("{")):
        assert refusal(documents, request) == (403, "DOCUMENT_NOT_TRUSTED")
    assert refusal(documents, Request(document_id=f"sha256:{hashed(OTHER)}")) == (404, "DOCUMENT_NOT_FOUND")
