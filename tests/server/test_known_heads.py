"""A request whose head is known is answered as if it were parsed again, and only if it is the whole of what arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoint.http.application import HttpApplication, RequestHead
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder
from counterpoint.http.responses import Response
from counterpoint.server.known_heads import HEADER_BYTES, MAX_BYTES, OVERHEAD_BYTES, KnownHead, KnownHeads
from support.raw_http import CHUNKED_HEAD, GET, LAST_GET, POST_HEAD, SLOW_GET, exchange

if TYPE_CHECKING:
    from support.servers import ServerProcess

POST = POST_HEAD + b"Content-Length: 3\r\n\r\n"
NEW_POST = POST_HEAD + b"Content-Length: 3\r\nX-New: %d\r\n\r\n"
"""A head that no other test sends."""


@pytest.mark.parametrize(
    ("pieces", "bodies"),
    [
        ([POST + b"def"], ["def"]),
        ([POST, b"def"], ["def"]),
        ([POST + b"d", b"ef", POST + b"ghi"], ["def", "ghi"]),
        ([POST[:9], POST[9:] + b"def", POST + b"ghi"], ["def", "ghi"]),
        ([POST + b"def" + POST + b"ghi"], ["def", "ghi"]),
        ([POST + b"def" + POST[:9], POST[9:] + b"ghi"], ["def", "ghi"]),
        ([POST + b"def\r\n", POST + b"ghi"], ["def", "ghi"]),
        ([GET, GET, POST + b"\r\n\r", GET], ["", "", "\r\n\r", ""]),
        ([CHUNKED_HEAD + b"1\r\na\r\n0\r\n\r\n", CHUNKED_HEAD + b"0\r\n\r\n"], ["a", ""]),
        ([SLOW_GET, POST + b"def", POST + b"ghi"], [None, "def", "ghi"]),
        ([POST_HEAD + b"Content-Length: %d\r\n\r\n" % len(POST + b"def"), POST + b"def"], [f"{POST.decode()}def"]),
    ],
    ids=repr,
)
def test_request_after_an_equal_head_is_answered_however_it_arrives(
    small_server: ServerProcess, pieces: list[bytes], bodies: list[str | None]
) -> None:
    known, *responses, last = exchange(small_server, POST + b"abc", *pieces, LAST_GET)
    assert known.json["body"] == "abc"
    assert [None if response.body == b"at last" else response.json["body"] for response in responses] == bodies
    assert last.headers["connection"] == "close"


def test_body_in_chunks_is_parsed_after_each_head(small_server: ServerProcess) -> None:
    responses = exchange(small_server, CHUNKED_HEAD + b"1\r\na\r\n0\r\n\r\n", CHUNKED_HEAD + b"x")
    assert [response.status for response in responses] == [200, 400]


@pytest.mark.parametrize("size", [2, 4])
def test_body_must_have_the_length_that_its_head_declares(small_server: ServerProcess, size: int) -> None:
    responses = exchange(small_server, POST + b"abc", POST + b"x" * size, b"y" * (3 - size) + LAST_GET)
    assert [response.status for response in responses] == ([200, 200, 200] if size < 3 else [200, 200, 400])


@pytest.mark.parametrize("length", [9, 30, len(NEW_POST) - 3])
def test_end_of_a_head_is_not_taken_for_a_head(small_server: ServerProcess, length: int) -> None:
    head = NEW_POST % length
    responses = exchange(small_server, head[:length], head[length:] + b"abc", head[length:] + b"abc")
    assert [response.status for response in responses] == [200, 400]


def test_bytes_of_a_known_head_within_another_head_belong_to_that(small_server: ServerProcess) -> None:
    _, response, _ = exchange(small_server, GET, b"GET / HTTP/1.1\r\nX: ", GET, LAST_GET)
    assert response.json["headers"] == [["x", "GET / HTTP/1.1"], ["host", "a"]]


def test_end_of_a_body_is_not_taken_for_a_part_of_the_next_head(small_server: ServerProcess) -> None:
    end_and_request = b"c" + NEW_POST % 0 + b"abc"
    responses = exchange(small_server, POST + b"ab", end_and_request, end_and_request)
    assert [response.status for response in responses] == [200, 200, 400]


async def respond(_: RequestHead, __: object) -> Response:
    """Respond without content."""
    return Response(204, [], b"")


def test_memory_holds_the_heads_that_were_used_last() -> None:
    head = KnownHead(
        HttpApplication("any", respond, ErrorResponder(CorsPolicy(["*"]))), RequestHead("", "", "", b"", {}), (), 0
    )
    heads, number = KnownHeads(), 2 * MAX_BYTES // OVERHEAD_BYTES
    requests = [b"GET /%d HTTP/1.1\r\n\r\n" % at for at in range(number)]
    for request in requests:
        heads.add(request, head)
        assert heads.find(request) == (head, b"")
        assert heads.find(requests[0])
    assert sum(heads.find(request) is not None for request in requests) <= number // 2


def test_memory_counts_each_header() -> None:
    application = HttpApplication("any", respond, ErrorResponder(CorsPolicy(["*"])))
    heads, number = KnownHeads(), MAX_BYTES // HEADER_BYTES // 10
    for request in (b"GET /%d HTTP/1.1\r\n\r\n" % at for at in range(20)):
        heads.add(request, KnownHead(application, RequestHead("", "", "", b"", {}), ((b"a", b""),) * number, 0))
    assert sum(heads.find(b"GET /%d HTTP/1.1\r\n\r\n" % at) is not None for at in range(20)) in range(5, 10)
