"""Load without repetition: almost every request is new, so that the memory of all server caches is measured."""

from functools import partial

import uvloop
from graphql import get_introspection_query

from bench.driver import LoadRun, encode_request, send_requests

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


class UniqueRequestsRun(LoadRun):
    """Run that encodes each request when it is sent, and ends after the last one."""

    def __init__(self, port: int, numbers: range) -> None:
        super().__init__([b""], 0, float("inf"))
        self._requests = map(partial(_encode_numbered_request, port), numbers)
        self._last_request = b""

    def next_request(self) -> bytes:
        """Return the next request. After the last one, end the run and return the last one again."""
        request = next(self._requests, None)
        if request is None:
            self.deadline = 0
        else:
            self._last_request = request
        return self._last_request


def _encode_numbered_request(port: int, number: int) -> bytes:
    document = _numbered_document(number // REQUESTS_PER_DOCUMENT)
    return encode_request(port, document, {"slug": f"missing-article-{number}"})


def _numbered_document(number: int) -> str:
    if number % INTROSPECTION_INTERVAL == 0:
        return INTROSPECTION_DOCUMENT.format(number)
    return (WIDE_DOCUMENT if number % WIDE_INTERVAL == 0 else SMALL_DOCUMENT).format(number)


def send_unique_requests(port: int, numbers: range) -> None:
    """Send one request for each number. Raise BadResponseError if one is not answered with data."""

    async def send() -> None:
        await send_requests(UniqueRequestsRun(port, numbers), port, CONNECTION_COUNT)

    uvloop.run(send())
