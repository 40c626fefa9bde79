"""The endpoint: an ASGI application that answers GraphQL over HTTP, and shows browsers the explorer."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Any

from counterpoint.errors import CounterpointError
from counterpoint.http.bodies import Receive, check_content_type, read_body
from counterpoint.http.encodings import choose_encoding
from counterpoint.http.error_responses import CACHE_STATUS_BYPASS, ErrorResponder, HttpError, InternalError
from counterpoint.http.explorer import HtmlPage
from counterpoint.http.handler import RequestHandler, Response
from counterpoint.http.headers import ACCEPT_QUERY, ALLOW, content_headers
from counterpoint.http.media_types import HTML, JSON, RESPONSE, choose_media_type

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class RequestHead:
    """The head of a request: its method, and its headers; those given more than once are joined."""

    method: str
    query_string: bytes
    headers: dict[bytes, bytes]

    def text(self, name: bytes) -> str:
        """Give a header, "" if there is none."""
        return self.headers.get(name, b"").decode("latin-1")


class Endpoint:
    """Answers at /graphql: GET with a query string, POST and QUERY with a JSON body."""

    def __init__(
        self, deliverer: RequestHandler, page: HtmlPage, refusals: ErrorResponder, *, largest_body: int
    ) -> None:
        """Hand requests to the deliverer; browsers that ask for no query get the page. Larger bodies are refused."""
        self._deliverer = deliverer
        self._page = page
        self._refusals = refusals
        self._origins = refusals.origins
        self._largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = perf_counter()
        call = _request_head(scope)
        identity = self._refusals.name(call.headers.get(b"x-request-id", b""))
        reply = await self._reply(call, receive, identity)
        tail = self._refusals.tail(identity, call.headers.get(b"origin"), reply.cache, begun, reply.timing)
        await send({"type": "http.response.start", "status": reply.status, "headers": [*reply.head, *tail]})
        await send({"type": "http.response.body", "body": b"" if call.method == "HEAD" else reply.body})

    async def refuse(self, refusal: HttpError, scope: Scope, send: Send) -> None:
        """Refuse a request that is not looked at."""
        status, head, body = self._refusals.whole(refusal, _request_head(scope).headers)
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})

    async def _reply(self, call: RequestHead, receive: Receive, identity: str) -> Response:
        media_type, encoding = _negotiate(call.text(b"accept"), call.text(b"accept-encoding"))
        try:
            match call.method:
                case "GET" | "HEAD" if _is_browser(call):
                    return self._shown()
                case "GET" | "HEAD":
                    asked = call.query_string
                case "POST" | "QUERY":
                    check_content_type(call.text(b"content-type"))
                    asked = await read_body(call.headers, receive, self._largest_body)
                case "OPTIONS":
                    return self._options(call)
                case method:
                    told = f"{method} is not taken here: use GET, POST or QUERY."
                    raise HttpError(405, "METHOD_NOT_ALLOWED", told, [ALLOW])
            if media_type is None:
                raise HttpError(406, "NOT_ACCEPTABLE", f"Answers are {RESPONSE} or {JSON}: accept one of them.")
            condition = None if call.method == "POST" else call.headers.get(b"if-none-match")
            return await self._deliverer.deliver(
                asked, media_type, encoding, in_url=call.method in ("GET", "HEAD"), condition=condition
            )
        except CounterpointError as error:
            return Response(*self._refusals.told(error, identity, media_type or JSON), CACHE_STATUS_BYPASS)
        except Exception as error:
            return Response(
                *self._refusals.told(InternalError(error), identity, media_type or JSON), CACHE_STATUS_BYPASS
            )

    def _shown(self) -> Response:
        body = self._page.html.encode()
        head = [
            *content_headers(HTML, body),
            (b"cache-control", b"no-cache"),
            (b"vary", self._origins.vary),
            (b"content-security-policy", self._page.policy.encode()),
        ]
        return Response(200, head, body, CACHE_STATUS_BYPASS)

    def _options(self, call: RequestHead) -> Response:
        asked = call.headers.get(b"access-control-request-headers", b"")
        is_preflight = b"access-control-request-method" in call.headers
        head = self._origins.preflight(call.headers.get(b"origin"), asked) if is_preflight else []
        vary = b"Access-Control-Request-Headers, Access-Control-Request-Method, Origin"
        return Response(204, [ALLOW, ACCEPT_QUERY, (b"vary", vary), *head], b"", CACHE_STATUS_BYPASS)


def _request_head(scope: Scope) -> RequestHead:
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = b"%b, %b" % (headers[name], value) if name in headers else value
    return RequestHead(scope["method"], scope["query_string"], headers)


@lru_cache(maxsize=256)
def _negotiate(accept: str, accept_encoding: str) -> tuple[str | None, str]:
    # Who names the type of GraphQL's own is given it, if it likes none better; who takes anything gets plain JSON.
    offered = (RESPONSE, JSON) if RESPONSE in accept.lower() else (JSON, RESPONSE)
    return choose_media_type(accept, offered), choose_encoding(accept_encoding)


def _is_browser(call: RequestHead) -> bool:
    return not call.query_string and choose_media_type(call.text(b"accept"), (JSON, RESPONSE, HTML)) == HTML
