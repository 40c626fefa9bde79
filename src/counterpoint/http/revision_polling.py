"""Cache of the database's current revision, so that not every request reads it, or waits while it cannot be read."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import NamedTuple

from counterpoint.errors import CounterpointError, DatabaseUnreachable
from counterpoint.single_flight import SingleFlight

REVISION_MAX_AGE_SECONDS = 0.5
"""Seconds for which a server may use a revision after it began to read it.

Requests that arrive later than this after a commit get the new content. `counterpoint seed` returns only then.
"""


RETRY_INTERVAL_SECONDS = 0.5
"""Seconds between two attempts to reach the database. They go on without requests, so that all requests after it has
returned get its content.
"""


class _Read(NamedTuple):
    """A revision, and the time at which its read began: it was current then, and perhaps no longer."""

    revision: str
    start: float


class CurrentRevision:
    """The current revision, at most REVISION_MAX_AGE_SECONDS old when a request arrives.

    After a request has waited in vain for the database, others fail at once, until the database can be reached again.
    """

    def __init__(self, read: Callable[[], Awaitable[str]], clock: Callable[[], float] = monotonic) -> None:
        """Use `read` to read the revision from the database."""
        self._read_database = read
        self._clock = clock
        self._revision: str | None = None
        self._read_at = 0.0
        self._outage: DatabaseUnreachable | None = None
        self._recovery: asyncio.Task[None] | None = None
        self._expires_at = 0.0
        self._invalidated_at = 0.0
        self._reads: SingleFlight[None, _Read] = SingleFlight()

    @property
    def cached(self) -> str | None:
        """The revision, or None if it must be read again."""
        return self._revision if self._clock() < self._expires_at else None

    @property
    def last(self) -> str | None:
        """The revision that was read last, however old; None if none was read yet."""
        return self._revision

    @property
    def age_seconds(self) -> float:
        """The time since `last` was known to be current."""
        return self._clock() - self._read_at

    async def current(self) -> str:
        """Return the revision, from the database if necessary. Raise NotReady or DatabaseUnreachable."""
        arrival = self._clock()
        while (cached := self.cached) is None:
            if self._outage is not None:
                raise DatabaseUnreachable(*self._outage.args)
            try:
                read = await self._reads.run(None, self._read)
            except DatabaseUnreachable as error:
                self._start_recovery(error, RETRY_INTERVAL_SECONDS)
                raise
            # Not the result of a slow read that began long before this request, because it may be outdated.
            if read.start > arrival - REVISION_MAX_AGE_SECONDS:
                return read.revision
        return cached

    async def check_reachable(self) -> None:
        """Raise DatabaseUnreachable, so that a request does not wait for a database that does not answer."""
        try:
            await self.current()
        except DatabaseUnreachable:
            raise
        except CounterpointError:
            pass  # It answers.

    def invalidate(self) -> None:
        """Make the next request read the revision again."""
        self._expires_at = 0.0
        self._invalidated_at = self._clock()

    def suspect_outage(self, error: DatabaseUnreachable) -> None:
        """Make requests fail at once until the database is reached again, because a query could not reach it."""
        self.invalidate()
        self._start_recovery(error, 0)

    async def _read(self) -> _Read:
        start = self._clock()
        revision = await self._read_database()
        self._revision, self._read_at = revision, start
        # The value was current at least when the read started.
        self._expires_at = start + REVISION_MAX_AGE_SECONDS if start > self._invalidated_at else 0.0
        return _Read(revision, start)

    def _start_recovery(self, error: DatabaseUnreachable, delay_seconds: float) -> None:
        if self._outage is None:
            self._outage = error.with_traceback(None)
            self._recovery = asyncio.create_task(self._recover(delay_seconds))

    async def _recover(self, delay_seconds: float) -> None:
        """Try to read the revision until the database answers, whatever it answers."""
        try:
            while True:
                await asyncio.sleep(delay_seconds)
                try:
                    await self._reads.run(None, self._read)
                except DatabaseUnreachable:
                    delay_seconds = RETRY_INTERVAL_SECONDS
                    continue
                except CounterpointError:
                    pass  # The next request reads and reports it again.
                return
        finally:
            self._outage = None
