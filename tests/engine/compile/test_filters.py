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


@pytest.mark.parametrize("condition", ["label: {}", "label: { eq: null }", "label: null", "and: []", "article: {}"])
def test_empty_condition_matches_everything(api: EngineClient, condition: str) -> None:
    data = api.execute(f"{{ all: points {{ totalCount }} points(where: {{ {condition} }}) {{ totalCount }} }}")
    assert data["points"] == data["all"]


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
        ("from: null, to: null", ["new", "old", "undated"]),
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
