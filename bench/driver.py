"""The load: some connections that each send the next request when the last is answered, and how long each took.

Runs in a process of its own. Requests are written out before the clock starts; each answer's status and body are
looked at, and the first that is not data ends the run.
"""

import asyncio
import gc
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any, cast

import orjson
import uvloop

SUCCESS = b"HTTP/1.1 200 "
END_OF_HEAD = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

# Inside of texts the quotes would have backslashes.
ERRORS = b'"errors":'


@dataclass(frozen=True)
class Load:
    """What is sent: one document with many variables, taken in turn from the one at `start`."""

    port: int
    document: str
    variables: Sequence[dict[str, Any]]
    start: int
    connections: int
    seconds: float


@dataclass(frozen=True)
class Measurement:
    """What came of it; times in seconds."""

    requests: int
    received: int
    """Bytes, heads included."""
    seconds: float
    median: float
    percentile_99: float
    driver_cpu: float
    """Seconds of the driver's own processor time: were it near `seconds`, the driver would be what is measured."""
    server_cpu: float = 0
    """Seconds of the server's processor time, which the driver's process can't see; 0 where none can."""

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


class BadAnswerError(RuntimeError):
    """An answer that is not status 200 with data alone."""


def drive(load: Load) -> Measurement:
    """Send the load and measure."""
    requests = [request(load.port, load.document, variables) for variables in load.variables]
    gc.collect()
    gc.disable()
    try:
        return uvloop.run(_drive(load, requests))
    finally:
        gc.enable()


def request(port: int, document: str, variables: dict[str, Any]) -> bytes:
    """Write a request as a client's library would."""
    body = orjson.dumps({"query": document, "variables": variables})
    head = (
        "POST /graphql HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\n"
        "Accept: application/graphql-response+json, application/json;q=0.9\r\n"
        "Content-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n"
        "\r\n"
    )
    return head.encode() + body


class Run:
    """What the connections of a run share: the requests still to be sent, and what was measured."""

    def __init__(self, requests: Sequence[bytes], start: int, seconds: float) -> None:
        """Begin the clock."""
        self._upcoming = islice(chain.from_iterable(repeat(requests)), start % len(requests), None)
        self.latencies: list[float] = []
        self.received = 0
        self.error: Exception | None = None
        self.start = time.perf_counter()
        self.cpu_start = time.process_time()
        self.deadline = self.start + seconds

    def take(self) -> bytes:
        """Take the next request."""
        return next(self._upcoming)


class Connection(asyncio.Protocol):
    """A connection that is kept: one request at a time."""

    def __init__(self, run: Run) -> None:
        """Take part in a run."""
        self._run = run
        self._pieces: list[bytes] = []
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Take a piece of an answer; when it is whole, send the next request."""
        if self._pieces:
            self._pieces.append(data)
            data = b"".join(self._pieces)
        end = data.find(END_OF_HEAD)
        told = LENGTH.search(data, 0, end) if end > 0 else None
        if (end > 0 and told is None) or not data.startswith(SUCCESS[: len(data)]):
            self._fail(data)
        elif told is None or len(data) < end + len(END_OF_HEAD) + int(told[1]):
            self._pieces = [data]
        else:
            self._answered(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; too early is an error of the run."""
        if time.perf_counter() < self._run.deadline and self._run.error is None:
            self._run.error = exc or BadAnswerError("The server closed a connection.")
        if not self.closed.done():
            self.closed.set_result(None)

    def _send(self) -> None:
        self._transport.write(self._run.take())
        self._sent = time.perf_counter()

    def _answered(self, data: bytes) -> None:
        now = time.perf_counter()
        self._pieces = []
        if ERRORS in data:
            self._fail(data)
            return
        run = self._run
        run.latencies.append(now - self._sent)
        run.received += len(data)
        if now < run.deadline and run.error is None:
            self._send()
        else:
            self._transport.close()

    def _fail(self, data: bytes) -> None:
        self._run.error = BadAnswerError(data[:2000].decode(errors="replace"))
        self._transport.close()


async def _drive(load: Load, requests: Sequence[bytes]) -> Measurement:
    loop = asyncio.get_running_loop()
    run = Run(requests, load.start, load.seconds)
    opened = [
        await loop.create_connection(lambda: Connection(run), "127.0.0.1", load.port) for _ in range(load.connections)
    ]
    await asyncio.gather(*(connection.closed for _, connection in opened))
    seconds = time.perf_counter() - run.start
    if run.error:
        raise run.error
    took = sorted(run.latencies)
    return Measurement(
        requests=len(took),
        received=run.received,
        seconds=seconds,
        median=took[len(took) // 2],
        percentile_99=took[min(len(took) - 1, len(took) * 99 // 100)],
        driver_cpu=time.process_time() - run.cpu_start,
    )
