"""SQLite's parser stack limit: how deep a query may nest, and when a part must move into a CTE.

SQLite's parser pushes every open grammar symbol on a stack. Before version 3.46 the stack held 100 symbols, and deeper
SQL failed with "parser stack overflow". Python's sqlite3 is often linked to such a version, so every query stays
within the limit. A part that would nest too deep becomes a common table expression (CTE) that is computed once, because
the parser reads a CTE near the bottom of its stack.

`Construct` holds how many symbols each construct of ours keeps open, as upper bounds. `tests/engine/compile/` nests
lists and filters to the limits of a document; `test_parser_stack.py` there shows how to measure symbols: each pair of
parentheses around an expression adds one. `docs/decisions/` records why the service does not ship its own SQLite.
"""

from dataclasses import dataclass
from enum import IntEnum


class Construct(IntEnum):
    """Parser symbols that are open while the parser reads the innermost part of a construct."""

    ROOT_FIELD = 14
    """The object of a root field, or a row of a CTE."""
    LIST_ITEM = 15
    """An item of a list with one table."""
    TYPE_CASE = 5
    """The CASE that chooses an item's type, beside LIST_ITEM."""
    TEMPLATE = 10
    """A text that is made by a template, beside LIST_ITEM and TYPE_CASE."""
    MERGED_LIST_ITEM = 22
    """An item of a list that merges several tables by UNION ALL."""
    CONNECTION_ITEM = 24
    """An item of a connection."""
    SEARCH_TYPE_CASE = 7
    """The CASE that chooses a search hit's type, beside CONNECTION_ITEM."""
    CONNECTION_FILTER = 70
    """The deepest condition of a connection's filter."""
    COUNTS = 12
    """The groups of a connection's counts, around its filter."""
    LOGICAL = 5
    """A condition within `and`, `or` or `not`."""
    RELATION = 12
    """A condition on a related object."""
    RELATION_BY_JOIN_TABLE = 22
    """A condition on an object that a join table relates."""


@dataclass(frozen=True)
class ParserStack:
    """The symbols that a database's parser may have open: in total (None: no limit), and within a filter."""

    max_symbols: int | None
    max_filter_symbols: int

    def fits(self, depth: int, *, symbols: int) -> bool:
        """Return whether a construct with so many symbols fits where `depth` symbols are open."""
        return self.max_symbols is None or depth + symbols <= self.max_symbols

    def fits_filter(self, depth: int) -> bool:
        """Return whether a condition fits that has `depth` open symbols within its filter."""
        return depth <= self.max_filter_symbols


SQLITE_PARSER_STACK = ParserStack(max_symbols=90, max_filter_symbols=24)
"""10 symbols below SQLite's limit, because an item's own expressions need some."""

POSTGRESQL_PARSER_STACK = ParserStack(max_symbols=None, max_filter_symbols=60)
"""No parser limit. PostgreSQL's planner doubles its time with each level of OR: twelve levels took five seconds."""
