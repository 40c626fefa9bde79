"""Row queries: the rows of a table that belong to a parent and meet conditions, in a unique order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table

from counterpoint.engine.mapping import Relation
from counterpoint.engine.sql.answer_cache_tags import quote_table
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.tag_scopes import TagScope

ROW_ALIAS = "t"
"""The alias of the selected table; conditions use it."""

LINK_ALIAS = "l"
"""The alias of the join table between the parent and the rows."""

GROUP_ALIAS = "k"
"""The alias of a join table by whose values the rows are grouped."""


@dataclass(frozen=True)
class RowQuery:
    """The rows of a table, of one parent or all, that meet the conditions.

    `order` is unique and ascending. `scope` names the objects whose cache tags cover the rows, and `link_scope` those
    whose tags cover the rows of the join table.
    """

    dialect: Dialect
    table: Table
    relation: Relation | None
    order: "tuple[SqlColumn[object], ...]"
    conditions: Sequence[str] = ()
    scope: TagScope | None = None
    link_scope: TagScope | None = None

    def select_ordered(
        self,
        parent: str | None,
        columns: Iterable[str],
        *,
        descending: bool = False,
        limit: int | str | None = None,
        extra_conditions: Sequence[str] = (),
    ) -> str:
        """Select the rows of a parent (its id as SQL) in order, with the order's columns as o0, o1 and so on."""
        selected = [f"{ROW_ALIAS}.{self.dialect.quote(column)}" for column in columns]
        selected += [f"{column} AS o{number}" for number, column in enumerate(self.order_columns)]
        direction = " DESC" if descending else ""
        order = ", ".join(column + direction for column in self.order_columns)
        limit_clause = "" if limit is None else f" LIMIT {limit}"
        rows = self._from_and_where(parent, extra_conditions)
        return f"SELECT {', '.join(selected)}{rows} ORDER BY {order}{limit_clause}"

    def count_subquery(self, parent: str | None) -> str:
        """Return a subquery that counts the rows of a parent."""
        return f"(SELECT count(*){self._from_and_where(parent)})"

    def select_group_counts(self, parent: str | None, value: str) -> str:
        """Select each value of an expression on a row as g, and how many rows of a parent have it as n."""
        return f"SELECT {value} AS g, count(*) AS n{self._from_and_where(parent)} GROUP BY {value}"

    def select_join_counts(
        self,
        parent: str | None,
        row_column: "SqlColumn[object]",
        value_column: "SqlColumn[object]",
        link_scope: TagScope | None,
    ) -> str:
        """Select each value of a column of a join table as g, and how many rows of a parent it is joined to as n."""
        quote = self.dialect.quote
        value = f"{GROUP_ALIAS}.{quote(value_column.name)}"
        join_table = f"{quote_table(self.dialect, value_column.table, link_scope)} AS {GROUP_ALIAS}"
        if (self.relation and parent) or self.conditions:
            join = f" {self.dialect.join} {join_table} ON {GROUP_ALIAS}.{quote(row_column.name)} = {ROW_ALIAS}.id"
            source = self._from_and_where(parent, joins=join)
        else:
            source = f" FROM {join_table}"  # because each row of the join table counts
        return f"SELECT {value} AS g, count(*) AS n{source} GROUP BY {value}"

    def exists_condition(self, parent: str | None, extra_conditions: Sequence[str]) -> str:
        """Return the condition that a parent has rows that meet further conditions."""
        return f"EXISTS (SELECT 1{self._from_and_where(parent, extra_conditions)})"

    def select_ids_for_parents(self, parents_cte: str, select_for_parent: Callable[[str], str]) -> str:
        """Select the ids of the rows of all parents in a CTE; `select_for_parent` selects them for one parent's id."""
        name = self._table_name
        return (
            f"SELECT DISTINCT t.id FROM {parents_cte} AS u {self.dialect.join} {name} AS t"
            f" ON t.id IN (SELECT id FROM ({select_for_parent('u.id')}) AS p)"
        )

    @cached_property
    def order_columns(self) -> list[str]:
        """The order's columns as SQL, for conditions on a row's position."""
        return [
            f"{ROW_ALIAS if column.table is self.table else LINK_ALIAS}.{self.dialect.quote(column.name)}"
            for column in self.order
        ]

    @property
    def _table_name(self) -> str:
        return quote_table(self.dialect, self.table, self.scope)

    def _from_and_where(self, parent: str | None, extra_conditions: Sequence[str] = (), joins: str = "") -> str:
        from_clause = f"{self._table_name} AS {ROW_ALIAS}"
        conditions = [*self.conditions, *extra_conditions]
        if self.relation and parent:
            from_clause, condition = self._restrict_to_parent(self.relation, from_clause, parent)
            conditions.insert(0, condition)
        return f" FROM {from_clause}{joins}" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")

    def _restrict_to_parent(self, relation: Relation, from_item: str, parent: str) -> tuple[str, str]:
        quote = self.dialect.quote
        parent_column = quote(relation.parent_column.name)
        if relation.child_column is None:
            return from_item, f"{ROW_ALIAS}.{parent_column} = {parent}"
        join_table = relation.parent_column.table
        link = f"{quote_table(self.dialect, join_table, self.link_scope)} AS {LINK_ALIAS}"
        child_column = f"{LINK_ALIAS}.{quote(relation.child_column.name)}"
        condition = f"{LINK_ALIAS}.{parent_column} = {parent}"
        if all(column.table is self.table for column in self.order):
            return self.dialect.join_through(from_item, f"{ROW_ALIAS}.id", link, child_column, condition)
        # The order uses columns of the join table, which the FROM clause must therefore contain.
        return f"{link} {self.dialect.join} {from_item} ON {ROW_ALIAS}.id = {child_column}", condition
