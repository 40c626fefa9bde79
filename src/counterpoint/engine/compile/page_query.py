"""Pages of a connection: the arguments `first`, `after`, `last` and `before`, and the rows, by keyset pagination."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from counterpoint.engine.compile.context import CompileContext, SelectedField
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.engine.sql.row_query import RowQuery
from counterpoint.errors import InvalidPage, LimitExceeded

DEFAULT_PAGE_SIZE = 20


@dataclass(frozen=True)
class PageArguments:
    """The size of a page, its direction, and its cursors as the placeholders of the order's values.

    `is_backward`: the page ends at `before` or at the last row, instead of starting at `after` or at the first.
    """

    size: int
    is_backward: bool
    codec: CursorCodec
    after: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def is_order_descending(self) -> bool:
        """Whether the connection's order is descending."""
        return self.codec.order.descending

    @property
    def is_fetched_descending(self) -> bool:
        """Whether the query reads the rows in descending order: a backward page is read from its end."""
        return self.is_order_descending is not self.is_backward


def parse_page_arguments(context: CompileContext, field: SelectedField, codec: CursorCodec) -> PageArguments:
    """Parse the page arguments of a field. Raise InvalidPage or LimitExceeded; cursors are decoded when bound."""
    size, is_backward = parse_page_size(context, field)
    after = _bind_cursor(context, field, "after", codec)
    before = _bind_cursor(context, field, "before", codec)
    return PageArguments(size, is_backward, codec, after, before)


def parse_page_size(context: CompileContext, field: SelectedField) -> tuple[int, bool]:
    """Return the size of a page, and whether the page is read from its end. Raise InvalidPage or LimitExceeded."""
    first = _parse_size(context, field, "first")
    last = _parse_size(context, field, "last")
    if first is not None and last is not None:
        raise InvalidPage("Invalid page: got both first and last, expected at most one of them.")
    size = last if first is None else first
    if size is not None:
        return size, first is None
    has_after, has_before = (context.has_value(context.find_argument(field, name)) for name in ("after", "before"))
    return min(DEFAULT_PAGE_SIZE, context.builder.limits.page_size), has_before and not has_after


def _parse_size(context: CompileContext, field: SelectedField, name: str) -> int | None:
    size: int | None = context.selection.specialize_on(context.find_argument(field, name), lambda value: value)
    max_size = context.builder.limits.page_size
    if size is not None and size < 0:
        raise InvalidPage(f"Invalid page: got {name}: {size}, expected 0 or more.")
    if size is not None and size > max_size:
        raise LimitExceeded("The size of a page", max_size, size)
    return size


def _bind_cursor(context: CompileContext, field: SelectedField, name: str, codec: CursorCodec) -> tuple[str, ...]:
    argument = context.find_argument(field, name)
    if not context.has_value(argument):
        return ()
    columns = range(len(codec.order.columns))
    return tuple(context.builder.bind(codec.value_parameter(argument.value, column)) for column in columns)


@dataclass(frozen=True)
class PageQuery:
    """The SELECT queries of one page, for one parent (its id as SQL) or for all rows.

    `cte` is the name of the CTE that holds the page and one more row, if the page is materialized. Otherwise each
    query reads the rows again.
    """

    rows: RowQuery
    page: PageArguments
    parent: str | None
    cte: str | None

    @cached_property
    def order_aliases(self) -> list[str]:
        """The columns o0, o1 … in which every query of the page selects the order's values."""
        return [f"o{number}" for number in range(len(self.rows.order))]

    def select_cte(self, columns: Iterable[str]) -> str:
        """Select the rows of the CTE. One row more than the page shows whether another page follows."""
        return self._select_rows(columns, limit=self.page.size + 1)

    def select_items(self, columns: Iterable[str]) -> str:
        """Select the rows of the page in the connection's order."""
        rows = self._select_page(columns, limit=self.page.size)
        if not self.page.is_backward:
            return rows
        # Without LIMIT in the outer query, SQLite may merge its ORDER BY with the inner one, or drop it.
        order = f"{self.order_by(descending=self.page.is_order_descending)} LIMIT {self.page.size}"
        return f"SELECT * FROM ({rows}) AS b ORDER BY {order}"

    def select_ids(self, parent: str | None = None) -> str:
        """Select the ids of the page's rows, also for another parent."""
        return self._select_rows(["id"], limit=self.page.size, parent=parent)

    def count_subquery(self) -> str:
        """Return a subquery that counts all rows. If they all fit on the page, it counts only those of the CTE."""
        count = self.rows.count_subquery(self.parent)
        if self.cte is None or self.page.after or self.page.before:
            return count
        return f"coalesce((SELECT nullif(count(*), {self.page.size + 1}) FROM {self.cte}), {count})"

    def has_more_condition(self, *, backward: bool) -> str | None:
        """Return the condition that there are rows beyond the page in one direction; None if there cannot be any."""
        conditions = []
        if self.page.is_backward is backward:
            conditions.append(f"EXISTS ({self._select_page((), offset=self.page.size, limit=1)})")
        cursor = self.page.after if backward else self.page.before
        if cursor:
            # The row of the cursor, and all rows beyond it, are not on the page.
            condition = self._cursor_condition(cursor, is_before=backward, is_inclusive=True)
            conditions.append(self.rows.exists_condition(self.parent, [condition]))
        return " OR ".join(conditions) if conditions else None

    def select_boundary_rows(self, *, is_last: bool) -> list[str]:
        """Return queries for the first or the last row of the page. The first query that has a row counts."""
        if self.page.is_backward is is_last:
            return [self._select_page((), limit=1)]
        # The page is read towards this row. The first query finds it on a full page, the second on any other.
        return [
            self._select_page((), offset=self.page.size - 1, limit=1),
            self._select_page((), limit=1, is_reversed=True),
        ]

    def order_by(self, prefix: str = "", *, descending: bool) -> str:
        """Return the ORDER BY terms on the selected order columns."""
        return ", ".join(f"{prefix}{column}{' DESC' * descending}" for column in self.order_aliases)

    def _select_page(self, columns: Iterable[str], *, limit: int, offset: int = 0, is_reversed: bool = False) -> str:
        """Select rows of the page, from its CTE if it has one, in the order in which it is fetched."""
        limit_and_offset = f"{limit} OFFSET {offset}" if offset else str(limit)
        if self.cte is None:
            return self._select_rows(columns, limit=limit_and_offset, is_reversed=is_reversed)
        order = self.order_by(descending=self.page.is_fetched_descending is not is_reversed)
        return f"SELECT * FROM {self.cte} ORDER BY {order} LIMIT {limit_and_offset}"

    def _select_rows(
        self, columns: Iterable[str], *, limit: int | str, is_reversed: bool = False, parent: str | None = None
    ) -> str:
        """Select rows between the page's cursors."""
        cursors = ((self.page.after, False), (self.page.before, True))
        return self.rows.select_ordered(
            parent or self.parent,
            columns,
            descending=self.page.is_fetched_descending is not is_reversed,
            limit=limit,
            extra_conditions=[self._cursor_condition(cursor, is_before=before) for cursor, before in cursors if cursor],
        )

    def _cursor_condition(self, cursor: Sequence[str], *, is_before: bool, is_inclusive: bool = False) -> str:
        """Return the condition that a row is before or after a cursor. With `is_inclusive`, its own row matches."""
        operator = ("<" if is_before is not self.page.is_order_descending else ">") + "=" * is_inclusive
        columns = self.rows.order_columns
        bounds = self.page.codec.compile_bounds(self.rows.dialect, cursor, operator)
        if len(columns) == 1:
            return f"{columns[0]} {operator} {bounds[0]}"
        return f"({', '.join(columns)}) {operator} ({', '.join(bounds)})"
