"""Validation of request heads, and the errors for requests that are invalid or ambiguous."""

import re
from collections.abc import Iterable

import httptools

from counterpoint.errors import CounterpointError
from counterpoint.http.error_responses import HttpError, InternalError
from counterpoint.http.responses import Headers
from counterpoint.server.limits import ConnectionLimits

HTTP_VERSIONS = ("1.1", "1.0")

HOST = re.compile(rb"(\[[\w.~!$&'()*+,;=:-]+\]|([\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(:[0-9]*)?", re.ASCII)
"""An address in brackets or a name, which may be empty, and an optional port (RFC 3986, section 3.2.2)."""

UPGRADE_OPTIONS = (b"upgrade", b"http2-settings")
"""Values of the Connection header that belong to an upgrade."""


def build_bad_request(message: str) -> HttpError:
    """Return the error for a malformed request."""
    return HttpError(400, "BAD_REQUEST", message)


def translate_parser_error(error: httptools.HttpParserError) -> CounterpointError:
    """Return the error to report when the parser stops: its own, or the one that a callback of ours raised."""
    match error.__context__:
        case None:
            return build_bad_request("The request is not valid HTTP/1.1.")
        case HttpError() as cause:
            return cause
        case httptools.HttpParserInvalidURLError():
            return build_bad_request("The request target has no path.")
        case cause:
            return InternalError(cause)


def check_host(value: bytes) -> None:
    """Raise HttpError if a Host header is malformed (RFC 9112, section 3.2)."""
    if not HOST.fullmatch(value.strip(b" \t")):
        raise build_bad_request("Invalid Host header: expected a host name or an IP address, and optionally a port.")


def validate_head(url: bytes, headers: Headers, version: str, host_count: int, limits: ConnectionLimits) -> None:
    """Raise HttpError if a request head is too large, ambiguous, or of another HTTP version."""
    check_size(url, measure_header_lines(headers), limits)
    check_version(version)
    if host_count > 1 or (host_count == 0 and version == "1.1"):
        raise build_bad_request(f"The request has {host_count} Host headers: expected exactly one.")
    if not url.startswith((b"/", b"*")) and httptools.parse_url(url).path is None:
        raise build_bad_request("The request target has no path.")


def check_size(url: bytes, header_size: int, limits: ConnectionLimits) -> None:
    """Raise HttpError if the request target, or the header lines of `header_size` bytes, exceed the limits."""
    if len(url) > limits.limit_url_bytes:
        message = f"The request target is too long: expected at most {limits.limit_url_bytes} bytes. Use POST instead."
        raise HttpError(414, "LIMIT_EXCEEDED", message)
    if header_size > limits.limit_header_bytes:
        message = f"The request headers are too large: expected at most {limits.limit_header_bytes} bytes."
        raise HttpError(431, "LIMIT_EXCEEDED", message)


def check_version(version: str) -> None:
    """Raise HttpError unless the HTTP version is supported."""
    if version not in HTTP_VERSIONS:
        message = f"HTTP version not supported: received HTTP/{version}, expected HTTP/1.1."
        raise HttpError(505, "HTTP_VERSION_NOT_SUPPORTED", message)


def measure_header_lines(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Return the size of header lines, including `: ` and the line breaks."""
    return sum(len(name) + len(value) + 4 for name, value in headers)


def drop_upgrade(method: bytes, url: bytes, version: str, headers: Headers) -> bytes:
    """Serialize a request head without its upgrade, which a server may ignore (RFC 9110, section 7.8)."""
    lines = [b"%b %b HTTP/%b\r\n" % (method, url, version.encode())]
    for name, value in headers:
        if name == b"connection":
            options = [option for option in value.split(b",") if option.strip().lower() not in UPGRADE_OPTIONS]
            lines.append(b"%b: %b\r\n" % (name, b",".join(options)))
        elif name != b"upgrade":
            lines.append(b"%b: %b\r\n" % (name, value))
    return b"".join([*lines, b"\r\n"])
