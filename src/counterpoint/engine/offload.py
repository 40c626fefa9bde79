"""CPU-bound Python work in a thread, because the event loop must answer other requests meanwhile."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from counterpoint.errors import Overloaded

T = TypeVar("T")

MAX_QUEUED_JOBS = 256
"""Maximum number of waiting jobs. That many typical jobs take about a second."""


class SerialWorker:
    """Runs one job at a time in a thread, because several would compete with the event loop for the interpreter."""

    def __init__(self) -> None:
        """Create an idle worker."""
        self._lock = asyncio.Lock()
        self._queued = 0

    async def run(self, job: Callable[[], T]) -> T:
        """Run a job in a thread and return its result. Raise Overloaded if too many jobs are waiting."""
        if self._queued > MAX_QUEUED_JOBS:
            raise Overloaded
        self._queued += 1
        try:
            async with self._lock:
                return await asyncio.to_thread(job)
        finally:
            self._queued -= 1
