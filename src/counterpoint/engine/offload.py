"""Work in Python that may take its time: in a thread, so that other requests are answered meanwhile."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from counterpoint.errors import Overloaded

T = TypeVar("T")

MAX_QUEUED_JOBS = 256
"""How many pieces of work may wait for their turn: usual ones, all together, for about a second."""


class SerialWorker:
    """Does one piece of work at a time: more of them, taking turns with the event loop, would starve it."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def run(self, work: Callable[[], T]) -> T:
        """Do a piece of work, and give what it gives. Raise Overloaded where too many wait already."""
        if self._waiting > MAX_QUEUED_JOBS:
            raise Overloaded
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(work)
        finally:
            self._waiting -= 1
