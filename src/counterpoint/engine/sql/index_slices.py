"""Slices of PostgreSQL's full-text index: SQL that looks up a part of the matches.

A slice is a range of ids. Every third slice belongs to the same group. The index has the slice and the group of a row,
as the expression in a migration: with other values here, PostgreSQL would not use the index.
"""

SLICE_BITS = 12
"""Bits of an id that do not determine its slice: a slice has 4,096 ids."""

SLICE_GROUPS = 3
"""Groups of slices: as many as PostgreSQL counts at the same time by default, in a query's process and two workers."""

MANY_MATCHES = 256
"""Matches in the middle slice that suffice to read slice by slice."""


def select_first(table: str, alias: str, match: str) -> str:
    """Return a FROM item for the rows of a table that meet a condition on the index.

    If the middle slice has many matches, it reads slice by slice, so that a LIMIT ends it early. Otherwise nearly all
    rows would be read anyway.
    """
    bounds = f"SELECT min(id) >> {SLICE_BITS} AS first, max(id) >> {SLICE_BITS} AS last FROM {table}"
    rows = f"FROM {table} AS {alias} WHERE {match} AND"
    middle = _is_in_slice(alias, "(SELECT first + (last - first) / 2 FROM b)")
    sample = f"SELECT count(*) = {MANY_MATCHES} AS has_many FROM (SELECT {rows} {middle} LIMIT {MANY_MATCHES}) AS t"
    # OFFSET 0 keeps the planner from looking the slices up for each row.
    slice_rows = f"SELECT {alias}.* {rows} {_is_in_slice(alias, 'slice')} OFFSET 0"
    slices = f"b CROSS JOIN LATERAL generate_series(first, last) AS slice CROSS JOIN LATERAL ({slice_rows}) AS t"
    return (
        f"(WITH b AS MATERIALIZED ({bounds}), f AS MATERIALIZED ({sample})"
        f" SELECT {alias}.* {rows} NOT (SELECT has_many FROM f)"
        f" UNION ALL SELECT t.* FROM {slices} WHERE (SELECT has_many FROM f) OFFSET 0) AS {alias}"
    )


def select_count(alias: str, matches: str) -> str:
    """Select the number of matches (FROM and WHERE clause): each group apart, so that processes can share them."""
    groups = (_is_in_slice(alias, str(-number)) for number in range(1, SLICE_GROUPS + 1))
    counts = " UNION ALL ".join(f"SELECT count(*) AS n FROM {matches} AND {group}" for group in groups)
    return f"SELECT sum(n) FROM ({counts}) AS t"


def _is_in_slice(alias: str, number: str) -> str:
    """Return the condition that a row is in the slice with this number, or in a group, whose number is below 0."""
    row_slice = f"({alias}.id >> {SLICE_BITS})"
    return f"ARRAY[{row_slice}, -1 - {row_slice} % {SLICE_GROUPS}] @> ARRAY[{number}]"
