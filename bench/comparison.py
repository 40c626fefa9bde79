"""Servers against each other in one run: first that they answer the same, then how fast, in alternating rounds."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from statistics import median
from typing import Any

from bench.driver import Load, Measurement, drive
from bench.machine import cpu_seconds, move_to_core
from bench.scenarios import Scenario, Variables
from bench.servers import Running

CHECKED = 25
"""Answers of each scenario that are compared before anything is measured."""

WARM_UP = 0.5
CURSORS = ("cursor", "startCursor", "endCursor")


@dataclass(frozen=True)
class Entrant:
    """A server with its own variables of a scenario."""

    server: Running
    variables: Variables


@dataclass
class Result:
    """What was measured of one server in the rounds of one scenario."""

    server: str
    rounds: list[Measurement] = field(default_factory=list)
    sent: int = 0
    """Requests so far: the next begins with the variables after them."""

    def median(self, read: Callable[[Measurement], float]) -> float:
        """Give the median over the rounds."""
        return median(read(each) for each in self.rounds)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.median(lambda each: each.rate)

    @property
    def spread(self) -> float:
        """How many times the median latency the 99th percentile is."""
        return self.median(lambda each: each.percentile_99 / each.median)


class UnequalAnswersError(RuntimeError):
    """Two servers answer one question differently: nothing can be compared."""


def check_equal(scenario: Scenario, entrants: Sequence[Entrant]) -> None:
    """Ask all servers the same questions; raise UnequalAnswersError where an answer differs."""
    first, *others = entrants
    for other in others:
        if len(first.variables) != len(other.variables):
            raise UnequalAnswersError(
                f"{scenario.name}: {first.server.server.name} knows {len(first.variables)} variables, "
                f"{other.server.server.name} {len(other.variables)}"
            )
    for at in range(0, len(first.variables), max(1, len(first.variables) // CHECKED)):
        answers = [
            without_cursors(entrant.server.ask(scenario.document, entrant.variables[at])) for entrant in entrants
        ]
        for other, answer in zip(others, answers[1:], strict=True):
            if difference := next(differences(answers[0], answer), None):
                raise UnequalAnswersError(
                    f"{scenario.name} {first.variables[at]}: {first.server.server.name} and "
                    f"{other.server.server.name} differ at {difference}"
                )


def without_cursors(value: Any) -> Any:
    """Give an answer with its cursors, opaque and each server's own, made equal."""
    if isinstance(value, dict):
        return {
            key: "a cursor" if key in CURSORS and each is not None else without_cursors(each)
            for key, each in value.items()
        }
    return [without_cursors(each) for each in value] if isinstance(value, list) else value


def differences(one: Any, other: Any, path: str = "data") -> Iterator[str]:
    """Tell where two JSON values differ; the order of keys counts, as the specification of GraphQL has it."""
    if isinstance(one, dict) and isinstance(other, dict) and list(one) == list(other):
        for key in one:
            yield from differences(one[key], other[key], f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from differences(left, right, f"{path}[{at}]")
    elif one != other or type(one) is not type(other):
        yield f"{path}: {str(one)[:200]!r} against {str(other)[:200]!r}"


def measure(
    scenario: Scenario, entrants: Sequence[Entrant], driver: Executor, *, connections: int, seconds: float, rounds: int
) -> list[Result]:
    """Measure each server in turn, round after round."""
    results = [Result(entrant.server.server.name) for entrant in entrants]
    for _ in range(rounds):
        for result, entrant in zip(results, entrants, strict=True):
            load = Load(
                port=entrant.server.port,
                document=scenario.document,
                variables=entrant.variables,
                start=result.sent,
                connections=connections,
                seconds=WARM_UP,
            )
            result.sent += driver.submit(drive, load).result().requests
            load = replace(load, start=result.sent, seconds=seconds)
            before = cpu_seconds(entrant.server.pid)
            measured = driver.submit(drive, load).result()
            result.sent += measured.requests
            used = cpu_seconds(entrant.server.pid) - before
            result.rounds.append(replace(measured, server_cpu=used))
    return results


@contextmanager
def driver_on(core: int | None) -> Iterator[Executor]:
    """Give the process that sends the load."""
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=move_to_core, initargs=(core,)) as driver:
        yield driver
