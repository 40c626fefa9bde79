"""An ASGI application around a function from a request to its response: it reports errors and completes headers."""

from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from time import perf_counter
from typing import Any, NamedTuple

from counterpoint.errors import CounterpointError
from counterpoint.http.error_responses import ErrorResponder, HttpError, InternalError
from counterpoint.http.requests import Receive
from counterpoint.http.responses import READ_METHODS, CompleteResponse, HeaderLines, Response

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class RequestHead(NamedTuple):
    """A request. The values of repeated headers are joined by commas. `body` is None if it must be received."""

    scheme: str
    method: str
    path: str
    query_string: bytes
    headers: dict[bytes, bytes]
    body: bytes | None = None

    def header_text(self, name: bytes) -> str:
        """Return a header as text; "" if it is absent."""
        return self.headers.get(name, b"").decode("latin-1")

    def origin(self, public_url: str) -> str:
        """Return the origin (RFC 6454) of absolute addresses, without a slash at its end.

        It is `public_url`, or else the scheme and the host that the request names; "" if it names no host.
        """
        host = self.header_text(b"host")
        return public_url.rstrip("/") or (f"{self.scheme}://{host}" if host else "")


Respond = Callable[[RequestHead, Receive], Awaitable[Response]]
"""Returns the response to a request, without the common headers. May raise any exception."""

BuildError = Callable[[CounterpointError, RequestHead, str], Response]
"""Returns the response to a request that failed, without the common headers. The text is the id of the request."""

Read = Callable[[RequestHead], Awaitable[Response]]
"""Returns the response to a GET request, or to HEAD, whose body is not sent. May raise any exception."""


class HttpApplication:
    """Answers requests by a function. Every exception becomes an error response."""

    def __init__(
        self, resource: str, respond: Respond, error_responder: ErrorResponder, build_error: BuildError | None = None
    ) -> None:
        """Answer by `respond`. Without `build_error`, error responses are JSON. Metrics name the resource."""
        self._resource = resource
        self._respond = respond
        self._error_responder = error_responder
        self._build_error = build_error or (
            lambda error, _, request_id: error_responder.build_response(error, request_id)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        head = RequestHead(
            scope["scheme"], scope["method"], scope["path"], scope["query_string"], read_headers(scope["headers"])
        )
        response = await self.answer(head, receive)
        await send_response(send, response if head.method != "HEAD" else response._replace(body=b""))

    async def answer(self, head: RequestHead, receive: Receive) -> CompleteResponse:
        """Return the complete response to a request."""
        start = perf_counter()
        request_id = self._error_responder.request_id(head.headers.get(b"x-request-id", b""))
        observer = self._error_responder.observer
        observer.in_flight += 1
        try:
            response = await self._respond(head, receive)
        except Exception as exception:
            error = exception if isinstance(exception, CounterpointError) else InternalError(exception)
            response = self._build_error(error, head, request_id)
        finally:
            observer.in_flight -= 1
        observer.observe(self._resource, f"{head.method} {head.path}", response, request_id, perf_counter() - start)
        return self._error_responder.complete(response, request_id, head.headers.get(b"origin"), start)


async def send_response(send: Send, response: CompleteResponse) -> None:
    """Send a response through ASGI."""
    headers = HeaderLines(response.header_lines)
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


def build_resource_application(resource: str, read: Read, error_responder: ErrorResponder) -> HttpApplication:
    """Return an application that answers GET and HEAD by a function, OPTIONS by itself, and other methods with 405."""
    cors = error_responder.cors

    async def respond(head: RequestHead, _: Receive) -> Response:
        if head.method in ("GET", "HEAD"):
            return await read(head)
        if head.method == "OPTIONS":
            return Response(204, [(b"allow", READ_METHODS), *cors.options_headers(head.headers, READ_METHODS)], b"")
        message = f"Method {head.method} is not supported: use GET."
        raise HttpError(405, "METHOD_NOT_ALLOWED", message, [(b"allow", READ_METHODS)])

    return HttpApplication(resource, respond, error_responder)


def build_error_application(error: HttpError, error_responder: ErrorResponder) -> HttpApplication:
    """Return an application that answers every request with an error."""

    async def respond(_: RequestHead, __: Receive) -> Response:
        # Without the traceback of the last request, because each raise would lengthen it.
        raise error.with_traceback(None)

    return HttpApplication("misdirected", respond, error_responder)


def read_headers(pairs: Sequence[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Return the headers of a request, with repeated ones joined."""
    headers = dict(pairs)
    if len(headers) < len(pairs):
        headers = {}
        for name, value in pairs:
            headers[name] = b"%b, %b" % (headers[name], value) if name in headers else value
    return headers
