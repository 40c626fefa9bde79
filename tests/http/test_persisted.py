"""Persisted documents without a server: which document a request refers to, and what is stored."""

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


def sha256_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def persisted(*trusted: str, only_trusted: bool = False, store_bytes: int = SIZE) -> PersistedDocuments:
    return PersistedDocuments(
        {sha256_of(text): text for text in trusted}, only_trusted=only_trusted, store_bytes=store_bytes
    )


def parse(content: object) -> Request:
    return parse_body(json.dumps(content).encode())


def register(documents: PersistedDocuments, text: str) -> None:
    request = Request(text, sha256=sha256_of(text))
    assert documents.resolve(request) == text
    documents.register(request)


def rejection(documents: PersistedDocuments, request: Request) -> tuple[int, str]:
    with pytest.raises(HttpError) as error:
        documents.resolve(request)
    return error.value.status, error.value.code


def is_persisted(documents: PersistedDocuments, text: str) -> bool:
    try:
        return documents.resolve(Request(sha256=sha256_of(text))) == text
    except HttpError as error:
        if error.code != "PERSISTED_QUERY_NOT_FOUND":
            raise
        return False


@pytest.mark.parametrize(
    ("content", "expected"),
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
def test_request_is_parsed_with_its_document_or_id_or_hash(content: dict[str, Any], expected: Request) -> None:
    assert parse(content) == expected
    parameters = {name: json.dumps(value) if name == "extensions" else value for name, value in content.items()}
    query_parameters = {name: value for name, value in parameters.items() if value is not None}
    assert parse_query_string(urlencode(query_parameters).encode()) == expected


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        ({}, 422, "BAD_REQUEST"),
        ({"operationName": "A", "extensions": {}}, 422, "BAD_REQUEST"),
        ({"documentId": 1}, 422, "BAD_REQUEST"),
        ({"documentId": ["sha256:0"]}, 422, "BAD_REQUEST"),
        ({"query": QUERY, "documentId": f"sha256:{sha256_of(QUERY)}"}, 422, "BAD_REQUEST"),
        ({"documentId": f"sha256:{sha256_of(QUERY)}", "extensions": EXTENSION}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": "x"}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": []}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": {"version": 1}}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": {"version": 1, "sha256Hash": 1}}}, 422, "BAD_REQUEST"),
        ({"extensions": {"persistedQuery": {"sha256Hash": "0" * 64}}}, 400, "PERSISTED_QUERY_VERSION_UNKNOWN"),
        ({"extensions": {"persistedQuery": {}}, "query": QUERY}, 400, "PERSISTED_QUERY_VERSION_UNKNOWN"),
        *(
            (
                {
                    "query": QUERY,
                    "extensions": {"persistedQuery": {"version": version, "sha256Hash": sha256_of(QUERY)}},
                },
                400,
                "PERSISTED_QUERY_VERSION_UNKNOWN",
            )
            for version in UNKNOWN_VERSIONS
        ),
    ],
)
def test_request_without_a_usable_document_is_rejected(content: dict[str, Any], status: int, code: str) -> None:
    with pytest.raises(HttpError) as error:
        parse(content)
    assert (error.value.status, error.value.code) == (status, code)


def test_document_in_the_request_is_resolved_to_itself() -> None:
    assert persisted().resolve(Request(QUERY)) == QUERY
    assert persisted(store_bytes=0).resolve(Request(QUERY, sha256=sha256_of(QUERY))) == QUERY


def test_unknown_hash_has_the_message_that_apollo_clients_expect() -> None:
    with pytest.raises(HttpError, match=r"^PersistedQueryNotFound$") as error:
        persisted(OTHER).resolve(Request(sha256=sha256_of(QUERY)))
    assert (error.value.status, error.value.code) == (200, "PERSISTED_QUERY_NOT_FOUND")


def test_document_is_resolved_by_its_hash_after_registration() -> None:
    documents = persisted()
    assert not is_persisted(documents, QUERY)
    assert documents.resolve(Request(QUERY, sha256=sha256_of(QUERY))) == QUERY
    assert not is_persisted(documents, QUERY)
    documents.register(Request(QUERY, sha256=sha256_of(QUERY)))
    assert is_persisted(documents, QUERY)


def test_document_without_a_hash_is_not_registered() -> None:
    documents = persisted()
    documents.register(Request(QUERY))
    assert not is_persisted(documents, QUERY)


@pytest.mark.parametrize(
    "claimed_hash", ["", "0" * 64, sha256_of(OTHER), sha256_of(QUERY).upper(), sha256_of(QUERY)[:5]]
)
def test_wrong_hash_is_rejected(claimed_hash: str) -> None:
    with pytest.raises(HttpError, match=r"^provided sha does not match query$") as error:
        persisted(QUERY, OTHER).resolve(Request(QUERY, sha256=claimed_hash))
    assert (error.value.status, error.value.code) == (400, "PERSISTED_QUERY_HASH_MISMATCH")


def test_hash_is_computed_from_utf_8() -> None:
    documents, text = persisted(), '{ article(slug: "café 😀") { title } }'
    register(documents, text)
    assert is_persisted(documents, text)


def test_least_recently_used_document_is_evicted() -> None:
    documents = persisted()
    register(documents, QUERY)
    texts = [f"{{ a{number}: __typename }}" for number in range(100)]
    for text in texts:
        register(documents, text)
        assert is_persisted(documents, QUERY)
    stored = [text for text in texts if is_persisted(documents, text)]
    assert 10 < len(stored) < SIZE / 400
    assert stored == texts[-len(stored) :]


def test_large_document_is_not_stored() -> None:
    documents, large = persisted(), QUERY + "#" * (SIZE // 10)
    for text in (QUERY, OTHER, large):
        register(documents, text)
    assert [is_persisted(documents, text) for text in (QUERY, OTHER, large)] == [True, True, False]


def test_client_is_informed_that_apq_is_off() -> None:
    documents = persisted(store_bytes=0)
    register(documents, QUERY)
    with pytest.raises(HttpError, match=r"^PersistedQueryNotSupported$") as error:
        documents.resolve(Request(sha256=sha256_of(QUERY)))
    assert (error.value.status, error.value.code) == (200, "PERSISTED_QUERY_NOT_SUPPORTED")


@pytest.mark.parametrize("only_trusted", [False, True])
def test_trusted_document_is_resolved_by_id_hash_or_text(only_trusted: bool) -> None:
    documents = persisted(QUERY, only_trusted=only_trusted, store_bytes=0)
    for request in (
        Request(document_id=f"sha256:{sha256_of(QUERY)}"),
        Request(sha256=sha256_of(QUERY)),
        Request(QUERY),
        Request(QUERY, sha256=sha256_of(QUERY)),
    ):
        assert documents.resolve(request) == QUERY


def test_apq_document_has_no_id() -> None:
    documents = persisted()
    register(documents, QUERY)
    assert rejection(documents, Request(document_id=f"sha256:{sha256_of(QUERY)}")) == (404, "DOCUMENT_NOT_FOUND")


@pytest.mark.parametrize(
    "document_id",
    [
        "",
        "sha256:",
        sha256_of(QUERY),
        f"sha256:{sha256_of(QUERY).upper()}",
        f"sha256:{sha256_of(QUERY)}\n",
        "md5:0",
        "x-a:b",
    ],
)
def test_malformed_id_is_rejected(document_id: str) -> None:
    assert rejection(persisted(QUERY), Request(document_id=document_id)) == (422, "BAD_REQUEST")


def test_only_trusted_documents_are_resolved_if_the_setting_says_so() -> None:
    documents = persisted(QUERY, only_trusted=True)
    documents.register(Request(OTHER, sha256=sha256_of(OTHER)))
    for request in (
        Request(sha256=sha256_of(OTHER)),
        Request(OTHER),
        Request(OTHER, sha256=sha256_of(OTHER)),
        Request("{"),
    ):
        assert rejection(documents, request) == (403, "DOCUMENT_NOT_TRUSTED")
    assert rejection(documents, Request(document_id=f"sha256:{sha256_of(OTHER)}")) == (404, "DOCUMENT_NOT_FOUND")
