"""Command line of the benchmark."""

import signal
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from typing import Any

import click

from bench import datasets
from bench.cold_documents import format_percentiles, measure_cold_documents
from bench.load_commands import LOAD_COMMANDS
from bench.load_runs import LoadOptions
from bench.memory_under_load import measure_peaks
from bench.options import articles_option, dataset_options, rounds_option, seconds_option, seed_option
from bench.performance_targets import TARGETS, TargetSizes, measure_targets
from bench.query_plans import WORK_UNITS, check_plans
from bench.report_tables import FIGURE_HEADER, figure_row, format_table
from bench.scenarios import SCENARIOS
from bench.servers import counterpoint_server
from bench.soak import Soak

TARGET_CONNECTIONS = 32


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure the service. With default options, each command takes a few minutes at most, `targets` longer."""
    # Exit normally on SIGTERM, because otherwise the server processes would not be stopped.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))


for command in LOAD_COMMANDS:
    main.add_command(command)


@main.command("soak")
@click.option("--articles", default=300, show_default=True, help="Number of articles.")
@click.option("--minutes", default=10.0, show_default=True, help="Duration of the load.")
@click.option("--workers", default=2, show_default=True, help="Worker processes of the server.")
@click.option("--rate", default=500.0, show_default=True, help="Requests per second. More leave less for the seedings.")
@click.option("--database-url", help="Empty PostgreSQL database, instead of an SQLite file.")
@click.option("--restart-command", help="Shell command that restarts the database; it runs once a minute.")
def run_soak(
    articles: int, minutes: float, workers: int, rate: float, database_url: str | None, restart_command: str | None
) -> None:
    """Load a server while content changes, workers die and the database restarts, and check every answer.

    The exit status is 1 if an answer is wrong, or if a request fails for any other reason.
    """
    with TemporaryDirectory() as folder:
        url = database_url or f"sqlite:///{folder}/soak.db"
        counts = Soak(url, Path(folder), articles, workers, rate, restart_command).run(60 * minutes)
    for name, number in counts.outcomes.items():
        click.echo(f"{name:20} {number:,}")
    for name, starts in counts.events.items():
        intervals = [end - begin for begin, end in pairwise(starts)]
        suffix = f", every {fmean(intervals):.1f} s, at most {max(intervals):.1f} s apart" if intervals else ""
        click.echo(f"{name:20} {len(starts)}{suffix}")
    # Not the first sample, because caches are empty then.
    for (memory, files), when in zip((counts.samples[:2][-1], counts.samples[-1]), ("begin", "end"), strict=True):
        click.echo(f"{when:20} {memory}, {files} open files")
    for problem in counts.problems[:20]:
        click.echo(f"  {problem}", err=True)
    if counts.problems:
        sys.exit(1)


@main.command("targets")
@click.option("--articles", default=20_000, show_default=True, help="Articles of known documents and of the file size.")
@click.option("--large", default=100_000, show_default=True, help="Articles in the large database, and to seed.")
@click.option("--small", default=100, show_default=True, help="Articles in the small database.")
@click.option("--requests", default=100_000, show_default=True, help="Different requests to measure memory with.")
@click.option("--postgresql-url", help="Empty PostgreSQL database. With it, known documents are measured there, too.")
@seed_option
@seconds_option
@rounds_option
@click.option("--only", "names", multiple=True, default=tuple(TARGETS), type=click.Choice(tuple(TARGETS)),
              help="Repeatable; default: all.")  # fmt: skip
@click.option("--check", is_flag=True, help="Exit with status 1 if a target is missed.")
def report_targets(names: Sequence[str], seconds: float, rounds: int, *, check: bool, **sizes: Any) -> None:
    """Measure all performance targets, and report which hold.

    Smaller numbers give a quick look. The table then shows that a figure was not measured at the target's size.
    """
    options = LoadOptions([TARGET_CONNECTIONS], seconds, rounds)
    figures = list(measure_targets(names, TargetSizes(**sizes), options))
    click.echo(format_table(FIGURE_HEADER, [figure_row(figure) for figure in figures]))
    misses = sum(not figure.holds for figure in figures)
    click.echo(f"{len(figures)} figures, {misses} {'miss' if misses == 1 else 'misses'}")
    if check and misses:
        sys.exit(1)


@main.command("generate")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@articles_option
@seed_option
def generate_articles(folder: Path, articles: int, seed: int) -> None:
    """Write generated articles into FOLDER. Equal numbers give equal files."""
    seconds = datasets.generate_articles(folder, articles, seed)
    click.echo(f"{articles} files in {seconds:.1f} s, {articles / seconds:,.0f} per second")


@main.command("seed")
@dataset_options
def measure_seeding(articles: int, seed: int, database_url: str | None) -> None:
    """Measure the seeding of new and of unchanged articles."""
    folder = datasets.ensure_articles(articles, seed)
    path = datasets.CACHE / "seeding.db"
    datasets.remove_database(path)
    new, unchanged = datasets.measure_seedings(database_url or f"sqlite:///{path}", folder)
    rows = [
        [label, f"{usage.seconds:.1f}", f"{articles / usage.seconds:,.0f}", str(usage.memory)]
        for label, usage in (("new", new), ("unchanged", unchanged))
    ]
    click.echo(format_table(("articles", "seconds", "articles/s", "peak memory"), rows))
    datasets.remove_database(path)


@main.command("cold-documents")
@click.option("--documents", default=300, show_default=True, help="Number of documents.")
@click.option(
    "--database-url", default="sqlite:///any", show_default=True, help="Database to plan for. It is not opened."
)
def measure_documents(documents: int, database_url: str) -> None:
    """Measure parsing, validation and planning of new documents.

    All of them are variants of the article page.
    """
    times = measure_cold_documents(SCENARIOS[0].document, {"slug": "any"}, documents, database_url)
    steps = {
        "parse and validate": times.parse_and_validate,
        "plan": times.plan,
        "total": times.total,
        "total, CPU time": times.cpu,
    }
    rows = [[step, *format_percentiles(values)] for step, values in steps.items()]
    click.echo(format_table(("step", "p50 ms", "p99 ms"), rows))


@main.command("query-plans")
@dataset_options
@click.option("--heaviest", default=20, show_default=True, help="Number of heaviest queries to list.")
def check_query_plans(articles: int, seed: int, database_url: str | None, heaviest: int) -> None:
    """Check that no query scans a table that grows.

    Every kind of query runs once. A query also fails the check if it does much work for few hits.
    """
    report = check_plans(datasets.ensure_database(articles, seed, database_url=database_url))
    rows = [
        [check.query.name, f"{check.execution.work:,}", f"{check.hits or 0:,}", f"{check.execution.milliseconds:.1f}"]
        for check in report.heaviest(heaviest)
    ]
    click.echo(format_table(("query", WORK_UNITS[report.database], "hits", "ms"), rows))
    click.echo(f"{len(report.checks):,} queries, {report.distinct_sql:,} SQL texts, {len(report.failures):,} failures")
    for check, problems in report.failures:
        plan = "\n".join(check.execution.plan)
        click.echo(f"\n{check.query.name}: {', '.join(problems)}\n{check.execution.sql}\n{plan}")
    if report.failures:
        sys.exit(1)


@main.command("memory")
@dataset_options
@click.option("--requests", default=100_000, show_default=True, help="Number of requests, all of them different.")
def measure_memory(articles: int, seed: int, database_url: str | None, requests: int) -> None:
    """Measure the memory of the service under unique requests.

    Each has new variables, and every tenth has a new document.
    """
    url = datasets.ensure_database(articles, seed, database_url=database_url)
    peaks = measure_peaks(counterpoint_server(url, has_response_cache=True), requests)
    click.echo(format_table(("requests", "peak memory"), [[f"{end:,}", str(peak)] for end, peak in peaks]))
