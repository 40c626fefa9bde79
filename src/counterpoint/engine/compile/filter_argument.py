"""Filter arguments: a filter object in which nothing is given is as absent, at every depth.

Nothing is given in an object that holds no value at any depth, but only nulls and objects and lists without values.
A relation to such an object, `not` of it and `and` of nothing else are absent too. As an item of `or` it matches
everything, and so does the `or`. An empty `or` and an empty list of values match nothing, so they do not count as
absent.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from counterpoint.engine.document.operations import Argument, RequestVariables

MATCHES_EVERYTHING: list[dict[str, Any]] = [{}]
"""The operands of an `or` that matches everything."""


@dataclass(frozen=True)
class FilterArgument(Argument):
    """A filter argument whose value has no absent parts: guards and parameters see only what is given."""

    def value(self, variables: RequestVariables) -> Any:
        """Return the pruned value, or None if nothing is given in it. Raise BadUserInput."""
        memo, key = variables.memo, self._memo_key
        if key not in memo:
            memo[key] = prune(super().value(variables) or {})
        return memo[key]

    @cached_property
    def _memo_key(self) -> tuple[str, int]:
        return "filter", id(self.node)


def prune(filter_object: dict[str, Any]) -> dict[str, Any] | None:
    """Return a filter object without its absent keys; None if nothing is given in it."""
    pruned = {}
    for key, value in filter_object.items():
        member = _prune_member(key, value)
        if member is not None:
            pruned[key] = member
    return pruned or None


def _prune_member(key: str, value: Any) -> Any:
    if isinstance(value, dict):
        return prune(value)
    if isinstance(value, list):
        if not value:
            return None if key == "and" else value
        if isinstance(value[0], dict):
            return _prune_operands(key, [prune(operand) for operand in value])
    return value


def _prune_operands(key: str, operands: list[dict[str, Any] | None]) -> list[dict[str, Any]] | None:
    present = [operand for operand in operands if operand is not None]
    if key == "or" and 0 < len(present) < len(operands):
        return MATCHES_EVERYTHING
    return present or None
