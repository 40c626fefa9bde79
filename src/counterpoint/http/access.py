"""What an operator decides about delivery: how long others may keep answers, and who may read them."""

from collections.abc import Sequence

from counterpoint.http.headers import METHODS, Headers

ALLOW_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
EXPOSE_HEADERS = (b"access-control-expose-headers", b"Cache-Status, ETag, Retry-After, Server-Timing, X-Request-ID")
PREFLIGHT_SECONDS = 86_400


class CorsPolicy:
    """Which pages of other origins may read answers (CORS): all of them, or those named. Never with credentials."""

    def __init__(self, allowed: Sequence[str]) -> None:
        """Allow origins as browsers send them; `*` allows all."""
        self._all = "*" in allowed
        self._allowed = frozenset(each.encode().lower() for each in allowed)

    def head(self, origin: bytes | None) -> Headers:
        """Give the headers that let a page read an answer."""
        if self._all:
            return [ALLOW_ANY_ORIGIN, EXPOSE_HEADERS] if origin else [ALLOW_ANY_ORIGIN]
        if origin is None or origin.lower() not in self._allowed:
            return []
        return [(b"access-control-allow-origin", origin), EXPOSE_HEADERS]

    def preflight(self, origin: bytes | None, asked: bytes) -> Headers:
        """Give the headers that, beside those of any answer, let a browser send what it asks about."""
        if not self.head(origin):
            return []
        return [
            (b"access-control-allow-methods", METHODS.encode()),
            (b"access-control-allow-headers", asked or b"content-type"),
            (b"access-control-max-age", b"%d" % PREFLIGHT_SECONDS),
        ]

    @property
    def vary(self) -> bytes:
        """On which headers of a request an answer depends."""
        return b"Accept, Accept-Encoding" if self._all else b"Accept, Accept-Encoding, Origin"


class AllowedHosts:
    """Which names of this server requests may be addressed to."""

    def __init__(self, allowed: Sequence[str]) -> None:
        """Allow hosts without their port; `*` allows all, `*.example.org` each below."""
        self.are_all = "*" in allowed
        self._exact = frozenset(each.lower() for each in allowed)
        self._below = tuple(each[1:].lower() for each in allowed if each.startswith("*."))

    def allow(self, host: bytes) -> bool:
        """Say whether a Host header is one of them."""
        if self.are_all:
            return True
        text = host.decode("latin-1").lower()
        name = text[: text.find("]") + 1] if text.startswith("[") else text.partition(":")[0]
        return name in self._exact or name.endswith(self._below)
