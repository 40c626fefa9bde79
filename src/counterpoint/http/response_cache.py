"""Answers that are kept: whole, in the forms in which they were asked for, and only while their revision holds."""

import asyncio
from dataclasses import dataclass, field
from typing import NamedTuple

from cachetools import LRUCache

from counterpoint.http.headers import Headers

ENTRY_OVERHEAD_BYTES = 2_000
"""Bytes that an answer takes beside its own, about."""


class Representation(NamedTuple):
    """An answer as it is sent. `head` holds the headers that are always the same."""

    head: Headers
    body: bytes
    etag: bytes


@dataclass(slots=True)
class CacheEntry:
    """The body of an answer, the revision that it was read at, and the tags of what it depends on.

    `encoded` holds the body in the encodings made so far, `under_way` those being made; `forms` holds how it was sent,
    by media type and encoding.
    """

    key: bytes
    revision: str | None
    body: bytes
    tags: tuple[str, ...]
    encoded: dict[str, bytes] = field(default_factory=dict)
    under_way: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    forms: dict[tuple[str, str], Representation] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        return len(self.body) + sum(map(len, self.encoded.values())) + ENTRY_OVERHEAD_BYTES * (1 + len(self.forms))


class ResponseCache:
    """The answers that were given last, in so many bytes; each is replaced when its revision is over."""

    def __init__(self, size: int) -> None:
        """Keep so many bytes; 0 keeps none."""
        self._kept: LRUCache[bytes, CacheEntry] = LRUCache(size, getsizeof=lambda kept: kept.size)

    def get(self, key: bytes, revision: str | None) -> CacheEntry | None:
        """Find the answer to a question at a revision."""
        kept = self._kept.get(key)
        return kept if kept is not None and kept.revision == revision else None

    def keep(self, kept: CacheEntry) -> None:
        """Keep an answer, if it finds room, instead of what was kept in its place."""
        self._kept.pop(kept.key, None)
        if kept.size <= self._kept.maxsize:
            self._kept[kept.key] = kept

    def weigh(self, kept: CacheEntry) -> None:
        """Keep an answer that has grown, if it is kept at all."""
        if self.holds(kept):
            self.keep(kept)

    def holds(self, kept: CacheEntry) -> bool:
        """Say whether an answer is kept."""
        return self._kept.get(kept.key) is kept
