"""Cursors: valid only in the order and for the type that they were created for, in every such connection."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from graphql import get_named_type

from counterpoint.errors import InvalidCursor
from support.database_helpers import DATABASE_KINDS, EngineClient, open_seeded_client
from support.sample_articles import ARTICLES
from support.selections import CONNECTION_FIELDS, order_names, read_cursors_by_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

CURSOR_ARGUMENTS = ("after", "before")


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


@pytest.fixture(scope="module")
def cursors(api: EngineClient) -> dict[tuple[str, str], str]:
    """Return a cursor for each root connection and order."""
    cursors_by_order = read_cursors_by_order(api)
    return {
        (name, order): next(
            cursor
            for identity, cursor in cursors_by_order[order].items()
            if identity.partition(":")[0] == get_named_type(field.type).name.removesuffix("Connection")
        )
        for name, field in CONNECTION_FIELDS.items()
        for order in order_names(field)
    }


def count_after_cursor(api: EngineClient, name: str, order: str, argument: str, cursor: str) -> int:
    document = f"query ($cursor: String) {{ {name}(orderBy: {order}, {argument}: $cursor) {{ totalCount }} }}"
    count: int = api.execute(document, {"cursor": cursor})[name]["totalCount"]
    return count


PUBLISHED_CURSORS = {
    "articles": ("Article:new", "71D25004B4D03A323931343233376E6577"),
    "articles(orderBy: TITLE_DESC)": (
        "Article:undated",
        "C39B236768044B756E646174656420756E6461746564207175617272656C",
    ),
    "measures(orderBy: OLDEST)": ("Measure:mavhhplresendlil", "C8403F1F51FA0B362033363532303539756E6461746564"),
    "parties": ("Party:city-council", "D9689283EC5BFE636974792D636F756E63696C206369747920636F756E63696C"),
}
"""The first object of some connections with its cursor, as earlier versions returned them."""


@pytest.mark.parametrize("field", PUBLISHED_CURSORS)
def test_cursors_are_those_of_earlier_versions(api: EngineClient, field: str) -> None:
    connection = api.execute(f"{{ {field} {{ edges {{ cursor node {{ id }} }} pageInfo {{ startCursor }} }} }}")
    ((edges, page_info),) = (value.values() for value in connection.values())
    object_id, cursor = PUBLISHED_CURSORS[field]
    assert edges[0] == {"cursor": cursor, "node": {"id": object_id}}
    assert page_info == {"startCursor": cursor}


@pytest.mark.parametrize("name", CONNECTION_FIELDS)
def test_cursor_is_valid_in_its_own_order_only(
    api: EngineClient, cursors: dict[tuple[str, str], str], name: str
) -> None:
    orders = order_names(CONNECTION_FIELDS[name])
    for argument in CURSOR_ARGUMENTS:
        for order in orders:
            assert count_after_cursor(api, name, order, argument, cursors[name, order]) > 0
        for order, other in permutations(orders, 2):
            with pytest.raises(InvalidCursor, match=f"with orderBy {order}"):
                count_after_cursor(api, name, order, argument, cursors[name, other])


@pytest.mark.parametrize("argument", CURSOR_ARGUMENTS)
def test_cursor_is_valid_for_its_own_type_only(
    api: EngineClient, cursors: dict[tuple[str, str], str], argument: str
) -> None:
    for (name, order), (other, other_order) in permutations(cursors, 2):
        if order == other_order:
            with pytest.raises(InvalidCursor):
                pytest.fail(
                    f"{name}, {other}: {count_after_cursor(api, name, order, argument, cursors[other, other_order])}"
                )


@pytest.mark.parametrize("argument", CURSOR_ARGUMENTS)
def test_cursor_with_any_changed_digit_is_invalid(
    api: EngineClient, cursors: dict[tuple[str, str], str], argument: str
) -> None:
    for (name, order), cursor in cursors.items():
        for at in range(len(cursor)):
            other = "1" if cursor[at] == "0" else "0"
            with pytest.raises(InvalidCursor):
                pytest.fail(
                    str(count_after_cursor(api, name, order, argument, f"{cursor[:at]}{other}{cursor[at + 1 :]}"))
                )


@pytest.mark.parametrize("arguments", ['after: ""', 'before: ""', 'after: "", before: ""'])
def test_empty_cursor_is_invalid(api: EngineClient, arguments: str) -> None:
    with pytest.raises(InvalidCursor):
        api.execute(f"{{ articles({arguments}) {{ totalCount }} }}")


def test_cursor_is_valid_where_a_filter_excludes_its_row(api: EngineClient) -> None:
    edges = api.execute("{ parties { edges { cursor node { slug } } } }")["parties"]["edges"]
    slugs = [edge["node"]["slug"] for edge in edges]
    assert slugs == ["city-council", "governor", "judges", "the-mayor"]
    data = api.execute(
        """query ($cursor: String, $where: PartyFilter) {
            after: parties(after: $cursor, where: $where) { nodes { slug } pageInfo { hasPreviousPage } totalCount }
            before: parties(before: $cursor, where: $where) { nodes { slug } pageInfo { hasNextPage } totalCount }
        }""",
        {"cursor": edges[1]["cursor"], "where": {"not": {"slug": ["governor"]}}},
    )
    assert data == {
        "after": {
            "nodes": [{"slug": "judges"}, {"slug": "the-mayor"}],
            "pageInfo": {"hasPreviousPage": True},
            "totalCount": 3,
        },
        "before": {"nodes": [{"slug": "city-council"}], "pageInfo": {"hasNextPage": True}, "totalCount": 3},
    }


def test_page_between_reversed_cursors_is_empty_with_rows_on_both_sides(api: EngineClient) -> None:
    first, *_, last = api.execute("{ parties { edges { cursor } } }")["parties"]["edges"]
    data = api.execute(
        "query ($after: String, $before: String) { parties(after: $after, before: $before) { nodes { slug } "
        "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }",
        {"after": last["cursor"], "before": first["cursor"]},
    )
    info = {"hasNextPage": True, "hasPreviousPage": True, "startCursor": None, "endCursor": None}
    assert data == {"parties": {"nodes": [], "pageInfo": info, "totalCount": 4}}
