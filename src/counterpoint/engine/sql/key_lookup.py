"""Key lookups: conditions that a row has a key, in a unique column of its own or among its alternative keys."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Table

from counterpoint.engine.mapping import AlternativeKeys
from counterpoint.engine.sql.dialects import Dialect

NO_ID = 0
"""The id of no row: ids begin at 1. A null would make a negated condition null instead of true."""

QuoteTable = Callable[[Table], str]
"""Returns the name of a table for FROM, with the mark for its cache tags."""


@dataclass(frozen=True)
class KeyLookup:
    """The unique column of a table whose values are keys, and the alternative keys, if there are any."""

    dialect: Dialect
    table: Table
    column: str
    alternatives: AlternativeKeys | None
    quote_table: QuoteTable

    def equals(self, alias: str, key: str) -> str:
        """Return the condition that the row `alias` of the table has this key (SQL)."""
        if self.alternatives is None:
            return f"{alias}.{self.dialect.quote(self.column)} = {key}"
        return f"{alias}.id = {self._row_id(self.alternatives, key)}"

    def equals_any(self, alias: str, select_keys: str) -> str:
        """Return the condition that the row `alias` of the table has one of the keys in the column `value`."""
        if self.alternatives is None:
            return self.dialect.in_subquery(f"{alias}.{self.dialect.quote(self.column)}", select_keys)
        ids = f"SELECT {self._row_id(self.alternatives, 'e.value')} FROM ({select_keys}) AS e"
        return self.dialect.in_subquery(f"{alias}.id", ids)

    def _row_id(self, alternatives: AlternativeKeys, key: str) -> str:
        """Return the id of the row with a key. The alternatives are read only if no row has the key itself."""
        by_key = self._select(self.table, "id", self.column, key)
        by_alternative = self._select(
            alternatives.column.table, alternatives.foreign_key.name, alternatives.column.name, key
        )
        return f"coalesce(({by_key}), ({by_alternative}), {NO_ID})"

    def _select(self, table: Table, column: str, key_column: str, key: str) -> str:
        quote = self.dialect.quote
        return f"SELECT k.{quote(column)} FROM {self.quote_table(table)} AS k WHERE k.{quote(key_column)} = {key}"
