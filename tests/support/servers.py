"""Real servers for the tests: `counterpoint serve` in a process of its own, with requests over HTTP.

Servers are forked from a process that has imported the service already, because the imports take longer than most
tests. Only the start differs from that of the command: tests/test_cli.py runs the command itself.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import runpy
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

START_TIMEOUT_SECONDS = 30
STOP_TIMEOUT_SECONDS = 5

FORK_SERVER = multiprocessing.get_context("forkserver")
FORK_SERVER.set_forkserver_preload(["counterpoint.app", "counterpoint.cli", "support.servers"])


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

    process: BaseProcess
    port: int
    log: Path

    @property
    def log_text(self) -> str:
        """The text that the server has logged until now."""
        return self.log.read_text(errors="replace")

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
        assert self.process.pid
        os.kill(self.process.pid, signal_number)
        self.process.join(STOP_TIMEOUT_SECONDS)
        return self.process.exitcode


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
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        process = FORK_SERVER.Process(target=_run_program, args=(script, arguments, os.environ | environment, log))
        process.start()
        try:
            server = ServerProcess(process, _wait_for_port(process, log), log)
            yield server
            assert process.exitcode == 0 or server.stop(signal.SIGINT) == 0
        finally:
            process.kill()
            process.join()


def _run_program(script: str | None, arguments: list[str], environment: Mapping[str, str], log: Path) -> None:
    """Run a program in this process as if Python had been started with it."""
    os.environ.update(environment)
    os.chdir(REPOSITORY)
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for standard_stream in (1, 2):
        os.dup2(descriptor, standard_stream)
    os.close(descriptor)
    sys.argv = [script or "counterpoint", *arguments]
    if script:
        runpy.run_path(script, run_name="__main__")
    else:
        runpy.run_module("counterpoint", run_name="__main__")


def _wait_for_port(process: BaseProcess, log: Path) -> int:
    """Return the port that the server logs when it is ready."""
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while True:
        text = log.read_text(errors="replace") if log.exists() else ""
        if match := re.search(r"running on http://127\.0\.0\.1:(\d+)", text):
            return int(match[1])
        assert process.is_alive(), text
        assert time.monotonic() < deadline, text
        time.sleep(0.02)
