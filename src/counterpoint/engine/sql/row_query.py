"""Which rows a list holds: those of a table that belong to a parent, narrowed and in an order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table

from counterpoint.engine.answer_tags import mark_owner_rows
from counterpoint.engine.mapping import Relation
from counterpoint.engine.sql.dialects import Dialect

ROW_ALIAS = "t"
"""The alias of the listed row in conditions."""

LINK_ALIAS = "l"


@dataclass(frozen=True)
class RowQuery:
    """The rows of a table, of one parent or all, that meet the conditions; `order` is unique and ascends.

    `is_own`: the rows that point at the parent are the owner's own.
    """

    dialect: Dialect
    table: Table
    link: Relation | None
    order: "tuple[SqlColumn[object], ...]"
    conditions: Sequence[str] = ()
    is_own: bool = False

    @property
    def lists_own(self) -> bool:
        """Whether the listed rows are the owner's own."""
        return self.is_own and self.link is not None and self.link.far is None

    def ordered(
        self,
        parent: str | None,
        columns: Iterable[str],
        *,
        descending: bool = False,
        limit: str | None = None,
        within: Sequence[str] = (),
    ) -> str:
        """Select the rows of a parent (its id as SQL) in order.

        The order's columns are selected as o0, o1 …; `within` are further conditions, as SQL.
        """
        selected = [f"{ROW_ALIAS}.{self.dialect.name(column)}" for column in columns]
        selected += [f"{column} AS o{number}" for number, column in enumerate(self.order_columns)]
        direction = " DESC" if descending else ""
        order = ", ".join(column + direction for column in self.order_columns)
        limited = "" if limit is None else f" LIMIT {limit}"
        return f"SELECT {', '.join(selected)}{self._rows(parent, within)} ORDER BY {order}{limited}"

    def count(self, parent: str | None) -> str:
        """Count the rows of a parent."""
        return f"(SELECT count(*){self._rows(parent, ())})"

    def numbers(self, parent: str | None, column: str) -> str:
        """Select how many rows of a parent have each value of a column: as g and n."""
        value = f"{ROW_ALIAS}.{self.dialect.name(column)}"
        return f"SELECT {value} AS g, count(*) AS n{self._rows(parent, ())} GROUP BY {value}"

    def exists(self, parent: str | None, within: Sequence[str]) -> str:
        """Tell whether a parent has rows that meet further conditions."""
        return f"EXISTS (SELECT 1{self._rows(parent, within)})"

    def identities(self, parents: str, rows: Callable[[str], str]) -> str:
        """Select the ids of the rows of many parents (a common table); `rows` selects them for one parent."""
        name = mark_owner_rows(self.dialect.name(self.table.name), is_own=self.lists_own)
        return (
            f"SELECT DISTINCT t.id FROM {parents} AS u {self.dialect.join} {name} AS t"
            f" ON t.id IN (SELECT id FROM ({rows('u.id')}) AS p)"
        )

    @property
    def order_columns(self) -> list[str]:
        """The order's columns as SQL, for conditions on where a row stands."""
        return [
            f"{ROW_ALIAS if column.table is self.table else LINK_ALIAS}.{self.dialect.name(column.name)}"
            for column in self.order
        ]

    def _rows(self, parent: str | None, within: Sequence[str]) -> str:
        conditions = list(self.conditions)
        source = f"{mark_owner_rows(self.dialect.name(self.table.name), is_own=self.lists_own)} AS {ROW_ALIAS}"
        if self.link and parent:
            near = self.dialect.name(self.link.near.name)
            if self.link.far is None:
                conditions.insert(0, f"{ROW_ALIAS}.{near} = {parent}")
            else:
                between = mark_owner_rows(self.dialect.name(self.link.near.table.name), is_own=self.is_own)
                far = f"{LINK_ALIAS}.{self.dialect.name(self.link.far.name)}"
                condition = f"{LINK_ALIAS}.{near} = {parent}"
                if all(column.table is self.table for column in self.order):
                    row = f"{ROW_ALIAS}.id"
                    source, condition = self.dialect.linked(source, row, f"{between} AS {LINK_ALIAS}", far, condition)
                else:
                    source = f"{between} AS {LINK_ALIAS} {self.dialect.join} {source} ON {ROW_ALIAS}.id = {far}"
                conditions.insert(0, condition)
        conditions.extend(within)
        return f" FROM {source}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")
