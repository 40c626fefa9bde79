"""Server processes that are measured: each runs on a free port and is always stopped."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from bench.machine import choose_cores, free_port, pin_child_processes

START_TIMEOUT_SECONDS = 120
STOP_TIMEOUT_SECONDS = 10
POLL_INTERVAL_SECONDS = 0.01

PREPARED_AT_ONCE = 2_000
"""Sets of variables in one request to prepare, so that it takes less than the client's timeout."""

PROJECT = Path(__file__).parents[1]

RESPONSE_CACHE_OFF = {"COUNTERPOINT_RESPONSE_CACHE_BYTES": "0"}


@dataclass(frozen=True)
class ServerCommand:
    """Command that starts a server. `{port}` in an argument is replaced by the port."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = PROJECT


def counterpoint_command(project: Path, *arguments: str) -> tuple[str, ...]:
    """Return the command line that runs `counterpoint` from a checkout: this one, or another with its own `.venv`."""
    python = sys.executable if project == PROJECT else str(project / ".venv" / "bin" / "python")
    return (python, "-m", "counterpoint", *arguments)


def counterpoint_server(
    database_url: str, *, has_response_cache: bool, project: Path = PROJECT, name: str = "Counterpoint"
) -> ServerCommand:
    """Return the command that serves a database with default settings, and with or without the response cache."""
    environment = {"COUNTERPOINT_DATABASE_URL": database_url, **({} if has_response_cache else RESPONSE_CACHE_OFF)}
    return ServerCommand(name, counterpoint_command(project, "serve", "--port", "{port}"), environment, project)


def baseline_server(database_url: str) -> ServerCommand:
    """Return the command that serves a database with plain Strawberry."""
    options = ("--database-url", database_url, "--port", "{port}")
    return ServerCommand("plain Strawberry", (sys.executable, "-m", "bench.baseline", *options))


def floor_server(database_url: str) -> ServerCommand:
    """Return the command of the smallest server that executes the service's statements on an SQLite database."""
    options = ("--database-url", database_url, "--port", "{port}")
    return ServerCommand("floor", (sys.executable, "-m", "bench.floor_server", *options))


def constant_server(kind: str, body_bytes: int, *, has_all_headers: bool = True) -> ServerCommand:
    """Return the command that answers every request with the same bytes. `kind` is `raw` or `uvicorn`.

    Without all headers, a response has only content type and length.
    """
    options = (kind, "--port", "{port}", "--size", str(body_bytes), *(() if has_all_headers else ("--few-headers",)))
    return ServerCommand("constant bytes", (sys.executable, "-m", "bench.constant_server", *options))


@dataclass(frozen=True)
class RunningServer:
    """A server process that accepts requests."""

    name: str
    port: int
    pid: int

    def query(self, document: str, variables: dict[str, Any]) -> Any:
        """Return the `data` of a response. Raise RuntimeError if the response has errors."""
        response = json.loads(self.fetch_body(document, variables))
        if "errors" in response:
            raise RuntimeError(f"{self.name} answered with errors: {response['errors']}")
        return response["data"]

    def fetch_body(self, document: str, variables: dict[str, Any]) -> bytes:
        """Return the body of a response. Raise RuntimeError if its status is not 200."""
        return self._post("/graphql", {"query": document, "variables": variables})

    def is_ready(self) -> bool:
        """Return whether the service reports that it is ready to answer from its content."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        finally:
            connection.close()

    def prepare(self, document: str, variables: Sequence[dict[str, Any]]) -> None:
        """Make the floor prepare a document with each set of variables before a measurement."""
        for start in range(0, len(variables), PREPARED_AT_ONCE):
            self._post("/prepare", {"query": document, "variables": variables[start : start + PREPARED_AT_ONCE]})

    def _post(self, path: str, content: dict[str, Any]) -> bytes:
        request = json.dumps(content)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", path, request, headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{self.name} answered with status {response.status}: {body[:2000]!r}")
        return body


@contextmanager
def run_server(command: ServerCommand) -> Iterator[RunningServer]:
    """Start a server on the servers' core, wait until it answers, and stop it at the end of the `with` block."""
    core, _ = choose_cores()
    port = free_port()
    with TemporaryFile() as log:
        with pin_child_processes(core):
            process = subprocess.Popen(
                [argument.format(port=port) for argument in command.arguments],
                cwd=command.folder,
                env={**os.environ, **command.environment},
                stdout=log,
                stderr=log,
            )
        try:
            server = RunningServer(command.name, port, process.pid)
            _wait_until_ready(server, process, log)
            yield server
        finally:
            _stop(process)


def measure_start(command: ServerCommand) -> float:
    """Start the service, and return the seconds until it reports that it is ready."""
    start = time.perf_counter()
    with run_server(command) as server:
        while not server.is_ready():
            time.sleep(POLL_INTERVAL_SECONDS)
        return time.perf_counter() - start


def _wait_until_ready(server: RunningServer, process: "subprocess.Popen[bytes]", log: IO[bytes]) -> None:
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while True:
        try:
            server.query("{ __typename }", {})
        except (OSError, HTTPException) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                output = log.read().decode(errors="replace")
                raise RuntimeError(f"{server.name} does not answer: {error}\n{output}") from error
            time.sleep(POLL_INTERVAL_SECONDS)
        else:
            return


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
