"""What the modules that write share: the tables behind the models, and work cut into pieces of some size."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, func, select

from counterpoint.errors import InvalidFiles
from counterpoint.store import models

T = TypeVar("T")

MAX_IN_VALUES = 500
"""Values in one list of an SQL condition."""


def next_id(connection: Connection, model: type[models.Base]) -> int:
    """Give the first id of a table that is free, and so are all above it."""
    return (connection.scalar(select(func.max(models.sql_table(model).c.id))) or 0) + 1


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut into lists of some size. What came before problems is given before they are raised."""
    remaining = iter(items)
    problems: InvalidFiles | None = None
    while problems is None:
        some: list[T] = []
        try:
            some.extend(islice(remaining, size))
        except InvalidFiles as found:
            problems = found
        if not some:
            break
        yield some
    if problems:
        raise problems
