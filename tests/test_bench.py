"""The benchmark's own promises: fair pairs, documents that nobody has seen, and plans that seek."""

from __future__ import annotations

from itertools import islice

import pytest
from bench.articles import Writer
from bench.cold import variants
from bench.plans import check_plans
from bench.scaling import equally_many
from bench.scenarios import SCENARIOS
from graphql import parse

from counterpoint.article.parser import parse_article
from counterpoint.article.serializer import serialize_article
from support.database_helpers import create_sqlite_database, open_write_engine, seed_articles

ARTICLES = 40


@pytest.fixture(scope="module")
def generated_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of an SQLite database with generated articles."""
    url = create_sqlite_database(tmp_path_factory)
    writer = Writer(ARTICLES, seed=1)
    texts = {article.path: serialize_article(article) for article in map(writer.article, range(ARTICLES))}
    with open_write_engine(url) as engine:
        seed_articles(engine, [parse_article(text, path=path, sha256=path) for path, text in texts.items()])
    return url


def test_no_page_of_the_contract_scans_a_table(generated_url: str) -> None:
    report = check_plans(generated_url, every=9)
    assert [(asked.question.name, faults) for asked, faults in report.faulty] == []
    assert len(report.asked) > 200


def test_variants_of_a_document_are_valid_and_never_the_same() -> None:
    some = list(islice(variants(SCENARIOS[0].document), 20))
    assert len(set(some)) == 20
    assert all(parse(text) for text in some)


def test_equally_many_pairs_only_what_has_as_many_hits() -> None:
    small = {"a": 1, "b": 2, "c": 2, "d": 7}
    large = {"p": 2, "q": 1, "r": 1, "s": 9}
    assert list(equally_many(small, large)) == [("a", "q"), ("b", "p")]
