"""Connections: pages of any size cover each list completely and once; invalid page arguments are rejected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from graphql import GraphQLObjectType, get_named_type

from counterpoint.errors import BadUserInput, InvalidCursor, InvalidPage, LimitExceeded, RequestErrors
from support.article_strategies import with_content_hash
from support.database_helpers import (
    DATABASE_KINDS,
    EngineClient,
    open_client,
    open_seeded_client,
    open_write_engine,
    seed_articles,
)
from support.sample_articles import ARTICLES
from support.selections import CONNECTION_FIELDS, SERVED_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

NESTED = {
    f"{declared.name}.{name}": (f"{declared.name[0].lower()}{declared.name[1:]}", name)
    for declared in SERVED_SCHEMA.type_map.values()
    if isinstance(declared, GraphQLObjectType) and declared is not SERVED_SCHEMA.query_type
    for name, field in declared.fields.items()
    if get_named_type(field.type).name.endswith("Connection")
}
SLUGS = {"party": "the-mayor", "government": "city", "policyArea": "safety", "group": "activists"}
INFO = "totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
PAGE = f"edges {{ cursor node {{ id }} }} nodes {{ id }} {INFO}"


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


def walk(api: EngineClient, document: str, *path: str, size: int) -> Iterator[dict[str, Any]]:
    """Yield all pages in turn."""
    after = None
    while True:
        page = api.execute(document, {"first": size, "after": after})
        for key in path:
            page = page[key]
        yield page
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]


def assert_pages_cover_list(api: EngineClient, document: str, *path: str) -> None:
    """Read a list in pages of every size, and compare with the list on one page."""
    (whole,) = walk(api, document, *path, size=100)
    ids = [edge["node"]["id"] for edge in whole["edges"]]
    assert len(ids) == len(set(ids)) == whole["totalCount"] > 0
    for size in range(1, len(ids) + 2):
        pages = list(walk(api, document, *path, size=size))
        assert [edge for page in pages for edge in page["edges"]] == whole["edges"]
        assert len(pages) == -(-len(ids) // size)
        for number, page in enumerate(pages):
            assert page["nodes"] == [edge["node"] for edge in page["edges"]]
            assert page["totalCount"] == len(ids)
            assert page["pageInfo"] == {
                "hasNextPage": number < len(pages) - 1,
                "hasPreviousPage": number > 0,
                "startCursor": page["edges"][0]["cursor"],
                "endCursor": page["edges"][-1]["cursor"],
            }


@pytest.mark.parametrize("name", CONNECTION_FIELDS)
def test_pages_of_any_size_cover_all_objects_once(api: EngineClient, name: str) -> None:
    document = f"query ($first: Int, $after: String) {{ {name}(first: $first, after: $after) {{ {PAGE} }} }}"
    assert_pages_cover_list(api, document, name)


@pytest.mark.parametrize("name", NESTED)
def test_pages_of_any_size_cover_a_list_below_an_object_once(api: EngineClient, name: str) -> None:
    parent, field = NESTED[name]
    document = (
        f'query ($first: Int, $after: String) {{ {parent}(slug: "{SLUGS[parent]}") '
        f"{{ {field}(first: $first, after: $after) {{ {PAGE} }} }} }}"
    )
    assert_pages_cover_list(api, document, parent, field)


@pytest.mark.parametrize("name", CONNECTION_FIELDS)
def test_last_page_is_the_same_for_any_selection(api: EngineClient, name: str) -> None:
    whole = api.execute(f"{{ {name} {{ edges {{ cursor node {{ id }} }} }} }}")[name]["edges"]
    page = api.execute(f"{{ {name}(last: 2) {{ {PAGE} }} alone: {name}(last: 2) {{ nodes {{ id }} }} }}")
    assert page[name]["edges"] == whole[-2:]
    assert page[name]["nodes"] == page["alone"]["nodes"] == [edge["node"] for edge in whole[-2:]]


def test_last_page_keeps_its_order_with_joined_parents(api: EngineClient) -> None:
    node = "text party { name }"
    whole = api.execute(f"{{ measures {{ nodes {{ {node} }} }} }}")["measures"]["nodes"]
    data = api.execute(f"{{ measures(last: 3) {{ nodes {{ {node} }} edges {{ node {{ {node} }} }} }} }}")["measures"]
    assert data["nodes"] == [edge["node"] for edge in data["edges"]] == whole[-3:]


def test_default_page_size_is_twenty(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> None:
    many = [with_content_hash(replace(ARTICLES[2], path=f"{number}.md", slug=f"a{number}")) for number in range(21)]
    for kind in DATABASE_KINDS:
        with open_seeded_client(kind, postgresql, tmp_path_factory, many) as api:
            page = "nodes { slug } pageInfo { hasNextPage }"
            data = api.execute(f"{{ none: articles {{ {page} }} null: articles(first: null) {{ {page} }} }}")
            for connection in data.values():
                assert len(connection["nodes"]) == 20
                assert connection["pageInfo"] == {"hasNextPage": True}


def test_page_of_size_zero_knows_the_rows_around_it(api: EngineClient) -> None:
    ends = api.execute("{ first: parties(first: 1) { edges { cursor } } last: parties { pageInfo { endCursor } } }")
    first, last = ends["first"]["edges"][0]["cursor"], ends["last"]["pageInfo"]["endCursor"]
    data = api.execute(
        "query ($first: String, $last: String) {"
        f" start: parties(first: 0) {{ {PAGE} }}"
        f" middle: parties(first: 0, after: $first) {{ {PAGE} }}"
        f" end: parties(first: 0, after: $last) {{ {PAGE} }} }}",
        {"first": first, "last": last},
    )
    for name, following, preceding in (("start", True, False), ("middle", True, True), ("end", False, True)):
        assert data[name] == {
            "nodes": [],
            "edges": [],
            "totalCount": 4,
            "pageInfo": {
                "hasNextPage": following,
                "hasPreviousPage": preceding,
                "startCursor": None,
                "endCursor": None,
            },
        }


def test_total_count_ignores_the_cursor(api: EngineClient) -> None:
    cursor = api.execute("{ measures(first: 2) { pageInfo { endCursor } } }")["measures"]["pageInfo"]["endCursor"]
    data = api.execute("query ($after: String) { measures(after: $after) { totalCount } }", {"after": cursor})
    assert data == {"measures": {"totalCount": 5}}


def test_cursor_is_valid_without_selected_rows(api: EngineClient) -> None:
    cursor = api.execute("{ measures(first: 2) { pageInfo { endCursor } } }")["measures"]["pageInfo"]["endCursor"]
    data = api.execute("query ($after: String) { measures(after: $after) { __typename } }", {"after": cursor})
    assert data == {"measures": {"__typename": "MeasureConnection"}}


@pytest.mark.parametrize("size", [-1, -100, -(2**31)])
def test_negative_page_size_is_rejected(api: EngineClient, size: int) -> None:
    with pytest.raises(InvalidPage, match=f"got first: {size}, expected 0 or more"):
        api.execute(f"{{ parties(first: {size}) {{ totalCount }} }}")
    with pytest.raises(InvalidPage):
        api.execute("query ($first: Int) { parties(first: $first) { totalCount } }", {"first": size})


@pytest.mark.parametrize("size", [101, 2**31 - 1])
def test_page_size_over_a_hundred_is_rejected_with_limit_and_size(api: EngineClient, size: int) -> None:
    with pytest.raises(LimitExceeded) as error_info:
        api.execute(f"{{ articles {{ nodes {{ parties {{ stances(first: {size}) {{ totalCount }} }} }} }} }}")
    assert (error_info.value.limit, error_info.value.requested) == (100, size)
    with pytest.raises(LimitExceeded):
        api.execute("query ($first: Int) { parties(first: $first) { totalCount } }", {"first": size})


def test_page_size_beyond_an_int_is_rejected(api: EngineClient) -> None:
    with pytest.raises(RequestErrors) as error_info:
        api.execute("query ($first: Int) { parties(first: $first) { totalCount } }", {"first": 2**31})
    assert [type(error) for error in error_info.value.errors] == [BadUserInput]


def test_page_size_with_more_digits_than_python_reads_is_rejected(api: EngineClient) -> None:
    with pytest.raises(RequestErrors) as error_info:
        api.execute(f"{{ parties(first: {'9' * 5_000}) {{ totalCount }} }}")
    assert [error.message for error in error_info.value.errors] == [
        "Int cannot represent non 32-bit signed integer value."
    ]


def damage_cursor(cursor: str, other: str) -> dict[str, str]:
    """Return damaged versions of a measure's cursor; `other` is a cursor of another type."""
    return {
        "empty": "",
        "word": "abc",
        "space": " ",
        "another type": other,
        "without a digit": cursor[:-1],
        "longer": cursor + "00",
        "doubled": cursor * 2,
        "in lower case": cursor.lower(),
        "spaced": f" {cursor}",
        "broken": f"{cursor}\n",
        "NUL": f"{cursor}\0",
        "lone surrogate": f"{cursor}\ud800",
        "other digits": cursor.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
        "tag alone": cursor[:6],
        "sign": cursor[:6] + b"+".hex().upper() + cursor[6:],
        "leading zero": cursor[:6] + b"0".hex() + cursor[6:],
        "huge number": cursor[:6] + (b"9" * 30 + b" a").hex().upper(),
        "endless number": cursor[:6] + (b"9" * 10_000 + b" a").hex().upper(),
        "no UTF-8": cursor[:6] + "FF" + cursor[6:],
        "NUL within": cursor + "00",
        "emoji": "😀",
        "very long": "A" * 100_000,
    }


def test_damaged_or_foreign_cursor_is_invalid(api: EngineClient) -> None:
    data = api.execute("{ measures(first: 1) { edges { cursor } } parties(first: 1) { edges { cursor } } }")
    cursor, other = (data[name]["edges"][0]["cursor"] for name in ("measures", "parties"))
    document = "query ($after: String) { measures(after: $after) { nodes { id } } }"
    assert len(api.execute(document, {"after": cursor})["measures"]["nodes"]) == 4
    for damage, wrong in damage_cursor(cursor, other).items():
        with pytest.raises(InvalidCursor):
            pytest.fail(f"{damage}: {api.execute(document, {'after': wrong})}")


def test_truncated_cursor_is_invalid(api: EngineClient) -> None:
    (edge,) = api.execute("{ measures(first: 1) { edges { cursor } } }")["measures"]["edges"]
    for length in range(len(edge["cursor"])):
        with pytest.raises(InvalidCursor):
            api.execute(f'{{ measures(after: "{edge["cursor"][:length]}") {{ totalCount }} }}')


def test_damaged_cursor_is_invalid_in_every_place(api: EngineClient) -> None:
    for document in (
        '{ parties(after: "") { nodes { id } } }',
        '{ parties(after: "") { totalCount } }',
        '{ parties(after: "") { __typename } }',
        '{ parties(first: 0, after: "x") { pageInfo { hasNextPage } } }',
        '{ articles { nodes { parties { stances(after: "x") { nodes { id } } } } } }',
        '{ party(slug: "nobody") { stances(after: "x") { nodes { id } } } }',
    ):
        with pytest.raises(InvalidCursor):
            pytest.fail(f"{document}: {api.execute(document)}")


def test_cursor_error_names_type_and_order(api: EngineClient) -> None:
    with pytest.raises(
        InvalidCursor,
        match="Invalid cursor '': expected one that a connection of type Party returned with orderBy NAME_ASC",
    ):
        api.execute('{ parties(after: "") { nodes { id } } }')


def test_cursor_of_one_parent_is_valid_for_another(api: EngineClient) -> None:
    cursor = api.execute("{ stances { edges { cursor node { party { slug } text } } } }")["stances"]["edges"][1]
    assert cursor["node"] == {"party": {"slug": "city-council"}, "text": "Is split"}
    data = api.execute(
        'query ($after: String) { party(slug: "the-mayor") { stances(after: $after) { nodes { text } totalCount } } }',
        {"after": cursor["cursor"]},
    )
    assert data["party"]["stances"] == {
        "nodes": [{"text": "Was against"}, {"text": "Was against, again"}, {"text": "Undecided"}],
        "totalCount": 4,
    }


def test_cursor_survives_the_next_seeding(database_url: str) -> None:
    old, new, undated = ARTICLES
    document = "query ($after: String) { stances(first: 2, after: $after) { edges { cursor node { text } } } }"
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, [old, undated])
        first = api.execute(document)["stances"]["edges"]
        assert [edge["node"]["text"] for edge in first] == ["Was against", "Was for"]
        seed_articles(engine, [undated, new, old])
        rest = api.execute(document, {"after": first[-1]["cursor"]})["stances"]["edges"]
        assert [edge["node"]["text"] for edge in rest] == ["Was against, again", "Undecided"]
        assert api.execute(document, {"after": first[0]["cursor"]})["stances"]["edges"][0] == first[1]
        seed_articles(engine, [undated])
        gone = api.execute(document, {"after": first[-1]["cursor"]})["stances"]["edges"]
        assert [edge["node"]["text"] for edge in gone] == ["Undecided", "Apart"]


def test_articles_are_ordered_by_their_last_change(database_url: str) -> None:
    dates: list[tuple[str, date | None, date | None]] = [
        ("published-late", date(2022, 3, 3), None),
        ("updated-last", date(2019, 7, 16), date(2023, 1, 1)),
        ("b-same-day", None, date(2020, 1, 1)),
        ("a-same-day", date(2020, 1, 1), None),
        ("undated", None, None),
        ("a-undated", None, None),
    ]
    articles = [
        with_content_hash(replace(ARTICLES[0], path=f"{slug}.md", slug=slug, published=published, updated=updated))
        for slug, published, updated in dates
    ]
    slugs = ["updated-last", "published-late", "a-same-day", "b-same-day", "a-undated", "undated"]
    variables = "$first: Int, $after: String"
    root = f"query ({variables}) {{ articles(first: $first, after: $after, orderBy: ORDER) {{ {PAGE} }} }}"
    child = root.replace("{ articles", '{ party(slug: "governor") { articles', 1) + " }"
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, articles)
        for order, expected in (("UPDATED_DESC", slugs), ("UPDATED_ASC", slugs[::-1])):
            for document, *path in ((root, "articles"), (child, "party", "articles")):
                pages = walk(api, document.replace("ORDER", order), *path, size=2)
                ids = [node["id"] for page in pages for node in page["nodes"]]
                assert ids == [f"Article:{slug}" for slug in expected]
        since = '{ articles(where: { updated: { from: "2020-01-01", to: "2022-12-31" } }) { nodes { slug } } }'
        assert api.execute(since)["articles"]["nodes"] == [{"slug": "b-same-day"}]
