"""Requests that are too large, too many, or never end are rejected early, with little memory."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from counterpoint.server.protocol import MAX_PIPELINED
from support.database_helpers import create_sqlite_database
from support.raw_http import (
    CHUNKED_HEAD,
    DEFAULT_LIMITS,
    GET,
    LAST_GET,
    MAX_MEMORY_GROWTH_BYTES,
    SLOW_GET,
    build_request,
    connect,
    exchange,
    resident_bytes,
    run_bare_server,
    send_endlessly,
)
from support.servers import ServerProcess, run_server, run_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


SERVER_WITH_FEW_FILES = """
import resource, sys
soft, hard = int(sys.argv.pop(1)), int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard if hard > 0 else resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
from counterpoint.__main__ import main
main()
"""


def in_one_piece(request: bytes) -> list[bytes]:
    return [request]


def in_pieces(request: bytes) -> list[bytes]:
    return [request[start : start + 150] for start in range(0, len(request), 150)]


@pytest.mark.parametrize("split", [in_one_piece, in_pieces])
def test_target_may_have_the_maximum_size_and_no_more(
    small_server: ServerProcess, split: Callable[[bytes], list[bytes]]
) -> None:
    assert [response.status for response in exchange(small_server, *split(build_request(url_bytes=200)))] == [200]
    (response,) = exchange(small_server, *split(build_request(url_bytes=201)))
    assert (response.status, response.error_codes) == (414, ["LIMIT_EXCEEDED"])
    assert "200 bytes" in response.json["errors"][0]["message"]


def test_headers_may_have_the_maximum_size_and_no_more(small_server: ServerProcess) -> None:
    assert [response.status for response in exchange(small_server, build_request(header_bytes=1_000))] == [200]
    (response,) = exchange(small_server, build_request(header_bytes=1_001))
    assert (response.status, response.error_codes) == (431, ["LIMIT_EXCEEDED"])
    assert "1000 bytes" in response.json["errors"][0]["message"]


def test_headers_in_several_pieces_are_counted_together(small_server: ServerProcess) -> None:
    accepted = exchange(small_server, *in_pieces(build_request(url_bytes=200, header_bytes=950)))
    assert [response.status for response in accepted] == [200]
    rejected = exchange(small_server, *in_pieces(build_request(header_bytes=1_001)))
    assert [response.status for response in rejected] == [431]


@pytest.mark.parametrize(
    ("start", "more", "status"),
    [
        (b"GET /", b"x" * 10_000, 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"x" * 10_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX", b"x" * 10_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", b"X: y\r\n" * 1_000, 431),
        (CHUNKED_HEAD, b"1\r\nx\r\n" * 1_000, 400),
        (CHUNKED_HEAD + b"1;", b"x" * 10_000, 400),
        (CHUNKED_HEAD + b"0\r\nX: ", b"x" * 10_000, 400),
        (CHUNKED_HEAD + b"0\r\n", b"X: y\r\n" * 1_000, 400),
    ],
    ids=["target", "value", "name", "headers", "tiny chunks", "extension", "trailer", "trailers"],
)
def test_endless_part_of_a_request_is_rejected_early(
    small_server: ServerProcess, start: bytes, more: bytes, status: int
) -> None:
    (response,) = send_endlessly(small_server, start, more, 10_000_000)
    assert (response.status, response.error_codes) == (status, ["LIMIT_EXCEEDED"])


def test_number_of_pipelined_requests_is_limited(small_server: ServerProcess) -> None:
    responses = exchange(small_server, SLOW_GET + GET * 1_000)
    assert [response.status for response in responses] == [200] * (1 + MAX_PIPELINED) + [429]
    assert responses[-1].error_codes == ["LIMIT_EXCEEDED"]


def test_number_of_connections_is_limited() -> None:
    limits = replace(DEFAULT_LIMITS, max_connections=3)
    with run_bare_server(limits) as server:
        clients = [connect(server) for _ in range(3)]
        for client in clients:
            client.sendall(GET)
            assert client.recv(10_000)
        (response,) = exchange(server)
        assert (response.status, response.error_codes) == (503, ["OVERLOADED"])
        assert response.headers["retry-after"] == "1"
        assert response.headers["access-control-allow-origin"] == "*"
        assert f"Request {response.headers['x-request-id']} failed with OVERLOADED" in server.log_text
        clients.pop().close()
        while [response.status for response in exchange(server, LAST_GET)] != [200]:
            pass
        for client in clients:
            client.close()


def run_with_few_files(sqlite_url: str, folder: Path, soft: int, hard: int) -> AbstractContextManager[ServerProcess]:
    """Run the service for 150 connections. The limits of open files are those; a hard one of 0 stays as it is."""
    script = folder / "serve.py"
    script.write_text(SERVER_WITH_FEW_FILES, encoding="utf-8")
    settings = {"COUNTERPOINT_DATABASE_URL": sqlite_url, "COUNTERPOINT_MAX_CONNECTIONS": "150"}
    return run_server(str(soft), str(hard), "serve", "--port", "0", script=str(script), **settings)


def test_limit_of_open_files_is_raised_for_the_connections(sqlite_url: str, tmp_path: Path) -> None:
    with run_with_few_files(sqlite_url, tmp_path, 100, 0) as server, ExitStack() as stack:
        clients = [stack.enter_context(connect(server)) for _ in range(150)]
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert {client.recv(15) for client in clients} == {b"HTTP/1.1 200 OK"}


def test_limit_of_open_files_that_is_too_low_is_logged(sqlite_url: str, tmp_path: Path) -> None:
    with run_with_few_files(sqlite_url, tmp_path, 150, 200) as server:
        line = (
            "The system allows 200 open files: enough for 100 connections of the 150 in COUNTERPOINT_MAX_CONNECTIONS."
        )
        assert line in server.log_text


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Run the service without content, because no request here reads any."""
    with run_service(create_sqlite_database(tmp_path_factory)) as server:
        yield server


GRAPHQL_HEAD = b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    ("framing", "more"),
    [
        (b"Content-Length: 1000000000\r\n\r\n", b"x" * 1_000_000),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n%b\r\n" % (b"x" * 1_000)),
    ],
    ids=["declared", "chunked"],
)
def test_service_rejects_a_large_body_while_it_arrives(service: ServerProcess, framing: bytes, more: bytes) -> None:
    before = resident_bytes(service)
    for _ in range(3):
        (response,) = send_endlessly(service, GRAPHQL_HEAD + framing, more)
        assert (response.status, response.error_codes) == (413, ["LIMIT_EXCEEDED"])
        assert response.headers["connection"] == "close"
    assert resident_bytes(service) < before + MAX_MEMORY_GROWTH_BYTES


def test_service_does_not_ask_for_a_body_that_is_too_large(service: ServerProcess) -> None:
    head = GRAPHQL_HEAD + b"Expect: 100-continue\r\nContent-Length: 1000001\r\n\r\n"
    (response,) = exchange(service, head)
    assert (response.status, response.error_codes) == (413, ["LIMIT_EXCEEDED"])


def test_service_applies_the_default_limits(service: ServerProcess) -> None:
    assert exchange(service, build_request(url_bytes=16_001))[0].error_codes == ["LIMIT_EXCEEDED"]
    assert exchange(service, build_request(header_bytes=32_001))[0].error_codes == ["LIMIT_EXCEEDED"]
