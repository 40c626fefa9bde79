"""Filters at their limits: deep or large filters are answered or rejected, and never fail in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from counterpoint.errors import BadUserInput, LimitExceeded, RequestErrors
from support.database_helpers import DATABASE_KINDS, EngineClient, open_seeded_client
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

DOCUMENT = "query ($where: PartyFilter) { parties(where: $where) { totalCount } }"


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


def count_parties(api: EngineClient, where: Any) -> Any:
    """Return how many parties match; None if the filter exceeds a limit."""
    try:
        return api.execute(DOCUMENT, {"where": where})["parties"]["totalCount"]
    except LimitExceeded:
        return None


def nested(keys: list[str], innermost: dict[str, Any]) -> dict[str, Any]:
    where = innermost
    for key in reversed(keys):
        where = {key: [where] if key in ("and", "or") else where}
    return where


JUDGES = {"slug": ["judges"]}
DEEP = {
    "not": nested(["not"] * 80, JUDGES),
    "or": nested(["or"] * 45, JUDGES),
    "and": nested(["and"] * 45, JUDGES),
    "relations": nested(["articles", "parties"] * 10, JUDGES),
}


@pytest.mark.parametrize("name", DEEP)
def test_filter_may_nest_two_levels(api: EngineClient, name: str) -> None:
    key = {"relations": ["articles", "parties"]}.get(name, [name])
    assert count_parties(api, nested(key * 2, JUDGES)) in (1, 4)


@pytest.mark.parametrize("name", DEEP)
def test_deeply_nested_filter_is_answered_or_rejected(api: EngineClient, name: str) -> None:
    assert count_parties(api, DEEP[name]) in (None, 1, 4)


def test_list_of_9000_values_is_answered(api: EngineClient) -> None:
    assert count_parties(api, {"slug": ["judges"] * 9_000}) == 1


@pytest.mark.parametrize("key", ["and", "or"])
def test_filter_of_2000_operands_is_answered_or_rejected(api: EngineClient, key: str) -> None:
    assert count_parties(api, {key: [JUDGES] * 2_000}) in (None, 1)


def test_null_order_is_rejected(api: EngineClient) -> None:
    for document in (
        "query ($order: PartyOrder) { parties(orderBy: $order) { totalCount } }",
        "query ($order: PartyOrder = null) { parties(orderBy: $order) { totalCount } }",
    ):
        with pytest.raises(BadUserInput):
            api.execute(document, {"order": None})


NOTHING_GIVEN = [
    "{}",
    "{ slug: null, title: null, parties: null, and: null, or: null, not: null }",
    "{ title: {}, published: {} }",
    "{ title: { eq: null, in: null, startsWith: null }, published: { from: null, to: null } }",
    "{ parties: {} }",
    "{ parties: { slug: null, name: { eq: null }, stances: { measures: { text: {} } } } }",
    "{ not: {} }",
    "{ not: { slug: null } }",
    "{ not: { not: { parties: { slug: null } } } }",
    "{ and: [] }",
    "{ and: [{}, { slug: null }] }",
    "{ or: [{}] }",
    "{ or: [{ slug: null }, { parties: { or: [{ slug: null }] } }] }",
    "{ not: { or: [{ slug: null }, { and: [] }] } }",
]


@pytest.mark.parametrize("where", NOTHING_GIVEN)
def test_filter_in_which_nothing_is_given_is_as_absent(api: EngineClient, where: str) -> None:
    document = f"""{{ articles(where: {where}) {{ nodes {{ slug }} }}
        search(query: "mayor", where: {where}) {{ totalCount }} all: search(query: "mayor") {{ totalCount }}
        parties(where: {{ articles: {where} }}) {{ totalCount }} }}"""
    data = api.execute(document)
    assert data["articles"]["nodes"] == [{"slug": slug} for slug in ("new", "old", "undated")]
    assert data["search"] == data["all"]
    assert data["parties"]["totalCount"] == 4


JUDGES_ONLY = {"names": ["judges"]}


@pytest.mark.parametrize(
    ("where", "variables", "slugs"),
    [
        # A relation in which nothing is given demands no related object: two articles have no policy area.
        ("{ policyAreas: { slug: $names } }", {}, ["new", "old", "undated"]),
        ("{ policyAreas: { slug: $names } }", {"names": None}, ["new", "old", "undated"]),
        ("{ policyAreas: { and: [{ slug: $names }, { name: { in: $names } }] } }", {}, ["new", "old", "undated"]),
        ("{ policyAreas: { slug: $names } }", {"names": []}, []),
        # Absent items of `and` do not matter.
        ("{ and: [{ slug: $slugs }, { parties: { slug: $names } }] }", JUDGES_ONLY, ["undated"]),
        ("{ slug: $slugs, parties: { slug: $names, name: { eq: null } } }", JUDGES_ONLY, ["undated"]),
        # An absent item of `or` makes it match everything.
        ("{ or: [{ slug: $slugs }, { parties: { slug: $names } }] }", JUDGES_ONLY, ["new", "old", "undated"]),
        ("{ not: { or: [{ slug: $slugs }, { parties: { slug: $names } }] } }", JUDGES_ONLY, []),
        # The object in the relation has a condition, though it matches every policy area.
        ("{ policyAreas: { or: [{ slug: $slugs }, { slug: $names }] } }", JUDGES_ONLY, ["new"]),
        # An empty `or` and an empty list of values match nothing.
        ("{ or: [] }", {}, []),
        ("{ not: { or: [] } }", {}, ["new", "old", "undated"]),
        ("{ parties: { or: [], slug: $names } }", {}, []),
        ("{ slug: $slugs, not: { slug: $names } }", {"slugs": []}, []),
        ("{ not: { parties: { slug: $slugs } } }", {"slugs": []}, ["new", "old", "undated"]),
        ("{ title: { in: $names, eq: null } }", {"names": []}, []),
        # `not` of an object in which nothing is given is as absent; other keys beside it stay.
        ("{ slug: $slugs, not: { parties: { slug: $names } } }", {"slugs": ["old"]}, ["old"]),
    ],
)
def test_absent_variables_leave_the_rest_of_a_filter(
    api: EngineClient, where: str, variables: dict[str, Any], slugs: list[str]
) -> None:
    declared = " ".join(f"{name}: [String!]" for name in ("$slugs", "$names") if name in where)
    document = f"query {f'({declared})' * bool(declared)} {{ articles(where: {where}) {{ nodes {{ slug }} }} }}"
    assert api.execute(document, variables)["articles"]["nodes"] == [{"slug": slug} for slug in slugs]


def test_one_document_serves_every_choice_of_facets(api: EngineClient) -> None:
    document = "query ($where: ArticleFilter) { articles(where: $where) { nodes { slug } } }"
    cases: list[tuple[Any, list[str]]] = [
        ({"parties": {"slug": ["judges"]}}, ["undated"]),
        ({"parties": {"slug": None}}, ["new", "old", "undated"]),
        ({"and": [{}, {"slug": ["old"]}]}, ["old"]),
        ({"and": [{"slug": ["new"]}, {}]}, ["new"]),
        ({"and": [{"parties": {"slug": None}}, {"slug": ["old", "new"]}, {}]}, ["new", "old"]),
        ({"or": [{"slug": ["old"]}, {"slug": ["new"]}]}, ["new", "old"]),
        ({"or": [{"slug": ["old"]}, {"slug": None}]}, ["new", "old", "undated"]),
        (None, ["new", "old", "undated"]),
    ]
    for where, slugs in [*cases, *reversed(cases)]:
        assert api.execute(document, {"where": where})["articles"]["nodes"] == [{"slug": slug} for slug in slugs]


def test_absent_conditions_do_not_count_towards_the_limits(api: EngineClient) -> None:
    deep = nested(["not"] * 60, {"slug": None})
    assert count_parties(api, {"and": [{}] * 5_000, "not": deep, **JUDGES}) == 1


@pytest.mark.parametrize("condition", ['eq: "nothing"', "in: []", 'startsWith: "x"', 'eq: "\\u0000"'])
def test_not_matches_absent_values(api: EngineClient, condition: str) -> None:
    data = api.execute(f"{{ points(where: {{ not: {{ label: {{ {condition} }} }} }}) {{ nodes {{ label }} }} }}")
    assert None in [point["label"] for point in data["points"]["nodes"]]


def test_empty_prefix_matches_only_present_labels(api: EngineClient) -> None:
    data = api.execute('{ points(where: { label: { startsWith: "" } }) { nodes { label } } }')
    assert sorted(point["label"] for point in data["points"]["nodes"]) == ["Label", "Other", "Wait"]


@pytest.mark.parametrize(
    ("date_range", "slugs"),
    [
        ('from: "2019-07-16"', ["new", "old"]),
        ('from: "2019-07-17"', ["new"]),
        ('to: "2019-07-16"', ["old"]),
        ('to: "2019-07-15"', []),
        ('from: "2019-07-16", to: "2019-07-16"', ["old"]),
        ('from: "2021-01-31", to: "9999-12-31"', ["new"]),
        ('from: "2021-02-01", to: "2019-01-01"', []),
    ],
)
def test_date_range_includes_both_ends(api: EngineClient, date_range: str, slugs: list[str]) -> None:
    selection = "articles(where: { published: { %s } }) { nodes { slug } }" % date_range  # noqa: UP031  # an f-string would double all braces
    data = api.execute(
        f"{{ {selection} negated: {selection.replace('{ published', '{ not: { published').replace('})', '} })')} }}"
    )
    assert data["articles"]["nodes"] == [{"slug": slug} for slug in slugs]
    others = [slug for slug in ("new", "old", "undated") if slug not in slugs]
    assert data["negated"]["nodes"] == [{"slug": slug} for slug in others]


@pytest.mark.parametrize(
    "day",
    ["20190716", "2019-W29-2", "2019-7-16", "2019-02-29", "2019-07-16T00:00", "", "\u0662\u0660\u0661\u0669-07-16"],
)
def test_date_has_one_format(api: EngineClient, day: str) -> None:
    literal = f'{{ articles(where: {{ published: {{ from: "{day}" }} }}) {{ totalCount }} }}'
    bound = "query ($day: Date) { articles(where: { published: { from: $day } }) { totalCount } }"
    for document, code in ((literal, "GRAPHQL_VALIDATION_FAILED"), (bound, "BAD_USER_INPUT")):
        with pytest.raises(RequestErrors) as error_info:
            api.execute(document, {"day": day} if document is bound else {})
        (error,) = error_info.value.errors
        assert error.code == code
        assert "Invalid Date: expected a calendar date in the format YYYY-MM-DD." in error.message
        assert error.locations


@pytest.mark.parametrize(
    ("condition", "slugs"),
    [
        ('authors: ["A. Writer"]', ["old"]),
        ('authors: ["  a.   WRITER", "nobody"]', ["old"]),
        ('authors: ["\uff22. Writer"]', ["old"]),
        ('authors: "B. Writer"', ["old"]),
        ('authors: ["A.", "Writer", "", "\\u0000"]', []),
        ("authors: []", []),
        ("authors: null", ["new", "old", "undated"]),
        ("not: { authors: [] }", ["new", "old", "undated"]),
        ('not: { authors: ["A. Writer"] }', ["new", "undated"]),
        ('or: [{ authors: ["B. Writer"] }, { slug: ["new"] }]', ["new", "old"]),
        ('parties: { slug: ["the-mayor"], articles: { authors: ["a. writer"] } }', ["new", "old", "undated"]),
        ('parties: { slug: ["judges"], articles: { authors: ["a. writer"] } }', []),
    ],
)
def test_articles_are_filtered_by_authors(api: EngineClient, condition: str, slugs: list[str]) -> None:
    data = api.execute(f"{{ articles(where: {{ {condition} }}) {{ nodes {{ slug }} }} }}")
    assert data["articles"]["nodes"] == [{"slug": slug} for slug in slugs]
