"""Response cache: response bodies by request and revision, with their compressed and negotiated representations."""

import asyncio
import gzip
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]
import zstandard

from counterpoint.http.etags import digest
from counterpoint.http.negotiation import IDENTITY
from counterpoint.http.new_responses import NewResponses
from counterpoint.http.responses import Headers, build_content_headers, serialize_headers
from counterpoint.lru_cache import LruCache
from counterpoint.single_flight import SingleFlight

ENTRY_OVERHEAD_BYTES = 2_000
"""Estimated size of a cache entry or a representation without its body and tags."""

MAX_NEW_BYTES = 8_000_000
"""Maximum size of the part of the cache for new responses. It is an eighth of a smaller cache than the default."""

MIN_COMPRESS_BYTES = 500
"""Smaller bodies are not compressed, because they fit one packet anyway."""

COMPRESS_IN_THREAD_BYTES = 100_000
"""Larger bodies are compressed in a thread, because they would block the event loop for milliseconds."""

BROTLI_QUALITY = 5
GZIP_LEVEL = 6


class Representation(NamedTuple):
    """A response in one media type and encoding (RFC 9110, section 3.2), without the common headers."""

    header_lines: bytes
    body: bytes
    etag: bytes


@dataclass(slots=True)
class CacheEntry:
    """A response body, the revision at which it was read, and its cache tags. Only ResponseCache changes an entry.

    `tags` are separated by commas. `representations` have the key (media type, encoding). There is little else, because
    the garbage collector visits each object of each entry, and evicting an entry releases each of them.
    """

    key: bytes
    revision: str | None
    body: bytes
    tags: bytes
    representations: dict[tuple[str, str], Representation] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The estimated number of bytes in memory. The first representation, which every entry gets, is included."""
        size = len(self.body) + len(self.tags) + ENTRY_OVERHEAD_BYTES * (1 + (len(self.representations) or 1))
        if not self.representations:
            return size
        bodies = {id(representation.body): representation.body for representation in self.representations.values()}
        return size + sum([len(body) for body in bodies.values() if body is not self.body])


class ResponseCache:
    """Responses within a number of bytes. A response of an old revision is never returned.

    A small part of the memory is for the responses that were stored last, and most of it for those that were requested
    again most recently, or are large. So requests that are never repeated, such as those of a crawler, evict no popular
    response, unless their responses are larger than a megabyte.
    """

    def __init__(self, max_bytes: int, *, cache_control: bytes, vary: bytes, body_variant: bytes = b"") -> None:
        """Store nothing if `max_bytes` is 0.

        `body_variant` separates ETags of bodies that settings make differ, for example with `extensions.cost`.
        """
        self.max_size = max_bytes
        """The maximum of `size`."""
        new_bytes = min(max_bytes // 8, MAX_NEW_BYTES)
        self._new = NewResponses(new_bytes)
        self._entries: LruCache[bytes, CacheEntry] = LruCache(max_bytes - new_bytes)
        self._headers: Headers = [(b"cache-control", cache_control), (b"vary", vary)]
        self._header_lines = serialize_headers(self._headers)
        self._body_variant = body_variant
        self._compressions: SingleFlight[tuple[bytes, str | None, str], bytes] = SingleFlight()

    @property
    def size(self) -> int:
        """The estimated number of bytes of all responses."""
        return self._new.size + self._entries.size

    def get(self, key: bytes, revision: str | None) -> CacheEntry | None:
        """Return the entry of a request at a revision, or None."""
        entry = self._entries.get(key)
        if entry is None:
            return self._get_new(key, revision)
        return entry if entry.revision == revision else None

    def put(self, entry: CacheEntry) -> None:
        """Store an entry in place of one with the same key. Store nothing if it does not fit."""
        is_new = entry.key not in self._entries and self.fits(entry)
        if not (is_new and self._new.put(entry.key, entry.revision, entry.body, entry.tags)):
            self._entries.put(entry.key, entry, entry.size)

    def fits(self, entry: CacheEntry) -> bool:
        """Return whether an entry can be stored. Any can that does not exceed seven eighths of the cache."""
        return entry.size <= self._entries.max_size

    def etag(self, key: bytes, revision: str | None, media_type: str, encoding: str) -> bytes:
        """Return the ETag of a representation, which is known before its body. The key is a digest already."""
        return b'W/"%b%b"' % (key.hex().encode(), _variant(revision or "", media_type, encoding, self._body_variant))

    def caching_headers(self, etag: bytes) -> Headers:
        """Return the headers that a full response and a 304 response share."""
        return [(b"etag", etag), *self._headers]

    async def represent(self, entry: CacheEntry, media_type: str, encoding: str) -> Representation:
        """Return an entry's representation. Build and store it if this is the first request for it."""
        representation = entry.representations.get((media_type, encoding))
        if representation is None:
            body = await self._encode_unless_small(entry, encoding)
            representation = self._build(entry, media_type, encoding, body)
            is_first_and_plain = not entry.representations and body is entry.body
            entry.representations[media_type, encoding] = representation
            if not is_first_and_plain and self._entries.get(entry.key) is entry:
                self._entries.put(entry.key, entry, entry.size)  # Account for its new size.
        return representation

    def _get_new(self, key: bytes, revision: str | None) -> CacheEntry | None:
        """Return the entry of a response that is requested again for the first time."""
        response = self._new.pop(key, revision)
        if response is None:
            return None
        entry = CacheEntry(key, revision, *response)
        self._entries.put(key, entry, entry.size)
        return entry

    def _build(self, entry: CacheEntry, media_type: str, encoding: str, body: bytes) -> Representation:
        etag = self.etag(entry.key, entry.revision, media_type, encoding)
        lines = b"%betag: %b\r\n%b" % (_content_lines(media_type) % len(body), etag, self._header_lines)
        if body is not entry.body:
            lines += b"content-encoding: %b\r\n" % encoding.encode()
        if entry.tags:
            lines += serialize_headers([(b"cache-tag", entry.tags)])
        return Representation(lines, body, etag)

    async def _encode_unless_small(self, entry: CacheEntry, encoding: str) -> bytes:
        """Return the body in an encoding; unchanged if it is small."""
        if encoding == IDENTITY or len(entry.body) < MIN_COMPRESS_BYTES:
            return entry.body
        for (_, other_encoding), representation in entry.representations.items():
            if other_encoding == encoding:
                return representation.body
        return await self._compress(entry, encoding)

    async def _compress(self, entry: CacheEntry, encoding: str) -> bytes:
        if len(entry.body) < COMPRESS_IN_THREAD_BYTES:
            return compress(entry.body, encoding)
        return await self._compressions.run(
            (entry.key, entry.revision, encoding), partial(asyncio.to_thread, compress, entry.body, encoding)
        )


@lru_cache(maxsize=64)
def _variant(revision: str, media_type: str, encoding: str, body_variant: bytes) -> bytes:
    """Return the hash of everything on which an ETag depends beside the request."""
    return digest(revision.encode(), media_type.encode(), encoding.encode(), body_variant)


@lru_cache(maxsize=16)
def _content_lines(media_type: str) -> bytes:
    """Return the lines of the headers that describe a body, with `%d` in place of its length."""
    content_type, (length, _), *others = build_content_headers(media_type, b"")
    return b"%b%b: %%d\r\n%b" % (serialize_headers([content_type]), length, serialize_headers(others))


def compress(body: bytes, encoding: str) -> bytes:
    """Compress a body; equal bodies give equal bytes."""
    match encoding:
        case "zstd":
            return zstandard.compress(body)
        case "br":
            compressed: bytes = brotli.compress(body, quality=BROTLI_QUALITY)
            return compressed
        case "gzip":
            return gzip.compress(body, GZIP_LEVEL, mtime=0)
        case _:
            raise ValueError(f"Unsupported encoding {encoding!r}.")
