"""The server in a worker process, with a link to the supervisor."""

import asyncio
import socket
from types import FrameType

import uvicorn

from counterpoint.http.probes import DrainState
from counterpoint.server.draining_server import DrainingServer
from counterpoint.server.supervisor import SupervisorLink


class WorkerServer(DrainingServer):
    """A server that reports its start to the supervisor, and stops when the supervisor has ended."""

    def __init__(
        self, config: uvicorn.Config, drain_state: DrainState, drain_seconds: float, link: SupervisorLink
    ) -> None:
        super().__init__(config, drain_state, drain_seconds)
        self._link = link

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections."""
        await super().startup(sockets)
        asyncio.get_running_loop().add_reader(self._link.lifeline, self._stop)
        self._link.report_start()

    async def on_tick(self, counter: int) -> bool:
        """Return whether the server should stop now. uvicorn asks ten times in a second."""
        self._link.beat()
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop. Ignore a second signal.

        Terminals and service managers signal all processes of a service, and the supervisor forwards the same signal.
        """
        if not self.should_exit:
            super().handle_exit(sig, frame)

    def _stop(self) -> None:
        asyncio.get_running_loop().remove_reader(self._link.lifeline)
        self.should_exit = True
