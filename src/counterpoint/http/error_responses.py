"""Error responses: the status, headers and JSON body for every error, and the log line for those of the server."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from secrets import token_hex
from time import perf_counter
from typing import Any

import orjson

from counterpoint.errors import (
    CounterpointError,
    NotReady,
    Overloaded,
    ParseFailed,
    QueryTimeout,
    RequestError,
    RequestErrors,
)
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.log_throttle import LogThrottle
from counterpoint.http.negotiation import JSON
from counterpoint.http.request_observer import RequestObserver
from counterpoint.http.responses import CompleteResponse, Response, build_content_headers, serialize_headers

log = logging.getLogger(__name__)

MAX_REQUEST_ID_CHARS = 128


class HttpError(CounterpointError):
    """A request that is not valid GraphQL over HTTP. `headers` belong to the error response, such as Allow."""

    def __init__(self, status: int, code: str, message: str, headers: Sequence[tuple[bytes, bytes]] = ()) -> None:
        self.status = status
        self.code = code
        self.headers = headers
        super().__init__(message)


class UnknownPath(HttpError):
    """A path at which there is neither a resource nor a page."""

    def __init__(self) -> None:
        super().__init__(404, "NOT_FOUND", "There is nothing at this path: the API is at /graphql.")


class InternalError(CounterpointError):
    """An unexpected exception. The log holds its traceback; the client receives one general sentence."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__("Internal server error. It has been logged; please try again later.")
        self.__cause__ = cause


class ErrorResponder:
    """Builds and logs error responses, and builds the headers that all responses have."""

    def __init__(self, cors: CorsPolicy, observer: RequestObserver | None = None) -> None:
        """Apply the CORS policy. Report the requests that no application answers to the observer."""
        self.cors = cors
        self.observer = observer or RequestObserver()
        self._log_throttle = LogThrottle()
        self._request_ids = _generate_request_ids()

    def request_id(self, proposed: bytes) -> str:
        """Return the client's X-Request-ID if it is printable ASCII without spaces, else a new id."""
        if proposed and len(proposed) <= MAX_REQUEST_ID_CHARS and proposed.isascii() and b" " not in proposed:
            text = proposed.decode()
            if text.isprintable():
                return text
        return next(self._request_ids)

    def build_response(self, error: CounterpointError, request_id: str, media_type: str = JSON) -> Response:
        """Build the response for an error, without the common headers. Log the error unless the client caused it."""
        status, body = render_error(error)
        if isinstance(error, InternalError):
            log.error("Request %s failed unexpectedly.", request_id, exc_info=error.__cause__)
        elif status >= 500 and not isinstance(error, HttpError):
            self._log_throttle.log_or_count(error, request_id)
        headers = [
            *build_content_headers(media_type, body),
            (b"cache-control", b"no-store"),
            (b"vary", self.cors.vary),
            *_specific_headers(error),
        ]
        return Response(status, headers, body, operation=error.operation, error_code=_first(error).code)

    def build_complete_response(
        self, error: CounterpointError, request_headers: Mapping[bytes, bytes]
    ) -> CompleteResponse:
        """Build the complete response to a request that is rejected by its headers, as far as they were received."""
        start = perf_counter()
        request_id = self.request_id(request_headers.get(b"x-request-id", b""))
        response = self.build_response(error, request_id)
        self.observer.observe("rejected", "rejected", response, request_id, perf_counter() - start)
        return self.complete(response, request_id, request_headers.get(b"origin"), start)

    def complete(self, response: Response, request_id: str, origin: bytes | None, start: float) -> CompleteResponse:
        """Return a response with the common headers. `start` is the request's start on `perf_counter`."""
        lines = b"%b%bcache-status: %b\r\nserver-timing: %btotal;dur=%.3f\r\nx-request-id: %b\r\n" % (
            serialize_headers(response.headers),
            self.cors.header_lines(origin),
            response.cache_status,
            response.timing,
            (perf_counter() - start) * 1000,
            request_id.encode(),
        )
        return CompleteResponse(response.status, lines, response.body)


def _generate_request_ids() -> Iterator[str]:
    """Yield ids of requests. The prefix is chosen at the first one, because processes may be forked before it."""
    yield from map((token_hex(6) + "-{:x}").format, count(1))


def render_error(error: CounterpointError) -> tuple[int, bytes]:
    """Return the status and the JSON body for an error."""
    errors: Sequence[CounterpointError] = error.errors if isinstance(error, RequestErrors) else [error]
    return _status(_first(error)), orjson.dumps({"errors": [build_error_object(part) for part in errors]})


def _first(error: CounterpointError) -> CounterpointError:
    """Return the error that decides the status and the code: the first one of several."""
    return error.errors[0] if isinstance(error, RequestErrors) else error


def _specific_headers(error: CounterpointError) -> Sequence[tuple[bytes, bytes]]:
    """Return the headers of one kind of error. A timeout has no Retry-After, because a retry takes as long."""
    match error:
        case NotReady() | Overloaded():
            return [(b"retry-after", b"%d" % error.retry_after_seconds)]
        case HttpError():
            return error.headers
        case _:
            return []


def _status(error: CounterpointError) -> int:
    match error:
        case HttpError(status=status):
            return status
        case ParseFailed():
            return 400
        case RequestError():
            return 422
        case NotReady() | QueryTimeout() | Overloaded():
            return 503
        case _:
            return 500


def build_error_object(error: CounterpointError) -> dict[str, Any]:
    """Return an error as GraphQL describes it: message, extensions and locations."""
    # Replace lone surrogates, which a message may quote from a request, because UTF-8 cannot encode them.
    message = str(error).encode("utf-8", "replace").decode()
    fields: dict[str, Any] = {"message": message, "extensions": {"code": error.code}}
    if isinstance(error, RequestError) and error.locations:
        fields["locations"] = [{"line": location.line, "column": location.column} for location in error.locations]
    return fields
