"""Which revision the database holds: known without asking, and never for long."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic

MAX_AGE_SECONDS = 0.5
"""Seconds for which what was read is taken to hold: a new revision is seen within them."""


class RevisionCache:
    """The revision, read again when what is known is older than KNOWN; by one reading, however many ask."""

    def __init__(self, read: Callable[[], Awaitable[str]]) -> None:
        """Read by this."""
        self._read = read
        self._known: str | None = None
        self._until = 0.0
        self._doubted = 0.0
        self._reading: asyncio.Task[str] | None = None

    @property
    def known(self) -> str | None:
        """The revision, if it was read just now."""
        return self._known if monotonic() < self._until else None

    async def current(self) -> str:
        """Read the revision, or wait for the reading under way. Raise what reading raises."""
        known = self.known
        if known is not None:
            return known
        if self._reading is None:
            self._reading = asyncio.create_task(self._renew())
        return await asyncio.shield(self._reading)

    def doubt(self) -> None:
        """Read again with the next request: an answer came from another revision."""
        self._until = 0.0
        self._doubted = monotonic()

    async def _renew(self) -> str:
        begun = monotonic()
        try:
            self._known = await self._read()
            # What was read held when reading began at the least.
            self._until = begun + MAX_AGE_SECONDS if begun > self._doubted else 0.0
            return self._known
        finally:
            self._reading = None
