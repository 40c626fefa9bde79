"""A request that arrives half a second after a commit is never answered with the revision before it."""

from __future__ import annotations

import asyncio

from counterpoint.http.revision_polling import REVISION_MAX_AGE_SECONDS, CurrentRevision


class SlowDatabase:
    """A database whose reads return what was current when they began, and end only when the test says so."""

    def __init__(self) -> None:
        self.now = 100.0
        self.revision = "old"
        self.reads: list[asyncio.Event] = []

    async def read(self) -> str:
        """Return the revision of the moment at which the read began."""
        revision, end = self.revision, asyncio.Event()
        self.reads.append(end)
        await end.wait()
        return revision


async def start_request(current: CurrentRevision) -> asyncio.Task[str]:
    request = asyncio.create_task(current.current())
    await asyncio.sleep(0)
    return request


def test_request_after_the_wait_does_not_share_a_read_from_before_the_commit() -> None:
    async def check() -> None:
        database = SlowDatabase()
        current = CurrentRevision(database.read, lambda: database.now)
        early = await start_request(current)
        database.revision = "new"
        database.now += REVISION_MAX_AGE_SECONDS / 2
        during = await start_request(current)
        database.now += REVISION_MAX_AGE_SECONDS
        late = await start_request(current)
        database.reads[0].set()
        assert (await early, await during) == ("old", "old")
        for _ in range(10):
            await asyncio.sleep(0)
        for end in database.reads:
            end.set()
        assert (await late, current.cached) == ("new", "new")

    asyncio.run(check())


def test_revision_expires_half_a_second_after_its_read_began() -> None:
    async def check() -> None:
        database = SlowDatabase()
        current = CurrentRevision(database.read, lambda: database.now)
        request = await start_request(current)
        database.now += REVISION_MAX_AGE_SECONDS / 2
        database.reads[0].set()
        assert await request == current.cached == "old"
        database.now += REVISION_MAX_AGE_SECONDS / 2
        assert current.cached is None

    asyncio.run(check())
