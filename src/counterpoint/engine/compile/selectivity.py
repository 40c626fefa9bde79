"""How much can meet a filter, as far as can be seen from it: that decides how it is written."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from counterpoint.engine.mapping import Condition, FoldedText, InList, ToMany, ToOne
from counterpoint.engine.sql.text_ranges import storable

Conditions = Mapping[tuple[str, str], Condition]
"""What each key of each filter is a condition on."""


def matches_at_most_one(conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]) -> bool:
    """Tell whether a filter names one object by a unique column."""
    return any(
        isinstance(source, InList) and source.unique and len(storable_values(value[key])) == 1
        for key, source in _conditions_in(conditions, declared, value)
    )


def is_selective(conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]) -> bool:
    """Tell whether little can meet a filter."""
    if any(is_selective(conditions, declared, each) for each in value.get("and") or ()):
        return True
    either = value.get("or")
    if either is not None and all(is_selective(conditions, declared, each) for each in either):
        return True
    for key, source in _conditions_in(conditions, declared, value):
        match source:
            case InList(unique=True):
                return True
            case FoldedText() if any(each for each in value[key].values()):
                return True
            case ToOne() | ToMany() if is_selective(conditions, filter_of(declared, key), value[key]):
                return True
    return False


def filter_of(declared: GraphQLInputObjectType, key: str) -> GraphQLInputObjectType:
    """Give the filter that a key of another takes."""
    named = get_named_type(declared.fields[key].type)
    assert isinstance(named, GraphQLInputObjectType)
    return named


def storable_values(values: list[Any]) -> list[str]:
    """Give the texts that a database could hold, and the names of enum values."""
    texts = [str(value.value) if isinstance(value, Enum) else value for value in values]
    return [text for text in texts if storable(text) is not None]


def _conditions_in(
    conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]
) -> Iterator[tuple[str, Condition]]:
    for key, each in value.items():
        if each is not None and (declared.name, key) in conditions:
            yield key, conditions[declared.name, key]
