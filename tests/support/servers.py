"""Real servers for the tests: `counterpoint serve` in a process of its own, with requests over HTTP."""

from __future__ import annotations

import json
import re
import signal
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

from support.database_helpers import REPOSITORY
from support.processes import start_program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from support.processes import Program

START_TIMEOUT_SECONDS = 120
STOP_TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class Response:
    """An HTTP response. The names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed as JSON."""
        return json.loads(self.body)

    @property
    def error_codes(self) -> list[str]:
        """The codes of the errors of a response that has no data."""
        assert self.json.keys() == {"errors"}, self.body
        return [error["extensions"]["code"] for error in self.json["errors"]]


@dataclass(frozen=True)
class ServerProcess:
    """A running server."""

    program: Program
    port: int

    @property
    def log_text(self) -> str:
        """The text that the server has written until now."""
        return self.program.stdout + self.program.stderr

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request without changing or adding anything."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=START_TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            lower_case = {name.lower(): value for name, value in response.getheaders()}
            return Response(response.status, lower_case, response.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Response:
        """Send a GET request."""
        return self.request("GET", path, headers=headers)

    def post(self, body: object, **headers: str) -> Response:
        """Send a GraphQL request. The body is sent as JSON unless it is bytes."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.request("POST", "/graphql", raw, {"Content-Type": "application/json", **headers})

    def stop(self, signal_number: signal.Signals) -> int | None:
        """Send a signal and return the exit status, or None if the server does not stop in time."""
        self.program.send_signal(signal_number)
        return self.program.wait(STOP_TIMEOUT_SECONDS)


@contextmanager
def run_service(url: str, **settings: str) -> Iterator[ServerProcess]:
    """Run `counterpoint serve` on a database and a free port."""
    with run_server("serve", "--port", "0", COUNTERPOINT_DATABASE_URL=url, **settings) as server:
        yield server


@contextmanager
def run_server(*arguments: str, script: str | None = None, **environment: str) -> Iterator[ServerProcess]:
    """Run a server until the block ends, and check that it exits with status 0 after SIGINT.

    `arguments` are those of the command `counterpoint`, or of `script` if that is given.
    """
    program = start_program(*arguments, script=script, folder=REPOSITORY, **environment)
    try:
        server = ServerProcess(program, _wait_for_port(program))
        yield server
        assert program.process.exitcode == 0 or server.stop(signal.SIGINT) == 0
    finally:
        program.kill()


def _wait_for_port(program: Program) -> int:
    """Return the port that the server logs when it is ready."""
    program.wait_for_line("running on http://127.0.0.1:")
    match = re.search(r"running on http://127\.0\.0\.1:(\d+)", program.stdout + program.stderr)
    assert match
    return int(match[1])
