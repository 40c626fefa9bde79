"""Why a connection ends: each reason as it is told to the client, and how it is written without an application."""

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from counterpoint.errors import CounterpointError
from counterpoint.http.error_responses import ErrorResponse, HttpError, InternalError


def target_too_long(most: int) -> HttpError:
    """Refuse a target of more bytes."""
    return HttpError(414, "LIMIT_EXCEEDED", f"The target of a request may have {most} bytes at most: use POST.")


def head_too_large(most: int) -> HttpError:
    """Refuse header lines of more bytes."""
    return HttpError(431, "LIMIT_EXCEEDED", f"The headers of a request may have {most} bytes at most.")


def version_not_spoken(version: str) -> HttpError:
    """Refuse another version of HTTP."""
    return HttpError(505, "HTTP_VERSION_NOT_SUPPORTED", f"HTTP/{version} is not spoken here: use HTTP/1.1.")


def hosts_unclear(number: int) -> HttpError:
    """Refuse a request with so many Host headers."""
    return HttpError(400, "BAD_REQUEST", f"A request has one Host header; this one has {number}.")


def host_malformed() -> HttpError:
    """Refuse a Host header that names no host."""
    return HttpError(
        400, "BAD_REQUEST", "The Host header of this request is none: it has a name or an address, and a port."
    )


def target_unclear() -> HttpError:
    """Refuse a target that names nothing to ask for."""
    return HttpError(400, "BAD_REQUEST", "The target of this request has no path.")


def too_many_waiting(most: int) -> HttpError:
    """Refuse more requests that wait on a connection."""
    return HttpError(429, "LIMIT_EXCEEDED", f"At most {most} requests may wait on one connection.")


def too_slow(what: str, seconds: float) -> HttpError:
    """Refuse a part of a request that took too long."""
    return HttpError(408, "REQUEST_TIMEOUT", f"The {what} of the request took longer than {seconds:g} s to come.")


def from_parser_error(error: httptools.HttpParserError) -> CounterpointError:
    """Tell why the parser read no further: it could not, or one of our callbacks stopped it."""
    match error.__context__:
        case None:
            return HttpError(400, "BAD_REQUEST", f"This is no request in HTTP/1.1: {error}.")
        case HttpError() as refusal:
            return refusal
        case httptools.HttpParserInvalidURLError():
            return target_unclear()
        case mistake:
            return InternalError(mistake)


def unclear_body() -> HttpError:
    """Refuse a body whose end could be understood in two ways."""
    return HttpError(400, "BAD_REQUEST", "The only Transfer-Encoding taken is chunked, in HTTP/1.1.")


def no_proxy() -> HttpError:
    """Refuse to connect to others."""
    return HttpError(400, "BAD_REQUEST", "This is no proxy: CONNECT is not taken.")


def chunks_too_small() -> HttpError:
    """Refuse a body that costs more to read than it holds."""
    return HttpError(400, "LIMIT_EXCEEDED", "The body's chunks are more of frames than of content.")


def serialize_response(told: ErrorResponse, default_headers: list[tuple[bytes, bytes]]) -> bytes:
    """Write the last answer of a connection."""
    head = [*default_headers, *told.headers, (b"connection", b"close")]
    lines = (b"%b: %b\r\n" % header for header in head)
    return b"".join([STATUS_LINE[told.status], *lines, b"\r\n", told.body])
