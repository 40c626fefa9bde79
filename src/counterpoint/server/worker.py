"""The server in a worker process: uvicorn's, with a link to the supervisor."""

import asyncio
import socket

import uvicorn

from counterpoint.server.supervisor import SupervisorLink


class WorkerServer(uvicorn.Server):
    """uvicorn's server. It reports its start to the supervisor, and stops when the supervisor has ended."""

    def __init__(self, config: uvicorn.Config, link: SupervisorLink) -> None:
        super().__init__(config)
        self._link = link

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to accept connections."""
        await super().startup(sockets)
        asyncio.get_running_loop().add_reader(self._link.lifeline, self._stop)
        self._link.report_start()

    def _stop(self) -> None:
        asyncio.get_running_loop().remove_reader(self._link.lifeline)
        self.should_exit = True
