"""How much can meet a filter, as far as can be seen from it: that decides how it is written."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type

from counterpoint.engine.sources import Condition, Folded, Of, OneOf, Some
from counterpoint.engine.texts import storable

Conditions = Mapping[tuple[str, str], Condition]
"""What each key of each filter is a condition on."""


def names_one(conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]) -> bool:
    """Tell whether a filter names one object by a unique column."""
    return any(
        isinstance(source, OneOf) and source.unique and len(storable_items(value[key])) == 1
        for key, source in _given(conditions, declared, value)
    )


def is_narrow(conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]) -> bool:
    """Tell whether little can meet a filter."""
    if any(is_narrow(conditions, declared, each) for each in value.get("and") or ()):
        return True
    either = value.get("or")
    if either is not None and all(is_narrow(conditions, declared, each) for each in either):
        return True
    for key, source in _given(conditions, declared, value):
        match source:
            case OneOf(unique=True):
                return True
            case Folded() if any(each for each in value[key].values()):
                return True
            case Of() | Some() if is_narrow(conditions, filter_of(declared, key), value[key]):
                return True
    return False


def filter_of(declared: GraphQLInputObjectType, key: str) -> GraphQLInputObjectType:
    """Give the filter that a key of another takes."""
    named = get_named_type(declared.fields[key].type)
    assert isinstance(named, GraphQLInputObjectType)
    return named


def storable_items(values: list[Any]) -> list[str]:
    """Give the texts that a database could hold, and the names of enum values."""
    texts = [str(value.value) if isinstance(value, Enum) else value for value in values]
    return [text for text in texts if storable(text) is not None]


def _given(
    conditions: Conditions, declared: GraphQLInputObjectType, value: Mapping[str, Any]
) -> Iterator[tuple[str, Condition]]:
    for key, each in value.items():
        if each is not None and (declared.name, key) in conditions:
            yield key, conditions[declared.name, key]
