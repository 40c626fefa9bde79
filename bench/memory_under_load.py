"""Load without repetition: almost every request is new, so that the memory of all server caches is measured."""

from collections.abc import Iterator
from functools import partial

import uvloop
from graphql import get_introspection_query

from bench.comparison import start_driver
from bench.datasets import log_progress
from bench.driver import LoadRun, encode_request, send_requests
from bench.machine import MEMORY_INTERVAL_SECONDS, Memory, MemoryMonitor
from bench.servers import ServerCommand, run_server

SMALL_DOCUMENT = (
    "query ($slug: String!) {{ article(slug: $slug) {{ id n{0}: title sections {{ n{0}: heading slug }} }} }}"
)
WIDE_DOCUMENT = SMALL_DOCUMENT.replace("id ", "id " * 300)
INTROSPECTION_DOCUMENT = f"# {{0}}\n{get_introspection_query().replace('{', '{{').replace('}', '}}')}"

REQUESTS_PER_DOCUMENT = 10
"""Consecutive requests that share a document. Their variables differ."""

WIDE_INTERVAL = 10
INTROSPECTION_INTERVAL = 100
"""Every tenth document has 300 fields, every hundredth is an introspection."""

CONNECTION_COUNT = 32


def _encode_numbered_request(port: int, number: int) -> bytes:
    document = _numbered_document(number // REQUESTS_PER_DOCUMENT)
    return encode_request(port, document, {"slug": f"missing-article-{number}"})


def _numbered_document(number: int) -> str:
    if number % INTROSPECTION_INTERVAL == 0:
        return INTROSPECTION_DOCUMENT.format(number)
    return (WIDE_DOCUMENT if number % WIDE_INTERVAL == 0 else SMALL_DOCUMENT).format(number)


def measure_peaks(service: ServerCommand, requests: int) -> Iterator[tuple[int, Memory]]:
    """Send different requests, and yield the peak memory of the service after each tenth of them."""
    step = max(1, requests // 10)
    with (
        run_server(service) as server,
        start_driver() as driver,
        MemoryMonitor(server.pid, MEMORY_INTERVAL_SECONDS) as monitor,
    ):
        for end in range(step, requests + 1, step):
            driver.submit(send_unique_requests, server.port, range(end - step, end)).result()
            log_progress(f"{end:,} requests answered; peak memory {monitor.peak}")
            yield end, monitor.peak


def send_unique_requests(port: int, numbers: range) -> None:
    """Send one request for each number. Raise BadResponseError if one is not answered with data."""

    async def send() -> None:
        requests = map(partial(_encode_numbered_request, port), numbers)
        await send_requests(LoadRun(requests, float("inf")), port, CONNECTION_COUNT)

    uvloop.run(send())
