"""Ranks of articles: integers in the order of a long key, which the rows of other tables hold in place of the key.

A new article gets a rank between those of its neighbours, so that a seeding writes the rows of few articles. If there
is no room between them, all articles get new ranks. Nothing outside one database depends on the numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, Table, bindparam, select, update

from counterpoint.store import models
from counterpoint.store.batching import MAX_IN_VALUES, batched
from counterpoint.store.models import MAX_RANK, UNRANKED, sql_table

KEYS = {"recency_rank": "recency_key", "change_rank": "change_key"}
"""The columns of the ranks, each with the key that it follows."""

STEP_AT_ENDS = 2**10
"""The distance to the neighbour of a new first or last article, such as the newest one."""

_ARTICLE = sql_table(models.Article)


def refresh(connection: Connection, *, has_copies: bool) -> None:
    """Rank the articles that have no rank, and copy changed ranks to all rows that hold them.

    Without `has_copies`, no other rows hold ranks of articles without ranks.
    """
    changes: dict[int, dict[str, int]] = defaultdict(dict)
    new_ids: set[int] = set()
    for rank, key in KEYS.items():
        articles = connection.execute(select(_ARTICLE.c.id, _ARTICLE.c[rank]).order_by(_ARTICLE.c[key])).all()
        new_ids |= {row_id for row_id, old in articles if old == UNRANKED}
        for (row_id, old), new in zip(articles, assign_ranks([old for _, old in articles]), strict=True):
            if old != new:
                changes[row_id][rank] = new
    for columns in {frozenset(ranks) for ranks in changes.values()}:
        rows = [{"row_id": row_id, **ranks} for row_id, ranks in changes.items() if ranks.keys() == columns]
        connection.execute(update(_ARTICLE).where(_ARTICLE.c.id == bindparam("row_id")), rows)
    for table in list_tables_with_ranks():
        _copy_ranks(connection, table, changes.keys() if has_copies else changes.keys() - new_ids)


def assign_ranks(ranks: Sequence[int]) -> list[int]:
    """Return ascending ranks for articles in order. Those that have a rank keep it if the others fit between them."""
    if 2 * ranks.count(UNRANKED) >= len(ranks):
        return _spread(len(ranks), MAX_RANK // 4, MAX_RANK // 4 * 3)
    assigned: list[int] = []
    start = 0
    for is_unranked, group in groupby(ranks, lambda rank: rank == UNRANKED):
        run = list(group)
        start += len(run)
        if not is_unranked:
            assigned += run
            continue
        room = STEP_AT_ENDS * (len(run) + 1)
        high = ranks[start] if start < len(ranks) else min(assigned[-1] + room, MAX_RANK)
        low = assigned[-1] if assigned else max(high - room, 0)
        if high - low <= len(run):
            return _spread(len(ranks), MAX_RANK // 4, MAX_RANK // 4 * 3)
        assigned += _spread(len(run), low, high)
    return assigned


def _spread(count: int, low: int, high: int) -> list[int]:
    """Return ascending numbers at equal distances between two others."""
    return [low + (high - low) * number // (count + 1) for number in range(1, count + 1)]


def list_tables_with_ranks() -> Iterator[Table]:
    """Yield the tables that hold copies of ranks, each after those that it references."""
    for table in models.metadata.sorted_tables:
        if table is not _ARTICLE and KEYS.keys() & {*table.c.keys()}:
            yield table


def _copy_ranks(connection: Connection, table: Table, article_ids: Iterable[int]) -> None:
    """Copy the ranks of these articles to the rows of a table that belong to them."""
    ranks = {
        rank: select(_ARTICLE.c[rank]).where(_ARTICLE.c.id == table.c.article_id).scalar_subquery()
        for rank in KEYS
        if rank in table.c
    }
    for batch in batched(sorted(article_ids), MAX_IN_VALUES):
        connection.execute(update(table).where(table.c.article_id.in_(batch)).values(ranks))
