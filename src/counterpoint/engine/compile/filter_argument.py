"""Filter arguments: a filter object in which nothing is given is as absent, at every depth.

Nothing is given in an object that holds no value at any depth, but only nulls and objects and lists without values.
A relation to such an object, `not` of it and `and` of nothing else are absent too. As an item of `or` it matches
everything, and so does the `or`. An empty `or` and an empty list of values match nothing, so they do not count as
absent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from counterpoint.engine.document.operations import Argument, RequestVariables

MATCHES_EVERYTHING: list[Mapping[str, Any]] = [{}]
"""The operands of an `or` that matches everything."""


@dataclass(frozen=True)
class FilterArgument(Argument):
    """A filter argument whose value has no absent parts: guards and parameters see only what is given."""

    def value(self, variables: RequestVariables) -> Any:
        """Return the pruned value, or None if nothing is given in it. Raise BadUserInput."""
        key = ("filter", id(self.node))
        if key not in variables.memo:
            variables.memo[key] = prune(super().value(variables) or {})
        return variables.memo[key]


def prune(filter_object: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return a filter object without its absent keys; None if nothing is given in it."""
    members = ((key, _prune_member(key, value)) for key, value in filter_object.items())
    return {key: member for key, member in members if member is not None} or None


def _prune_member(key: str, value: Any) -> Any:
    match value:
        case Mapping():
            return prune(value)
        case [Mapping(), *_]:
            return _prune_operands(key, [prune(operand) for operand in value])
        case []:
            return None if key == "and" else value
        case _:
            return value


def _prune_operands(key: str, operands: list[Mapping[str, Any] | None]) -> list[Mapping[str, Any]] | None:
    present = [operand for operand in operands if operand is not None]
    if key == "or" and 0 < len(present) < len(operands):
        return MATCHES_EVERYTHING
    return present or None
