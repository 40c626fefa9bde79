"""Load driver: HTTP/1.1 clients that each send the next request as soon as the previous one is answered.

It runs in its own process. All requests are encoded before the clock starts. The first response that is not
status 200 with data alone stops the run.
"""

import asyncio
import gc
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any, cast

import orjson
import uvloop

STATUS_OK = b"HTTP/1.1 200 "
END_OF_HEADERS = b"\r\n\r\n"
CONTENT_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)

# Matches the key only, because quotes inside of JSON strings are escaped.
ERRORS_KEY = b'"errors":'


@dataclass(frozen=True)
class Load:
    """One document with many variables. They are sent in turn, beginning with the one at index `start`.

    If all are sent before the time is over, the load `repeats` them or ends.
    """

    port: int
    document: str
    variables: Sequence[dict[str, Any]]
    connections: int
    seconds: float
    start: int = 0
    repeats: bool = True


@dataclass(frozen=True)
class Measurement:
    """Result of one load. All times are in seconds."""

    requests: int
    received_bytes: int
    """Size of all responses, headers included."""
    seconds: float
    median: float
    percentile_99: float
    driver_cpu: float
    """CPU time of the driver. If it is close to `seconds`, the driver is the bottleneck."""
    server_cpu: float = 0
    """CPU time of the server, filled in by the caller; 0 if it is unknown."""

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


class BadResponseError(RuntimeError):
    """A response is not status 200 with data alone."""


def send_load(load: Load) -> Measurement:
    """Send a load and measure it. Raise BadResponseError if a response is not data."""
    requests = [encode_request(load.port, load.document, variables) for variables in load.variables]
    gc.collect()
    gc.disable()  # because a collection would count as latency
    try:
        return uvloop.run(_measure(load, requests))
    finally:
        gc.enable()


def encode_request(port: int, document: str, variables: dict[str, Any]) -> bytes:
    """Return the bytes of an HTTP request for a GraphQL operation, with the headers of a usual client library."""
    body = orjson.dumps({"query": document, "variables": variables})
    headers = (
        "POST /graphql HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\n"
        "Accept: application/graphql-response+json, application/json;q=0.9\r\n"
        "Content-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n"
        "\r\n"
    )
    return headers.encode() + body


class LoadRun:
    """State that the connections of one run share: the requests to send, and the measured latencies.

    The clock starts when the object is created. The run ends after some seconds, or when no request is left.
    """

    def __init__(self, requests: Iterator[bytes], seconds: float) -> None:
        self._requests = requests
        self._last_request = b""
        self.latencies: list[float] = []
        self.received_bytes = 0
        self.error: Exception | None = None
        self.start = time.perf_counter()
        self.cpu_start = time.process_time()
        self.deadline = self.start + seconds

    def next_request(self) -> bytes:
        """Return the next request. After the last one, end the run and return the last one again."""
        request = next(self._requests, None)
        if request is None:
            self.deadline = 0
        else:
            self._last_request = request
        return self._last_request


class ClientConnection(asyncio.Protocol):
    """Keep-alive connection that sends one request at a time until the run's deadline."""

    def __init__(self, run: LoadRun) -> None:
        self._run = run
        self._chunks: list[bytes] = []
        self.closed = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        """Collect the chunks of a response; when it is complete, send the next request."""
        if self._chunks:
            self._chunks.append(data)
            data = b"".join(self._chunks)
        end = data.find(END_OF_HEADERS)
        length = CONTENT_LENGTH.search(data, 0, end) if end > 0 else None
        if (end > 0 and length is None) or not data.startswith(STATUS_OK[: len(data)]):
            self._fail(data)
        elif length is None or len(data) < end + len(END_OF_HEADERS) + int(length[1]):
            self._chunks = [data]
        else:
            self._finish_response(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Mark the connection as closed; record an error if the run is not over."""
        if time.perf_counter() < self._run.deadline and self._run.error is None:
            self._run.error = exc or BadResponseError("The server closed the connection before the end of the run.")
        if not self.closed.done():
            self.closed.set_result(None)

    def _send(self) -> None:
        self._transport.write(self._run.next_request())
        self._sent_at = time.perf_counter()

    def _finish_response(self, data: bytes) -> None:
        now = time.perf_counter()
        self._chunks = []
        if ERRORS_KEY in data:
            self._fail(data)
            return
        run = self._run
        run.latencies.append(now - self._sent_at)
        run.received_bytes += len(data)
        if now < run.deadline and run.error is None:
            self._send()
        else:
            self._transport.close()

    def _fail(self, data: bytes) -> None:
        self._run.error = BadResponseError(data[:2000].decode(errors="replace"))
        self._transport.close()


async def send_requests(run: LoadRun, port: int, connections: int) -> None:
    """Send the requests of a run over this many connections. Raise the run's error if there is one."""
    loop = asyncio.get_running_loop()
    clients = [
        (await loop.create_connection(lambda: ClientConnection(run), "127.0.0.1", port))[1] for _ in range(connections)
    ]
    await asyncio.gather(*(client.closed for client in clients))
    if run.error:
        raise run.error


async def _measure(load: Load, requests: Sequence[bytes]) -> Measurement:
    order = islice(chain.from_iterable(repeat(requests)), load.start % len(requests), None)
    run = LoadRun(order if load.repeats else iter(requests), load.seconds)
    await send_requests(run, load.port, load.connections)
    seconds = time.perf_counter() - run.start
    latencies = sorted(run.latencies)
    return Measurement(
        requests=len(latencies),
        received_bytes=run.received_bytes,
        seconds=seconds,
        median=latencies[len(latencies) // 2],
        percentile_99=latencies[min(len(latencies) - 1, len(latencies) * 99 // 100)],
        driver_cpu=time.process_time() - run.cpu_start,
    )
