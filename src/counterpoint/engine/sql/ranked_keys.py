"""Ranked keys: conditions and values of an order whose first column holds the rank of a key in another table.

The queries for keys and ranks need no cache tags of their own: an answer depends on the order of the rows that it
reads, and the tags of these rows cover it. Therefore a scope that is no type marks the table.
"""

from collections.abc import Sequence

from counterpoint.engine.mapping import RankedKey
from counterpoint.engine.sql.answer_cache_tags import quote_table
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.expressions import MAX_INTEGER
from counterpoint.engine.sql.tag_scopes import TagScope

_ORDER = TagScope("order")


def select_key(dialect: Dialect, ranked: RankedKey, rank: str) -> str:
    """Return a subquery for the key that has a rank (SQL)."""
    key, own_rank = (f"k.{dialect.quote(column.name)}" for column in (ranked.key, ranked.rank))
    return f"(SELECT {key} FROM {_table(dialect, ranked)} WHERE {own_rank} = {rank})"


def rank_bounds(dialect: Dialect, ranked: RankedKey, cursor: Sequence[str], operator: str) -> list[str]:
    """Return what the rank and the order's other columns are compared with, from placeholders of key and values.

    The row of the cursor may have been deleted. If no row of the other table has the key any more, the bound is between
    the rows of its neighbours: after all rows of the nearest key before it, or before those of the nearest after it.
    """
    key, table = f"k.{dialect.quote(ranked.key.name)}", _table(dialect, ranked)
    is_from_before = operator in (">", "<=")
    nearest, direction, default = ("<=", " DESC", 0) if is_from_before else (">=", "", MAX_INTEGER)
    rank = f"SELECT k.{dialect.quote(ranked.rank.name)} FROM {table} WHERE {key} {nearest} {cursor[0]}"
    bound = f"coalesce(({rank} ORDER BY {key}{direction} LIMIT 1), {default})"
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = {cursor[0]})"
    filler = MAX_INTEGER if is_from_before else 0
    return [bound, *(f"CASE WHEN {exists} THEN {value} ELSE {filler} END" for value in cursor[1:])]


def _table(dialect: Dialect, ranked: RankedKey) -> str:
    return f"{quote_table(dialect, ranked.key.table, _ORDER)} AS k"
