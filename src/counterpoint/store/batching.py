"""Batches: lists of limited size, for work and for `IN` lists."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

MAX_IN_VALUES = 500
"""Values in one `IN` list."""


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
