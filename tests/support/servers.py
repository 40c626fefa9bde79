"""Real servers for the tests: `counterpoint serve` in a process of its own, asked over HTTP."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

START_TIMEOUT_SECONDS = 30
"""Seconds within which a server has started."""


@dataclass(frozen=True)
class Response:
    """What came back; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def error_codes(self) -> list[str]:
        """The codes of the errors, of an answer that has no data."""
        assert self.json.keys() == {"errors"}, self.body
        return [error["extensions"]["code"] for error in self.json["errors"]]


@dataclass(frozen=True)
class ServerProcess:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int
    log: int

    @property
    def log_text(self) -> str:
        """What the server has logged so far."""
        return os.pread(self.log, 10_000_000, 0).decode(errors="replace")

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        """Send a request just as it is given."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=START_TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, dict(headers or {}))
            got = connection.getresponse()
            return Response(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Response:
        """Send a GET."""
        return self.request("GET", path, headers=headers)

    def post(self, body: object, **headers: str) -> Response:
        """Send a GraphQL request; bytes as they are, anything else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.request("POST", "/graphql", raw, {"Content-Type": "application/json", **headers})

    def stop(self, sent: signal.Signals) -> int:
        """Send a signal, and give the status with which the server ends."""
        self.process.send_signal(sent)
        return self.process.wait(timeout=5)


@contextmanager
def run_service(url: str, **settings: str) -> Iterator[ServerProcess]:
    """Serve a database on a free port."""
    with run_server("-m", "counterpoint", "serve", "--port", "0", COUNTERPOINT_DATABASE_URL=url, **settings) as server:
        yield server


@contextmanager
def run_server(*arguments: str, **environment: str) -> Iterator[ServerProcess]:
    """Run a server in Python, until it is interrupted as by Ctrl-C: that too is a good end."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env=os.environ | environment,
            cwd=REPOSITORY,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            server = ServerProcess(process, _wait_for_port(process, log.fileno()), log.fileno())
            yield server
            assert process.poll() == 0 or server.stop(signal.SIGINT) == 0
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def _wait_for_port(process: subprocess.Popen[bytes], log: int) -> int:
    """Wait for the server to tell where it serves."""
    deadline = time.monotonic() + START_TIMEOUT_SECONDS
    while True:
        told = os.pread(log, 1_000_000, 0).decode(errors="replace")
        if found := re.search(r"running on http://127\.0\.0\.1:(\d+)", told):
            return int(found[1])
        assert process.poll() is None, told
        assert time.monotonic() < deadline, told
        time.sleep(0.02)
