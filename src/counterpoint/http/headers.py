"""Headers of answers that more than one place writes."""

from counterpoint.http.media_types import JSON

Headers = list[tuple[bytes, bytes]]
"""Headers as ASGI has them, names in lower case."""

METHODS = "GET, HEAD, POST, QUERY, OPTIONS"
ALLOW = (b"allow", METHODS.encode())
ACCEPT_QUERY = (b"accept-query", JSON.encode())


def content_headers(media_type: str, body: bytes) -> Headers:
    """Give the headers that tell what a body is."""
    return [
        (b"content-type", f"{media_type}; charset=utf-8".encode()),
        (b"content-length", b"%d" % len(body)),
        (b"x-content-type-options", b"nosniff"),
    ]
