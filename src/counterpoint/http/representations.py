"""Forms of an answer: one for each media type and encoding that clients take it in, with its headers and tag."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from counterpoint.http.encodings import IDENTITY, MIN_COMPRESS_BYTES, compress
from counterpoint.http.headers import Headers, content_headers
from counterpoint.http.response_cache import CacheEntry, Representation, ResponseCache

COMPRESS_IN_THREAD_BYTES = 100_000
"""Bytes from which an answer is made smaller in a thread."""


@dataclass(frozen=True)
class RepresentationBuilder:
    """Makes the forms of answers, and keeps them with the answers.

    `written` tells how bodies are written, where settings change that: the same answer is then another text.
    """

    answers: ResponseCache
    cache_control: bytes
    vary: bytes
    written: bytes = b""

    def etag(self, key: bytes, revision: str | None, media_type: str, encoding: str) -> bytes:
        """Give the entity tag of a form, which is known before there is an answer."""
        return etag((key, (revision or "").encode(), media_type.encode(), encoding.encode(), self.written))

    async def form(self, kept: CacheEntry, media_type: str, encoding: str) -> Representation:
        """Give the form in which a client takes an answer."""
        form = kept.forms.get((media_type, encoding))
        if form is None:
            body = kept.body if len(kept.body) < MIN_COMPRESS_BYTES else await _encoded(kept, encoding)
            form = kept.forms[media_type, encoding] = self._made(kept, media_type, encoding, body)
            self.answers.weigh(kept)
        return form

    def lasting(self, tag: bytes) -> Headers:
        """Give the headers that an answer has, and the reply that it has not changed."""
        return [(b"etag", tag), (b"cache-control", self.cache_control), (b"vary", self.vary)]

    def _made(self, kept: CacheEntry, media_type: str, encoding: str, body: bytes) -> Representation:
        tag = self.etag(kept.key, kept.revision, media_type, encoding)
        head = [*content_headers(media_type, body), *self.lasting(tag)]
        if body is not kept.body:
            head.append((b"content-encoding", encoding.encode()))
        if kept.tags:
            head.append((b"cache-tag", ",".join(kept.tags).encode()))
        return Representation(head, body, tag)


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


async def _encoded(kept: CacheEntry, encoding: str) -> bytes:
    """Encode an answer; once, however many wait for it."""
    if encoding == IDENTITY:
        return kept.body
    if encoding not in kept.encoded:
        if len(kept.body) < COMPRESS_IN_THREAD_BYTES:
            kept.encoded[encoding] = compress(kept.body, encoding)
        elif encoding in kept.under_way:
            await asyncio.shield(kept.under_way[encoding])
        else:
            kept.under_way[encoding] = asyncio.create_task(_encode(kept, encoding))
            await asyncio.shield(kept.under_way[encoding])
    return kept.encoded[encoding]


async def _encode(kept: CacheEntry, encoding: str) -> None:
    try:
        kept.encoded[encoding] = await asyncio.to_thread(compress, kept.body, encoding)
    finally:
        del kept.under_way[encoding]
