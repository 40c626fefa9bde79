"""The filters of the contract, on plain dictionaries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from graphql import GraphQLInputObjectType, get_named_type

from counterpoint.article.normalization import fold, slugify

Node = dict[str, Any]
RelatedObjects = Callable[[Node, str], list[Node]]
"""Returns the nodes that a field of a node contains."""

FOLDED_LISTS = ("language",)
"""The filter keys with lists of texts that are compared folded. Other lists contain slugs and enum values."""


def matches(
    declared: GraphQLInputObjectType, node: Node, where: Mapping[str, Any], find_related: RelatedObjects
) -> bool:
    """Return whether a node matches all keys of a filter in which something is given."""
    return all(
        _matches_key(declared, node, key, condition, find_related)
        for key, condition in where.items()
        if is_something_given(key, condition)
    )


def is_something_given(key: str, condition: Any) -> bool:
    """Return whether a key of a filter gives anything: a value, or a list that no value equals."""
    match condition:
        case None:
            return False
        case Mapping():
            return any(is_something_given(inner, value) for inner, value in condition.items())
        case [] if key == "and":
            return False
        case [Mapping(), *_]:
            return any(is_something_given(key, operand) for operand in condition)
        case _:
            return True


def _matches_key(
    declared: GraphQLInputObjectType, node: Node, key: str, condition: Any, find_related: RelatedObjects
) -> bool:
    match key:
        case "and":
            return all(matches(declared, node, item, find_related) for item in condition)
        case "or":
            # An item in which nothing is given has no condition that fails.
            return any(matches(declared, node, item, find_related) for item in condition)
        case "not":
            return not matches(declared, node, condition, find_related)
    key_type = get_named_type(declared.fields[key].type)
    match key_type.name:
        case "TextFilter":
            return _matches_text(node[key], condition)
        case "DateFilter":
            return _matches_date(node[key], condition)
    if isinstance(key_type, GraphQLInputObjectType):
        return any(matches(key_type, item, condition, find_related) for item in find_related(node, key))
    if key == "path":
        return node["source"]["path"] in condition
    if key == "authors":
        return not {*map(fold, node[key])}.isdisjoint(map(fold, condition))
    if key in FOLDED_LISTS:
        return fold(node[key]) in map(fold, condition)
    if key == "slug":
        return not slugs_of(node).isdisjoint(condition)
    return node[key] in condition


def slugs_of(node: Node) -> set[str]:
    """Return the slug of a node, and those of its aliases."""
    return {node["slug"], *map(slugify, node.get("aliases", ()))}


def _matches_text(text: str | None, condition: Mapping[str, Any]) -> bool:
    conditions: dict[str, Callable[[str, Any], bool]] = {
        "eq": lambda folded, value: folded == fold(value),
        "in": lambda folded, value: folded in map(fold, value),
        "startsWith": lambda folded, value: folded.startswith(fold(value)),
    }
    return all(
        text is not None and conditions[key](fold(text), value) for key, value in condition.items() if value is not None
    )


def _matches_date(day: str | None, condition: Mapping[str, str | None]) -> bool:
    # ISO dates with four-digit years sort like dates.
    conditions = {"from": lambda value: value <= cast("str", day), "to": lambda value: value >= cast("str", day)}
    return all(day is not None and conditions[key](value) for key, value in condition.items() if value is not None)
