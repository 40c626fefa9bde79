"""Cursors: good in the order and for the type that they were made for, wherever such a list stands, and only there."""

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

PLACES = ("after", "before")


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


@pytest.fixture(scope="module")
def cursors(api: EngineClient) -> dict[tuple[str, str], str]:
    """Give a cursor for each list and order."""
    marks = read_cursors_by_order(api)
    return {
        (name, order): next(
            cursor
            for identity, cursor in marks[order].items()
            if identity.partition(":")[0] == get_named_type(field.type).name.removesuffix("Connection")
        )
        for name, field in CONNECTION_FIELDS.items()
        for order in order_names(field)
    }


def ask(api: EngineClient, name: str, order: str, place: str, cursor: str) -> int:
    document = f"query ($cursor: String) {{ {name}(orderBy: {order}, {place}: $cursor) {{ totalCount }} }}"
    count: int = api.execute(document, {"cursor": cursor})[name]["totalCount"]
    return count


@pytest.mark.parametrize("name", CONNECTION_FIELDS)
def test_cursor_is_good_in_its_own_order_alone(
    api: EngineClient, cursors: dict[tuple[str, str], str], name: str
) -> None:
    orders = order_names(CONNECTION_FIELDS[name])
    for place in PLACES:
        for order in orders:
            assert ask(api, name, order, place, cursors[name, order]) > 0
        for order, other in permutations(orders, 2):
            with pytest.raises(InvalidCursor, match=f"in the order {order}"):
                ask(api, name, order, place, cursors[name, other])


@pytest.mark.parametrize("place", PLACES)
def test_cursor_is_good_for_its_own_type_alone(
    api: EngineClient, cursors: dict[tuple[str, str], str], place: str
) -> None:
    for (name, order), (other, others) in permutations(cursors, 2):
        if order == others:
            with pytest.raises(InvalidCursor):
                pytest.fail(f"{name}, {other}: {ask(api, name, order, place, cursors[other, others])}")


@pytest.mark.parametrize("place", PLACES)
def test_cursor_damaged_in_any_digit_is_refused(
    api: EngineClient, cursors: dict[tuple[str, str], str], place: str
) -> None:
    for (name, order), cursor in cursors.items():
        for at in range(len(cursor)):
            other = "1" if cursor[at] == "0" else "0"
            with pytest.raises(InvalidCursor):
                pytest.fail(str(ask(api, name, order, place, f"{cursor[:at]}{other}{cursor[at + 1 :]}")))


@pytest.mark.parametrize("cursors_asked", ['after: ""', 'before: ""', 'after: "", before: ""'])
def test_no_cursor_at_all_is_no_first_page(api: EngineClient, cursors_asked: str) -> None:
    with pytest.raises(InvalidCursor):
        api.execute(f"{{ articles({cursors_asked}) {{ totalCount }} }}")


def test_cursor_marks_its_place_in_a_list_that_leaves_it_out(api: EngineClient) -> None:
    edges = api.execute("{ parties { edges { cursor node { slug } } } }")["parties"]["edges"]
    slugs = [edge["node"]["slug"] for edge in edges]
    assert slugs == ["city-council", "governor", "judges", "the-mayor"]
    told = api.execute(
        """query ($cursor: String, $where: PartyFilter) {
            after: parties(after: $cursor, where: $where) { nodes { slug } pageInfo { hasPreviousPage } totalCount }
            before: parties(before: $cursor, where: $where) { nodes { slug } pageInfo { hasNextPage } totalCount }
        }""",
        {"cursor": edges[1]["cursor"], "where": {"not": {"slug": ["governor"]}}},
    )
    assert told == {
        "after": {
            "nodes": [{"slug": "judges"}, {"slug": "the-mayor"}],
            "pageInfo": {"hasPreviousPage": True},
            "totalCount": 3,
        },
        "before": {"nodes": [{"slug": "city-council"}], "pageInfo": {"hasNextPage": True}, "totalCount": 3},
    }


def test_cursors_that_enclose_nothing_give_an_empty_page_within_the_list(api: EngineClient) -> None:
    first, *_, last = api.execute("{ parties { edges { cursor } } }")["parties"]["edges"]
    told = api.execute(
        "query ($after: String, $before: String) { parties(after: $after, before: $before) { nodes { slug } "
        "pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }",
        {"after": last["cursor"], "before": first["cursor"]},
    )
    info = {"hasNextPage": True, "hasPreviousPage": True, "startCursor": None, "endCursor": None}
    assert told == {"parties": {"nodes": [], "pageInfo": info, "totalCount": 4}}
