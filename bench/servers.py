"""The servers that are measured: each a process of its own on a free port, always ended."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from tempfile import TemporaryFile
from typing import IO, Any

from bench.machine import free_port, on_core

SECONDS_TO_START = 30


@dataclass(frozen=True)
class Server:
    """How a server is started: a module of Python, its arguments with `{port}` in them, its environment."""

    name: str
    module: str
    arguments: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)


def service(database_url: str, *, keeps_answers: bool) -> Server:
    """Give our service, as an operator starts it, or with the keeping of answers turned off: all are read anew."""
    settings = {"COUNTERPOINT_DATABASE_URL": database_url}
    if not keeps_answers:
        settings["COUNTERPOINT_RESPONSE_CACHE_BYTES"] = "0"
    return Server("Counterpoint", "counterpoint", ("serve", "--port", "{port}"), settings)


def plain(database_url: str) -> Server:
    """Give the peer."""
    return Server("plain Strawberry", "bench.baseline", ("--database-url", database_url, "--port", "{port}"))


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    server: Server
    port: int
    pid: int

    def ask(self, document: str, variables: dict[str, Any]) -> Any:
        """Give the data of an answer. Fail on anything but data."""
        answer = json.loads(self.body(document, variables))
        if "errors" in answer:
            raise RuntimeError(f"{self.server.name} answered with errors: {answer['errors']}")
        return answer["data"]

    def body(self, document: str, variables: dict[str, Any]) -> bytes:
        """Give the body of an answer."""
        asked = json.dumps({"query": document, "variables": variables})
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", "/graphql", asked, headers)
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200:
            raise RuntimeError(f"{self.server.name} answered {response.status}: {body[:2000]!r}")
        return body


@contextmanager
def running(server: Server, core: int | None) -> Iterator[Running]:
    """Start a server on a core, wait until it answers, and end it."""
    port = free_port()
    arguments = [argument.format(port=port) for argument in server.arguments]
    with TemporaryFile() as log:
        with on_core(core):
            process = subprocess.Popen(
                [sys.executable, "-m", server.module, *arguments],
                env={**os.environ, **server.environment},
                stdout=log,
                stderr=log,
            )
        try:
            started = Running(server, port, process.pid)
            _wait(started, process, log)
            yield started
        finally:
            _end(process)


def _wait(started: Running, process: "subprocess.Popen[bytes]", log: IO[bytes]) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            started.ask("{ __typename }", {})
        except (OSError, HTTPException) as error:
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                said = log.read().decode(errors="replace")
                raise RuntimeError(f"{started.server.name} does not answer: {error}\n{said}") from error
            time.sleep(0.05)
        else:
            return


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
