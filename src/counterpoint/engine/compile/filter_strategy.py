"""Filter strategies: which SQL construct a condition of a filter is compiled to.

A condition on a related object is a semi-join, because a join would multiply rows. It has two forms, and each is fast
where the other is slow. If few objects can match (an entity by its slug, a text), they are looked up first (`IN`).
If many can match, each row is tested in its turn (`EXISTS`).

This module uses only the part of a filter's value that `filter_shape` returns, because requests with the same shape
share a plan.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from counterpoint.engine.mapping import Condition, FoldedText, InList, ToMany, ToManyInList, ToOne
from counterpoint.engine.sql.builder import none_if_unstorable

MAX_UNION_BRANCHES = 20
"""Alternatives of an `or` that are looked up one by one."""

SEVERAL = 2
"""Two or more values: the plan is the same for all larger numbers."""

Path = tuple[str | int, ...]
"""The location of a value in a filter: keys and list indexes."""


class FilterStrategy(Enum):
    """The SQL construct for a condition on a referenced object. EXISTS tests each row; all others look objects up."""

    EQUALITY = "column = (SELECT ...), because at most one object matches"
    EQUALITY_IN_FEW_ROWS = "EQUALITY, where few rows of a large table reference the object"
    IN = "column IN (SELECT ...)"
    IN_FEW_ROWS = "IN, where few rows of a large table reference one of the objects"
    EXISTS = "EXISTS (SELECT ...)"


@dataclass(frozen=True)
class FilterNode:
    """A filter object within the value of a filter argument: its input type, its value, and the path to it.

    The value is pruned by `filter_argument`, so it holds no null. `conditions` holds the condition of each filter input
    type and key; `and`, `or` and `not` have none.
    """

    conditions: Mapping[tuple[str, str], Condition]
    declared: GraphQLInputObjectType
    value: Mapping[str, Any]
    path: Path = ()

    def member(self, key: str) -> "FilterNode":
        """Return the filter object under a key."""
        filter_type = get_named_type(self.declared.fields[key].type)
        assert isinstance(filter_type, GraphQLInputObjectType)
        return FilterNode(self.conditions, filter_type, self.value[key], (*self.path, key))

    def operands(self, key: str) -> "list[FilterNode]":
        """Return the filter objects of the list under `and` or `or`."""
        operands = enumerate(self.value.get(key, ()))
        return [replace(self, value=operand, path=(*self.path, key, index)) for index, operand in operands]

    @property
    def is_union(self) -> bool:
        """Whether the alternatives of `or` are looked up one by one: they are a few, and each is selective."""
        alternatives = self.operands("or")
        return 1 < len(alternatives) <= MAX_UNION_BRANCHES and all(node.is_selective for node in alternatives)

    @property
    def is_selective(self) -> bool:
        """Whether few objects can match."""
        return (
            any(operand.is_selective for operand in self.operands("and"))
            or ("or" in self.value and all(operand.is_selective for operand in self.operands("or")))
            or any(map(self._is_selective_condition, self.value))
        )

    def _is_selective_condition(self, key: str) -> bool:
        match self.conditions.get((self.declared.name, key)):
            case InList(unique=unique):
                return unique
            case ToManyInList():
                return True
            case FoldedText():
                return any(self.value[key].values())
            case ToOne() | ToMany():
                return self.member(key).is_selective
            case _:
                return False

    @property
    def matches_at_most_one(self) -> bool:
        """Whether the filter compares a unique column with one value."""
        return any(
            isinstance(condition := self.conditions.get((self.declared.name, key)), InList)
            and condition.unique
            and len(storable_values(value)) == 1
            for key, value in self.value.items()
        )


def choose_for_reference(
    node: FilterNode, *, is_owner: bool, null_is_false: bool, driven_by_index: bool
) -> FilterStrategy:
    """Return the strategy for a filter on the object that a foreign key references.

    `is_owner`: the object is an owner, of which there are many. `null_is_false`: nothing negates the condition.
    `driven_by_index`: another condition, such as a full-text search, finds the rows.
    """
    if null_is_false and node.matches_at_most_one:
        # With one value, an index on the foreign key returns the rows in their order.
        in_order = driven_by_index or not is_owner
        return FilterStrategy.EQUALITY if in_order else FilterStrategy.EQUALITY_IN_FEW_ROWS
    if node.is_selective:
        return FilterStrategy.IN if driven_by_index else FilterStrategy.IN_FEW_ROWS
    return FilterStrategy.EXISTS


def filter_shape(value: Any) -> Hashable:
    """Return an equal shape for filters that compile to the same SQL: their keys, and how much their lists hold."""
    if isinstance(value, dict):
        return tuple([(key, filter_shape(member)) for key, member in value.items()])
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return tuple([filter_shape(item) for item in value])
        return min(len(storable_values(value)), SEVERAL)
    if isinstance(value, str):
        return "" if not value else none_if_unstorable(value) is not None
    return True


def storable_values(values: Sequence[Any]) -> list[str]:
    """Return the texts that a database can store, and the names of enum values."""
    texts = [str(value.value) if isinstance(value, Enum) else value for value in values]
    return [text for text in texts if none_if_unstorable(text) is not None]
