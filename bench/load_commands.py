"""Commands that measure servers under load."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from bench import datasets
from bench.comparison import Target, check_equal_answers, measure_alternately, start_driver
from bench.load_runs import (
    FLOOR_SCENARIOS,
    LoadOptions,
    ScenarioResult,
    compare_cache_hits,
    compare_cache_misses,
    compare_sizes,
    compare_with_floor,
    list_targets,
    measure_connections,
    select_scenarios,
)
from bench.machine import MEMORY_INTERVAL_SECONDS, MemoryMonitor
from bench.options import dataset_options, load_options, scenario_option, seed_option
from bench.report_tables import RESULT_HEADER, format_table, result_rows
from bench.scaling import SCALING_SCENARIOS
from bench.scenarios import SCENARIOS
from bench.servers import ServerCommand, baseline_server, constant_server, counterpoint_server, run_server

SCENARIO_NAMES = [scenario.name for scenario in SCENARIOS]


@click.command("compare")
@dataset_options
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    help="Folder of another checkout of Counterpoint, with its own .venv, to compare with instead of plain Strawberry.",
)
@load_options
@scenario_option(SCENARIO_NAMES)
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
    url = datasets.ensure_database(articles, seed, database_url=database_url)
    commands = [counterpoint_server(url, has_response_cache=False), _reference_server(url, articles, seed, against)]
    results: list[ScenarioResult] = []
    with ExitStack() as stack:
        servers = [stack.enter_context(run_server(command)) for command in commands]
        monitors = [stack.enter_context(MemoryMonitor(server.pid, MEMORY_INTERVAL_SECONDS)) for server in servers]
        driver = stack.enter_context(start_driver())
        for scenario in select_scenarios(names):
            targets = list_targets(scenario, servers, url)
            check_equal_answers(scenario, targets)
            results += measure_connections(scenario.name, scenario.document, targets, driver, LoadOptions(**options))
    _print_results(results)
    for server, monitor in zip(servers, monitors, strict=True):
        click.echo(f"Peak memory of {server.name}: {monitor.peak}")


@click.command("floor")
@dataset_options
@load_options
@scenario_option(FLOOR_SCENARIOS)
def measure_floor(articles: int, seed: int, database_url: str | None, names: Sequence[str], **options: Any) -> None:
    """Compare the service and plain Strawberry with the smallest program that does the same work.

    It executes the same statements on the same database. The response cache is off, and each request has other
    variables.
    """
    url = datasets.ensure_database(articles, seed, database_url=database_url)
    _print_results(compare_with_floor(url, names, LoadOptions(**options)))


@click.command("cache-hits")
@dataset_options
@load_options
@scenario_option(SCENARIO_NAMES)
@click.option("--few-headers", is_flag=True, help="Let the other server return only two headers.")
def measure_cache_hits(
    articles: int, seed: int, database_url: str | None, names: Sequence[str], *, few_headers: bool, **options: Any
) -> None:
    """Compare the response cache with constant bytes.

    One request for each scenario is repeated.
    """
    url = datasets.ensure_database(articles, seed, database_url=database_url)
    _print_results(compare_cache_hits(url, names, LoadOptions(**options), has_all_headers=not few_headers))


@click.command("cache-misses")
@dataset_options
@load_options
@scenario_option(FLOOR_SCENARIOS)
def measure_cache_misses(
    articles: int, seed: int, database_url: str | None, names: Sequence[str], **options: Any
) -> None:
    """Compare the service with the response cache on and off.

    No request is repeated. Each round starts the server anew, so that its cache is empty.
    """
    url = datasets.ensure_database(articles, seed, database_url=database_url)
    _print_results(compare_cache_misses(url, names, LoadOptions(**options)))


@click.command("scaling")
@click.option("--small", default=100, show_default=True, help="Articles in the small database.")
@click.option("--large", default=100_000, show_default=True, help="Articles in the large database.")
@seed_option
@load_options
@scenario_option([scenario.name for scenario in SCALING_SCENARIOS])
def measure_scaling(small: int, large: int, seed: int, names: Sequence[str], **options: Any) -> None:
    """Compare a large database with a small one.

    The service runs on both, and the requests have equally many hits.
    """
    _print_results(compare_sizes(large, small, seed, names, LoadOptions(**options)))


@click.command("driver")
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
            cpu = result.median(lambda measurement: measurement.driver_cpu / measurement.requests)
            times = [f"{1000 * result.latency:.2f}", f"{1000 * result.percentile_99:.2f}", f"{1e6 * cpu:.0f}"]
            rows.append([str(count), f"{result.rate:,.0f}", *times])
    click.echo(format_table(("connections", "requests/s", "p50 ms", "p99 ms", "driver CPU µs"), rows))


LOAD_COMMANDS = (
    compare_servers,
    measure_floor,
    measure_cache_hits,
    measure_cache_misses,
    measure_scaling,
    measure_driver,
)


def _print_results(results: Iterable[ScenarioResult]) -> None:
    rows = [row for result in results for row in result_rows(result.scenario, result.connections, result.results)]
    click.echo(format_table(RESULT_HEADER, rows))


def _reference_server(url: str, articles: int, seed: int, checkout: Path | None) -> ServerCommand:
    """Return the server to compare with: another checkout on its own database, or else plain Strawberry."""
    if checkout is None:
        return baseline_server(url)
    reference_url = datasets.ensure_database(articles, seed, checkout)
    return counterpoint_server(reference_url, has_response_cache=False, project=checkout, name=str(checkout))
