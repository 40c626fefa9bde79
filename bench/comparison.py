"""Comparison of servers in one run: their answers must be equal, then they are measured in alternating rounds."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from statistics import median
from typing import Any

from bench.driver import Load, Measurement, send_load
from bench.machine import choose_cores, cpu_seconds, pin_this_process
from bench.scenarios import RequestVariables, Scenario
from bench.servers import RunningServer, ServerCommand, run_server

CHECKED_ANSWERS = 25
"""Answers of each scenario that are compared before the measurement."""

WARM_UP_SECONDS = 0.5
CURSOR_FIELDS = ("cursor", "startCursor", "endCursor")


@dataclass(frozen=True)
class Target:
    """A server, and the variables that it receives in a scenario."""

    server: RunningServer
    variables: RequestVariables


@dataclass
class Result:
    """Measurements of one server in one scenario, one for each round."""

    server: str
    rounds: list[Measurement] = field(default_factory=list)
    requests_sent: int = 0
    """Requests of all rounds, warm-up included. The next round continues with the variables after them."""

    def median(self, read: Callable[[Measurement], float]) -> float:
        """Return the median of a figure over the rounds."""
        return median(read(measurement) for measurement in self.rounds)

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.median(lambda measurement: measurement.rate)

    @property
    def latency(self) -> float:
        """Median latency in seconds."""
        return self.median(lambda measurement: measurement.median)

    @property
    def percentile_99(self) -> float:
        """99th percentile of the latency in seconds."""
        return self.median(lambda measurement: measurement.percentile_99)

    @property
    def tail_ratio(self) -> float:
        """99th percentile of the latency, divided by its median."""
        return self.median(lambda measurement: measurement.percentile_99 / measurement.median)

    @property
    def server_cpu(self) -> float:
        """CPU time of the server for each request, in seconds."""
        return self.median(lambda measurement: measurement.server_cpu / measurement.requests)


class DifferentAnswersError(RuntimeError):
    """Two servers answer the same request differently, so that a comparison would have no meaning."""


def check_equal_answers(scenario: Scenario, targets: Sequence[Target]) -> None:
    """Send the same requests to all servers. Raise DifferentAnswersError if an answer differs, except in cursors."""
    first, *others = targets
    for other in others:
        if len(first.variables) != len(other.variables):
            raise DifferentAnswersError(
                f"{scenario.name}: {first.server.name} has {len(first.variables)} sets of variables, "
                f"{other.server.name} has {len(other.variables)}"
            )
    for index in range(0, len(first.variables), max(1, len(first.variables) // CHECKED_ANSWERS)):
        expected, *answers = (
            mask_cursors(target.server.query(scenario.document, target.variables[index])) for target in targets
        )
        for other, answer in zip(others, answers, strict=True):
            if difference := next(iter_differences(expected, answer), None):
                raise DifferentAnswersError(
                    f"{scenario.name} {first.variables[index]}: {first.server.name} and "
                    f"{other.server.name} differ at {difference}"
                )


def mask_cursors(value: Any) -> Any:
    """Replace all cursors of an answer by the same text, because each server encodes its own."""
    if isinstance(value, dict):
        return {
            key: "a cursor" if key in CURSOR_FIELDS and item is not None else mask_cursors(item)
            for key, item in value.items()
        }
    return [mask_cursors(item) for item in value] if isinstance(value, list) else value


def iter_differences(left: Any, right: Any, path: str = "data") -> Iterator[str]:
    """Yield a description of each difference between two JSON values. The order of keys counts, as in GraphQL."""
    if isinstance(left, dict) and isinstance(right, dict) and list(left) == list(right):
        for key in left:
            yield from iter_differences(left[key], right[key], f"{path}.{key}")
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, (left_item, right_item) in enumerate(zip(left, right, strict=True)):
            yield from iter_differences(left_item, right_item, f"{path}[{index}]")
    elif left != right or type(left) is not type(right):
        yield f"{path}: {str(left)[:200]!r} against {str(right)[:200]!r}"


def measure_alternately(
    document: str, targets: Sequence[Target], driver: Executor, *, connections: int, seconds: float, rounds: int
) -> list[Result]:
    """Measure each server in turn, round after round, each time after a warm-up."""
    results = [Result(target.server.name) for target in targets]
    for _ in range(rounds):
        for result, target in zip(results, targets, strict=True):
            load = Load(target.server.port, document, target.variables, connections, WARM_UP_SECONDS)
            load = replace(load, start=result.requests_sent)
            result.requests_sent += driver.submit(send_load, load).result().requests
            measurement = _measure(target.server, replace(load, start=result.requests_sent, seconds=seconds), driver)
            result.requests_sent += measurement.requests
            result.rounds.append(measurement)
    return results


def measure_fresh_servers(
    document: str, variables: RequestVariables, commands: Sequence[ServerCommand], driver: Executor,
    *, connections: int, seconds: float, rounds: int,
) -> list[Result]:  # fmt: skip
    """Start each server in turn, round after round, and send it no request twice.

    A round ends early if all variables are used. The first tenth of them warms the server up.
    """
    results = [Result(command.name) for command in commands]
    warm_up = len(variables) // 10
    for _ in range(rounds):
        for result, command in zip(results, commands, strict=True):
            with run_server(command) as server:
                load = Load(server.port, document, variables[:warm_up], connections, seconds, repeats=False)
                driver.submit(send_load, load).result()
                result.rounds.append(_measure(server, replace(load, variables=variables[warm_up:]), driver))
    return results


def _measure(server: RunningServer, load: Load, driver: Executor) -> Measurement:
    """Send a load, and return its measurement with the server's CPU time."""
    cpu_before = cpu_seconds(server.pid)
    measurement = driver.submit(send_load, load).result()
    return replace(measurement, server_cpu=cpu_seconds(server.pid) - cpu_before)


@contextmanager
def start_driver() -> Iterator[Executor]:
    """Start the process that sends the load, pinned to its own core; stop it at the end of the `with` block."""
    _, core = choose_cores()
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=pin_this_process, initargs=(core,)) as driver:
        yield driver
