"""Errors as they are sent, wherever they are noticed: status, headers and body; and what the operator hears of them."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from secrets import token_hex
from time import perf_counter
from typing import Any, NamedTuple

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
from counterpoint.http.access import CorsPolicy
from counterpoint.http.headers import Headers, content_headers
from counterpoint.http.media_types import JSON

log = logging.getLogger(__name__)

CACHE_STATUS_BYPASS = b"Counterpoint; fwd=bypass"
MAX_REQUEST_ID_CHARS = 128

NOT_READY_RETRY_SECONDS = 1
"""Seconds after which content may be there: a seeding takes about as long."""

LOG_INTERVAL_SECONDS = 1.0
"""Seconds between two lines of the log about refusals with one code."""

Scheduler = Callable[[float, Callable[[str], None], str], object]


class HttpError(CounterpointError):
    """A request that is not even GraphQL over HTTP: the status of its refusal, and headers that tell what is taken."""

    def __init__(self, status: int, code: str, message: str, taken: Sequence[tuple[bytes, bytes]] = ()) -> None:
        self.status = status
        self.code = code
        self.taken = taken
        super().__init__(message)


class InternalError(CounterpointError):
    """A mistake of ours, whatever it was: logged in full, told in a sentence."""

    def __init__(self, cause: BaseException) -> None:
        super().__init__("Something went wrong here. It has been logged; please try again later.")
        self.__cause__ = cause


class ErrorResponse(NamedTuple):
    """An error as it is sent."""

    status: int
    head: Headers
    body: bytes


class ErrorResponder:
    """Tells errors, and gives all answers the headers that each has: who may read it, and what the server did."""

    def __init__(self, origins: CorsPolicy) -> None:
        """Let pages of these origins read what is told."""
        self.origins = origins
        self._warnings = LogThrottle()
        self._ids = map((token_hex(6) + "-{:x}").format, count(1))

    def name(self, given: bytes) -> str:
        """Name a request as the client did, or anew: what is logged about it has that name."""
        if given and len(given) <= MAX_REQUEST_ID_CHARS and given.isascii() and b" " not in given:
            text = given.decode()
            if text.isprintable():
                return text
        return next(self._ids)

    def told(self, error: CounterpointError, identity: str, media_type: str = JSON) -> ErrorResponse:
        """Tell an error to the client; what is not the client's mistake, to the operator as well."""
        status, body = render_error(error)
        if isinstance(error, InternalError):
            log.error("The request %s failed.", identity, exc_info=error.__cause__)
        elif status >= 500 and not isinstance(error, HttpError):
            self._warnings.warn(error, identity)
        head = [
            *content_headers(media_type, body),
            (b"cache-control", b"no-store"),
            (b"vary", self.origins.vary),
            *headers_of(error),
        ]
        return ErrorResponse(status, head, body)

    def whole(self, error: CounterpointError, asked: Mapping[bytes, bytes]) -> ErrorResponse:
        """Refuse a request of which no more is looked at than its headers, as far as they were read."""
        begun = perf_counter()
        identity = self.name(asked.get(b"x-request-id", b""))
        status, head, body = self.told(error, identity)
        return ErrorResponse(
            status, [*head, *self.tail(identity, asked.get(b"origin"), CACHE_STATUS_BYPASS, begun)], body
        )

    def tail(self, identity: str, origin: bytes | None, cache: bytes, begun: float, timing: bytes = b"") -> Headers:
        """Give the headers that all answers have; `begun` is when the work on it did."""
        return [
            *self.origins.head(origin),
            (b"cache-status", cache),
            (b"server-timing", b"%btotal;dur=%.3f" % (timing, (perf_counter() - begun) * 1000)),
            (b"x-request-id", identity.encode()),
        ]


def _on_the_loop(seconds: float, call: Callable[[str], None], code: str) -> None:
    asyncio.get_running_loop().call_later(seconds, call, code)


class LogThrottle:
    """Tells the operator of refusals, in a line a second at most for each code, however many they are."""

    def __init__(self, later: Scheduler = _on_the_loop) -> None:
        """Have `later` call back, after so many seconds, for a code."""
        self._later = later
        self._held: dict[str, int] = {}
        self._last: dict[str, str] = {}

    def warn(self, error: CounterpointError, identity: str) -> None:
        """Write a line at once, unless there was one just now: then count."""
        if error.code in self._held:
            self._held[error.code] += 1
            self._last[error.code] = identity
        else:
            log.warning("The request %s was refused with %s: %s", identity, error.code, error)
            self._hold(error.code)

    def _hold(self, code: str) -> None:
        self._held[code] = 0
        self._later(LOG_INTERVAL_SECONDS, self._release, code)

    def _release(self, code: str) -> None:
        if more := self._held.pop(code):
            told = "%d more were refused with %s in the last %g s: the request %s was the last."
            log.warning(told, more, code, LOG_INTERVAL_SECONDS, self._last[code])
            self._hold(code)


def render_error(error: CounterpointError) -> tuple[int, bytes]:
    """Give the status and the body for an error."""
    errors: Sequence[CounterpointError] = error.errors if isinstance(error, RequestErrors) else [error]
    return _status(errors[0]), orjson.dumps({"errors": [_error_object(each) for each in errors]})


def headers_of(error: CounterpointError) -> Sequence[tuple[bytes, bytes]]:
    """Give the headers that belong to an error: when to ask again, or how.

    Not for a timeout: asking the same again takes as long.
    """
    match error:
        case Overloaded():
            return [(b"retry-after", b"%d" % error.seconds)]
        case NotReady():
            return [(b"retry-after", b"%d" % NOT_READY_RETRY_SECONDS)]
        case HttpError():
            return error.taken
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


def _error_object(error: CounterpointError) -> dict[str, Any]:
    told: dict[str, Any] = {"message": _printable(str(error)), "extensions": {"code": error.code}}
    if isinstance(error, RequestError) and error.locations:
        told["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    return told


def _printable(message: str) -> str:
    """Make a message that quotes a client fit for UTF-8."""
    return message.encode("utf-8", "replace").decode()
