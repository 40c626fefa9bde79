"""Match counts on PostgreSQL: chosen by the statistics, and exact after any change of the passages."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from counterpoint.article import records
from counterpoint.store import match_counts
from counterpoint.store.match_counts import refresh_match_counts
from counterpoint.store.migrations import migrate
from support.database_helpers import UNLIMITED_LIMITS, open_client, open_write_engine, seed_articles
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlalchemy import Engine

COUNTS = "SELECT query, row_count FROM passage_index_count WHERE row_count IS NOT NULL ORDER BY query"
MATCHES = """
SELECT c.query, count(p.id)
FROM passage_index_count AS c
LEFT JOIN passage AS p ON (p.words || replace(p.stems, '  ', ' ='))::tsvector @@ c.query::tsquery
WHERE c.row_count IS NOT NULL GROUP BY c.query ORDER BY c.query
"""
TOTAL = "query ($query: String!) { search(query: $query, first: 1) { totalCount edges { snippet } } }"


@pytest.fixture
def engine(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """Yield a migrated database in which terms of two passages are frequent."""
    monkeypatch.setattr(match_counts, "MIN_FREQUENT_MATCHES", 2)
    monkeypatch.setattr(match_counts, "MIN_COUNTED_MATCHES", 2)
    with open_write_engine(postgresql_url) as engine:
        migrate(engine)
        yield engine


def refresh(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ANALYZE passage"))
        refresh_match_counts(connection, has_new_statistics=True)


def read_counts(engine: Engine) -> dict[str, int]:
    """Return the stored numbers, which must be those of the matches."""
    with engine.connect() as connection:
        counts = connection.execute(text(COUNTS)).all()
        assert counts == connection.execute(text(MATCHES)).all()
    return {str(query): int(count) for query, count in counts}


def find_word_query(queries: Iterable[str], word: str) -> str:
    """Return the query for a word in any of its forms, which contains its stems in many languages."""
    return next(query for query in queries if query.startswith(f"'{word}' | '={word}'"))


def create_article(language: str, texts: Sequence[str]) -> records.Article:
    paragraphs = tuple(records.Paragraph(paragraph, "", 1) for paragraph in texts)
    section = records.Section("_top", None, 1, paragraphs, 1)
    digest = sha256(" ".join(texts).encode()).hexdigest()
    return records.Article(
        "a.md", digest, "a", "A", None, None, (), language, None, None, None, (section,)
    )  # fmt: skip


def test_frequent_words_and_prefixes_have_counts_which_follow_each_seeding(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_counts, "MAX_COUNTS", 1_000)
    seed_articles(engine, ARTICLES)
    refresh(engine)
    before = read_counts(engine)
    assert before["'mayo':*"] == before[find_word_query(before, "mayor")] == 10
    contents = [ARTICLES[1:], [], ARTICLES[:1], [create_article("en", ["The mayors", "Mayonnaise"])], ARTICLES]
    all_counts = []
    for articles in contents:
        seed_articles(engine, articles)
        all_counts.append(read_counts(engine))
    assert set(all_counts[1].values()) == {0}
    assert all_counts[3]["'mayo':*"] == 2
    assert {query: all_counts[4][query] for query in before} == before


def test_updated_passages_are_counted_anew(engine: Engine) -> None:
    seed_articles(engine, ARTICLES)
    refresh(engine)
    before = read_counts(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE passage SET words = words || 'mayor ' WHERE article_id IS NOT NULL"))
    assert read_counts(engine)["'mayo':*"] > before["'mayo':*"] == 10


def test_terms_that_became_rare_make_room_for_others(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_counts, "MAX_COUNTS", 2)
    seed_articles(engine, [create_article("fi", ["one", "one", "one", "one"])])
    refresh(engine)
    assert read_counts(engine) == {"'o':*": 4, "'on':*": 4}
    seed_articles(engine, [create_article("fi", ["two", "two", "two"])])
    refresh(engine)
    assert read_counts(engine) == {"'t':*": 3, "'tw':*": 3}


def test_few_passages_have_no_counts(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(match_counts, "MIN_FREQUENT_MATCHES", 1_000)
    seed_articles(engine, ARTICLES)
    refresh(engine)
    assert read_counts(engine) == {}


@pytest.mark.parametrize(("query", "total"), [("raid", 60), ("raids", 60), ("ra*", 61), ("r*", 61)])
def test_search_reads_the_stored_total_and_the_first_hits(
    query: str, total: int, engine: Engine, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(match_counts, "MAX_COUNTS", 1_000)
    texts = [f"frequent raids {number}" for number in range(60)]
    texts[10], texts[55] = "raids", "raid"
    seed_articles(engine, [create_article("en", [*texts, "rain"])])
    refresh(engine)
    with open_client(postgresql_url, replace(UNLIMITED_LIMITS, search_hits=50)) as api:
        first = api.execute(TOTAL, {"query": query})["search"]
        assert first["totalCount"] == total
        assert first["edges"][0]["snippet"] == "<mark>raids</mark>"
        with engine.begin() as connection:
            connection.execute(text("UPDATE passage_index_count SET row_count = row_count + 1000000"))
        assert api.execute(TOTAL, {"query": query})["search"]["totalCount"] == total + 1_000_000
        assert api.execute(TOTAL, {"query": f"{query} -rain"})["search"]["totalCount"] == 60
