"""The /graphql endpoint: it answers GraphQL over HTTP, and serves the explorer to browsers."""

import re
from functools import lru_cache

from counterpoint.errors import CounterpointError
from counterpoint.http.application import RequestHead
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder, HttpError
from counterpoint.http.explorer import HtmlPage
from counterpoint.http.handler import RequestHandler
from counterpoint.http.negotiation import GRAPHQL_RESPONSE, HTML, JSON, choose_encoding, choose_media_type
from counterpoint.http.requests import Receive, check_content_type, read_body
from counterpoint.http.responses import ACCEPT_QUERY, ALLOW, METHODS, Response
from counterpoint.http.static_resource import StaticResource

NAMES_DOCUMENT = re.compile(rb"(^|&)(documentId|extensions)=")
"""Matches the query string of a request for a persisted document, whose text the explorer cannot show."""


class Endpoint:
    """Serves GET with a query string, POST and QUERY with a JSON body, and OPTIONS."""

    def __init__(
        self, handler: RequestHandler, explorer: HtmlPage, error_responder: ErrorResponder, *, max_body_bytes: int
    ) -> None:
        """Serve the explorer to browsers. Reject bodies larger than `max_body_bytes`."""
        self._handler = handler
        self._error_responder = error_responder
        self._cors = error_responder.cors
        self._explorer = _build_explorer_resource(explorer, self._cors)
        self._max_body_bytes = max_body_bytes

    async def respond(self, head: RequestHead, receive: Receive) -> Response:
        """Return the response to a request. Raise CounterpointError."""
        match head.method:
            case "GET" | "HEAD" if _wants_explorer(head):
                return await self._read_explorer(head)
            case "GET" | "HEAD":
                raw = head.query_string
            case "POST" | "QUERY":
                check_content_type(head.headers.get(b"content-type", b""))
                raw = await read_body(head.headers, head.body, receive, self._max_body_bytes)
            case "OPTIONS":
                headers = [ALLOW, ACCEPT_QUERY, *self._cors.options_headers(head.headers, METHODS)]
                return Response(204, headers, b"")
            case method:
                message = f"Method {method} is not supported: use GET, POST or QUERY."
                raise HttpError(405, "METHOD_NOT_ALLOWED", message, [ALLOW])
        request_headers = head.headers
        media_type, encoding = _negotiate(
            request_headers.get(b"accept", b""), request_headers.get(b"accept-encoding", b"")
        )
        if media_type is None:
            message = f"Accept allows no available media type: expected {GRAPHQL_RESPONSE} or {JSON}."
            raise HttpError(406, "NOT_ACCEPTABLE", message)
        if_none_match = None if head.method == "POST" else request_headers.get(b"if-none-match")
        return await self._handler.handle(
            raw, media_type, encoding, from_url=head.method in ("GET", "HEAD"), if_none_match=if_none_match
        )

    def build_error(self, error: CounterpointError, head: RequestHead, request_id: str) -> Response:
        """Build the response for an error, in the media type that the client accepts, else JSON."""
        media_type = _negotiate(head.headers.get(b"accept", b""), b"")[0] or JSON
        return self._error_responder.build_response(error, request_id, media_type)

    async def _read_explorer(self, head: RequestHead) -> Response:
        if head.path.endswith("/"):
            # The links of the page are relative, because a proxy may serve it below a prefix.
            query = b"?" + head.query_string if head.query_string else b""
            return Response(308, [(b"location", b"../graphql" + query), (b"vary", b"Accept")], b"")
        return await self._explorer.read(head)


@lru_cache(maxsize=256)
def _negotiate(accept: bytes, accept_encoding: bytes) -> tuple[str | None, str]:
    ranges = accept.decode("latin-1")
    # A client that names GraphQL's own media type prefers it at equal quality; all others get plain JSON.
    offers = (GRAPHQL_RESPONSE, JSON) if GRAPHQL_RESPONSE in ranges.lower() else (JSON, GRAPHQL_RESPONSE)
    return choose_media_type(ranges, offers), choose_encoding(accept_encoding.decode("latin-1"))


def _wants_explorer(head: RequestHead) -> bool:
    """Return whether a GET request comes from a browser, which prefers HTML, and names no persisted document."""
    offers = (JSON, GRAPHQL_RESPONSE, HTML)
    return choose_media_type(head.header_text(b"accept"), offers) == HTML and not NAMES_DOCUMENT.search(
        head.query_string
    )


def _build_explorer_resource(page: HtmlPage, cors: CorsPolicy) -> StaticResource:
    policy = (b"content-security-policy", page.content_security_policy.encode())
    # Private, because some shared caches ignore Vary, and would return the page to clients of the API.
    headers = [(b"cache-control", b"private, no-cache"), policy, *cors.vary_by_origin]
    return StaticResource(page.html.encode(), HTML, headers, vary=[b"Accept"])
