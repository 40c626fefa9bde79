"""Responses, and the headers that several modules send."""

from functools import lru_cache
from typing import NamedTuple

from counterpoint.http.negotiation import JSON

Headers = list[tuple[bytes, bytes]]
"""Headers as in ASGI: pairs of a lower-case name and a value."""

METHODS = "GET, HEAD, POST, QUERY, OPTIONS"
ALLOW = (b"allow", METHODS.encode())
READ_METHODS = b"GET, HEAD, OPTIONS"
NOSNIFF = (b"x-content-type-options", b"nosniff")
ACCEPT_QUERY = (b"accept-query", JSON.encode())

CACHE_STATUS_BYPASS = b"Counterpoint; fwd=bypass"


class Response(NamedTuple):
    """The status, headers and body of a response, with the values for its Cache-Status and Server-Timing headers."""

    status: int
    headers: Headers
    body: bytes
    cache_status: bytes = CACHE_STATUS_BYPASS
    timing: bytes = b""


def content_headers(media_type: str, body: bytes) -> Headers:
    """Return the headers that describe a body: its type, its length, and that browsers must not guess the type."""
    return [_content_type(media_type), (b"content-length", b"%d" % len(body)), NOSNIFF]


@lru_cache(maxsize=16)
def _content_type(media_type: str) -> tuple[bytes, bytes]:
    return b"content-type", f"{media_type}; charset=utf-8".encode()
