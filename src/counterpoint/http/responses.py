"""Responses, and the headers that several modules send."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from counterpoint.engine.plans import OperationSummary
from counterpoint.http.negotiation import JSON

Headers = list[tuple[bytes, bytes]]
"""Headers as in ASGI: pairs of a lower-case name and a value."""

METHODS = b"GET, HEAD, POST, QUERY, OPTIONS"
ALLOW = (b"allow", METHODS)
READ_METHODS = b"GET, HEAD, OPTIONS"
NOSNIFF = (b"x-content-type-options", b"nosniff")
CACHE_FOREVER = (b"cache-control", b"public, max-age=31536000, immutable")
"""For addresses that contain a digest of what they lead to."""
ACCEPT_QUERY = (b"accept-query", JSON.encode())

CACHE_STATUS_HIT = b"Counterpoint; hit"
CACHE_STATUS_STALE = b"Counterpoint; hit; detail=stale"
CACHE_STATUS_STORED = b"Counterpoint; fwd=miss; stored"
CACHE_STATUS_COLLAPSED = b"Counterpoint; fwd=miss; collapsed"
CACHE_STATUS_BYPASS = b"Counterpoint; fwd=bypass"


_CONTROL_CHARACTERS = bytes({*range(32), 127} - {9})
"""The characters that no value of a header may contain: all control characters but the tab."""


class HeaderLines:
    """Headers as lines of an HTTP/1.1 head, so that they need not be serialized again for each response.

    It iterates over pairs of a name and a value, as ASGI expects of headers.
    """

    __slots__ = ("lines",)

    def __init__(self, lines: bytes) -> None:
        """Take lines that `serialize_headers` returned."""
        self.lines = lines

    def __iter__(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield each header."""
        for line in self.lines.split(b"\r\n")[:-1]:
            name, _, value = line.partition(b": ")
            yield name, value


def serialize_headers(headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the lines of headers with valid names. Raise ValueError if a value contains a control character."""
    if isinstance(headers, HeaderLines):
        return headers.lines
    lines = [b"%b: %b\r\n" % header for header in headers]
    text = b"".join(lines)
    if len(text.translate(None, _CONTROL_CHARACTERS)) != len(text) - 2 * len(lines):
        raise ValueError("A response header contains a control character.")
    return text


class Response(NamedTuple):
    """The status, headers and body of a response, with the values for its Cache-Status and Server-Timing headers.

    The rest is for logs and metrics: the operation, how long the database took if it was asked, and the error's code.
    """

    status: int
    headers: Headers | HeaderLines
    body: bytes
    cache_status: bytes = CACHE_STATUS_BYPASS
    timing: bytes = b""
    operation: OperationSummary | None = None
    read_seconds: float | None = None
    error_code: str | None = None


class CompleteResponse(NamedTuple):
    """A response as it is sent: its headers, the common ones included, are the lines of a head."""

    status: int
    header_lines: bytes
    body: bytes


def build_content_headers(media_type: str, body: bytes) -> Headers:
    """Return the headers that describe a body: its type, its length, and that browsers must not guess the type."""
    content_type = f"{media_type}; charset=utf-8".encode()
    return [(b"content-type", content_type), (b"content-length", b"%d" % len(body)), NOSNIFF]
