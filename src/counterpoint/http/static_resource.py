"""Static resources: bytes that stay the same while the server runs, in each content encoding, with their ETags."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from counterpoint.http.application import RequestHead
from counterpoint.http.etags import compute_etag, etag_matches
from counterpoint.http.negotiation import ENCODINGS, IDENTITY, choose_encoding
from counterpoint.http.response_cache import MIN_COMPRESS_BYTES, Representation, compress
from counterpoint.http.responses import HeaderLines, Headers, Response, build_content_headers, serialize_headers


class StaticResource:
    """A resource whose bytes stay the same. Its method `read` answers GET and HEAD, also conditional ones."""

    def __init__(
        self,
        content: bytes,
        media_type: str,
        headers: Headers,
        *,
        vary: Sequence[bytes] = (),
        encoded: Mapping[str, bytes] | None = None,
    ) -> None:
        """Serve the content with additional headers, such as Cache-Control.

        `vary` are the request headers by which the caller chooses between resources.
        `encoded` are the compressed bytes by encoding. Without it, the content is compressed here, unless it is small.
        """
        if encoded is None:
            is_small = len(content) < MIN_COMPRESS_BYTES
            encoded = {} if is_small else {encoding: compress(content, encoding) for encoding in ENCODINGS}
        self._encodings = tuple(encoded)
        vary = [*vary, b"Accept-Encoding"] if encoded else vary
        self._caching_headers = [*headers, (b"vary", b", ".join(vary))] if vary else headers
        self._representations = {
            encoding: self._represent(content, body, media_type, encoding)
            for encoding, body in {IDENTITY: content, **encoded}.items()
        }

    async def read(self, head: RequestHead) -> Response:
        """Return the representation in the encoding that the client prefers, or 304 if it has that."""
        representation = self._representations[choose_encoding(head.header_text(b"accept-encoding"), self._encodings)]
        if etag_matches(head.headers.get(b"if-none-match"), representation.etag):
            return Response(304, [(b"etag", representation.etag), *self._caching_headers], b"")
        return Response(200, HeaderLines(representation.header_lines), representation.body)

    def _represent(self, content: bytes, body: bytes, media_type: str, encoding: str) -> Representation:
        etag = compute_etag(content, media_type.encode(), encoding.encode())
        headers = [*build_content_headers(media_type, body), (b"etag", etag), *self._caching_headers]
        if encoding != IDENTITY:
            headers.append((b"content-encoding", encoding.encode()))
        return Representation(serialize_headers(headers), body, etag)


class LateResource:
    """A resource that its first request builds, in a thread, so that the server starts without it."""

    def __init__(self, build: Callable[[], StaticResource]) -> None:
        """Store the function that builds the resource."""
        self._build = build
        self._resource: StaticResource | None = None

    async def read(self, head: RequestHead) -> Response:
        """Return what the resource returns."""
        if self._resource is None:
            self._resource = await asyncio.to_thread(self._build)
        return await self._resource.read(head)
