"""Clocks: how long a connection has waited for one and the same thing.

No request pays for a timer: each connection is looked at once in a while, and tells what it waits for by then.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from counterpoint.server.limits import ConnectionLimits, ConnectionState

DRAINING_CHECK_INTERVAL_SECONDS = 0.1
"""Seconds after which a connection is looked at again while the server ends."""

DRAINING_TIMEOUT_SECONDS = 1.0
"""Seconds that a client has for its part then: twice that (a refusal may follow) is less than uvicorn has."""

MIN_PROGRESS_BYTES = 64 * 1024
"""Bytes of its answer, or its rest, that a client reads within its time: for fewer, memory would be held too long."""


class Snapshot(NamedTuple):
    """What a connection waits for, with an object that is another one for another request; bytes yet unread."""

    wait: ConnectionState
    of: object
    unread: int = 0


class TimeoutWatchdog:
    """Looks at one connection now and then, and gives it up when it has waited for just one thing too long."""

    def __init__(
        self,
        bounds: ConnectionLimits,
        loop: asyncio.AbstractEventLoop,
        waiting: Callable[[], Snapshot],
        give_up: Callable[[ConnectionState, float], None],
    ) -> None:
        """Ask `waiting` what the connection waits for; `give_up` is told for what, and how many seconds it was."""
        self._bounds = bounds
        self._loop = loop
        self._waiting = waiting
        self._give_up = give_up
        self._last = Snapshot(ConnectionState.HEAD, None)
        self._since = 0.0
        self._read = 0
        self._look_away = bounds.check_interval
        self._is_ending = False
        self._next_look: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin with the connection."""
        self._begin()
        self._next_look = self._loop.call_later(self._look_away, self._look)

    def stop(self) -> None:
        """End with it."""
        if self._next_look is not None:
            self._next_look.cancel()

    def hurry(self) -> None:
        """Have less patience, for the server ends."""
        self._is_ending = True
        self._look_away = DRAINING_CHECK_INTERVAL_SECONDS
        self._begin()
        self.stop()
        self._look()

    def _look(self) -> None:
        """See what the connection waits for, and whether it has waited for just that too long."""
        waiting, last = self._waiting(), self._last
        self._last = waiting
        # More unread than before is no reading undone: more was written, of an answer that is given in parts.
        self._read += max(0, last.unread - waiting.unread)
        if waiting.wait is not last.wait or waiting.of is not last.of or self._is_read_well():
            self._begin()
        elif self._loop.time() - self._since >= (patience := self._patience(waiting.wait)):
            self._give_up(waiting.wait, patience)
        self._next_look = self._loop.call_later(self._look_away, self._look)

    def _begin(self) -> None:
        self._since, self._read = self._loop.time(), 0

    def _is_read_well(self) -> bool:
        """Tell whether enough was read for more time; while the server ends, nobody gets it."""
        return self._read >= MIN_PROGRESS_BYTES and not self._is_ending

    def _patience(self, wait: ConnectionState) -> float:
        """Give the seconds that it may wait; while the server ends, for us only."""
        patience = self._bounds.timeout_for(wait)
        return (
            min(patience, DRAINING_TIMEOUT_SECONDS)
            if self._is_ending and wait is not ConnectionState.APPLICATION
            else patience
        )
