"""The /graphql endpoint: an ASGI application that answers GraphQL over HTTP and serves the explorer to browsers."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Any

from counterpoint.errors import CounterpointError
from counterpoint.http.error_responses import ErrorResponder, HttpError, InternalError
from counterpoint.http.explorer import HtmlPage
from counterpoint.http.handler import RequestHandler
from counterpoint.http.negotiation import GRAPHQL_RESPONSE, HTML, JSON, choose_encoding, choose_media_type
from counterpoint.http.requests import Receive, check_content_type, read_body
from counterpoint.http.responses import ACCEPT_QUERY, ALLOW, Response, content_headers

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class RequestHead:
    """The method, query string and headers of a request. The values of repeated headers are joined by commas."""

    method: str
    query_string: bytes
    headers: dict[bytes, bytes]

    def header_text(self, name: bytes) -> str:
        """Return a header as text; "" if it is absent."""
        return self.headers.get(name, b"").decode("latin-1")


class Endpoint:
    """Serves GET with a query string, POST and QUERY with a JSON body, and OPTIONS."""

    def __init__(
        self, handler: RequestHandler, explorer: HtmlPage, error_responder: ErrorResponder, *, max_body_bytes: int
    ) -> None:
        """Serve the explorer to browsers that send no query. Reject bodies larger than `max_body_bytes`."""
        self._handler = handler
        self._explorer_page = explorer
        self._error_responder = error_responder
        self._cors = error_responder.cors
        self._max_body_bytes = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        start = perf_counter()
        head = read_head(scope)
        request_id = self._error_responder.request_id(head.headers.get(b"x-request-id", b""))
        response = await self._respond(head, receive, request_id)
        headers = self._error_responder.complete_headers(response, request_id, head.headers.get(b"origin"), start)
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if head.method == "HEAD" else response.body})

    async def reject(self, error: HttpError, scope: Scope, send: Send) -> None:
        """Send an error response without reading the request."""
        response = self._error_responder.build_complete_response(error, read_head(scope).headers)
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        await send({"type": "http.response.body", "body": response.body})

    async def _respond(self, head: RequestHead, receive: Receive, request_id: str) -> Response:
        media_type, encoding = _negotiate(head.header_text(b"accept"), head.header_text(b"accept-encoding"))
        try:
            match head.method:
                case "GET" | "HEAD" if _wants_explorer(head):
                    return self._explorer()
                case "GET" | "HEAD":
                    raw = head.query_string
                case "POST" | "QUERY":
                    check_content_type(head.header_text(b"content-type"))
                    raw = await read_body(head.headers, receive, self._max_body_bytes)
                case "OPTIONS":
                    return self._options(head)
                case method:
                    message = f"Method {method} is not supported: use GET, POST or QUERY."
                    raise HttpError(405, "METHOD_NOT_ALLOWED", message, [ALLOW])
            if media_type is None:
                message = f"Accept allows no available media type: expected {GRAPHQL_RESPONSE} or {JSON}."
                raise HttpError(406, "NOT_ACCEPTABLE", message)
            if_none_match = None if head.method == "POST" else head.headers.get(b"if-none-match")
            return await self._handler.handle(
                raw, media_type, encoding, from_url=head.method in ("GET", "HEAD"), if_none_match=if_none_match
            )
        except CounterpointError as error:
            return self._error_responder.build_response(error, request_id, media_type or JSON)
        except Exception as error:
            return self._error_responder.build_response(InternalError(error), request_id, media_type or JSON)

    def _explorer(self) -> Response:
        body = self._explorer_page.html.encode()
        headers = [
            *content_headers(HTML, body),
            (b"cache-control", b"no-cache"),
            (b"vary", self._cors.vary),
            (b"content-security-policy", self._explorer_page.content_security_policy.encode()),
        ]
        return Response(200, headers, body)

    def _options(self, head: RequestHead) -> Response:
        is_preflight = b"access-control-request-method" in head.headers
        request_headers = head.headers.get(b"access-control-request-headers", b"")
        cors = self._cors.preflight_headers(head.headers.get(b"origin"), request_headers) if is_preflight else []
        vary = b"Access-Control-Request-Headers, Access-Control-Request-Method, Origin"
        return Response(204, [ALLOW, ACCEPT_QUERY, (b"vary", vary), *cors], b"")


def read_head(scope: Scope) -> RequestHead:
    """Return the head of a request, with repeated headers joined."""
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = b"%b, %b" % (headers[name], value) if name in headers else value
    return RequestHead(scope["method"], scope["query_string"], headers)


@lru_cache(maxsize=256)
def _negotiate(accept: str, accept_encoding: str) -> tuple[str | None, str]:
    # A client that names GraphQL's own media type prefers it at equal quality; all others get plain JSON.
    offers = (GRAPHQL_RESPONSE, JSON) if GRAPHQL_RESPONSE in accept.lower() else (JSON, GRAPHQL_RESPONSE)
    return choose_media_type(accept, offers), choose_encoding(accept_encoding)


def _wants_explorer(head: RequestHead) -> bool:
    """Return whether a GET request without a query comes from a browser, which prefers HTML."""
    offers = (JSON, GRAPHQL_RESPONSE, HTML)
    return not head.query_string and choose_media_type(head.header_text(b"accept"), offers) == HTML
