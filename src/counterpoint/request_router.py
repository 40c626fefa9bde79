"""The router of requests: it sends /graphql and pages to their endpoints, and all other paths to FastAPI."""

from starlette.types import ASGIApp, Receive, Scope, Send

from counterpoint.http.allowed_hosts import AllowedHosts
from counterpoint.http.application import HttpApplication
from counterpoint.reader.endpoint import ReaderEndpoint

GRAPHQL_PATHS = ("/graphql", "/graphql/")

DIRECT_PATH = b"/graphql"

PROBE_PATHS = ("/healthz", "/readyz")
"""Health-check paths. Exempt from the Host check because orchestrators call them by IP address."""


class RequestRouter:
    """An ASGI application that bypasses FastAPI for /graphql, because its layers take as long as a cached response.

    `misdirected` answers requests to hosts that are not allowed, and `app` those to all other paths.
    """

    def __init__(
        self,
        graphql: HttpApplication,
        reader: ReaderEndpoint | None,
        app: ASGIApp,
        misdirected: ASGIApp,
        hosts: AllowedHosts,
        *,
        has_direct_path: bool,
    ) -> None:
        """Route to these applications. `has_direct_path` is whether requests to /graphql may be answered directly."""
        self._graphql = graphql
        self._reader = reader
        self._app = app
        self._misdirected = misdirected
        self._hosts = hosts
        self._has_direct_path = has_direct_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] not in PROBE_PATHS and not self._allows_host(dict(scope["headers"])):
            await self._misdirected(scope, receive, send)
        elif scope["path"] in GRAPHQL_PATHS:
            await self._graphql(scope, receive, send)
        elif self._reader and self._reader.serves(scope["path"]):
            await self._reader(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def find_direct_application(self, path: bytes, headers: dict[bytes, bytes]) -> HttpApplication | None:
        """Return the application that `server/direct_answers.py` may call for a request without ASGI; None if none."""
        is_direct = path == DIRECT_PATH and self._has_direct_path and self._allows_host(headers)
        return self._graphql if is_direct else None

    def _allows_host(self, headers: dict[bytes, bytes]) -> bool:
        return self._hosts.allows_all or self._hosts.allows(headers.get(b"host", b""))
