"""Filter strategies: which SQL construct a condition of a filter is compiled to.

A condition on a related object is a semi-join, because a join would multiply rows. It has two forms, and each is fast
where the other is slow. If few objects can match (an entity by its slug, a text), they are looked up first (`IN`).
If many can match, each row is tested in its turn (`EXISTS`).

All functions here are pure. They look at the filter's value only as far as the plan is specialized on its shape.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from counterpoint.engine.mapping import Condition, FoldedText, InList, ToMany, ToOne
from counterpoint.engine.sql.builder import none_if_unstorable
from counterpoint.engine.sql.parser_stack import ParserStack

Conditions = Mapping[tuple[str, str], Condition]
"""The condition of each filter input type and key."""

MAX_UNION_BRANCHES = 20
"""Alternatives of an `or` that are looked up one by one."""

SEVERAL = 2
"""Two or more values: the plan is the same for all larger numbers."""


class FilterStrategy(Enum):
    """The SQL construct for a condition. IN and EQUALITY look the values up first; EXISTS tests each row."""

    INLINE = "the conditions in place"
    CTE = "id IN (SELECT id FROM a CTE), where conditions in place would exceed the parser's stack"
    OR = "alternatives joined by OR"
    UNION = "id IN (SELECT ... UNION SELECT ...), so that each alternative uses its own index"
    NEVER = "FALSE, because no value can match"
    EQUALITY = "column = value, or a subquery with at most one row"
    EQUALITY_IN_FEW_ROWS = "EQUALITY, where few rows of a large table have the value"
    IN = "column IN (SELECT ...)"
    IN_FEW_ROWS = "IN, where few rows of a large table have one of the values"
    EXISTS = "EXISTS (SELECT ...)"


def choose_for_group(stack: ParserStack, depth: int) -> FilterStrategy:
    """Return INLINE or CTE for the conditions of one filter object at a depth of the parser's stack."""
    return FilterStrategy.INLINE if stack.fits_filter(depth) else FilterStrategy.CTE


def choose_for_alternatives(
    conditions: Conditions, declared: GraphQLInputObjectType, alternatives: Sequence[Mapping[str, Any]]
) -> FilterStrategy:
    """Return UNION or OR for the filters of an `or`: UNION if there are a few, each of which is selective."""
    is_union = SEVERAL <= len(alternatives) <= MAX_UNION_BRANCHES and all(
        is_selective(conditions, declared, alternative) for alternative in alternatives
    )
    return FilterStrategy.UNION if is_union else FilterStrategy.OR


def choose_for_values(values: Sequence[Any]) -> FilterStrategy:
    """Return NEVER, EQUALITY or IN for a list of values, of which some may be unstorable."""
    count = min(len(storable_values(values)), SEVERAL)
    return (FilterStrategy.NEVER, FilterStrategy.EQUALITY, FilterStrategy.IN)[count]


def choose_for_reference(
    conditions: Conditions,
    declared: GraphQLInputObjectType,
    value: Mapping[str, Any],
    *,
    is_owner: bool,
    null_is_false: bool,
    driven_by_index: bool,
) -> FilterStrategy:
    """Return the strategy for a filter on the object that a foreign key references.

    `is_owner`: the object is an owner, of which there are many. `null_is_false`: nothing negates the condition.
    `driven_by_index`: another condition, such as a full-text search, finds the rows.
    """
    if null_is_false and matches_at_most_one(conditions, declared, value):
        # With one value, an index on the foreign key returns the rows in their order.
        in_order = driven_by_index or not is_owner
        return FilterStrategy.EQUALITY if in_order else FilterStrategy.EQUALITY_IN_FEW_ROWS
    if is_selective(conditions, declared, value):
        return FilterStrategy.IN if driven_by_index else FilterStrategy.IN_FEW_ROWS
    return FilterStrategy.EXISTS


def choose_for_children(
    conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]
) -> FilterStrategy:
    """Return IN or EXISTS for a filter that at least one child must match."""
    return FilterStrategy.IN if is_selective(conditions, declared, value) else FilterStrategy.EXISTS


def matches_at_most_one(conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]) -> bool:
    """Return whether a filter compares a unique column with one value."""
    return any(
        isinstance(condition, InList) and condition.unique and len(storable_values(value[key])) == 1
        for key, condition in _conditions_in(conditions, declared, value)
    )


def is_selective(conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]) -> bool:
    """Return whether few objects can match a filter."""
    if any(is_selective(conditions, declared, operand) for operand in value.get("and") or ()):
        return True
    alternatives = value.get("or")
    if alternatives is not None and all(is_selective(conditions, declared, operand) for operand in alternatives):
        return True
    return any(
        _is_selective_condition(conditions, declared, key, condition, value[key])
        for key, condition in _conditions_in(conditions, declared, value)
    )


def _is_selective_condition(
    conditions: Conditions, declared: GraphQLInputObjectType, key: str, condition: Condition, value: Any
) -> bool:
    match condition:
        case InList(unique=unique):
            return unique
        case FoldedText():
            return any(text for text in value.values())
        case ToOne() | ToMany():
            return is_selective(conditions, filter_type_of(declared, key), value)
        case _:
            return False


def filter_type_of(declared: GraphQLInputObjectType, key: str) -> GraphQLInputObjectType:
    """Return the filter input type of a key."""
    filter_type = get_named_type(declared.fields[key].type)
    assert isinstance(filter_type, GraphQLInputObjectType)
    return filter_type


def storable_values(values: Sequence[Any]) -> list[str]:
    """Return the texts that a database can store, and the names of enum values."""
    texts = [str(value.value) if isinstance(value, Enum) else value for value in values]
    return [text for text in texts if none_if_unstorable(text) is not None]


def _conditions_in(
    conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]
) -> Iterator[tuple[str, Condition]]:
    """Return the keys of a filter that are not null, with their conditions; `and`, `or` and `not` have none."""
    for key, member in value.items():
        if member is not None and (declared.name, key) in conditions:
            yield key, conditions[declared.name, key]
