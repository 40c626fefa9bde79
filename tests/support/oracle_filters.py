"""What a `where` matches, worked out on plain objects: the contract's filters, word for word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from graphql import GraphQLInputObjectType, get_named_type

from counterpoint.article.normalization import fold

ApiObject = dict[str, Any]
RelatedObjects = Callable[[ApiObject, str], list[ApiObject]]
"""Gives the objects that belong to an object, by the name of the field."""

FOLDED_LISTS = ("language",)
"""Which lists of values are compared folded; the others hold slugs and enum values."""


def matches(
    declared: GraphQLInputObjectType, thing: ApiObject, where: Mapping[str, Any], related: RelatedObjects
) -> bool:
    """Tell whether a filter holds for a thing: all of its keys, where null is as absent."""
    return all(_matches_key(declared, thing, key, asked, related) for key, asked in where.items() if asked is not None)


def _matches_key(
    declared: GraphQLInputObjectType, thing: ApiObject, key: str, asked: Any, related: RelatedObjects
) -> bool:
    match key:
        case "and":
            return all(matches(declared, thing, each, related) for each in asked)
        case "or":
            return any(matches(declared, thing, each, related) for each in asked)
        case "not":
            return not matches(declared, thing, asked, related)
    named = get_named_type(declared.fields[key].type)
    match named.name:
        case "TextFilter":
            return _matches_text(thing[key], asked)
        case "DateFilter":
            return _matches_date(thing[key], asked)
    if isinstance(named, GraphQLInputObjectType):
        return any(matches(named, each, asked, related) for each in related(thing, key))
    if key in FOLDED_LISTS:
        return fold(thing[key]) in map(fold, asked)
    return thing[key] in asked


def _matches_text(text: str | None, asked: Mapping[str, Any]) -> bool:
    conditions: dict[str, Callable[[str, Any], bool]] = {
        "eq": lambda folded, given: folded == fold(given),
        "in": lambda folded, given: folded in map(fold, given),
        "startsWith": lambda folded, given: folded.startswith(fold(given)),
    }
    return all(
        text is not None and conditions[key](fold(text), given) for key, given in asked.items() if given is not None
    )


def _matches_date(day: str | None, asked: Mapping[str, str | None]) -> bool:
    # Days as ISO strings of four-digit years stand in the order of the calendar.
    conditions = {"from": lambda given: given <= cast("str", day), "to": lambda given: given >= cast("str", day)}
    return all(day is not None and conditions[key](given) for key, given in asked.items() if given is not None)
