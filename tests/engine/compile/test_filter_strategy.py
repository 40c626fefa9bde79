"""The SQL construct that is chosen for each kind of filter, as a table."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLInputObjectType

from counterpoint.api.schema import graphql_schema, schema_mapping
from counterpoint.engine.compile.filter_strategy import (
    MAX_UNION_BRANCHES,
    FilterStrategy,
    choose_for_alternatives,
    choose_for_children,
    choose_for_group,
    choose_for_reference,
    choose_for_values,
    is_selective,
    matches_at_most_one,
)
from counterpoint.engine.sql.parser_stack import POSTGRESQL_PARSER_STACK, SQLITE_PARSER_STACK
from support.database_helpers import SCHEMA

CONDITIONS = schema_mapping(SCHEMA).conditions

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
    ("PartyFilter", {"and": [{}, ONE]}),
    ("PartyFilter", {"or": [ONE, NAMED]}),
    ("StanceFilter", {"party": ONE}),
    ("MeasureFilter", {"article": {"language": ["en"]}, "text": {"eq": "a"}}),
]
UNSELECTIVE = [
    ("PartyFilter", {}),
    ("PartyFilter", {"slug": None}),
    ("PartyFilter", {"name": {"startsWith": ""}}),
    ("PartyFilter", {"name": {"eq": None}}),
    ("PartyFilter", {"not": ONE}),
    ("PartyFilter", {"or": [ONE, {}]}),
    ("PartyFilter", {"articles": {"language": ["en"]}}),
    ("ArticleFilter", {"published": {"from": "2019-07-16"}}),
    ("PointFilter", {"kind": ["OTHER"]}),
]


def filter_type(name: str) -> GraphQLInputObjectType:
    declared = graphql_schema(SCHEMA).type_map[name]
    assert isinstance(declared, GraphQLInputObjectType)
    return declared


@pytest.mark.parametrize(("name", "value"), SELECTIVE)
def test_filter_is_selective(name: str, value: dict[str, Any]) -> None:
    assert is_selective(CONDITIONS, filter_type(name), value)
    assert choose_for_children(CONDITIONS, filter_type(name), value) is FilterStrategy.IN


@pytest.mark.parametrize(("name", "value"), UNSELECTIVE)
def test_filter_is_not_selective(name: str, value: dict[str, Any]) -> None:
    assert not is_selective(CONDITIONS, filter_type(name), value)
    assert choose_for_children(CONDITIONS, filter_type(name), value) is FilterStrategy.EXISTS


@pytest.mark.parametrize(
    ("value", "expected"), [(ONE, True), (TWO, False), ({"slug": ["\0"]}, False), (NAMED, False), ({"not": ONE}, False)]
)
def test_one_value_of_a_unique_column_matches_at_most_one(value: dict[str, Any], *, expected: bool) -> None:
    assert matches_at_most_one(CONDITIONS, filter_type("PartyFilter"), value) is expected


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
    chosen = choose_for_reference(
        CONDITIONS,
        filter_type("PartyFilter"),
        value,
        is_owner=is_owner,
        null_is_false=null_is_false,
        driven_by_index=driven_by_index,
    )
    assert chosen is expected


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ([], FilterStrategy.OR),
        ([ONE], FilterStrategy.OR),
        ([ONE, NAMED], FilterStrategy.UNION),
        ([ONE] * MAX_UNION_BRANCHES, FilterStrategy.UNION),
        ([ONE] * (MAX_UNION_BRANCHES + 1), FilterStrategy.OR),
        ([ONE, {"not": ONE}], FilterStrategy.OR),
    ],
)
def test_strategy_for_alternatives(alternatives: list[dict[str, Any]], expected: FilterStrategy) -> None:
    assert choose_for_alternatives(CONDITIONS, filter_type("PartyFilter"), alternatives) is expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], FilterStrategy.NEVER),
        (["\0", "\ud800"], FilterStrategy.NEVER),
        (["a"], FilterStrategy.EQUALITY),
        (["a", "\0"], FilterStrategy.EQUALITY),
        (["a", "b"], FilterStrategy.IN),
        (["a"] * 9, FilterStrategy.IN),
    ],
)
def test_strategy_for_values(values: list[str], expected: FilterStrategy) -> None:
    assert choose_for_values(values) is expected


@pytest.mark.parametrize(
    ("depth", "on_sqlite", "on_postgresql"),
    [
        (0, FilterStrategy.INLINE, FilterStrategy.INLINE),
        (20, FilterStrategy.INLINE, FilterStrategy.INLINE),
        (21, FilterStrategy.CTE, FilterStrategy.INLINE),
        (60, FilterStrategy.CTE, FilterStrategy.INLINE),
        (61, FilterStrategy.CTE, FilterStrategy.CTE),
    ],
)
def test_strategy_for_a_depth_of_the_parser_stack(
    depth: int, on_sqlite: FilterStrategy, on_postgresql: FilterStrategy
) -> None:
    assert choose_for_group(SQLITE_PARSER_STACK, depth) is on_sqlite
    assert choose_for_group(POSTGRESQL_PARSER_STACK, depth) is on_postgresql
