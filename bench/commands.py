"""What the benchmark can be asked for."""

import signal
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import create_engine

from bench import datasets, tables
from bench.cold import measure_cold, percentiles
from bench.comparison import Entrant, check_equal, driver_on, measure
from bench.flood import flood
from bench.machine import Peak, cores
from bench.plans import UNITS, check_plans
from bench.scaling import SCALED, Side
from bench.scenarios import SCENARIOS, Scenario
from bench.servers import Running, Server, plain, running, service
from counterpoint.settings import parse_database_url

SEED = 1

articles_option = click.option("--articles", default=1_000, show_default=True, help="How many articles.")
seed_option = click.option("--seed", default=SEED, show_default=True, help="Which articles: any number.")
database_option = click.option("--database-url", help="An empty database to use instead of SQLite; it is overwritten.")
connections_option = click.option(
    "--connections", "-c", multiple=True, default=[32], show_default=True, help="How many at once; repeatable."
)
seconds_option = click.option("--seconds", default=3.0, show_default=True, help="Length of a round.")
rounds_option = click.option("--rounds", default=3, show_default=True, help="Rounds of each server.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Measure the service. Without options each command takes a minute or two, or less."""
    # Ended from outside, it leaves by the way that ends the servers too.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@articles_option
@seed_option
def generate(folder: Path, articles: int, seed: int) -> None:
    """Write articles into FOLDER: the same for the same numbers."""
    seconds = datasets.generate(folder, articles, seed)
    click.echo(f"{articles} files in {seconds:.1f} s, {articles / seconds:,.0f} a second")


@main.command()
@articles_option
@seed_option
@database_option
def seed(articles: int, seed: int, database_url: str | None) -> None:
    """Time the seeding of new articles, and of unchanged ones."""
    folder = datasets.kept_articles(articles, seed, _tell)
    path = datasets.CACHE / "seeding.db"
    datasets.remove_database(path)
    url = database_url or f"sqlite:///{path}"
    new = datasets.seed_into(url, folder)
    unchanged = datasets.command("seed", url, str(folder))
    rows = [
        [what, f"{timed.seconds:.1f}", f"{articles / timed.seconds:,.0f}", str(timed.memory)]
        for what, timed in (("new", new), ("unchanged", unchanged))
    ]
    click.echo(tables.table(("articles", "seconds", "articles/s", "peak memory"), rows))
    datasets.remove_database(path)


@main.command()
@articles_option
@seed_option
@database_option
@connections_option
@seconds_option
@rounds_option
@click.option("--scenario", "names", multiple=True, type=click.Choice([each.name for each in SCENARIOS]))
def compare(
    articles: int,
    seed: int,
    database_url: str | None,
    connections: tuple[int, ...],
    seconds: float,
    rounds: int,
    names: tuple[str, ...],
) -> None:
    """Compare the service with plain Strawberry: known documents, new variables each time."""
    url = _database(articles, seed, database_url)
    server_core, driver_core = cores()
    rows = []
    with ExitStack() as stack:
        servers = [
            stack.enter_context(running(each, server_core)) for each in (service(url, keeps_answers=False), plain(url))
        ]
        peaks = [stack.enter_context(Peak(server.pid, every=0.2)) for server in servers]
        driver = stack.enter_context(driver_on(driver_core))
        for scenario in SCENARIOS:
            if names and scenario.name not in names:
                continue
            entrants = _entrants(scenario, servers, url)
            check_equal(scenario, entrants)
            for count in connections:
                _tell(f"Measuring {scenario.name}, {count} connections, {len(entrants[0].variables)} variables")
                results = measure(scenario, entrants, driver, connections=count, seconds=seconds, rounds=rounds)
                rows += tables.compared(scenario.name, count, results)
    click.echo(tables.table(tables.COMPARED, rows))
    for server, peak in zip(servers, peaks, strict=True):
        click.echo(f"Peak memory of {server.server.name}: {peak.memory}")


@main.command()
@articles_option
@seed_option
@database_option
@connections_option
@seconds_option
@rounds_option
def repeated(
    articles: int, seed: int, database_url: str | None, connections: tuple[int, ...], seconds: float, rounds: int
) -> None:
    """Compare the service, asked the same again and again, with its server answering constant bytes."""
    url = _database(articles, seed, database_url)
    server_core, driver_core = cores()
    rows = []
    with running(service(url, keeps_answers=True), server_core) as ours, driver_on(driver_core) as driver:
        for scenario in SCENARIOS:
            (mine,) = _entrants(scenario, [ours], url)
            size = len(ours.body(scenario.document, mine.variables[0]))
            with running(_constant("uvicorn", size), server_core) as constant:
                entrants = [Entrant(server, mine.variables[:1]) for server in (ours, constant)]
                for count in connections:
                    results = measure(scenario, entrants, driver, connections=count, seconds=seconds, rounds=rounds)
                    rows += tables.compared(scenario.name, count, results)
    click.echo(tables.table(tables.COMPARED, rows))


@main.command("flood")
@articles_option
@seed_option
@database_option
@click.option("--requests", default=100_000, show_default=True, help="How many; each with other variables.")
def flooded(articles: int, seed: int, database_url: str | None, requests: int) -> None:
    """Tell the memory of the service while requests come of which no two are the same, a tenth of them documents."""
    url = _database(articles, seed, database_url)
    server_core, driver_core = cores()
    with running(service(url, keeps_answers=True), server_core) as ours, driver_on(driver_core) as driver:
        rows = []
        with Peak(ours.pid, every=0.2) as peak:
            share = requests // 10
            for start in range(0, requests, share):
                driver.submit(flood, ours.port, range(start, start + share)).result()
                rows.append([f"{start + share:,}", str(peak.memory)])
                _tell(f"{start + share:,} requests answered; peak memory {peak.memory}")
    click.echo(tables.table(("requests", "peak memory"), rows))


@main.command()
@connections_option
@seconds_option
@rounds_option
@click.option("--size", default=20_000, show_default=True, help="Bytes of an answer.")
def driver(connections: tuple[int, ...], seconds: float, rounds: int, size: int) -> None:
    """Measure the driver itself, against a server that hardly does anything."""
    server_core, driver_core = cores()
    entire = ("connections", "requests/s", "p50 ms", "p99 ms", "driver's CPU µs each")
    rows = []
    with running(_constant("raw", size), server_core) as server, driver_on(driver_core) as process:
        entrants = [Entrant(server, [{"slug": str(number)} for number in range(1000)])]
        for count in connections:
            (result,) = measure(SCENARIOS[0], entrants, process, connections=count, seconds=seconds, rounds=rounds)
            used = result.median(lambda each: each.driver_cpu / each.requests)
            times = (result.median(lambda each: each.median), result.median(lambda each: each.percentile_99))
            rows.append(
                [str(count), f"{result.rate:,.0f}", *(f"{1000 * each:.2f}" for each in times), f"{1e6 * used:.0f}"]
            )
    click.echo(tables.table(entire, rows))


@main.command()
@click.option("--small", default=100, show_default=True, help="How many articles are few.")
@click.option("--large", default=100_000, show_default=True, help="How many are many.")
@seed_option
@connections_option
@seconds_option
@rounds_option
@click.option("--scenario", "names", multiple=True, type=click.Choice([each.name for each in SCALED]))
def scale(
    small: int,
    large: int,
    seed: int,
    connections: tuple[int, ...],
    seconds: float,
    rounds: int,
    names: tuple[str, ...],
) -> None:
    """Compare the service on few articles with itself on many: the same questions, as many hits."""
    rows = []
    server_core, driver_core = cores()
    with ExitStack() as stack:
        sides = []
        for articles in (small, large):
            url = datasets.kept_database(articles, seed, _tell)
            server = stack.enter_context(
                running(replace(service(url, keeps_answers=False), name=f"{articles:,} articles"), server_core)
            )
            sides.append(Side(stack.enter_context(create_engine(parse_database_url(url)).connect()), server))
        driver = stack.enter_context(driver_on(driver_core))
        for scaled in SCALED:
            if names and scaled.name not in names:
                continue
            entrants = scaled.entrants(*sides)
            for count in connections:
                _tell(f"Measuring {scaled.name}, {count} connections, {len(entrants[0].variables)} variables")
                results = scaled.measure(entrants, driver, connections=count, seconds=seconds, rounds=rounds)
                rows += tables.scaled(scaled.name, count, results)
    click.echo(tables.table(tables.SCALED, rows))


@main.command()
@click.option("--documents", default=300, show_default=True, help="How many.")
@click.option("--database-url", default="sqlite:///any", help="A database of the kind to plan for; it is not opened.")
def cold(documents: int, database_url: str) -> None:
    """Time documents of the article page's kind that the service has never seen: parsing, validating, planning."""
    took = measure_cold(SCENARIOS[0].document, {"slug": "any"}, documents, database_url)
    steps = {
        "parse and validate": took.reading,
        "plan": took.planning,
        "all": took.whole,
        "all, processor time": took.processor,
    }
    click.echo(tables.table(("step", "p50 ms", "p99 ms"), [[step, *percentiles(each)] for step, each in steps.items()]))


@main.command()
@articles_option
@seed_option
@database_option
@click.option("--heaviest", default=20, show_default=True, help="How many of the heaviest questions are told.")
def plans(articles: int, seed: int, database_url: str | None, heaviest: int) -> None:
    """Ask every kind of question; fail if one scans a table that grows, or reads much for little."""
    report = check_plans(_database(articles, seed, database_url), _tell)
    rows = [
        [each.question.name, f"{each.seen.work:,}", f"{each.hits or 0:,}", f"{each.seen.milliseconds:.1f}"]
        for each in report.heaviest(heaviest)
    ]
    click.echo(tables.table(("question", UNITS[report.database], "hits", "ms"), rows))
    click.echo(f"{len(report.asked):,} questions, {report.statements:,} statements, {len(report.faulty):,} faulty")
    for asked, faults in report.faulty:
        click.echo(
            f"\n{asked.question.name}: {', '.join(faults)}\n{asked.seen.statement}\n" + "\n".join(asked.seen.plan)
        )
    if report.faulty:
        sys.exit(1)


def _constant(kind: str, size: int) -> Server:
    return Server("constant bytes", "bench.constant", (kind, "--port", "{port}", "--size", str(size)))


def _database(articles: int, seed: int, database_url: str | None) -> str:
    if database_url is None:
        return datasets.kept_database(articles, seed, _tell)
    datasets.seed_into(database_url, datasets.kept_articles(articles, seed, _tell))
    return database_url


def _entrants(scenario: Scenario, servers: list[Running], url: str) -> list[Entrant]:
    with create_engine(parse_database_url(url)).connect() as connection:
        return [Entrant(server, scenario.variables(connection, server)) for server in servers]


def _tell(message: str) -> None:
    click.echo(message, err=True)
