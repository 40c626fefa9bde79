"""Visitors that load pages all the time, in a process of their own, so that the test keeps its time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from support.processes import FORK_SERVER, TIMEOUT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator

VISITOR_COUNT = 3

PAUSE_SECONDS = 0.02
"""Seconds between the pages of a visitor, because it need not use a whole core."""


@contextmanager
def run_visitors(*addresses: str) -> Iterator[None]:
    """Load all addresses, again and again, until the block ends."""
    process = FORK_SERVER.Process(target=_visit_all, args=(addresses,))
    process.start()
    try:
        yield
        assert process.is_alive()
    finally:
        process.kill()
        process.join()


def load(address: str) -> str:
    """Return the text at an address."""
    url = urlsplit(address)
    with closing(HTTPConnection(url.netloc, timeout=TIMEOUT_SECONDS)) as connection:
        path = f"{url.path}?{url.query}" if url.query else url.path
        connection.request("GET", path, headers={"Accept": "application/json, text/html"})
        return connection.getresponse().read().decode()


def _visit_all(addresses: tuple[str, ...]) -> None:
    with ThreadPoolExecutor(VISITOR_COUNT) as threads:
        list(threads.map(_visit, [addresses] * VISITOR_COUNT, range(VISITOR_COUNT)))


def _visit(addresses: tuple[str, ...], start: int) -> None:
    """Load the addresses in turn, each visitor from another one on."""
    for address in islice(cycle(addresses), start, None):
        load(address)
        time.sleep(PAUSE_SECONDS)
