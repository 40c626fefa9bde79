"""Runs under load: which servers are compared in which scenarios. Commands print their results as tables."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass

from sqlalchemy import create_engine

from bench.comparison import (
    Result,
    Target,
    check_equal_answers,
    measure_alternately,
    measure_fresh_servers,
    start_driver,
)
from bench.datasets import ensure_database, log_progress
from bench.scaling import SCALING_SCENARIOS, ServedDatabase
from bench.scenarios import SCENARIOS, Scenario
from bench.servers import (
    RunningServer,
    baseline_server,
    constant_server,
    counterpoint_server,
    floor_server,
    run_server,
)
from counterpoint.database_url import parse_database_url

FLOOR_SCENARIOS = ("article_page", "party_page", "filtered_measures")
"""The scenarios that have a target against the floor."""


@dataclass(frozen=True)
class LoadOptions:
    """Numbers of connections to measure with, seconds of a round, and rounds for each server."""

    connections: Sequence[int]
    seconds: float
    rounds: int


@dataclass(frozen=True)
class ScenarioResult:
    """Results of all servers in one scenario with one number of connections."""

    scenario: str
    connections: int
    results: Sequence[Result]


def compare_with_floor(
    url: str, names: Sequence[str], options: LoadOptions, *, has_baseline: bool = True
) -> Iterator[ScenarioResult]:
    """Measure the service, plain Strawberry if wanted, and the floor. None caches responses."""
    commands = [counterpoint_server(url, has_response_cache=False), baseline_server(url), floor_server(url)]
    with ExitStack() as stack:
        servers = [stack.enter_context(run_server(command)) for command in commands[: 1 + has_baseline] + commands[-1:]]
        driver = stack.enter_context(start_driver())
        for scenario in select_scenarios(names):
            targets = list_targets(scenario, servers, url)
            check_equal_answers(scenario, targets)
            targets[-1].server.prepare(scenario.document, targets[-1].variables)
            yield from measure_connections(scenario.name, scenario.document, targets, driver, options)


def compare_cache_hits(
    url: str, names: Sequence[str], options: LoadOptions, *, has_all_headers: bool = True
) -> Iterator[ScenarioResult]:
    """Measure one repeated request, and a server that always returns as many bytes."""
    with run_server(counterpoint_server(url, has_response_cache=True)) as server, start_driver() as driver:
        for scenario in select_scenarios(names):
            (target,) = list_targets(scenario, [server], url)
            variables = target.variables[:1]
            body_bytes = len(server.fetch_body(scenario.document, variables[0]))
            with run_server(constant_server("uvicorn", body_bytes, has_all_headers=has_all_headers)) as constant:
                targets = [Target(server, variables), Target(constant, variables)]
                yield from measure_connections(scenario.name, scenario.document, targets, driver, options)


def compare_cache_misses(url: str, names: Sequence[str], options: LoadOptions) -> Iterator[ScenarioResult]:
    """Measure the service with the response cache on and off, while it answers no request twice."""
    commands = [
        counterpoint_server(url, has_response_cache=True, name="cache on"),
        counterpoint_server(url, has_response_cache=False, name="cache off"),
    ]
    with start_driver() as driver:
        for scenario in select_scenarios(names):
            with run_server(commands[-1]) as server:
                (target,) = list_targets(scenario, [server], url)
            for connections in options.connections:
                log_progress(f"Measuring {scenario.name}, {connections} connections, cache on and off")
                results = measure_fresh_servers(
                    scenario.document, target.variables, commands, driver,
                    connections=connections, seconds=options.seconds, rounds=options.rounds,
                )  # fmt: skip
                yield ScenarioResult(scenario.name, connections, results)


def compare_sizes(
    large: int, small: int, seed: int, names: Sequence[str], options: LoadOptions
) -> Iterator[ScenarioResult]:
    """Measure the service with many and with few articles, and with equally large answers."""
    with ExitStack() as stack:
        sides = []
        for articles in (large, small):
            url = ensure_database(articles, seed)
            service = counterpoint_server(url, has_response_cache=False, name=f"{articles:,} articles")
            connection = stack.enter_context(create_engine(parse_database_url(url)).connect())
            sides.append(ServedDatabase(connection, stack.enter_context(run_server(service))))
        driver = stack.enter_context(start_driver())
        for scenario in SCALING_SCENARIOS:
            if scenario.name in names:
                targets = scenario.targets(*sides)
                yield from measure_connections(scenario.name, scenario.document, targets, driver, options)


def select_scenarios(names: Sequence[str]) -> list[Scenario]:
    """Return the scenarios with these names."""
    return [scenario for scenario in SCENARIOS if scenario.name in names]


def list_targets(scenario: Scenario, servers: Sequence[RunningServer], url: str) -> list[Target]:
    """Return the servers with their variables of a scenario. All read the same content."""
    with create_engine(parse_database_url(url)).connect() as connection:
        return [Target(server, scenario.variables(connection, server)) for server in servers]


def measure_connections(
    name: str, document: str, targets: Sequence[Target], driver: Executor, options: LoadOptions
) -> Iterator[ScenarioResult]:
    """Measure the servers with each number of connections."""
    for connections in options.connections:
        log_progress(f"Measuring {name}, {connections} connections, {len(targets[0].variables)} sets of variables")
        results = measure_alternately(
            document, targets, driver, connections=connections, seconds=options.seconds, rounds=options.rounds
        )
        yield ScenarioResult(name, connections, results)
