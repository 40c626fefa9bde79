"""Timeouts of a connection. A periodic check replaces a timer for each request, which would cost every request."""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from counterpoint.server.limits import ConnectionLimits, ConnectionState

SHUTDOWN_CHECK_INTERVAL_SECONDS = 0.1

SHUTDOWN_TIMEOUT_SECONDS = 1.0
"""Timeout of every client while the server shuts down.

A rejected request may need it twice; uvicorn then still has time left before it cancels requests.
"""

MIN_PROGRESS_BYTES = 64 * 1024
"""Bytes that a client must read within the write timeout, because a slower one would occupy memory for too long."""


class Snapshot(NamedTuple):
    """A connection's state, an object that identifies its current request, and the number of its unsent bytes."""

    state: ConnectionState
    request: object
    unsent_bytes: int = 0


class TimeoutWatchdog:
    """Checks a connection periodically, and reports when it has stayed in one state for too long."""

    def __init__(
        self,
        limits: ConnectionLimits,
        loop: asyncio.AbstractEventLoop,
        take_snapshot: Callable[[], Snapshot],
        on_timeout: Callable[[ConnectionState, float], None],
    ) -> None:
        """Call `on_timeout` with the state and its timeout in seconds."""
        self._limits = limits
        self._loop = loop
        self._take_snapshot = take_snapshot
        self._on_timeout = on_timeout
        self._last = Snapshot(ConnectionState.HEAD, None)
        self._since = 0.0
        self._sent_bytes = 0
        self._check_interval = limits.check_interval
        self._is_shutting_down = False
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Start the checks."""
        self._restart_timeout()
        self._timer = self._loop.call_later(self._check_interval, self._check)

    def stop(self) -> None:
        """Stop the checks."""
        if self._timer is not None:
            self._timer.cancel()

    def start_shutdown(self) -> None:
        """Shorten the timeouts, because the server shuts down."""
        self._is_shutting_down = True
        self._check_interval = SHUTDOWN_CHECK_INTERVAL_SECONDS
        self._restart_timeout()
        self.stop()
        self._check()

    def _check(self) -> None:
        """Compare the connection with its last snapshot, and report a timeout."""
        snapshot, last = self._take_snapshot(), self._last
        self._last = snapshot
        # Count only decreases: the backlog may grow because more of a streamed response was written.
        self._sent_bytes += max(0, last.unsent_bytes - snapshot.unsent_bytes)
        if snapshot.state is not last.state or snapshot.request is not last.request or self._client_reads_fast_enough():
            self._restart_timeout()
        elif self._loop.time() - self._since >= (timeout := self._timeout_for(snapshot.state)):
            self._on_timeout(snapshot.state, timeout)
        self._timer = self._loop.call_later(self._check_interval, self._check)

    def _restart_timeout(self) -> None:
        self._since, self._sent_bytes = self._loop.time(), 0

    def _client_reads_fast_enough(self) -> bool:
        """Return whether the client reads fast enough to get more time, which it does not during a shutdown."""
        return self._sent_bytes >= MIN_PROGRESS_BYTES and not self._is_shutting_down

    def _timeout_for(self, state: ConnectionState) -> float:
        timeout = self._limits.find_timeout(state)
        if self._is_shutting_down and state is not ConnectionState.APPLICATION:
            return min(timeout, SHUTDOWN_TIMEOUT_SECONDS)
        return timeout
