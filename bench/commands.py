"""Command line of the benchmark."""

import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
from sqlalchemy import create_engine

from bench import datasets
from bench.cold_documents import format_percentiles, measure_cold_documents
from bench.comparison import Target, check_equal_answers, measure_alternately, start_driver
from bench.datasets import log_progress
from bench.machine import MemoryMonitor
from bench.memory_under_load import send_unique_requests
from bench.query_plans import WORK_UNITS, check_plans
from bench.report_tables import RESULT_HEADER, format_table, result_rows
from bench.scaling import SCALING_SCENARIOS, ServedDatabase
from bench.scenarios import SCENARIOS, Scenario
from bench.servers import (
    PROJECT,
    RunningServer,
    ServerCommand,
    baseline_server,
    constant_server,
    counterpoint_server,
    floor_server,
    run_server,
)
from counterpoint.database_url import parse_database_url

MEMORY_INTERVAL_SECONDS = 0.2

FLOOR_SCENARIOS = ("article_page", "party_page", "filtered_measures")
"""The scenarios that have a target against the floor."""

Command = Callable[..., None]

articles_option = click.option("--articles", default=1_000, show_default=True, help="Number of articles.")
seed_option = click.option("--seed", default=1, show_default=True, help="Seed of the article generator.")
database_option = click.option(
    "--database-url", help="Empty database to use instead of SQLite. It is migrated and seeded."
)
connections_option = click.option(
    "--connections", "-c", multiple=True, default=[32], show_default=True, help="Concurrent connections. Repeatable."
)
seconds_option = click.option("--seconds", default=3.0, show_default=True, help="Duration of a round.")
rounds_option = click.option("--rounds", default=3, show_default=True, help="Rounds for each server.")


def dataset_options(command: Command) -> Command:
    """Add the options that determine the database."""
    return articles_option(seed_option(database_option(command)))


def load_options(command: Command) -> Command:
    """Add the options that determine the load."""
    return connections_option(seconds_option(rounds_option(command)))


def scenario_option(names: Sequence[str]) -> Callable[[Command], Command]:
    """Return an option that selects scenarios; without it, all run."""
    return click.option(
        "--scenario", "names", multiple=True, default=names, type=click.Choice(names), help="Repeatable; default: all."
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure the service. With default options, each command takes a few minutes at most."""
    # Exit normally on SIGTERM, because otherwise the server processes would not be stopped.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))


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
    url = database_url or f"sqlite:///{path}"
    usages = {
        "new": datasets.migrate_and_seed(url, folder),
        "unchanged": datasets.run_counterpoint(PROJECT, url, "seed", str(folder)),
    }
    rows = [
        [label, f"{usage.seconds:.1f}", f"{articles / usage.seconds:,.0f}", str(usage.memory)]
        for label, usage in usages.items()
    ]
    click.echo(format_table(("articles", "seconds", "articles/s", "peak memory"), rows))
    datasets.remove_database(path)


@main.command("compare")
@dataset_options
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    help="Folder of another checkout of Counterpoint, with its own .venv, to compare with instead of plain Strawberry.",
)
@load_options
@scenario_option([scenario.name for scenario in SCENARIOS])
def compare_servers(
    articles: int, seed: int, database_url: str | None, against: Path | None, names: Sequence[str], **options: Any
) -> None:
    """Compare with plain Strawberry, or with another checkout.

    The response cache is off, and each request has other variables. Both servers must give equal answers. They are
    measured in alternating rounds.
    """
    if against and database_url:
        raise click.UsageError("--against needs a database for each checkout: do not use --database-url with it")
    if against and not (against / ".venv").exists():
        raise click.UsageError(f"{against} has no .venv: run `./run bench --help` there to install it")
    url = _ensure_database(articles, seed, database_url)
    commands = [counterpoint_server(url, has_response_cache=False), _reference_server(url, articles, seed, against)]
    rows: list[list[str]] = []
    with ExitStack() as stack:
        servers = [stack.enter_context(run_server(command)) for command in commands]
        monitors = [stack.enter_context(MemoryMonitor(server.pid, MEMORY_INTERVAL_SECONDS)) for server in servers]
        driver = stack.enter_context(start_driver())
        for scenario in SCENARIOS:
            if scenario.name in names:
                targets = _targets(scenario, servers, url)
                check_equal_answers(scenario, targets)
                rows += _measure_connections(scenario.name, scenario.document, targets, driver, **options)
    click.echo(format_table(RESULT_HEADER, rows))
    for server, monitor in zip(servers, monitors, strict=True):
        click.echo(f"Peak memory of {server.name}: {monitor.peak}")


@main.command("floor")
@articles_option
@seed_option
@load_options
@scenario_option(FLOOR_SCENARIOS)
def compare_with_floor(articles: int, seed: int, names: Sequence[str], **options: Any) -> None:
    """Compare the service and plain Strawberry with the smallest program that does the same work.

    It executes the same statements on the same SQLite file. The response cache is off, and each request has other
    variables.
    """
    url = datasets.ensure_database(articles, seed)
    rows: list[list[str]] = []
    with ExitStack() as stack:
        commands = [counterpoint_server(url, has_response_cache=False), baseline_server(url), floor_server(url)]
        servers = [stack.enter_context(run_server(command)) for command in commands]
        driver = stack.enter_context(start_driver())
        for scenario in SCENARIOS:
            if scenario.name in names:
                targets = _targets(scenario, servers, url)
                check_equal_answers(scenario, targets)
                targets[-1].server.prepare(scenario.document, targets[-1].variables)
                rows += _measure_connections(scenario.name, scenario.document, targets, driver, **options)
    click.echo(format_table(RESULT_HEADER, rows))


@main.command("cache-hits")
@dataset_options
@load_options
def measure_cache_hits(articles: int, seed: int, database_url: str | None, **options: Any) -> None:
    """Compare the response cache with constant bytes.

    One request for each scenario is repeated.
    """
    url = _ensure_database(articles, seed, database_url)
    rows: list[list[str]] = []
    service = counterpoint_server(url, has_response_cache=True)
    with run_server(service) as server, start_driver() as driver:
        for scenario in SCENARIOS:
            (target,) = _targets(scenario, [server], url)
            variables = target.variables[:1]
            body_bytes = len(server.fetch_body(scenario.document, variables[0]))
            with run_server(constant_server("uvicorn", body_bytes)) as constant:
                targets = [Target(server, variables), Target(constant, variables)]
                rows += _measure_connections(scenario.name, scenario.document, targets, driver, **options)
    click.echo(format_table(RESULT_HEADER, rows))


@main.command("scaling")
@click.option("--small", default=100, show_default=True, help="Articles in the small database.")
@click.option("--large", default=100_000, show_default=True, help="Articles in the large database.")
@seed_option
@load_options
@scenario_option([scenario.name for scenario in SCALING_SCENARIOS])
def measure_scaling(small: int, large: int, seed: int, names: Sequence[str], **options: Any) -> None:
    """Compare a large database with a small one.

    The service runs on both, and the requests have equally many hits.
    """
    rows: list[list[str]] = []
    with ExitStack() as stack:
        sides = []
        for articles in (large, small):
            url = datasets.ensure_database(articles, seed)
            service = counterpoint_server(url, has_response_cache=False, name=f"{articles:,} articles")
            connection = stack.enter_context(create_engine(parse_database_url(url)).connect())
            sides.append(ServedDatabase(connection, stack.enter_context(run_server(service))))
        driver = stack.enter_context(start_driver())
        for scenario in SCALING_SCENARIOS:
            if scenario.name in names:
                targets = scenario.targets(*sides)
                rows += _measure_connections(scenario.name, scenario.document, targets, driver, **options)
    click.echo(format_table(RESULT_HEADER, rows))


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
    report = check_plans(_ensure_database(articles, seed, database_url))
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
    url = _ensure_database(articles, seed, database_url)
    service = counterpoint_server(url, has_response_cache=True)
    rows = []
    with (
        run_server(service) as server,
        start_driver() as driver,
        MemoryMonitor(server.pid, MEMORY_INTERVAL_SECONDS) as monitor,
    ):
        step = requests // 10
        for end in range(step, requests + 1, step):
            driver.submit(send_unique_requests, server.port, range(end - step, end)).result()
            rows.append([f"{end:,}", str(monitor.peak)])
            log_progress(f"{end:,} requests answered; peak memory {monitor.peak}")
    click.echo(format_table(("requests", "peak memory"), rows))


@main.command("driver")
@load_options
@click.option("--size", default=20_000, show_default=True, help="Size of a response body in bytes.")
def measure_driver(connections: Sequence[int], seconds: float, rounds: int, size: int) -> None:
    """Measure the load driver itself, against a minimal server."""
    rows = []
    with run_server(constant_server("raw", size)) as server, start_driver() as driver:
        targets = [Target(server, [{"slug": str(number)} for number in range(1000)])]
        document = SCENARIOS[0].document
        for count in connections:
            (result,) = measure_alternately(
                document, targets, driver, connections=count, seconds=seconds, rounds=rounds
            )
            percentile_99 = result.median(lambda measurement: measurement.percentile_99)
            cpu = result.median(lambda measurement: measurement.driver_cpu / measurement.requests)
            times = [f"{1000 * result.latency:.2f}", f"{1000 * percentile_99:.2f}", f"{1e6 * cpu:.0f}"]
            rows.append([str(count), f"{result.rate:,.0f}", *times])
    click.echo(format_table(("connections", "requests/s", "p50 ms", "p99 ms", "driver CPU µs"), rows))


def _ensure_database(articles: int, seed: int, database_url: str | None) -> str:
    """Return the URL of a database with generated articles: a cached SQLite database, or the one with this URL."""
    if database_url is None:
        return datasets.ensure_database(articles, seed)
    datasets.migrate_and_seed(database_url, datasets.ensure_articles(articles, seed))
    return database_url


def _reference_server(url: str, articles: int, seed: int, checkout: Path | None) -> ServerCommand:
    """Return the server to compare with: another checkout on its own database, or else plain Strawberry."""
    if checkout is None:
        return baseline_server(url)
    reference_url = datasets.ensure_database(articles, seed, checkout)
    return counterpoint_server(reference_url, has_response_cache=False, project=checkout, name=str(checkout))


def _targets(scenario: Scenario, servers: Sequence[RunningServer], url: str) -> list[Target]:
    """Return the servers with their variables of a scenario. All read the same content."""
    with create_engine(parse_database_url(url)).connect() as connection:
        return [Target(server, scenario.variables(connection, server)) for server in servers]


def _measure_connections(
    name: str, document: str, targets: Sequence[Target], driver: Any,
    *, connections: Sequence[int], seconds: float, rounds: int,
) -> list[list[str]]:  # fmt: skip
    """Measure the servers with each number of connections. Return table rows."""
    rows: list[list[str]] = []
    for count in connections:
        log_progress(f"Measuring {name}, {count} connections, {len(targets[0].variables)} sets of variables")
        results = measure_alternately(document, targets, driver, connections=count, seconds=seconds, rounds=rounds)
        rows += result_rows(name, count, results)
    return rows
