"""The endpoint: an ASGI application that answers GraphQL over HTTP, and shows browsers the explorer."""

import logging
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, Protocol

import orjson

from counterpoint.delivery.explorer import Page
from counterpoint.delivery.media_types import HTML, JSON, RESPONSE, preferred
from counterpoint.delivery.persisted import Persisted
from counterpoint.delivery.refusals import Refusal, failed, refused
from counterpoint.delivery.requests import Request, from_body, from_query_string
from counterpoint.errors import CounterpointError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)

CHARSET = "; charset=utf-8"


class Answer(Protocol):
    """What executing gives."""

    @property
    def data(self) -> bytes:
        """The data as JSON."""

    @property
    def explanation(self) -> Mapping[str, Any] | None:
        """How the answer came about, where that was asked for."""


class Engine(Protocol):
    """Executes operations."""

    async def answer(self, text: str, operation_name: str | None, given: dict[str, Any]) -> Answer:
        """Execute an operation of a document."""

    async def explain(self, text: str, operation_name: str | None, given: dict[str, Any]) -> Answer:
        """Execute an operation of a document, and tell how."""


class Endpoint:
    """Answers at /graphql: GET with a query string, POST with a JSON body."""

    def __init__(self, engine: Engine, persisted: Persisted, page: Page, *, largest_body: int, explains: bool) -> None:
        """Answer from an engine; browsers that ask for no query get the page. Larger bodies are refused unread."""
        self._largest_body = largest_body
        self._explains = explains
        self._engine = engine
        self._persisted = persisted
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers: dict[bytes, bytes] = dict(scope["headers"])
        accept = b", ".join(value for name, value in scope["headers"] if name == b"accept").decode("latin-1")
        method = scope["method"]
        if method in ("GET", "HEAD") and _is_browser(scope["query_string"], accept):
            await _send(send, method, 200, HTML, self._page.html.encode(), self._page.policy)
            return
        media_type = preferred(accept, (JSON, RESPONSE))
        try:
            if media_type is None:
                raise Refusal(406, "NOT_ACCEPTABLE", f"Answers are {RESPONSE} or {JSON}: accept one of them.")
            request = await _request(scope, headers, receive, self._largest_body)
            status, body = 200, await self._answered(request)
        except CounterpointError as error:
            status, body = refused(error)
        except Exception:
            log.exception("A request failed.")
            status, body = failed()
        await _send(send, method, status, media_type or JSON, body)

    async def _answered(self, request: Request) -> bytes:
        asked = (self._persisted.text_of(request), request.operation_name, request.variables)
        if not (self._explains and request.extensions.get("explain") is True):
            answer = await self._engine.answer(*asked)
            self._persisted.remember(request)
            return b'{"data":' + answer.data + b"}"
        answer = await self._engine.explain(*asked)
        extensions = orjson.dumps({"explain": answer.explanation})
        return b'{"data":' + answer.data + b',"extensions":' + extensions + b"}"


def _is_browser(query_string: bytes, accept: str) -> bool:
    return not query_string and preferred(accept, (JSON, RESPONSE, HTML)) == HTML


async def _request(scope: Scope, headers: dict[bytes, bytes], receive: Receive, largest_body: int) -> Request:
    match scope["method"]:
        case "GET" | "HEAD":
            return from_query_string(scope["query_string"])
        case "POST":
            _check_content_type(headers.get(b"content-type", b"").decode("latin-1"))
            return from_body(await _body(headers, receive, largest_body))
        case method:
            raise Refusal(405, "METHOD_NOT_ALLOWED", f"{method} is not taken here: use GET or POST.")


def _check_content_type(content_type: str) -> None:
    media_type, _, parameters = content_type.lower().partition(";")
    name, _, charset = parameters.strip().partition("=")
    if media_type.strip() != JSON or (name == "charset" and charset.strip(' "') not in ("utf-8", "utf8")):
        raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", f"The body must be {JSON} in UTF-8.")


async def _body(headers: dict[bytes, bytes], receive: Receive, largest: int) -> bytes:
    """Read the body, but no more of it than is allowed."""
    declared = headers.get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > largest:
        raise _too_large(largest, int(declared))
    chunks = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal(400, "BAD_REQUEST", "The body broke off.")
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > largest:
            raise _too_large(largest, size)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _too_large(largest: int, size: int) -> Refusal:
    return Refusal(413, "LIMIT_EXCEEDED", f"A body may have {largest} bytes at most; this one has {size} or more.")


async def _send(send: Send, method: str, status: int, media_type: str, body: bytes, policy: str | None = None) -> None:
    headers = [
        (b"content-type", f"{media_type}{CHARSET}".encode()),
        (b"content-length", b"%d" % len(body)),
        (b"vary", b"Accept"),
        (b"x-content-type-options", b"nosniff"),
        *([] if body.startswith(b'{"data":') else [(b"cache-control", b"no-store")]),
    ]
    if policy is not None:
        headers.append((b"content-security-policy", policy.encode()))
    if status == 405:
        headers.append((b"allow", b"GET, HEAD, POST"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
