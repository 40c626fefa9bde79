"""Variants: tests, or cases of tests, that take the same way through the code as others. Only `.ci/run` runs them.

`@variant` marks a test, `sample` marks some of its cases, and `@variant("postgresql")`, before a test or as the
`pytestmark` of a module, marks the cases with this parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from support.property_profiles import QUICK_EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable

variant = pytest.mark.variant

SKIP_REASON = "variants of other tests, which --hypothesis-profile=ci runs"


def sample(cases: Iterable[Any], interval: int) -> list[Any]:
    """Return all cases, with all but the first of each `interval` cases marked as variants."""
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=[variant] if number % interval else [])
        for number, case in enumerate(cases)
    ]


def skip_variants(items: Iterable[pytest.Item]) -> None:
    """Skip the variants, if the profile of Hypothesis is the quick one."""
    if settings().max_examples <= QUICK_EXAMPLES:
        for item in items:
            if _is_variant(item):
                item.add_marker(pytest.mark.skip(reason=SKIP_REASON))


def _is_variant(item: pytest.Item) -> bool:
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return any(
        not mark.args or any(value in mark.args for value in parameters) for mark in item.iter_markers(variant.name)
    )
