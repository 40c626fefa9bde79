"""The SQL construct that is chosen for each kind of filter, as a table."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from counterpoint.engine.compile.filter_strategy import (
    MAX_UNION_BRANCHES,
    FilterNode,
    FilterStrategy,
    choose_for_reference,
    filter_shape,
)
from counterpoint.engine.sql.parser_stack import POSTGRESQL_PARSER_STACK, SQLITE_PARSER_STACK
from support.database_helpers import SCHEMA

CONDITIONS = SCHEMA.mapping.conditions

ONE = {"slug": ["judges"]}
TWO = {"slug": ["judges", "party"]}
NAMED = {"name": {"eq": "Judges"}}
SELECTIVE = [
    ("PartyFilter", ONE),
    ("PartyFilter", TWO),
    ("PartyFilter", {"slug": []}),
    ("PartyFilter", NAMED),
    ("PartyFilter", {"name": {"startsWith": "J"}}),
    ("PartyFilter", {"stances": {"article": {"slug": ["a"]}}}),
    ("PartyFilter", {"and": [NAMED, {"not": ONE}]}),
    ("PartyFilter", {"or": [ONE, NAMED]}),
    ("StanceFilter", {"party": ONE}),
    ("MeasureFilter", {"article": {"language": ["en"]}, "text": {"eq": "a"}}),
]
UNSELECTIVE = [
    ("PartyFilter", {}),
    ("PartyFilter", {"name": {"startsWith": ""}}),
    ("PartyFilter", {"not": ONE}),
    ("PartyFilter", {"or": [ONE, {"not": ONE}]}),
    ("PartyFilter", {"articles": {"language": ["en"]}}),
    ("ArticleFilter", {"published": {"from": "2019-07-16"}}),
    ("PointFilter", {"kind": ["OTHER"]}),
]


def filter_node(name: str, value: dict[str, Any]) -> FilterNode:
    declared = SCHEMA.graphql.type_map[name]
    assert isinstance(declared, GraphQLInputObjectType)
    return FilterNode(CONDITIONS, declared, value)


@pytest.mark.parametrize(("name", "value"), SELECTIVE)
def test_filter_is_selective(name: str, value: dict[str, Any]) -> None:
    assert filter_node(name, value).is_selective


@pytest.mark.parametrize(("name", "value"), UNSELECTIVE)
def test_filter_is_not_selective(name: str, value: dict[str, Any]) -> None:
    assert not filter_node(name, value).is_selective


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (ONE, True),
        (TWO, False),
        ({"slug": ["\0"]}, False),
        (NAMED, False),
        ({"not": ONE}, False),
    ],
)
def test_one_value_of_a_unique_column_matches_at_most_one(value: dict[str, Any], *, expected: bool) -> None:
    assert filter_node("PartyFilter", value).matches_at_most_one is expected


@pytest.mark.parametrize(
    ("value", "is_owner", "null_is_false", "driven_by_index", "expected"),
    [
        (ONE, False, True, False, FilterStrategy.EQUALITY),
        (ONE, True, True, False, FilterStrategy.EQUALITY_IN_FEW_ROWS),
        (ONE, True, True, True, FilterStrategy.EQUALITY),
        (ONE, False, False, False, FilterStrategy.IN_FEW_ROWS),
        (ONE, True, False, True, FilterStrategy.IN),
        (TWO, False, True, False, FilterStrategy.IN_FEW_ROWS),
        (TWO, False, True, True, FilterStrategy.IN),
        (NAMED, False, True, False, FilterStrategy.IN_FEW_ROWS),
        ({}, False, True, False, FilterStrategy.EXISTS),
        ({"not": ONE}, False, True, True, FilterStrategy.EXISTS),
    ],
)
def test_strategy_for_a_referenced_object(
    value: dict[str, Any], expected: FilterStrategy, *, is_owner: bool, null_is_false: bool, driven_by_index: bool
) -> None:
    node = filter_node("PartyFilter", value)
    chosen = choose_for_reference(node, is_owner=is_owner, null_is_false=null_is_false, driven_by_index=driven_by_index)
    assert chosen is expected


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ([], False),
        ([ONE], False),
        ([ONE, NAMED], True),
        ([ONE] * MAX_UNION_BRANCHES, True),
        ([ONE] * (MAX_UNION_BRANCHES + 1), False),
        ([ONE, {"not": ONE}], False),
    ],
)
def test_few_selective_alternatives_are_a_union(alternatives: list[dict[str, Any]], *, expected: bool) -> None:
    assert filter_node("PartyFilter", {"or": alternatives}).is_union is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], 0),
        (["\0", "\ud800"], 0),
        (["a"], 1),
        (["a", "\0"], 1),
        (["a", "b"], 2),
        (["a"] * 9, 2),
    ],
)
def test_shape_of_a_list_counts_storable_values_up_to_two(values: list[str], expected: int) -> None:
    assert filter_shape(values) == expected


@pytest.mark.parametrize(
    ("depth", "on_sqlite", "on_postgresql"),
    [
        (0, True, True),
        (24, True, True),
        (25, False, True),
        (60, False, True),
        (61, False, False),
    ],
)
def test_filter_fits_a_depth_of_the_parser_stack(depth: int, *, on_sqlite: bool, on_postgresql: bool) -> None:
    assert SQLITE_PARSER_STACK.fits_filter(depth) is on_sqlite
    assert POSTGRESQL_PARSER_STACK.fits_filter(depth) is on_postgresql
