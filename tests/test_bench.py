"""Tests of the benchmark: fair pairs, document variants, equal answers, and queries that scan no table."""

from __future__ import annotations

from itertools import islice

import pytest
from bench.articles import ArticleGenerator
from bench.cold_documents import document_variants
from bench.commands import FLOOR_SCENARIOS
from bench.comparison import Target, check_equal_answers
from bench.query_plans import check_plans
from bench.scaling import pair_by_hits
from bench.scenarios import SCENARIOS
from bench.serializer import serialize_article
from bench.servers import counterpoint_server, floor_server, run_server
from graphql import parse
from sqlalchemy import create_engine

from counterpoint.article.parser import parse_article
from support.database_helpers import create_sqlite_database, open_write_engine, seed_articles

ARTICLES = 40


@pytest.fixture(scope="module")
def generated_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of an SQLite database with generated articles."""
    url = create_sqlite_database(tmp_path_factory)
    generator = ArticleGenerator(ARTICLES, seed=1)
    texts = {article.path: serialize_article(article) for article in map(generator.generate, range(ARTICLES))}
    with open_write_engine(url) as engine:
        seed_articles(engine, [parse_article(text, path=path, sha256=path).article for path, text in texts.items()])
    return url


@pytest.mark.slow
def test_no_query_of_the_schema_scans_a_table(generated_url: str) -> None:
    report = check_plans(generated_url, interval=9)
    assert [(check.query.name, problems) for check, problems in report.failures] == []
    assert len(report.checks) > 200


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOOR_SCENARIOS)
def test_floor_answers_as_the_service_does(generated_url: str, name: str) -> None:
    (scenario,) = (scenario for scenario in SCENARIOS if scenario.name == name)
    service = counterpoint_server(generated_url, has_response_cache=False)
    with (
        run_server(service) as first,
        run_server(floor_server(generated_url)) as floor,
        create_engine(generated_url).connect() as connection,
    ):
        targets = [Target(server, scenario.variables(connection, server)) for server in (first, floor)]
        assert targets[1].variables
        floor.prepare(scenario.document, targets[1].variables)
        check_equal_answers(scenario, targets)


def test_document_variants_are_valid_and_all_different() -> None:
    variants = list(islice(document_variants(SCENARIOS[0].document), 20))
    assert len(set(variants)) == 20
    assert all(parse(variant) for variant in variants)


def test_pairs_have_equally_many_hits() -> None:
    small = {"a": 1, "b": 2, "c": 2, "d": 7}
    large = {"p": 2, "q": 1, "r": 1, "s": 9}
    assert list(pair_by_hits(small, large)) == [("a", "q"), ("b", "p")]
