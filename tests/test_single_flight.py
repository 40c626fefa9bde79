"""One computation is shared by all who ask for it at the same time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest

from counterpoint.single_flight import SingleFlight

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


def in_event_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    """Run a test in an event loop of its own."""

    @wraps(test)
    def run() -> None:
        asyncio.run(test())

    return run


@dataclass
class Computation:
    """Counts its runs, and finishes each when it is released."""

    error: Exception | None = None
    runs: int = 0
    release: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self) -> int:
        """Return the number of this run."""
        self.runs += 1
        await self.release.wait()
        if self.error:
            raise self.error
        return self.runs


async def start(flight: SingleFlight[str, int], compute: Computation, *keys: str) -> list[asyncio.Task[int]]:
    """Start a caller for each key, and wait until all have begun."""
    tasks = [asyncio.create_task(flight.run(key, compute)) for key in keys]
    await asyncio.sleep(0.01)
    return tasks


@in_event_loop
async def test_concurrent_callers_share_one_run() -> None:
    flight, compute = SingleFlight[str, int](), Computation()
    callers = await start(flight, compute, "a", "a", "a")
    assert flight.is_running("a")
    compute.release.set()
    assert await asyncio.gather(*callers) == [1, 1, 1]
    assert not flight.is_running("a")
    assert await flight.run("a", compute) == 2


@in_event_loop
async def test_other_key_has_its_own_run() -> None:
    flight, compute = SingleFlight[str, int](), Computation()
    callers = await start(flight, compute, "a", "b")
    compute.release.set()
    await asyncio.gather(*callers)
    assert compute.runs == 2


@in_event_loop
async def test_error_reaches_every_caller_and_is_not_kept() -> None:
    flight, compute = SingleFlight[str, int](), Computation(error=ZeroDivisionError())
    callers = await start(flight, compute, "a", "a")
    compute.release.set()
    assert await asyncio.gather(*callers, return_exceptions=True) == [compute.error, compute.error]
    compute.error = None
    assert await flight.run("a", compute) == 2


@in_event_loop
async def test_cancelled_waiter_stops_nobody_else() -> None:
    flight, compute = SingleFlight[str, int](), Computation()
    first, waiter, other = await start(flight, compute, "a", "a", "a")
    waiter.cancel()
    await asyncio.sleep(0.01)
    compute.release.set()
    assert [await first, await other] == [1, 1]
    with pytest.raises(asyncio.CancelledError):
        await waiter


@in_event_loop
async def test_waiter_takes_over_when_the_first_caller_is_cancelled() -> None:
    flight, compute = SingleFlight[str, int](), Computation()
    first, *waiters = await start(flight, compute, "a", "a", "a")
    first.cancel()
    await asyncio.sleep(0.01)
    compute.release.set()
    assert await asyncio.gather(*waiters) == [2, 2]
    with pytest.raises(asyncio.CancelledError):
        await first


@in_event_loop
async def test_callers_that_are_cancelled_together_all_end() -> None:
    flight, compute = SingleFlight[str, int](), Computation()
    callers = await start(flight, compute, "a", "a", "a")
    for caller in callers:
        caller.cancel()
    outcomes = await asyncio.gather(*callers, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 3
    assert not flight.is_running("a")
