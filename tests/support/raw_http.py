"""Raw HTTP over sockets, valid or not, and bare servers with small limits to send it to."""

from __future__ import annotations

import json
import resource
import select
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from counterpoint.app import build_connection_limits
from counterpoint.settings import Settings
from support.servers import START_TIMEOUT_SECONDS, Response, ServerProcess, run_server

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from counterpoint.server.limits import ConnectionLimits

DEFAULT_LIMITS = build_connection_limits(Settings.model_construct())
SMALL_LIMITS = replace(DEFAULT_LIMITS, limit_url_bytes=200, limit_header_bytes=1_000)
QUICK_LIMITS = replace(
    DEFAULT_LIMITS,
    header_timeout_seconds=0.3,
    body_timeout_seconds=0.3,
    write_timeout_seconds=0.5,
    keepalive_timeout_seconds=0.3,
)

POST_HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED_HEAD = POST_HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
EARLY_HEAD = b"POST /early HTTP/1.1\r\nHost: a\r\n"
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LAST_GET = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
SLOW_GET = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
LARGE_GET = b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"

MAX_MEMORY_GROWTH_BYTES = 40_000_000
"""Bytes by which a server may grow while it rejects a gigabyte."""


@contextmanager
def run_bare_server(limits: ConnectionLimits, *origins: str, interface: str = "asgi") -> Iterator[ServerProcess]:
    """Run a server of the test application, with CORS for the origins (default: all)."""
    script = str(Path(__file__).with_name("bare_server.py"))
    with run_server(json.dumps(asdict(limits)), interface, *origins, script=script) as server:
        yield server


def connect(server: ServerProcess) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port), timeout=START_TIMEOUT_SECONDS)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def exchange(server: ServerProcess, *pieces: bytes) -> list[Response]:
    """Send pieces in separate packets, and return the responses when the server closes the connection."""
    with connect(server) as client:
        for piece in pieces:
            client.sendall(piece)
            time.sleep(0.003 if len(pieces) > 1 else 0)
        return parse_responses(receive_all(client))


def send_endlessly(server: ServerProcess, start: bytes, more: bytes, max_bytes: int = 1_000_000_000) -> list[Response]:
    """Send `start`, then `more` again and again until there is a response."""
    with connect(server) as client:
        client.sendall(start)
        size = 0
        while size < max_bytes and not select.select([client], [], [], 0)[0]:
            size += client.send(more)
        assert size < max_bytes
        return parse_responses(receive_all(client))


def send_slowly(server: ServerProcess, start: bytes, pieces: Iterable[bytes]) -> list[Response]:
    """Send `start`, then a piece every 20 ms until there is a response or the connection is closed."""
    with connect(server) as client:
        client.sendall(start)
        for piece in pieces:
            if select.select([client], [], [], 0.02)[0]:
                break
            client.sendall(piece)
        return parse_responses(receive_all(client))


def receive_all(client: socket.socket) -> bytes:
    """Receive until the server closes the connection."""
    pieces = []
    while piece := client.recv(1_000_000):
        pieces.append(piece)
    return b"".join(pieces)


def parse_responses(raw: bytes) -> list[Response]:
    """Parse the responses of one connection."""
    responses = []
    while raw:
        head, _, raw = raw.partition(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers.get("content-length", 0))
        responses.append(Response(int(status.split(" ")[1]), headers, raw[:length]))
        raw = raw[length:]
    return responses


def resident_bytes(server: ServerProcess) -> int:
    """Return the resident memory of a server process: quickly where the system has files for it."""
    numbers = Path(f"/proc/{server.program.process.pid}/statm")
    if numbers.exists():
        return resource.getpagesize() * int(numbers.read_text().split()[1])
    output = subprocess.run(
        ["ps", "-o", "rss=", "-p", str(server.program.process.pid)], capture_output=True, check=True
    )
    return 1024 * int(output.stdout)


def build_request(*, url_bytes: int = 1, header_bytes: int = 30) -> bytes:
    """Return a request with a target and header lines of these sizes."""
    fixed = b"Host: a\r\nConnection: close\r\n"
    padding_bytes = header_bytes - len(fixed) - 5
    padding = b"X: %b\r\n" % (b"x" * padding_bytes) if padding_bytes > 0 else b""
    return b"GET /%b HTTP/1.1\r\n%b%b\r\n" % (b"x" * (url_bytes - 1), fixed, padding)
