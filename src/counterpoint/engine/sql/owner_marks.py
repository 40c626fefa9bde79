"""Owner marks: temporary prefixes of table names that the answer's cache tags are derived from.

Cache tags are read off the finished SQL, in which every table follows FROM or JOIN, so that no table can be forgotten.
The exception are rows of one owner that the query looks up by its key. There the compiler marks the table's name, and
the owner's own tag replaces the tags of its types. A missing mark only makes the tags broader, never wrong.
"""

import re

_MARK = "own:"
_TABLE = re.compile(r'\b(?:FROM|JOIN) "?(\w+)')
_MARKED = re.compile(rf"\b(FROM|JOIN) {_MARK}")


def mark_owner_rows(table: str, *, is_within_owner: bool) -> str:
    """Return a table's name for FROM or JOIN, marked if only rows of the looked-up owner are read there."""
    return _MARK + table if is_within_owner else table


def strip_owner_marks(sql: str) -> str:
    """Remove the marks, which no database understands."""
    return _MARKED.sub(r"\1 ", sql)


def find_unmarked_tables(sql: str) -> set[str]:
    """Return the names that follow FROM or JOIN without a mark: tables, and aliases of CTEs."""
    return set(_TABLE.findall(sql))
