"""The cost of a selection: the number of rows that a query reads for it, at most, as a tree of its fields.

A field with rows reads them once for each row of its parent, so that nested numbers of rows are multiplied. The tree
finds the field that costs most, and the page size with which the operation would cost less than a limit.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from counterpoint.errors import PageSize

Memo = dict[tuple[int, int], int]
"""The costs of fields with another page size, by the field's id and the length of the path from it."""


@dataclass(frozen=True, eq=False)
class FieldCost:
    """The cost of one field for one row of its parent.

    `rows` is the number of its own rows, or None if it only leads to other fields. `size_argument` is the argument that
    sets the number, if it is a page size. `alternatives` are the fields below it for each type of its rows. A row is of
    one type, so only the alternative counts that costs most. Equal selections may share their tree.
    """

    key: str
    rows: int | None
    size_argument: str | None
    alternatives: "tuple[tuple[FieldCost, ...], ...]"

    @cached_property
    def total(self) -> int:
        """The cost of the field and of everything below it."""
        return self._multiply(self.rows, max(map(sum_costs, self.alternatives), default=0))

    @cached_property
    def costliest_path(self) -> "tuple[int, tuple[FieldCost, ...]]":
        """The highest number of rows that one field reads, here or below, and the fields that lead to it."""
        below = max(self.alternatives, key=sum_costs, default=())
        rows, path = max((field.costliest_path for field in below), key=lambda cost: cost[0], default=(0, ()))
        factor = 1 if self.rows is None else self.rows
        if factor * rows <= (self.rows or 0):
            return self.rows or 0, (self,)
        return factor * rows, (self, *path)

    def total_with_size(self, path: Sequence[str], size: int, memo: Memo) -> int:
        """Return the cost if the field at a path below this one, which may be empty, had another page size."""
        memo_key = id(self), len(path)
        if memo_key not in memo:
            below = max((_sum_with_size(fields, path, size, memo) for fields in self.alternatives), default=0)
            memo[memo_key] = self._multiply(self.rows if path else size, below)
        return memo[memo_key]

    @staticmethod
    def _multiply(rows: int | None, below: int) -> int:
        return below if rows is None else rows * (1 + below)


def sum_costs(fields: Sequence[FieldCost]) -> int:
    """Return the cost of fields that are selected together."""
    return sum(field.total for field in fields)


def find_costliest_path(fields: Sequence[FieldCost]) -> tuple[FieldCost, ...]:
    """Return the field that reads most rows, preceded by the fields that lead to it."""
    return max((field.costliest_path for field in fields), key=lambda cost: cost[0], default=(0, ()))[1]


def find_fitting_size(fields: Sequence[FieldCost], path: Sequence[FieldCost], limit: int) -> PageSize | None:
    """Return the highest page size with which the cost is within a limit, for the innermost such field of a path.

    None if no page size of a single field is enough.
    """
    for length in range(len(path), 0, -1):
        field, keys = path[length - 1], [step.key for step in path[:length]]
        if field.size_argument and field.rows:
            size = _find_largest_size(fields, keys, field.rows, limit)
            if size > 0:
                return PageSize(".".join(keys), field.size_argument, size)
    return None


def _find_largest_size(fields: Sequence[FieldCost], path: Sequence[str], end: int, limit: int) -> int:
    """Return the largest page size below `end` with which the cost is within a limit; -1 if there is none."""
    return bisect_right(range(end), limit, key=lambda size: _sum_with_size(fields, path, size, {})) - 1


def _sum_with_size(fields: Sequence[FieldCost], path: Sequence[str], size: int, memo: Memo) -> int:
    """Return the cost of fields if the field at a path, which begins with one of them, had another page size."""
    return sum(
        field.total_with_size(path[1:], size, memo) if path and field.key == path[0] else field.total
        for field in fields
    )
