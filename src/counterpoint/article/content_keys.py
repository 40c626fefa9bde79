"""Keys made from content: digests, and the numbers of equal contents."""

from base64 import b32encode
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from hashlib import blake2b
from typing import Any

import orjson

_DIGEST_BYTES = 10
_KEY_CHARS = 16


def make_keys(identities: Iterable[object]) -> list[str]:
    """Return the key of each identity: 16 lowercase base32 characters."""
    digests = b"".join(blake2b(orjson.dumps(identity), digest_size=_DIGEST_BYTES).digest() for identity in identities)
    # One call encodes all keys, because 10 bytes are exactly 16 base32 characters without padding.
    encoded = b32encode(digests).decode().lower()
    return [encoded[start : start + _KEY_CHARS] for start in range(0, len(encoded), _KEY_CHARS)]


def number_duplicates(identities: Sequence[Hashable], tie_breaker: Callable[[int, Sequence[int]], Any]) -> list[int]:
    """Return the number of each identity, from 1, among those that are equal to it, independent of their order.

    `tie_breaker` takes an index and the numbers so far, and returns the value by which equal ones are ordered. Those
    with an equal value keep their order.
    """
    numbers = [1] * len(identities)
    indexes: dict[Hashable, list[int]] = defaultdict(list)
    for index, identity in enumerate(identities):
        indexes[identity].append(index)
    for duplicates in indexes.values():
        if len(duplicates) > 1:
            duplicates.sort(key=lambda index: tie_breaker(index, numbers))
            for number, index in enumerate(duplicates, start=1):
                numbers[index] = number
    return numbers
