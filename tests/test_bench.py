"""Tests of the benchmark: fair pairs, document variants, equal answers, and queries that scan no table."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from bench.articles import ArticleGenerator
from bench.cold_documents import document_variants
from bench.comparison import Target, check_equal_answers
from bench.driver import LoadRun
from bench.load_runs import FLOOR_SCENARIOS
from bench.performance_targets import TARGETS
from bench.query_plans import check_plans
from bench.report_tables import Bound, Figure, figure_row
from bench.scaling import pair_by_hits
from bench.scenarios import SCENARIOS
from bench.serializer import serialize_article
from bench.servers import PROJECT, counterpoint_server, floor_server, run_server
from bench.soak import Soak
from graphql import parse
from sqlalchemy import NullPool, create_engine

from counterpoint.article.parser import parse_article
from counterpoint.database_url import parse_database_url
from support.database_helpers import create_sqlite_database, migrate_database, open_write_engine, seed_articles
from support.variants import sample, variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.servers import RunningServer

ARTICLES = 40


def seed_generated_articles(url: str) -> str:
    """Seed generated articles into a database, and return its URL."""
    generator = ArticleGenerator(ARTICLES, seed=1)
    texts = {article.path: serialize_article(article) for article in map(generator.generate, range(ARTICLES))}
    with open_write_engine(url) as engine:
        seed_articles(engine, [parse_article(text, path=path, sha256=path).article for path, text in texts.items()])
    return url


@pytest.fixture(scope="module")
def generated_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of an SQLite database with generated articles."""
    return seed_generated_articles(create_sqlite_database(tmp_path_factory))


@pytest.fixture(scope="module")
def service(generated_url: str) -> Iterator[RunningServer]:
    """Serve the generated articles without the response cache."""
    with run_server(counterpoint_server(generated_url, has_response_cache=False)) as server:
        yield server


@pytest.fixture(scope="module")
def floor(generated_url: str) -> Iterator[RunningServer]:
    """Run the floor on the generated articles."""
    with run_server(floor_server(generated_url)) as server:
        yield server


@pytest.mark.slow
@pytest.mark.parametrize(("interval", "queries"), sample([(18, 100), (9, 200)], 2))
def test_no_query_of_the_schema_scans_a_table(generated_url: str, interval: int, queries: int) -> None:
    report = check_plans(generated_url, interval=interval)
    assert [(check.query.name, problems) for check, problems in report.failures] == []
    assert len(report.checks) > queries


@variant
@pytest.mark.slow
@pytest.mark.parametrize("name", FLOOR_SCENARIOS)
def test_floor_answers_as_the_service_does(
    generated_url: str, service: RunningServer, floor: RunningServer, name: str
) -> None:
    check_floor(generated_url, service, floor, name)


@variant
@pytest.mark.slow
def test_floor_on_postgresql_answers_as_the_service_does(postgresql_url: str) -> None:
    migrate_database(postgresql_url)
    url = seed_generated_articles(postgresql_url)
    command = counterpoint_server(url, has_response_cache=False)
    with run_server(command) as service, run_server(floor_server(url)) as floor:
        check_floor(url, service, floor, "filtered_measures")


def check_floor(url: str, service: RunningServer, floor: RunningServer, name: str) -> None:
    (scenario,) = (scenario for scenario in SCENARIOS if scenario.name == name)
    with create_engine(parse_database_url(url), poolclass=NullPool).connect() as connection:
        targets = [Target(server, scenario.variables(connection, server)) for server in (service, floor)]
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


@variant
@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "figures"),
    [
        (["size"], ["size of the database"]),
        (
            ["seeding", "common-word", "memory"],
            [
                "seeding, new",
                "seeding, unchanged",
                "peak memory, seeding",
                "search for a common word",
                "peak memory, serving",
            ],
        ),
    ],
)
def test_targets_are_reported_with_value_and_size(tmp_path: Path, names: list[str], figures: list[str]) -> None:
    options = "targets --articles 20 --large 20 --small 20 --requests 100 --rounds 1"
    command = [sys.executable, "-m", "bench", *options.split(), *(part for name in names for part in ("--only", name))]
    environment = {**os.environ, "BENCH_CACHE": str(tmp_path)}
    run = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
    *lines, summary = run.stdout.splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]
    assert [row[0] for row in rows] == figures
    assert all(row[3] in {"(yes)", "(no)"} for row in rows)  # because the sizes are not those of the targets
    assert all("at 20 articles" in row[4] for row in rows if row[0] != "peak memory, serving")
    misses = sum(row[3] == "(no)" for row in rows)
    assert summary == f"{len(figures)} figures, {misses} {'miss' if misses == 1 else 'misses'}"


@pytest.mark.parametrize(
    ("sign", "value", "holds"),
    [("≥", 0.85, "yes"), ("≥", 0.8499, "no"), ("≤", 0.85, "yes"), ("≤", 0.8501, "no"), ("≤", None, "no")],
)
def test_a_target_holds_up_to_its_limit(sign: str, value: float | None, holds: str) -> None:
    assert figure_row(Figure("a figure", Bound(sign, 0.85), value))[3] == holds


def test_a_figure_of_another_size_has_its_verdict_in_parentheses() -> None:
    row = figure_row(Figure("a figure", Bound("≤", 4, " ms"), 5, "a remark", "at 20 articles"))
    assert row == ["a figure", "≤ 4 ms", "5.00 ms", "(no)", "at 20 articles; a remark"]


def test_a_run_without_repetition_ends_after_its_last_request() -> None:
    run = LoadRun(iter([b"first", b"second"]), seconds=1000)
    assert [run.next_request(), run.next_request()] == [b"first", b"second"]
    assert run.deadline > run.start
    assert run.next_request() == b"second"
    assert run.deadline == 0


def test_every_target_is_described_in_the_readme() -> None:
    readme = (PROJECT / "bench" / "README.md").read_text(encoding="utf-8")
    assert [name for name in TARGETS if f"| `{name}`" not in readme] == []


@variant
@pytest.mark.slow
def test_soak_finds_no_wrong_answer_and_no_unexpected_failure(tmp_path: Path) -> None:
    soak = Soak(f"sqlite:///{tmp_path}/soak.db", tmp_path, articles=20, workers=2, rate=500, restart_command=None)
    counts = soak.run(seconds=1)
    assert counts.problems == []
    assert counts.outcomes["right"] > 100
    assert len(soak.answers) == 2
