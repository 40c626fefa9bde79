"""Bodies of requests: declared as JSON, and read no further than they may be."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import lru_cache
from typing import Any

from counterpoint.http.error_responses import HttpError
from counterpoint.http.headers import ACCEPT_QUERY
from counterpoint.http.media_types import JSON

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]

UTF_8 = ("utf-8", "utf8")

PARAMETER = re.compile(r';\s*([^=;\s"]*)(?:=("(?:[^"\\]|\\.)*"|[^;]*))?\s*')
"""A name, and a value that may hold a semicolon if it is quoted (RFC 9110, section 5.6.6)."""


@lru_cache(maxsize=64)
def check_content_type(content_type: str) -> None:
    """Refuse a body that is not declared as JSON: what a browser sends unasked, it may not send here."""
    media_type, semicolon, parameters = content_type.lower().partition(";")
    charsets = [value for name, value in PARAMETER.findall(semicolon + parameters) if name == "charset"]
    if media_type.strip() != JSON or any(charset.strip(' \t"') not in UTF_8 for charset in charsets):
        told = f"The body must be {JSON} in UTF-8."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", told, [(b"accept", JSON.encode()), ACCEPT_QUERY])


async def read_body(headers: Mapping[bytes, bytes], receive: Receive, largest: int) -> bytes:
    """Read the body, but no more of it than is allowed, and only as it is: what is made small may be huge."""
    encoding = headers.get(b"content-encoding")
    if encoding and encoding.strip().lower() != b"identity":
        told = "The body must have no Content-Encoding."
        raise HttpError(415, "UNSUPPORTED_MEDIA_TYPE", told, [(b"accept-encoding", b"identity")])
    declared = headers.get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > largest:
        raise _too_large(largest, int(declared))
    chunks = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HttpError(400, "BAD_REQUEST", "The body broke off.")
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > largest:
            raise _too_large(largest, size)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _too_large(largest: int, size: int) -> HttpError:
    return HttpError(413, "LIMIT_EXCEEDED", f"A body may have {largest} bytes at most; this one has {size} or more.")
