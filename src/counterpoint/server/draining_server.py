"""The server of a process: uvicorn's, which goes on answering for some time after SIGTERM."""

import logging
import signal
import socket
import time
from types import FrameType

import uvicorn

from counterpoint.http.probes import DrainState
from counterpoint.server.listeners import describe_addresses

log = logging.getLogger("uvicorn.error")


class DrainingServer(uvicorn.Server):
    """uvicorn's server. After SIGTERM it drains: it is not ready, and answers requests until balancers know that.

    After SIGINT, which comes from a terminal, it stops without that time.
    """

    def __init__(self, config: uvicorn.Config, drain_state: DrainState, drain_seconds: float) -> None:
        """Report in `drain_state` that the server stops. The application and the connections read it."""
        super().__init__(config)
        self._drain_state = drain_state
        self._drain_seconds = drain_seconds
        self._drain_end: float | None = None
        self._has_reported_drain = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections."""
        await super().startup(sockets)
        # uvicorn logs this only if it opens the sockets itself.
        log.info("Server running on %s (Press CTRL+C to quit)", describe_addresses(sockets or ()))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop. At a second signal, end the process at once."""
        if self.should_exit:
            signal.signal(sig, signal.SIG_DFL)
            signal.raise_signal(sig)
        self._drain_state.is_draining = True
        if sig == signal.SIGTERM:
            self._drain_end = time.monotonic() + self._drain_seconds
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Return whether the server should stop now. uvicorn asks ten times in a second."""
        if not await super().on_tick(counter):
            return False
        # Not logged by the signal handler, because it may interrupt the writing of another line.
        if self._drain_end is not None and not self._has_reported_drain:
            self._has_reported_drain = True
            log.info("Draining for %g s", self._drain_seconds)
        return self._drain_end is None or time.monotonic() >= self._drain_end
