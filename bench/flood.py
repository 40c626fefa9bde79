"""A flood: requests of which hardly any two are the same, to see how much memory a server takes of them."""

import asyncio
from collections.abc import Iterator
from itertools import count, islice

import uvloop

from bench.driver import Connection, Run, request

DOCUMENT = "query ($slug: String!) {{ article(slug: $slug) {{ id n{0}: title sections {{ n{0}: heading slug }} }} }}"
SAME = 10
"""How many requests in a row share a document; their variables differ."""

CONNECTIONS = 32


class Flood(Run):
    """So many requests, as quickly as they are answered."""

    def __init__(self, port: int, requests: int) -> None:
        """Write them as they are needed."""
        super().__init__([b""], 0, float("inf"))
        self._requests = islice(_requests(port), requests)
        self._last = b""

    def take(self) -> bytes:
        """Take the next; the last ends the run."""
        following = next(self._requests, None)
        if following is None:
            self.deadline = 0
            return self._last
        self._last = following
        return following


def _requests(port: int) -> Iterator[bytes]:
    for number in count():
        yield request(port, DOCUMENT.format(number // SAME), {"slug": f"an-article-that-is-not-there-{number}"})


def flood(port: int, requests: int) -> int:
    """Send a flood; give how many were answered. Raise BadAnswerError if one is not."""

    async def send() -> int:
        loop = asyncio.get_running_loop()
        run = Flood(port, requests)
        opened = [await loop.create_connection(lambda: Connection(run), "127.0.0.1", port) for _ in range(CONNECTIONS)]
        await asyncio.gather(*(connection.closed for _, connection in opened))
        if run.error:
            raise run.error
        return len(run.latencies)

    return uvloop.run(send())
