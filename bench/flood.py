"""A flood: requests of which hardly any two are the same, to see how much memory a server takes of them."""

import asyncio
from functools import partial

import uvloop
from graphql import get_introspection_query

from bench.driver import Connection, Run, request

SMALL = "query ($slug: String!) {{ article(slug: $slug) {{ id n{0}: title sections {{ n{0}: heading slug }} }} }}"
WIDE = SMALL.replace("id ", "id " * 300)
SCHEMA = f"# {{0}}\n{get_introspection_query().replace('{', '{{').replace('}', '}}')}"

SAME = 10
"""How many requests in a row share a document; their variables differ."""

OFTEN_WIDE, OFTEN_SCHEMA = 10, 100
"""Of how many documents one is wide, and one asks for the schema."""

CONNECTIONS = 32


class Flood(Run):
    """So many requests, as quickly as they are answered."""

    def __init__(self, port: int, numbers: range) -> None:
        """Write those of some numbers, as they are needed."""
        super().__init__([b""], 0, float("inf"))
        self._requests = map(partial(_request, port), numbers)
        self._last = b""

    def take(self) -> bytes:
        """Take the next; the last ends the run."""
        following = next(self._requests, None)
        if following is None:
            self.deadline = 0
            return self._last
        self._last = following
        return following


def _request(port: int, number: int) -> bytes:
    return request(port, _document(number // SAME), {"slug": f"an-article-that-is-not-there-{number}"})


def _document(number: int) -> str:
    if number % OFTEN_SCHEMA == 0:
        return SCHEMA.format(number)
    return (WIDE if number % OFTEN_WIDE == 0 else SMALL).format(number)


def flood(port: int, numbers: range) -> int:
    """Send the requests of some numbers; give how many were answered. Raise BadAnswerError if one is not."""

    async def send() -> int:
        loop = asyncio.get_running_loop()
        run = Flood(port, numbers)
        opened = [await loop.create_connection(lambda: Connection(run), "127.0.0.1", port) for _ in range(CONNECTIONS)]
        await asyncio.gather(*(connection.closed for _, connection in opened))
        if run.error:
            raise run.error
        return len(run.latencies)

    return uvloop.run(send())
