"""New responses: those that were requested only once, in a small block of memory.

Most responses are never requested again. If each had memory of its own, then the gaps that evicted ones leave would
scatter everything that Python and SQLite allocate for a request, which would take up to a fifth longer. A large block
would evict everything else from the processor's caches.
"""

from typing import NamedTuple

from counterpoint.lru_cache import LruCache

PLACE_BYTES = 500
"""Estimated size of a key and its place."""


class _Place(NamedTuple):
    """Where the body and the tags of a response are, one after the other, unless they are overwritten."""

    revision: str | None
    position: int
    body_length: int
    tags_length: int


class NewResponses:
    """The responses that were stored last, and the keys of more that were stored before them."""

    def __init__(self, max_bytes: int) -> None:
        """Use this number of bytes: a quarter for responses, and the others for keys."""
        self._ring = ByteRing(max_bytes // 4)
        self._places: LruCache[bytes, _Place] = LruCache(max_bytes - self._ring.capacity)

    @property
    def size(self) -> int:
        """The estimated number of bytes in use."""
        return self._places.size + self._ring.size

    def put(self, key: bytes, revision: str | None, body: bytes, tags: bytes) -> bool:
        """Store a response. Return False if its key was stored before, or if it would take over half of the block."""
        if key in self._places:
            self._places.discard(key)
            return False
        if len(body) + len(tags) > self._ring.capacity // 2:
            return False
        position = self._ring.append(body, tags)
        self._places.put(key, _Place(revision, position, len(body), len(tags)), PLACE_BYTES)
        return True

    def pop(self, key: bytes, revision: str | None) -> tuple[bytes, bytes] | None:
        """Remove and return the body and the tags of a response at a revision; None if they are not stored."""
        place = self._places.get(key)
        if place is None or place.revision != revision or not self._ring.holds(place.position):
            return None
        self._places.discard(key)
        body = self._ring.read(place.position, place.body_length)
        return body, self._ring.read(place.position + place.body_length, place.tags_length)


class ByteRing:
    """A block of memory in which new bytes overwrite the oldest ones."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._memory = bytearray(capacity)
        # Positions only grow. Modulo the capacity, they are indexes in memory.
        self._end = 0

    @property
    def size(self) -> int:
        """The number of bytes in use."""
        return min(self._end, self.capacity)

    def append(self, *parts: bytes) -> int:
        """Write at most `capacity` bytes, and return the position of the first."""
        length = sum(map(len, parts))
        index = self._end % self.capacity
        if index + length > self.capacity:
            self._end += self.capacity - index
            index = 0
        position = self._end
        for part in parts:
            self._memory[index : index + len(part)] = part
            index += len(part)
        self._end += length
        return position

    def holds(self, position: int) -> bool:
        """Return whether the bytes that were appended at a position are not overwritten."""
        return self._end - position <= self.capacity

    def read(self, position: int, length: int) -> bytes:
        """Return bytes at a position that the block holds."""
        index = position % self.capacity
        return bytes(self._memory[index : index + length])
