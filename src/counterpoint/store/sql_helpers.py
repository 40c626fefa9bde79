"""Helpers of the modules that write: free ids, and batches of work."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, func, select

from counterpoint.store import models

T = TypeVar("T")

MAX_IN_VALUES = 500
"""Values in one `IN` list."""


def next_id(connection: Connection, model: type[models.Base]) -> int:
    """Return the id after the highest of a table."""
    return (connection.scalar(select(func.max(models.sql_table(model).c.id))) or 0) + 1


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items."""
    remaining = iter(items)
    while batch := list(islice(remaining, size)):
        yield batch
