"""Known heads: heads of requests that were answered directly, so that equal ones need not be parsed again.

Most clients send the same head, byte for byte, with each request. To parse and validate it takes almost as long as to
answer from the cache.
"""

from typing import NamedTuple

from counterpoint.http.application import HttpApplication, RequestHead
from counterpoint.lru_cache import LruCache

MAX_BYTES = 2_000_000
"""Estimated total size of the heads that a process knows."""

OVERHEAD_BYTES = 1_000
HEADER_BYTES = 200
"""Estimated size of a known head, and of each of its headers, beside twice their bytes."""

END_OF_HEAD = b"\r\n\r\n"


class KnownHead(NamedTuple):
    """A valid head as an application takes it, its header lines as in ASGI, and the size of the body after it.

    All requests with the head share it, so nothing in it may change.
    """

    application: HttpApplication
    head: RequestHead
    headers: tuple[tuple[bytes, bytes], ...]
    body_length: int


class KnownHeads:
    """The heads that were used most recently, by their bytes."""

    def __init__(self) -> None:
        self._heads: LruCache[bytes, KnownHead] = LruCache(MAX_BYTES)

    def add(self, data: bytes, entry: KnownHead) -> None:
        """Add the head of a request, unless more follows in the data, or chunks divide the body."""
        end = data.find(END_OF_HEAD) + len(END_OF_HEAD)
        if end + entry.body_length == len(data):
            self._heads.put(data[:end], entry, 2 * end + HEADER_BYTES * len(entry.headers) + OVERHEAD_BYTES)

    def find(self, data: bytes) -> tuple[KnownHead, bytes] | None:
        """Return the head and the body of a request; None unless its head is known and the data ends with its body."""
        end = data.find(END_OF_HEAD) + len(END_OF_HEAD)
        entry = self._heads.get(data[:end])
        if entry is None or end + entry.body_length != len(data):
            return None
        return entry, data[end:]
