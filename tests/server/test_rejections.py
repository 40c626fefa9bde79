"""Error responses of the connection layer: complete, readable for allowed origins, and in the right order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from counterpoint.server.protocol import MAX_PIPELINED
from support.raw_http import (
    CHUNKED_HEAD,
    GET,
    POST_HEAD,
    SLOW_GET,
    SMALL_LIMITS,
    build_request,
    exchange,
    run_bare_server,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.servers import ServerProcess

CROSS_ORIGIN_HEADERS = b"Host: a\r\nOrigin: https://one.example\r\nX-Request-ID: page/7\r\n"

REQUESTS_BY_STATUS = {
    400: b"POST / HTTP/1.1\r\n%bTransfer-Encoding: gzip\r\n\r\n" % CROSS_ORIGIN_HEADERS,
    408: b"POST / HTTP/1.1\r\n%bContent-Length: 9\r\n\r\n" % CROSS_ORIGIN_HEADERS,
    414: b"GET /%b HTTP/1.1\r\n%b\r\n" % (b"x" * 200, CROSS_ORIGIN_HEADERS),
    429: SLOW_GET + GET * MAX_PIPELINED + b"GET / HTTP/1.1\r\n%b\r\n" % CROSS_ORIGIN_HEADERS,
    431: b"GET / HTTP/1.1\r\n%bX: %b\r\n\r\n" % (CROSS_ORIGIN_HEADERS, b"x" * 1_000),
    500: b"GET / HTTP/1.1\r\n%bFlaw: x\r\n\r\n" % CROSS_ORIGIN_HEADERS,
    505: b"GET / HTTP/2.0\r\n%b\r\n" % CROSS_ORIGIN_HEADERS,
}
"""Requests that a server with small sizes and a short body timeout rejects with each status."""


@pytest.fixture(scope="module")
def two_origins_server() -> Iterator[ServerProcess]:
    """Run a server with small sizes, a short body timeout, and two allowed origins."""
    limits = replace(SMALL_LIMITS, body_timeout_seconds=0.3)
    with run_bare_server(limits, "https://one.example", "https://two.example") as server:
        yield server


def test_rejection_has_the_headers_and_body_of_any_error_response(small_server: ServerProcess) -> None:
    (response,) = exchange(small_server, build_request(url_bytes=201))
    assert response.headers["date"].endswith(" GMT")
    assert re.fullmatch(r"total;dur=\d+\.\d{3}", response.headers["server-timing"])
    assert re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]+", response.headers["x-request-id"])
    assert response.headers == {
        "date": response.headers["date"],
        "server": "uvicorn",
        "server-timing": response.headers["server-timing"],
        "x-request-id": response.headers["x-request-id"],
        "cache-status": "Counterpoint; fwd=bypass",
        "access-control-allow-origin": "*",
        "vary": "Accept, Accept-Encoding",
        "content-type": "application/json; charset=utf-8",
        "content-length": str(len(response.body)),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "connection": "close",
    }
    assert response.json == {
        "errors": [
            {
                "message": "The request target is too long: expected at most 200 bytes. Use POST instead.",
                "extensions": {"code": "LIMIT_EXCEEDED"},
            }
        ]
    }


@pytest.mark.parametrize("status", REQUESTS_BY_STATUS)
def test_page_of_an_allowed_origin_can_read_a_rejection(two_origins_server: ServerProcess, status: int) -> None:
    *_, response = exchange(two_origins_server, REQUESTS_BY_STATUS[status])
    assert (response.status, response.headers["x-request-id"]) == (status, "page/7")
    assert response.headers["vary"] == "Accept, Accept-Encoding, Origin"
    assert response.headers["access-control-allow-origin"] == "https://one.example"
    assert "X-Request-ID" in response.headers["access-control-expose-headers"]
    *_, response = exchange(two_origins_server, REQUESTS_BY_STATUS[status].replace(b"one.example", b"six.example"))
    assert response.status == status
    assert not [name for name in response.headers if name.startswith("access-control-")]


def test_rejection_repeats_nothing_of_the_request_before(two_origins_server: ServerProcess) -> None:
    accepted, rejected = exchange(two_origins_server, b"GET / HTTP/1.1\r\n%b\r\n" % CROSS_ORIGIN_HEADERS, b"x")
    assert (accepted.status, rejected.status) == (200, 400)
    assert rejected.headers["x-request-id"] != "page/7"
    assert "access-control-allow-origin" not in rejected.headers


def test_unexpected_exception_is_logged_in_full_and_reported_in_one_sentence(small_server: ServerProcess) -> None:
    (response,) = exchange(small_server, b"GET / HTTP/1.1\r\nHost: a\r\nFlaw: secret\r\n\r\n" + GET)
    assert (response.status, response.error_codes) == (500, ["INTERNAL_SERVER_ERROR"])
    assert b"ZeroDivisionError" not in response.body
    assert b"secret" not in response.body
    request_id = response.headers["x-request-id"]
    _, _, log_text = small_server.log_text.partition(f"Request {request_id} failed unexpectedly.")
    assert "Traceback" in log_text
    assert "ZeroDivisionError: b'secret'" in log_text


@pytest.mark.parametrize("pieces", [(GET + b"x" + GET,), (GET, b"x" + GET), (GET + POST_HEAD, b"X\r\n\r\n")], ids=repr)
def test_invalid_request_is_rejected_after_earlier_responses(
    small_server: ServerProcess, pieces: tuple[bytes, ...]
) -> None:
    assert [response.status for response in exchange(small_server, SLOW_GET, *pieces)] == [200, 200, 400]


def test_invalid_body_is_rejected_after_earlier_responses(small_server: ServerProcess) -> None:
    responses = exchange(small_server, SLOW_GET + CHUNKED_HEAD + b"x", GET)
    assert [response.status for response in responses] == [200, 400]
