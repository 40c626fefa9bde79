"""Heads of requests: what must hold before one is answered."""

import re
from collections.abc import Iterable

import httptools

from counterpoint.server.limits import ConnectionLimits
from counterpoint.server.rejections import (
    head_too_large,
    host_malformed,
    hosts_unclear,
    target_too_long,
    target_unclear,
    version_not_spoken,
)

Headers = list[tuple[bytes, bytes]]

VERSIONS = ("1.1", "1.0")

HOST = re.compile(rb"(\[[\w.~!$&'()*+,;=:-]+\]|([\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(:[0-9]*)?", re.ASCII)
"""An address in brackets or a name, which may be empty, and a port (RFC 3986, section 3.2.2)."""

UPGRADING = (b"upgrade", b"http2-settings")


def check_host(value: bytes) -> None:
    """Raise Refusal for what is no host (RFC 9112, section 3.2)."""
    if not HOST.fullmatch(value.strip(b" \t")):
        raise host_malformed()


def validate_head(url: bytes, headers: Headers, version: str, hosts: int, bounds: ConnectionLimits) -> None:
    """Raise Refusal for a head that is not to be answered; it has so many Host headers."""
    check_size(url, header_bytes(headers), bounds)
    if version not in VERSIONS:
        raise version_not_spoken(version)
    if hosts > 1 or (hosts == 0 and version == "1.1"):
        raise hosts_unclear(hosts)
    if not url.startswith((b"/", b"*")) and httptools.parse_url(url).path is None:
        raise target_unclear()


def check_size(url: bytes, lines: int, bounds: ConnectionLimits) -> None:
    """Raise Refusal for a target, or header lines of so many bytes, beyond what they may have."""
    if len(url) > bounds.max_url_bytes:
        raise target_too_long(bounds.max_url_bytes)
    if lines > bounds.max_header_bytes:
        raise head_too_large(bounds.max_header_bytes)


def header_bytes(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Count the bytes of header lines, with `: ` and the line's end."""
    return sum(len(name) + len(value) + 4 for name, value in headers)


def drop_upgrade(method: bytes, url: bytes, version: str, headers: Headers) -> bytes:
    """Write a head again without its wish for another protocol, which may be ignored (RFC 9110, section 7.8)."""
    lines = [b"%b %b HTTP/%b\r\n" % (method, url, version.encode())]
    for name, value in headers:
        if name == b"connection":
            kept = [each for each in value.split(b",") if each.strip().lower() not in UPGRADING]
            lines.append(b"%b: %b\r\n" % (name, b",".join(kept)))
        elif name != b"upgrade":
            lines.append(b"%b: %b\r\n" % (name, value))
    return b"".join([*lines, b"\r\n"])
