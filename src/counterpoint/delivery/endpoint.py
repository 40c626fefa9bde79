"""The endpoint: an ASGI application that answers GraphQL over HTTP, and shows browsers the explorer."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from functools import lru_cache
from time import perf_counter
from typing import Any

from counterpoint.delivery.bodies import Receive, check_content_type, read_body
from counterpoint.delivery.deliverer import Deliverer, Reply
from counterpoint.delivery.encodings import chosen
from counterpoint.delivery.explorer import Page
from counterpoint.delivery.heads import ACCEPT_QUERY, ALLOW, content_head
from counterpoint.delivery.media_types import HTML, JSON, RESPONSE, preferred
from counterpoint.delivery.refusals import BYPASSED, Failed, Refusal, Refusals
from counterpoint.errors import CounterpointError

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Call:
    """The head of a request: its method, and its headers; those given more than once are joined."""

    method: str
    query_string: bytes
    headers: dict[bytes, bytes]

    def text(self, name: bytes) -> str:
        """Give a header, "" if there is none."""
        return self.headers.get(name, b"").decode("latin-1")


class Endpoint:
    """Answers at /graphql: GET with a query string, POST and QUERY with a JSON body."""

    def __init__(self, deliverer: Deliverer, page: Page, refusals: Refusals, *, largest_body: int) -> None:
        """Hand requests to the deliverer; browsers that ask for no query get the page. Larger bodies are refused."""
        self._deliverer = deliverer
        self._page = page
        self._refusals = refusals
        self._origins = refusals.origins
        self._largest_body = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = perf_counter()
        call = _call(scope)
        identity = self._refusals.name(call.headers.get(b"x-request-id", b""))
        reply = await self._reply(call, receive, identity)
        tail = self._refusals.tail(identity, call.headers.get(b"origin"), reply.cache, begun, reply.timing)
        await send({"type": "http.response.start", "status": reply.status, "headers": [*reply.head, *tail]})
        await send({"type": "http.response.body", "body": b"" if call.method == "HEAD" else reply.body})

    async def refuse(self, refusal: Refusal, scope: Scope, send: Send) -> None:
        """Refuse a request that is not looked at."""
        status, head, body = self._refusals.whole(refusal, _call(scope).headers)
        await send({"type": "http.response.start", "status": status, "headers": head})
        await send({"type": "http.response.body", "body": body})

    async def _reply(self, call: Call, receive: Receive, identity: str) -> Reply:
        media_type, encoding = _negotiated(call.text(b"accept"), call.text(b"accept-encoding"))
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
                    raise Refusal(405, "METHOD_NOT_ALLOWED", told, [ALLOW])
            if media_type is None:
                raise Refusal(406, "NOT_ACCEPTABLE", f"Answers are {RESPONSE} or {JSON}: accept one of them.")
            condition = None if call.method == "POST" else call.headers.get(b"if-none-match")
            return await self._deliverer.deliver(
                asked, media_type, encoding, in_url=call.method in ("GET", "HEAD"), condition=condition
            )
        except CounterpointError as error:
            return Reply(*self._refusals.told(error, identity, media_type or JSON), BYPASSED)
        except Exception as error:
            return Reply(*self._refusals.told(Failed(error), identity, media_type or JSON), BYPASSED)

    def _shown(self) -> Reply:
        body = self._page.html.encode()
        head = [
            *content_head(HTML, body),
            (b"cache-control", b"no-cache"),
            (b"vary", self._origins.vary),
            (b"content-security-policy", self._page.policy.encode()),
        ]
        return Reply(200, head, body, BYPASSED)

    def _options(self, call: Call) -> Reply:
        asked = call.headers.get(b"access-control-request-headers", b"")
        is_preflight = b"access-control-request-method" in call.headers
        head = self._origins.preflight(call.headers.get(b"origin"), asked) if is_preflight else []
        vary = b"Access-Control-Request-Headers, Access-Control-Request-Method, Origin"
        return Reply(204, [ALLOW, ACCEPT_QUERY, (b"vary", vary), *head], b"", BYPASSED)


def _call(scope: Scope) -> Call:
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = b"%b, %b" % (headers[name], value) if name in headers else value
    return Call(scope["method"], scope["query_string"], headers)


@lru_cache(maxsize=256)
def _negotiated(accept: str, accept_encoding: str) -> tuple[str | None, str]:
    # Who names the type of GraphQL's own is given it, if it likes none better; who takes anything gets plain JSON.
    offered = (RESPONSE, JSON) if RESPONSE in accept.lower() else (JSON, RESPONSE)
    return preferred(accept, offered), chosen(accept_encoding)


def _is_browser(call: Call) -> bool:
    return not call.query_string and preferred(call.text(b"accept"), (JSON, RESPONSE, HTML)) == HTML
