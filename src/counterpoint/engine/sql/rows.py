"""Row sources and row references: the FROM clause of one list or lookup, and the rows that its items are read from."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Table

from counterpoint.engine.mapping import Relation, referenced_table
from counterpoint.engine.sql.answer_cache_tags import quote_table
from counterpoint.engine.sql.builder import SqlBuilder
from counterpoint.engine.sql.expressions import JsonText, json_from_sql
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.tag_scopes import TagScope, child_scopes


class FromClauseBuilder:
    """Collects the columns and joins of one list or lookup, and renders its FROM clause: a base query with joined rows.

    `stack_depth` is the number of parser symbols that are open where the source's items are read.
    """

    def __init__(self, builder: SqlBuilder, table: Table, stack_depth: int, *, left_join: bool = False) -> None:
        """Create a source without columns and joins. With `left_join`, a missing referenced row gives nulls."""
        self.builder = builder
        self.table = table
        self.stack_depth = stack_depth
        self.alias = builder.new_alias("r")
        self._join = "LEFT JOIN" if left_join else builder.dialect.join
        self.columns: dict[str, None] = {}
        """The names of the columns that the base query must select."""
        self._aliases: dict[tuple[str, str], str] = {}
        self._joins: list[str] = []

    def select_column(self, name: str) -> str:
        """Add a column of the table to the base query and return it as SQL."""
        self.columns[name] = None
        return f"{self.alias}.{self.builder.dialect.quote(name)}"

    def join(self, alias: str, key: str, foreign_key: str, table: Table, *, scope: TagScope | None = None) -> str:
        """Join the row whose id equals `foreign_key` (SQL) and return its alias. Equal alias and key join only once."""
        if (alias, key) not in self._aliases:
            joined = self._aliases[alias, key] = self.builder.new_alias("r")
            table_name = quote_table(self.builder.dialect, table, scope)
            self._joins.append(f" {self._join} {table_name} AS {joined} ON {joined}.id = {foreign_key}")
        return self._aliases[alias, key]

    @property
    def joins(self) -> str:
        """The JOIN clauses."""
        return "".join(self._joins)

    def from_clause(self, base_query: str) -> str:
        """Return the FROM clause for a base query that selects `columns`."""
        return f"({base_query}) AS {self.alias}{self.joins}"


@dataclass(frozen=True)
class RowRef:
    """A row of a source: the row of its table, or a joined row.

    Within a list, the reference represents a different row for each item. `select_ids` returns a query for the ids of
    all these rows, which a CTE needs. `scope` names the objects whose cache tags cover the row.
    """

    source: FromClauseBuilder
    alias: str
    table: Table
    select_ids: Callable[[], str]
    scope: TagScope | None = None

    @property
    def id(self) -> str:
        """The row's id as SQL."""
        return self.column("id")

    @property
    def builder(self) -> SqlBuilder:
        """The builder of the query."""
        return self.source.builder

    def column(self, name: str) -> str:
        """Return a column of the row as SQL."""
        if self.alias == self.source.alias:
            return self.source.select_column(name)
        return f"{self.alias}.{self.builder.dialect.quote(name)}"

    def get_or_add_ids_cte(self) -> str:
        """Return the name of the CTE with the ids of all rows of the reference; create it if needed."""
        ids_ctes = self.builder.ids_ctes
        if self.alias not in ids_ctes:
            ids_ctes[self.alias] = self.builder.add_cte("i", self.select_ids())
        return ids_ctes[self.alias]

    def referenced_row(self, foreign_key: str) -> "RowRef":
        """Join the row that a foreign key references."""
        target = referenced_table(self.table, foreign_key)
        scope = self.scope and self.scope.of_referenced(self.builder.mapping, self.table, foreign_key)
        alias = self.source.join(self.alias, foreign_key, self.column(foreign_key), target, scope=scope)
        return RowRef(self.source, alias, target, lambda: self._select_referenced_ids(foreign_key), scope)

    def child_scopes(self, relation: Relation) -> tuple[TagScope | None, TagScope | None]:
        """Return the scopes of the row's children, and of the join table's rows that lead to them."""
        return child_scopes(self.builder.mapping, self.scope, relation)

    def _select_referenced_ids(self, foreign_key: str) -> str:
        dialect = self.builder.dialect
        table_name = quote_table(dialect, self.table, self.scope)
        return (
            f"SELECT DISTINCT t.{dialect.quote(foreign_key)} AS id FROM {self.get_or_add_ids_cte()} AS u"
            f" {dialect.join} {table_name} AS t ON t.id = u.id"
        )

    def compile_inline_or_in_cte(
        self, compile_for: Callable[[str, int], JsonText], item_symbols: int, other_symbols: int = 0
    ) -> JsonText:
        """Compile a list under this row in place, or in a CTE where it would exceed the parser's stack.

        `compile_for` takes the SQL of the parent's id and the stack depth of the list's items. An item adds
        `item_symbols` to the depth, any other part of the list at most `other_symbols`. The CTE computes the list once
        for each row of the reference.
        """
        depth = self.source.stack_depth
        if self.builder.dialect.parser_stack.fits(depth, symbols=max(item_symbols, other_symbols)):
            return compile_for(self.id, depth + item_symbols)
        value = compile_for("u.id", Construct.ROOT_FIELD + item_symbols).sql()
        cte = self.builder.add_cte("d", f"SELECT u.id AS up, {value} AS v FROM {self.get_or_add_ids_cte()} AS u")
        return json_from_sql(f"(SELECT v FROM {cte} WHERE up = {self.id})")
