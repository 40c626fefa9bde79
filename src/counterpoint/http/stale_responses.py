"""Stale responses: cached responses of the last known revision, for the time in which the database cannot be reached.

They obey the directive `stale-if-error` (RFC 5861) of the service's own Cache-Control header, as shared caches do.
"""

import re

from counterpoint.http.etags import lists_etag
from counterpoint.http.response_cache import ResponseCache
from counterpoint.http.responses import CACHE_STATUS_STALE, HeaderLines, Headers, Response, serialize_headers
from counterpoint.http.revision_polling import CurrentRevision

_STALE_IF_ERROR = re.compile(rb"(?:^|[ ,])stale-if-error=\"?([0-9]+)", re.IGNORECASE)


def read_stale_if_error(cache_control: bytes) -> int:
    """Return the seconds for which stale responses may be given while the database cannot be reached."""
    directive = _STALE_IF_ERROR.search(cache_control)
    return int(directive[1]) if directive else 0


class StaleResponses:
    """Finds responses of the revision that was read last, and marks them as stale."""

    def __init__(self, responses: ResponseCache, revision: CurrentRevision, cache_control: bytes) -> None:
        """Return cached responses for as long as `cache_control` allows."""
        self._responses = responses
        self._revision = revision
        self._cache_control_line = serialize_headers([(b"cache-control", cache_control)])
        self._max_age_seconds = read_stale_if_error(cache_control)

    async def find(self, key: bytes, media_type: str, encoding: str, if_none_match: bytes | None) -> Response | None:
        """Return a stale response to a request, or 304 if the client has it; None if there is none."""
        revision, age_seconds = self._revision.last, self._revision.age_seconds
        if revision is None or age_seconds > self._max_age_seconds:
            return None
        etag = self._responses.etag(key, revision, media_type, encoding)
        if if_none_match and lists_etag(if_none_match, etag):
            return self._mark(304, self._responses.caching_headers(etag), b"", age_seconds)
        entry = self._responses.get(key, revision)
        if entry is None:
            return None
        representation = await self._responses.represent(entry, media_type, encoding)
        return self._mark(200, HeaderLines(representation.header_lines), representation.body, age_seconds)

    def _mark(self, status: int, headers: Headers | HeaderLines, body: bytes, age_seconds: float) -> Response:
        """Return a response that other caches must not take for a fresh one."""
        marks = b"cache-control: no-cache\r\nage: %d\r\n" % age_seconds
        lines = serialize_headers(headers).replace(self._cache_control_line, marks, 1)
        return Response(status, HeaderLines(lines), body, CACHE_STATUS_STALE)
