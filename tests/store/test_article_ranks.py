"""Ranks follow the order of articles, and a new article moves no others as long as there is room."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from counterpoint.store.article_ranks import STEP_AT_ENDS, assign_ranks
from counterpoint.store.models import MAX_RANK, UNRANKED, metadata
from counterpoint.store.records_to_rows import recency_key
from support.database_helpers import open_write_engine, seed_articles
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    import sqlalchemy

NEW = UNRANKED
ARTICLE = metadata.tables["article"].c
_NEWEST_FIRST = sorted(ARTICLES, key=lambda article: recency_key(article.published, article.slug))
EVERY_SECOND = _NEWEST_FIRST[::2]


@pytest.mark.parametrize(
    ("ranks", "assigned"),
    [
        ([100, NEW, 200], [100, 150, 200]),
        ([100, NEW, NEW, 200, 300], [100, 133, 166, 200, 300]),
        ([NEW, 5000, 6000], [5000 - STEP_AT_ENDS, 5000, 6000]),
        ([NEW, 10, 6000], [5, 10, 6000]),
        ([5000, 6000, NEW], [5000, 6000, 6000 + STEP_AT_ENDS]),
        ([7, MAX_RANK - 5, NEW], [7, MAX_RANK - 5, MAX_RANK - 3]),
        ([7, 8], [7, 8]),
        ([], []),
    ],
)
def test_new_articles_get_ranks_between_their_neighbours(ranks: list[int], assigned: list[int]) -> None:
    assert assign_ranks(ranks) == assigned


@pytest.mark.parametrize("ranks", [[NEW], [NEW, NEW, NEW], [7, NEW, 8], [NEW, 1, 7], [7, 9, MAX_RANK, NEW]])
def test_without_room_all_articles_get_ranks_with_room_on_all_sides(ranks: list[int]) -> None:
    assigned = assign_ranks(ranks)
    assert len(assigned) == len(ranks)
    assert all(high - low > STEP_AT_ENDS for low, high in pairwise([0, *assigned, MAX_RANK]))


def read_ranks(engine: sqlalchemy.Engine) -> dict[str, int]:
    """Return the ranks of articles by slug, newest first. All rows of an article must hold the same."""
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if "recency_rank" in table.c and table.name != "article":
                is_other = (table.c.article_id == ARTICLE.id) & (table.c.recency_rank != ARTICLE.recency_rank)
                assert connection.execute(select(table).where(is_other)).all() == []
        rows = connection.execute(select(ARTICLE.slug, ARTICLE.recency_rank).order_by(ARTICLE.recency_key))
        return {row.slug: row.recency_rank for row in rows}


def test_seeding_an_article_between_others_keeps_their_ranks(database_url: str) -> None:
    with open_write_engine(database_url) as engine:
        seed_articles(engine, EVERY_SECOND)
        before = read_ranks(engine)
        seed_articles(engine, ARTICLES)
        after = read_ranks(engine)
    assert before.items() < after.items()
    assert [*after.values()] == sorted(after.values())


def test_seeding_without_room_for_an_article_ranks_all_again(database_url: str) -> None:
    with open_write_engine(database_url) as engine:
        seed_articles(engine, EVERY_SECOND)
        low, high = sorted(read_ranks(engine).values())
        with engine.begin() as connection:
            for table in metadata.sorted_tables:
                if "recency_rank" in table.c:
                    close = update(table).where(table.c.recency_rank == high).values(recency_rank=low + 1)
                    connection.execute(close)
        seed_articles(engine, ARTICLES)
        ranks = [*read_ranks(engine).values()]
    assert ranks == sorted(ranks)
    assert {low, low + 1}.isdisjoint(ranks)
