"""Match counts: PostgreSQL's table of frequent terms, with the numbers of passages that match the most frequent.

Seedings choose the terms, and keep the numbers exact.
"""

COUNT_TABLE = "passage_index_count"
"""The terms by full-text query, as PostgreSQL writes it. For its type, a word and a prefix are equal."""


MAX_ROWS_PER_MATCH = 10
"""Rows for each match up to which reading them in order takes less time than to look a prefix up in the index."""


def select_stored(query: str) -> str:
    """Return a subquery for the number of matches of a full-text query (SQL); null if it is not stored."""
    return f"(SELECT row_count FROM {COUNT_TABLE} WHERE query = {query}::tsquery::text)"


def select_first(table: str, alias: str, match: str, query: str) -> str:
    """Return a FROM item for the rows that meet a condition on the index, or for all in the order of their ids.

    It has all if the full-text query is that of a frequent prefix, so that a LIMIT ends the scan early. The index
    collects all rows of all words of a prefix first.
    """
    few_rows = f"row_count * {MAX_ROWS_PER_MATCH} > (SELECT max(id) - min(id) FROM {table})"
    is_frequent = f"query = {query}::tsquery::text AND (row_count IS NULL OR {few_rows})"
    frequent = f"SELECT EXISTS (SELECT FROM {COUNT_TABLE} WHERE {is_frequent}) AS is_frequent"
    # OFFSET 0 keeps the planner from sharing the rows among processes, which would change their order.
    return (
        f"(WITH f AS MATERIALIZED ({frequent})"
        f" SELECT {alias}.* FROM {table} AS {alias} WHERE {match} AND NOT (SELECT is_frequent FROM f)"
        f" UNION ALL SELECT t.* FROM (SELECT {alias}.* FROM {table} AS {alias}"
        f" WHERE (SELECT is_frequent FROM f) ORDER BY {alias}.id) AS t OFFSET 0) AS {alias}"
    )
