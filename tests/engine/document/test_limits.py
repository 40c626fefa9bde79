"""The limits of one request: a request at the limit is answered, and one beyond it is rejected before execution."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from counterpoint.engine.document.documents import BYTES_PER_TOKEN
from counterpoint.engine.engine import DOCUMENT_CACHE_BYTES
from counterpoint.errors import InvalidPage, LimitExceeded, RequestError, RequestErrors, ValidationFailed
from counterpoint.store.sqlite_connection_pool import MAX_TEXT_BYTES
from support.database_helpers import (
    DEFAULT_LIMITS,
    EngineClient,
    create_sqlite_database,
    open_client,
    open_write_engine,
    seed_articles,
)
from support.limit_queries import LIMIT_CASES
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator


LIMITS = DEFAULT_LIMITS


@dataclass(frozen=True)
class RejectingClient:
    """An engine client that also returns the errors of rejected operations."""

    api: EngineClient

    def execute(self, document: str, variables: dict[str, Any] | None = None) -> Any:
        """Return the data of the response."""
        return self.api.execute(document, variables)

    def rejections(self, document: str, variables: dict[str, Any] | None = None) -> list[RequestError]:
        """Return the errors of a rejected operation, and check that no query ran."""
        before = self.api.query_counter.query_count
        with pytest.raises((RequestError, RequestErrors)) as error:
            self.execute(document, variables)
        assert self.api.query_counter.query_count == before
        if isinstance(error.value, RequestErrors):
            return list(error.value.errors)
        assert isinstance(error.value, RequestError)
        return [error.value]


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RejectingClient]:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with open_client(url, LIMITS) as api:
        yield RejectingClient(api)


@pytest.mark.parametrize("name", LIMIT_CASES)
def test_request_at_the_limit_is_answered_and_one_beyond_it_rejected(limited: RejectingClient, name: str) -> None:
    case = LIMIT_CASES[name]
    limit = getattr(LIMITS, case.limit)
    assert limited.execute(*case.build(limit))
    (error,) = limited.rejections(*case.build(limit + 1))
    assert isinstance(error, LimitExceeded)
    assert error.code == "LIMIT_EXCEEDED"
    # The message about the cost goes on with advice.
    assert error.message.startswith(case.error_message(limit))
    assert (error.limit, error.requested) == (limit, limit + 1 if case.is_counted else None)


def test_long_query_of_a_search_that_is_left_out_is_no_error(limited: RejectingClient) -> None:
    document = "query ($q: String!, $b: Boolean!) { search(query: $q) @include(if: $b) { totalCount } __typename }"
    assert limited.execute(document, {"q": "mayor", "b": True})["search"]["totalCount"]
    long = "a" * (LIMITS.search_chars + 1)
    assert limited.execute(document, {"q": long, "b": False}) == {"__typename": "Query"}
    (error,) = limited.rejections(document, {"q": long, "b": True})
    assert (error.code, str(LIMITS.search_chars) in error.message) == ("LIMIT_EXCEEDED", True)


def test_plain_list_costs_ten_rows(limited: RejectingClient) -> None:
    def document(articles: int) -> str:
        connection = f"articles(first: {articles}) {{ nodes {{ sections {{ blocks {{ __typename }} }} }} }}"
        return f"{{ x: {connection} y: {connection} }}"

    def cost(articles: int) -> int:
        return 2 * (articles + articles * 10 + articles * 10 * 10)

    assert cost(90) < LIMITS.cost < cost(91)
    limited.execute(document(90))
    (error,) = limited.rejections(document(91))
    assert isinstance(error, LimitExceeded)
    assert error.requested == cost(91)


@pytest.mark.slow
def test_response_size_has_a_maximum(tmp_path_factory: pytest.TempPathFactory) -> None:
    copies = 64
    keys = " ".join(f"k{at}: summary" for at in range(copies))
    document = f'{{ article(slug: "new") {{ title {keys} }} }}'
    url = create_sqlite_database(tmp_path_factory)

    def response_bytes(summary: int, title: int) -> int:
        """Return the size of the article's JSON for texts of these lengths."""
        article = next(article for article in ARTICLES if article.slug == "new")
        with open_write_engine(url) as engine:
            file = f"{summary:032}{title:032}"
            seed_articles(engine, [replace(article, sha256=file, summary="s" * summary, title="t" * title)])
        with open_client(url) as api:
            return len(json.dumps(api.execute(document)["article"], separators=(",", ":")))

    overhead = response_bytes(1, 1) - copies - 1
    summary, title = divmod(MAX_TEXT_BYTES - overhead - 1, copies)
    assert response_bytes(summary, title + 1) == MAX_TEXT_BYTES
    with pytest.raises(LimitExceeded, match=f"in bytes exceeds the limit: expected at most {MAX_TEXT_BYTES}"):
        response_bytes(summary, title + 2)


def test_directives_in_one_place_are_limited(limited: RejectingClient) -> None:
    def document(number: int) -> str:
        return f'{{ article(slug: "new") {{ slug {"@include(if: true) " * number} }} }}'

    # Validation rejects a repeated directive below the limit, because no directive is repeatable.
    assert {type(error) for error in limited.rejections(document(LIMITS.directives_in_one_place))} == {ValidationFailed}
    (error,) = limited.rejections(document(LIMITS.directives_in_one_place + 1))
    assert error.message == "The number of directives in one place exceeds the limit: got 11, expected at most 10."


@pytest.mark.parametrize(
    "document",
    [
        "query {} {{ __typename }}",
        "{{ ... {} {{ __typename }} }}",
        "{{ ...F {} }} fragment F on Query {{ __typename }}",
        "{{ ...F }} fragment F on Query {} {{ __typename }}",
        "{{ articles {{ nodes {{ sections {{ slug {} }} }} }} }}",
        "{{ __schema {{ types {{ name {} }} }} }}",
    ],
)
def test_directives_are_counted_in_all_places(limited: RejectingClient, document: str) -> None:
    (error,) = limited.rejections(document.format("@a " * 11))
    assert error.message == "The number of directives in one place exceeds the limit: got 11, expected at most 10."


def test_all_exceeded_limits_are_reported(limited: RejectingClient) -> None:
    keys = " ".join(f"k{at}: __typename @skip(if: true)" for at in range(101))
    quantities = [error.message.partition(" exceeds ")[0] for error in limited.rejections(f"{{ {keys} }}")]
    assert quantities == ["The number of aliases", "The number of root fields", "The number of directives"]


def test_validation_rejects_a_fragment_that_spreads_itself(limited: RejectingClient) -> None:
    errors = limited.rejections("{ ...F } fragment F on Query { __typename ...G } fragment G on Query { ...F }")
    assert {type(error) for error in errors} == {ValidationFailed}


def test_nested_fragments_are_measured_once(limited: RejectingClient) -> None:
    doubling = " ".join(f"fragment F{at} on Query {{ ...F{at + 1} ...F{at + 1} }}" for at in range(60))
    (error, *_) = limited.rejections(f"{{ ...F0 }} {doubling} fragment F60 on Query {{ a: __typename }}")
    assert isinstance(error, LimitExceeded)
    assert error.requested == 2**60


CONTRADICTIONS = {
    "first and last": ("first: 1, last: 1", "got both first and last, expected at most one of them."),
    "first and last of nothing": ("first: 0, last: 0", "got both first and last, expected at most one of them."),
    "negative first": ("first: -1", "got first: -1, expected 0 or more."),
    "negative last": ("last: -1", "got last: -1, expected 0 or more."),
    "negative last and first": ("first: 1, last: -1", "got last: -1, expected 0 or more."),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_contradictory_page_arguments_are_rejected(limited: RejectingClient, name: str) -> None:
    arguments, message = CONTRADICTIONS[name]
    values = {key: int(value) for key, value in (argument.split(": ") for argument in arguments.split(", "))}
    from_variables = ", ".join(f"{key}: ${key}" for key in values)
    for document, variables in (
        (f"{{ parties({arguments}) {{ totalCount }} }}", {}),
        (f'{{ party(slug: "nobody") {{ stances({arguments}) {{ __typename }} }} }}', {}),
        (
            f"query ($first: Int, $last: Int) {{ p: parties({from_variables}) {{ nodes {{ id }} }} ...F }}" + UNUSED,
            values,
        ),
    ):
        (error,) = limited.rejections(document, variables)
        assert isinstance(error, InvalidPage)
        assert error.code == "INVALID_PAGE"
        assert error.message == f"Invalid page: {message}"


UNUSED = " fragment F on Query { u: measures(first: $first, last: $last) @include(if: false) { totalCount } }"


def test_first_may_be_combined_with_null_last(limited: RejectingClient) -> None:
    assert limited.execute("{ parties(first: 1, last: null) { nodes { slug } } }") == {
        "parties": {"nodes": [{"slug": "city-council"}]}
    }


def test_number_of_errors_is_limited(limited: RejectingClient) -> None:
    document = "query ($slugs: [String!]) { articles(where: { slug: $slugs }) { totalCount } }"
    assert len(limited.rejections(document, {"slugs": [1] * 100})) == LIMITS.errors
    assert len(limited.rejections(document, {"slugs": [1] * 101})) == LIMITS.errors
    assert len(limited.rejections(f'{{ article(slug: "new") {{ {"nothing " * 150} }} }}')) == LIMITS.errors


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RejectingClient]:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with open_client(url, replace(LIMITS, page_size=2, introspection_values=3)) as api:
        yield RejectingClient(api)


def test_default_page_size_respects_the_limit(strict: RejectingClient) -> None:
    assert len(strict.execute("{ parties { nodes { id } } }")["parties"]["nodes"]) == 2


def test_values_of_introspection_are_limited(strict: RejectingClient) -> None:
    assert strict.execute("{ __schema { queryType { name } } }") == {"__schema": {"queryType": {"name": "Query"}}}
    (error,) = strict.rejections("{ __schema { queryType { name kind } } }")
    assert isinstance(error, LimitExceeded)
    assert error.message == ("The number of values in an introspection response exceeds the limit: expected at most 3.")


def test_length_of_the_sql_is_limited(limited: RejectingClient) -> None:
    ids = [f"{type_name}:x" for type_name in ("Stance", "Measure", "Approach", "Role", "Challenge", "Point")]
    nodes = "nodes(ids: $ids) { id ... on Statement { article { points { id label text html section { slug } } } } }"

    def document(times: int) -> str:
        return f"query ($ids: [ID!]!) {{ {' '.join(f'k{number}: {nodes}' for number in range(times))} }}"

    assert limited.execute(document(10), {"ids": ids})["k9"] == [None] * 6
    (error,) = limited.rejections(document(50), {"ids": ids})
    assert isinstance(error, LimitExceeded)
    assert (error.limit, "The length of the SQL" in error.message) == (LIMITS.sql_chars, True)


def test_repeated_fragments_are_collected_once(limited: RejectingClient) -> None:
    fragments = [
        f"fragment F{number} on Article {{ {' '.join(f'...F{other}' for other in range(number + 1, 40))} slug }}"
        for number in range(40)
    ]
    document = f'{{ article(slug: "new") {{ ...F0 }} }} {" ".join(fragments)}'
    assert limited.execute(document) == {"article": {"slug": "new"}}


def test_long_chain_of_fragments_is_rejected(limited: RejectingClient) -> None:
    chain = [f"fragment F{number} on Query {{ ...F{number + 1} }}" for number in range(1_000)]
    document = f"{{ ...F0 }} {' '.join(chain)} fragment F1000 on Query {{ __typename }}"
    (error,) = limited.rejections(document)
    assert (error.code, error.message) == ("GRAPHQL_VALIDATION_FAILED", "The document nests too deeply.")


def test_selection_with_too_many_repeated_fields_is_rejected(limited: RejectingClient) -> None:
    (error,) = limited.rejections(f'{{ article(slug: "new") {{ {"title " * 5_000} }} }}')
    assert (error.code, "selects the same field too often" in error.message) == ("GRAPHQL_VALIDATION_FAILED", True)


def test_null_for_a_non_null_argument_of_introspection_is_rejected(limited: RejectingClient) -> None:
    for document, variables in (
        ("query ($b: Boolean = true) { __schema { queryType { name @include(if: $b) } } }", {"b": None}),
        ('query ($n: String = "Article") { __type(name: $n) { name } }', {"n": None}),
    ):
        (error,) = limited.rejections(document, variables)
        assert error.code == "BAD_USER_INPUT"


@pytest.mark.slow
def test_document_larger_than_the_cache_is_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    slugs = '"new" ' * (DOCUMENT_CACHE_BYTES // BYTES_PER_TOKEN)
    with open_client(url, replace(LIMITS, tokens=100_000)) as api:
        assert (
            api.execute(f"{{ articles(where: {{ slug: [{slugs}] }}) {{ totalCount }} }}")["articles"]["totalCount"] == 1
        )
