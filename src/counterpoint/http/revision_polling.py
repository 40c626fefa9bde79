"""Cache of the database's current revision, so that not every request reads it."""

from collections.abc import Awaitable, Callable
from time import monotonic

from counterpoint.single_flight import SingleFlight

MAX_AGE_SECONDS = 0.5
"""Seconds before the revision is read again; a new revision becomes visible within this time."""


class CurrentRevision:
    """The current revision, at most MAX_AGE_SECONDS old."""

    def __init__(self, read: Callable[[], Awaitable[str]]) -> None:
        """Use `read` to read the revision from the database."""
        self._read_database = read
        self._revision: str | None = None
        self._expires_at = 0.0
        self._invalidated_at = 0.0
        self._reads: SingleFlight[None, str] = SingleFlight()

    @property
    def cached(self) -> str | None:
        """The revision, or None if it must be read again."""
        return self._revision if monotonic() < self._expires_at else None

    async def current(self) -> str:
        """Return the revision, from the database if necessary. Raise NotReady."""
        return self.cached or await self._reads.run(None, self._read)

    def invalidate(self) -> None:
        """Make the next request read the revision again."""
        self._expires_at = 0.0
        self._invalidated_at = monotonic()

    async def _read(self) -> str:
        start = monotonic()
        self._revision = await self._read_database()
        # The value was current at least when the read started.
        self._expires_at = start + MAX_AGE_SECONDS if start > self._invalidated_at else 0.0
        return self._revision
