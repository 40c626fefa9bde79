"""Answers that are kept: whole, in the forms in which they were asked for, and only while their revision holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b

from cachetools import LRUCache

from counterpoint.delivery.policies import Head

OVERHEAD = 2_000
"""Bytes that an answer takes beside its own, about."""


@dataclass(frozen=True, slots=True)
class Form:
    """An answer as it is sent: one media type, one encoding. `head` holds the headers that are always the same."""

    head: Head
    body: bytes
    etag: bytes


@dataclass(slots=True)
class Kept:
    """The body of an answer, the revision that it was read at, and the tags of what it depends on.

    `forms` holds those made so far, by media type and encoding.
    """

    key: bytes
    revision: str | None
    body: bytes
    tags: tuple[str, ...]
    forms: dict[tuple[str, str], Form] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many bytes it takes, about; each body counts once."""
        bodies = {id(form.body): len(form.body) for form in self.forms.values()}
        bodies[id(self.body)] = len(self.body)
        return sum(bodies.values()) + OVERHEAD * (1 + len(self.forms))


class Answers:
    """The answers that were given last, in so many bytes; each is replaced when its revision is over."""

    def __init__(self, size: int) -> None:
        """Keep so many bytes; 0 keeps none."""
        self._kept: LRUCache[bytes, Kept] = LRUCache(size, getsizeof=lambda kept: kept.size)
        self.is_off = size == 0

    def get(self, key: bytes, revision: str | None) -> Kept | None:
        """Find the answer to a question at a revision."""
        kept = self._kept.get(key)
        return kept if kept is not None and kept.revision == revision else None

    def keep(self, kept: Kept) -> None:
        """Keep an answer, if it finds room, instead of what was kept in its place; again when it has grown."""
        self._kept.pop(kept.key, None)
        if kept.size <= self._kept.maxsize:
            self._kept[kept.key] = kept


def etag(parts: Iterable[bytes]) -> bytes:
    """Make the weak entity tag of a form from all that it depends on."""
    digest = blake2b(digest_size=12)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return b'W/"%b"' % digest.hexdigest().encode()


def matches(if_none_match: bytes, own: bytes) -> bool:
    """Say whether a condition names an entity tag, weakly compared (RFC 9110, section 13.1.2)."""
    opaque = own.removeprefix(b"W/")
    given = (each.strip().removeprefix(b"W/") for each in if_none_match.split(b","))
    return if_none_match.strip() == b"*" or opaque in given
