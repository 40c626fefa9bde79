"""The router of requests: it sends /graphql and pages to their endpoints, and all other paths to FastAPI."""

from collections.abc import Mapping, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from counterpoint.http.application import HttpApplication
from counterpoint.reader.endpoint import ReaderEndpoint

GRAPHQL_PATHS = ("/graphql", "/graphql/")

DIRECT_PATH = b"/graphql"

PROBE_PATHS = ("/healthz", "/readyz")
"""Health-check paths. Exempt from the Host check because orchestrators call them by IP address."""


class AllowedHosts:
    """The values of the Host header that the server accepts, ports ignored."""

    def __init__(self, allowed: Sequence[str]) -> None:
        """Allow the hosts; `*` allows all, `*.example.org` allows its subdomains."""
        self._allows_all = "*" in allowed
        self._hosts = frozenset(host.lower() for host in allowed)
        self._suffixes = tuple(host[1:].lower() for host in allowed if host.startswith("*."))

    def allows(self, headers: Mapping[bytes, bytes]) -> bool:
        """Return whether the Host header of a request is allowed."""
        if self._allows_all:
            return True
        text = headers.get(b"host", b"").decode("latin-1").lower()
        name = text[: text.find("]") + 1] if text.startswith("[") else text.partition(":")[0]
        return name in self._hosts or name.endswith(self._suffixes)


class RequestRouter:
    """An ASGI application that bypasses FastAPI for /graphql and pages: its layers take as long as a cached response.

    `misdirected` answers requests to hosts that are not allowed, and `app` those to all other paths.
    """

    def __init__(
        self,
        graphql: HttpApplication,
        reader: ReaderEndpoint | None,
        app: ASGIApp,
        misdirected: ASGIApp,
        hosts: AllowedHosts,
    ) -> None:
        """Route to these applications."""
        self._graphql = graphql
        self._reader = reader
        self._app = app
        self._misdirected = misdirected
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] not in PROBE_PATHS and not self._hosts.allows(dict(scope["headers"])):
            await self._misdirected(scope, receive, send)
        elif scope["path"] in GRAPHQL_PATHS:
            await self._graphql(scope, receive, send)
        elif self._reader and self._reader.serves(scope["path"]):
            await self._reader(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def find_direct_application(self, path: bytes, headers: dict[bytes, bytes]) -> HttpApplication | None:
        """Return the application that `server/direct_answers.py` may call for a request without ASGI; None if none."""
        return self._graphql if path == DIRECT_PATH and self._hosts.allows(headers) else None
