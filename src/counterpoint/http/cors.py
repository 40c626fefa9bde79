"""CORS: the origins whose pages may read responses (Fetch standard, "CORS protocol")."""

from collections.abc import Mapping, Sequence

from counterpoint.http.responses import Headers, serialize_headers

ALLOW_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
EXPOSE_HEADERS = (
    b"access-control-expose-headers",
    b"Cache-Status, Cache-Tag, ETag, Retry-After, Server-Timing, X-Request-ID",
)
PREFLIGHT_MAX_AGE_SECONDS = 86_400


class CorsPolicy:
    """The origins whose pages may read responses. Credentials are never allowed."""

    def __init__(self, allowed_origins: Sequence[str]) -> None:
        """Allow the origins, written as in the Origin header; `*` allows all."""
        self._allows_all = "*" in allowed_origins
        self._allowed = frozenset(origin.encode().lower() for origin in allowed_origins)
        self._lines_without_origin = serialize_headers(self.headers(None))

    def headers(self, origin: bytes | None) -> Headers:
        """Return the headers that allow a page of the origin to read a response; none if it may not."""
        if self._allows_all:
            return [ALLOW_ANY_ORIGIN, EXPOSE_HEADERS] if origin else [ALLOW_ANY_ORIGIN]
        if origin is None or origin.lower() not in self._allowed:
            return []
        return [(b"access-control-allow-origin", origin), EXPOSE_HEADERS]

    def header_lines(self, origin: bytes | None) -> bytes:
        """Return the same headers as lines of a head."""
        return self._lines_without_origin if origin is None else serialize_headers(self.headers(origin))

    def options_headers(self, request_headers: Mapping[bytes, bytes], methods: bytes) -> Headers:
        """Return the additional headers of a response to OPTIONS: if it is a preflight, what pages may send."""
        vary = (b"vary", b"Access-Control-Request-Headers, Access-Control-Request-Method, Origin")
        is_preflight = b"access-control-request-method" in request_headers
        if not is_preflight or not self.headers(request_headers.get(b"origin")):
            return [vary]
        return [
            vary,
            (b"access-control-allow-methods", methods),
            (
                b"access-control-allow-headers",
                request_headers.get(b"access-control-request-headers") or b"content-type",
            ),
            (b"access-control-max-age", b"%d" % PREFLIGHT_MAX_AGE_SECONDS),
        ]

    @property
    def vary_by_origin(self) -> Headers:
        """The Vary header of a response that depends on no other request header."""
        return [] if self._allows_all else [(b"vary", b"Origin")]

    @property
    def vary(self) -> bytes:
        """The Vary header: the request headers on which a response depends."""
        return b"Accept, Accept-Encoding" if self._allows_all else b"Accept, Accept-Encoding, Origin"
