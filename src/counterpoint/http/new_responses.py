"""New responses: those that were requested only once, in one block of memory.

Most responses are never requested again. If each had memory of its own, then the gaps that evicted ones leave would
scatter everything that Python and SQLite allocate for a request, which would take up to a fifth longer.
"""

import mmap
import sys
from typing import NamedTuple

from counterpoint.errors import SettingsError
from counterpoint.lru_cache import LruCache

OVERHEAD_BYTES = 600
"""Estimated size of a new response without its body and tags."""


class _Place(NamedTuple):
    """A response whose body is in the ring."""

    revision: str | None
    tags: bytes
    position: int
    length: int


class NewResponses:
    """The bodies and cache tags of the responses that were stored last, within a number of bytes."""

    def __init__(self, max_bytes: int) -> None:
        """Store nothing if `max_bytes` is 0. Raise SettingsError if that is more than the system provides."""
        self._places: LruCache[bytes, _Place] = LruCache(max_bytes)
        self._ring = ByteRing(max_bytes)

    @property
    def size(self) -> int:
        """The estimated number of bytes of all responses."""
        return self._places.size

    def put(self, key: bytes, revision: str | None, body: bytes, tags: bytes) -> None:
        """Store a response in place of one with the same key. Store nothing if it exceeds the maximum alone."""
        size = len(body) + len(tags) + OVERHEAD_BYTES
        if size <= self._places.max_size:
            self._places.put(key, _Place(revision, tags, self._ring.append(body), len(body)), size)

    def pop(self, key: bytes, revision: str | None) -> tuple[bytes, bytes] | None:
        """Remove and return the body and the tags of a response at a revision; None if it is not stored."""
        place = self._places.get(key)
        if place is None or place.revision != revision:
            return None
        self._places.discard(key)
        body = self._ring.read(place.position, place.length)
        return None if body is None else (body, place.tags)


class ByteRing:
    """A block of memory in which new bytes overwrite the oldest ones. It takes memory only as it is filled."""

    def __init__(self, capacity: int) -> None:
        """Reserve addresses for so many bytes. Raise SettingsError if the system refuses."""
        self._capacity = capacity
        self._memory = _reserve(max(1, capacity))
        # Positions only grow. Modulo the capacity, they are indexes in memory.
        self._end = 0

    def append(self, data: bytes) -> int:
        """Write at most `capacity` bytes, and return their position."""
        index = self._end % self._capacity
        if index + len(data) > self._capacity:
            self._end += self._capacity - index
            index = 0
        position = self._end
        self._memory[index : index + len(data)] = data
        self._end += len(data)
        return position

    def read(self, position: int, length: int) -> bytes | None:
        """Return the bytes at a position; None if they are overwritten."""
        if self._end - position > self._capacity:
            return None
        index = position % self._capacity
        return self._memory[index : index + length]


def _reserve(size: int) -> mmap.mmap:
    """Return a block of memory of this process. Raise SettingsError if the system refuses."""
    try:
        if sys.platform == "win32":
            return mmap.mmap(-1, size)
        # Not shared, as it would be by default, because each process has its own responses.
        return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    except (OSError, OverflowError) as error:
        message = f"COUNTERPOINT_RESPONSE_CACHE_BYTES: the system refuses {size:,} bytes of memory, expected fewer"
        raise SettingsError(message) from error
