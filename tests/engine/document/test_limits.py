"""What one request may ask for at most: just so much is answered, and one more refused before execution."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest

from counterpoint.engine.document.documents import BYTES_PER_TOKEN
from counterpoint.engine.engine import DOCUMENT_CACHE_BYTES
from counterpoint.errors import InvalidPage, LimitExceeded, RequestError, RequestErrors, ValidationFailed
from counterpoint.store.sqlite_connections import MAX_TEXT_BYTES
from support.database_helpers import (
    DEFAULT_LIMITS,
    EngineClient,
    create_sqlite_database,
    open_client,
    open_write_engine,
    seed_articles,
)
from support.limit_queries import LIMIT_CASES, Request
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator


LIMITS = DEFAULT_LIMITS


@dataclass(frozen=True)
class Limited:
    """The engine with the limits that it has unless told otherwise."""

    api: EngineClient

    def execute(self, document: str, variables: dict[str, Any] | None = None) -> Any:
        """Give the data of an answer."""
        return self.api.execute(document, variables)

    def rejections(self, document: str, variables: dict[str, Any] | None = None) -> list[RequestError]:
        """Give the reasons why an operation is refused, which no statement was run for."""
        before = self.api.query_counter.query_count
        with pytest.raises((RequestError, RequestErrors)) as refused:
            self.execute(document, variables)
        assert self.api.query_counter.query_count == before
        if isinstance(refused.value, RequestErrors):
            return list(refused.value.errors)
        assert isinstance(refused.value, RequestError)
        return [refused.value]


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Limited]:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with open_client(url, LIMITS) as api:
        yield Limited(api)


@pytest.mark.parametrize("name", LIMIT_CASES)
def test_just_as_much_as_allowed_is_answered_and_one_more_refused(limited: Limited, name: str) -> None:
    demand = LIMIT_CASES[name]
    most = getattr(LIMITS, demand.limit)
    assert limited.execute(*demand.write(most))
    (error,) = limited.rejections(*demand.write(most + 1))
    assert isinstance(error, LimitExceeded)
    assert error.code == "LIMIT_EXCEEDED"
    assert error.message == demand.error_message(most)
    assert (error.limit, error.requested) == (most, most + 1 if demand.is_counted else None)


def cost_of_plain_lists(number: int) -> Request:
    rest = number - (180 + 180 * 10 * 10 + 180 * 10)
    more = f"measures(first: {rest}) {{ totalCount }}" if rest else ""
    two = " ".join(
        f"a{at}: articles(first: 90) {{ nodes {{ sections {{ blocks {{ __typename }} }} }} }}" for at in "xy"
    )
    return f"{{ {two} {more} }}", {}


def test_plain_list_costs_ten_rows(limited: Limited) -> None:
    most = 2 * (90 + 90 * 10 + 90 * 10 * 10)
    document, _ = cost_of_plain_lists(most)
    assert most < LIMITS.cost
    limited.execute(document)
    # Ten articles more cost ten, their sections a hundred, and the sections' blocks a thousand.
    (error,) = limited.rejections(document.replace("first: 90", "first: 91"))
    assert isinstance(error, LimitExceeded)
    assert error.requested == 2 * (91 + 91 * 10 + 91 * 10 * 10)


def test_answer_of_the_largest_size_is_given_and_none_larger(tmp_path_factory: pytest.TempPathFactory) -> None:
    copies = 64
    keys = " ".join(f"k{at}: summary" for at in range(copies))
    document = f'{{ article(slug: "new") {{ title {keys} }} }}'
    url = create_sqlite_database(tmp_path_factory)

    def written(summary: int, title: int) -> int:
        """Give the bytes of the article's JSON text when its texts are so long."""
        article = next(each for each in ARTICLES if each.slug == "new")
        with open_write_engine(url) as engine:
            file = f"{summary:032}{title:032}"
            seed_articles(engine, [replace(article, sha256=file, summary="s" * summary, title="t" * title)])
        with open_client(url) as api:
            return len(json.dumps(api.execute(document)["article"], separators=(",", ":")))

    around = written(1, 1) - copies - 1
    summary, title = divmod(MAX_TEXT_BYTES - around - 1, copies)
    assert written(summary, title + 1) == MAX_TEXT_BYTES
    with pytest.raises(LimitExceeded, match=f"in bytes exceeds the limit: expected at most {MAX_TEXT_BYTES}"):
        written(summary, title + 2)


def test_directives_in_one_place(limited: Limited) -> None:
    def asked(number: int) -> str:
        return f'{{ article(slug: "new") {{ slug {"@include(if: true) " * number} }} }}'

    # None of the directives that there are may stand in one place twice.
    assert {type(error) for error in limited.rejections(asked(LIMITS.directives_in_one_place))} == {ValidationFailed}
    (error,) = limited.rejections(asked(LIMITS.directives_in_one_place + 1))
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
def test_directives_are_counted_wherever_they_stand(limited: Limited, document: str) -> None:
    (error,) = limited.rejections(document.format("@a " * 11))
    assert error.message == "The number of directives in one place exceeds the limit: got 11, expected at most 10."


def test_every_limit_that_a_document_exceeds_is_told(limited: Limited) -> None:
    keys = " ".join(f"k{at}: __typename @skip(if: true)" for at in range(101))
    told = [error.message.partition(" exceeds ")[0] for error in limited.rejections(f"{{ {keys} }}")]
    assert told == ["The number of aliases", "The number of root fields", "The number of directives"]


def test_fragment_that_spreads_itself_is_refused_by_validation(limited: Limited) -> None:
    errors = limited.rejections("{ ...F } fragment F on Query { __typename ...G } fragment G on Query { ...F }")
    assert {type(error) for error in errors} == {ValidationFailed}


def test_fragments_within_fragments_cost_no_time(limited: Limited) -> None:
    doubling = " ".join(f"fragment F{at} on Query {{ ...F{at + 1} ...F{at + 1} }}" for at in range(60))
    (error, *_) = limited.rejections(f"{{ ...F0 }} {doubling} fragment F60 on Query {{ a: __typename }}")
    assert isinstance(error, LimitExceeded)
    assert error.requested == 2**60


PAGES = {
    "first and last": ("first: 1, last: 1", "got both first and last"),
    "first and last of nothing": ("first: 0, last: 0", "got both first and last"),
    "negative first": ("first: -1", "got first: -1, expected 0 or more"),
    "negative last": ("last: -1", "got last: -1, expected 0 or more"),
    "negative last and first": ("first: 1, last: -1", "got last: -1, expected 0 or more"),
}


@pytest.mark.parametrize("name", PAGES)
def test_page_that_contradicts_itself_is_refused(limited: Limited, name: str) -> None:
    arguments, message = PAGES[name]
    values = {key: int(value) for key, value in (each.split(": ") for each in arguments.split(", "))}
    given = ", ".join(f"{key}: ${key}" for key in values)
    for document, variables in (
        (f"{{ parties({arguments}) {{ totalCount }} }}", {}),
        (f'{{ party(slug: "nobody") {{ stances({arguments}) {{ __typename }} }} }}', {}),
        (f"query ($first: Int, $last: Int) {{ p: parties({given}) {{ nodes {{ id }} }} ...F }}" + UNUSED, values),
    ):
        (error,) = limited.rejections(document, variables)
        assert isinstance(error, InvalidPage)
        assert error.code == "INVALID_PAGE"
        assert error.message.startswith(message)


UNUSED = " fragment F on Query { u: measures(first: $first, last: $last) @include(if: false) { totalCount } }"


def test_first_beside_null_last_is_taken(limited: Limited) -> None:
    assert limited.execute("{ parties(first: 1, last: null) { nodes { slug } } }") == {
        "parties": {"nodes": [{"slug": "city-council"}]}
    }


def test_errors_are_a_hundred_at_most(limited: Limited) -> None:
    document = "query ($slugs: [String!]) { articles(where: { slug: $slugs }) { totalCount } }"
    assert len(limited.rejections(document, {"slugs": [1] * 100})) == LIMITS.errors
    assert len(limited.rejections(document, {"slugs": [1] * 101})) == LIMITS.errors
    assert len(limited.rejections(f'{{ article(slug: "new") {{ {"nothing " * 150} }} }}')) == LIMITS.errors


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Limited]:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with open_client(url, replace(LIMITS, page_size=2, introspection_values=3)) as api:
        yield Limited(api)


def test_default_page_is_no_larger_than_a_page_may_be(strict: Limited) -> None:
    assert len(strict.execute("{ parties { nodes { id } } }")["parties"]["nodes"]) == 2


def test_introspection_gives_as_many_values_as_allowed_and_no_more(strict: Limited) -> None:
    assert strict.execute("{ __schema { queryType { name } } }") == {"__schema": {"queryType": {"name": "Query"}}}
    (error,) = strict.rejections("{ __schema { queryType { name kind } } }")
    assert isinstance(error, LimitExceeded)
    assert error.message == ("The number of values in an introspection response exceeds the limit: expected at most 3.")


def test_statement_may_be_long_but_not_without_end(limited: Limited) -> None:
    ids = [f"{named}:x" for named in ("Stance", "Measure", "Approach", "Role", "Challenge", "Point")]
    nodes = "nodes(ids: $ids) { id ... on Statement { article { points { id label text html section { slug } } } } }"

    def document(times: int) -> str:
        return f"query ($ids: [ID!]!) {{ {' '.join(f'k{number}: {nodes}' for number in range(times))} }}"

    assert limited.execute(document(10), {"ids": ids})["k9"] == [None] * 6
    (error,) = limited.rejections(document(50), {"ids": ids})
    assert isinstance(error, LimitExceeded)
    assert (error.limit, "The length of the SQL" in error.message) == (LIMITS.sql_chars, True)


def test_fragments_that_spread_each_other_are_read_once(limited: Limited) -> None:
    fragments = [
        f"fragment F{number} on Article {{ {' '.join(f'...F{other}' for other in range(number + 1, 40))} slug }}"
        for number in range(40)
    ]
    document = f'{{ article(slug: "new") {{ ...F0 }} }} {" ".join(fragments)}'
    assert limited.execute(document) == {"article": {"slug": "new"}}


def test_long_chain_of_fragments_is_refused(limited: Limited) -> None:
    chain = [f"fragment F{number} on Query {{ ...F{number + 1} }}" for number in range(1_000)]
    document = f"{{ ...F0 }} {' '.join(chain)} fragment F1000 on Query {{ __typename }}"
    (error,) = limited.rejections(document)
    assert (error.code, error.message) == ("GRAPHQL_VALIDATION_FAILED", "The document nests too deeply.")


def test_selection_that_repeats_itself_without_end_is_refused(limited: Limited) -> None:
    (error,) = limited.rejections(f'{{ article(slug: "new") {{ {"title " * 5_000} }} }}')
    assert (error.code, "selects the same field too often" in error.message) == ("GRAPHQL_VALIDATION_FAILED", True)


def test_null_where_introspection_takes_none_is_refused(limited: Limited) -> None:
    for document, variables in (
        ("query ($b: Boolean = true) { __schema { queryType { name @include(if: $b) } } }", {"b": None}),
        ('query ($n: String = "Article") { __type(name: $n) { name } }', {"n": None}),
    ):
        (error,) = limited.rejections(document, variables)
        assert error.code == "BAD_USER_INPUT"


def test_document_too_large_to_be_remembered_is_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    slugs = '"new" ' * (DOCUMENT_CACHE_BYTES // BYTES_PER_TOKEN)
    with open_client(url, replace(LIMITS, tokens=100_000)) as api:
        assert (
            api.execute(f"{{ articles(where: {{ slug: [{slugs}] }}) {{ totalCount }} }}")["articles"]["totalCount"] == 1
        )
