"""Requests are parsed as RFC 9112 says; one that two servers could parse differently is rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from counterpoint.server.protocol import MAX_PIPELINED
from support.raw_http import (
    CHUNKED_HEAD,
    EARLY_HEAD,
    GET,
    LAST_GET,
    POST_HEAD,
    SLOW_GET,
    connect,
    exchange,
    parse_responses,
    receive_all,
)

if TYPE_CHECKING:
    from support.servers import ServerProcess


@pytest.mark.parametrize("target", [b"http://evil", b"http://evil?query={a}", b"http://", b"http://a:99999999/"])
def test_target_without_a_path_is_rejected_without_a_log_line(small_server: ServerProcess, target: bytes) -> None:
    before = small_server.log_text
    (response,) = exchange(small_server, b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % target)
    assert (response.status, response.error_codes) == (400, ["BAD_REQUEST"])
    assert "no path" in response.json["errors"][0]["message"]
    assert small_server.log_text == before


def test_target_may_be_absolute_or_an_asterisk(small_server: ServerProcess) -> None:
    last = LAST_GET.removeprefix(b"GET /")
    assert [response.status for response in exchange(small_server, b"GET http://a/" + last)] == [200]
    assert [response.status for response in exchange(small_server, b"OPTIONS *" + last)] == [200]


@pytest.mark.parametrize(
    "host",
    [b"a b", b"a/b", b"a b/c", b"a@b", b"evil/.wild.example", b"a:b", b"a:1:2", b"%", b"[::1", b"::1", b"\xe9", b"a?"],
)
def test_malformed_host_is_rejected(small_server: ServerProcess, host: bytes) -> None:
    for before in ([], [GET]):
        *_, response = exchange(small_server, *before, b"GET / HTTP/1.1\r\nHost: %b\r\n\r\n" % host)
        assert (response.status, response.error_codes) == (400, ["BAD_REQUEST"])
        assert "Host" in response.json["errors"][0]["message"]


@pytest.mark.parametrize("host", [b"", b"a", b"A.b-c_d:", b"a:80", b"127.0.0.1:8000", b"[::1]:80", b"x%20y", b"a \t"])
def test_host_may_be_a_name_or_an_address(small_server: ServerProcess, host: bytes) -> None:
    (response,) = exchange(small_server, LAST_GET.replace(b"Host: a", b"Host: " + host))
    assert response.status == 200


@pytest.mark.parametrize(
    "raw",
    [
        POST_HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST_HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        POST_HEAD + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nA",
        POST_HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nAB",
        POST_HEAD + b"Content-Length: 1, 1\r\n\r\nA",
        POST_HEAD + b"Content-Length: +1\r\n\r\nA",
        POST_HEAD + b"Content-Length: -1\r\n\r\nA",
        POST_HEAD + b"Content-Length: \r\n\r\nA",
        POST_HEAD + b"Content-Length: 99999999999999999999\r\n\r\nA",
        POST_HEAD + b"Content-Length : 1\r\n\r\nA",
        POST_HEAD + b" Content-Length: 1\r\n\r\nA",
        POST_HEAD + b"X: a\r\n b\r\n\r\n",
        POST_HEAD + b"X: a\rY: b\r\n\r\n",
        POST_HEAD + b"X: a\nY: b\r\n\r\n",
        POST_HEAD + b"X: \0\r\n\r\n",
        POST_HEAD + b"X\r\n\r\n",
        POST_HEAD + b": a\r\n\r\n",
        POST_HEAD + b"\n",
        POST_HEAD + b"Transfer-Encoding: identity\r\n\r\n",
        POST_HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        POST_HEAD + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
        POST_HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        POST_HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        POST_HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST_HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        CHUNKED_HEAD + b"1\nA\n0\n\n",
        CHUNKED_HEAD + b"0x1\r\nA\r\n0\r\n\r\n",
        CHUNKED_HEAD + b"-1\r\nA\r\n0\r\n\r\n",
        CHUNKED_HEAD + b"1 \r\nA\r\n0\r\n\r\n",
        CHUNKED_HEAD + b"1;a\nA\r\n0\r\n\r\n",
        CHUNKED_HEAD + b"fffffffffffffffff\r\nA\r\n0\r\n\r\n",
        CHUNKED_HEAD + b"1\r\nAB\r\n0\r\n\r\n",
        CHUNKED_HEAD + b"0\r\nContent-Length: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\nHost: a\n\n",
        b"GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"get / HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET x HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.2\r\nHost: a\r\n\r\n",
        b"GET / HTTP/11\r\nHost: a\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=repr,
)
def test_ambiguous_request_is_rejected(small_server: ServerProcess, raw: bytes) -> None:
    for pieces in ([raw + GET], [raw, GET]):
        (response,) = exchange(small_server, *pieces)
        assert (response.status, response.error_codes) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize("version", [b"", b" HTTP/0.9", b" HTTP/2.0"])
def test_other_http_version_is_rejected(small_server: ServerProcess, version: bytes) -> None:
    (response,) = exchange(small_server, b"GET /%b\r\nHost: a\r\n\r\n" % version)
    assert (response.status, response.error_codes) == (505, ["HTTP_VERSION_NOT_SUPPORTED"])


@pytest.mark.parametrize(
    ("raw", "body"),
    [
        (b"POST / HTTP/1.1\r\nhOsT:a\r\nConnection: close\r\nContent-Length:  3 \r\n\r\nabc", "abc"),
        (b"POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc", "abc"),
        (b"QUERY / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc", "abc"),
        (b"\r\n\r\n" + LAST_GET, ""),
        (CHUNKED_HEAD + b"1\r\na\r\n2;x=y\r\nbc\r\n0\r\n\r\n" + LAST_GET, "abc"),
        (
            POST_HEAD + b"Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\nAccept: d\r\nHost: b\r\n\r\n" + LAST_GET,
            "abc",
        ),
    ],
    ids=repr,
)
def test_valid_request_is_accepted_however_it_is_split(small_server: ServerProcess, raw: bytes, body: str) -> None:
    for pieces in ([raw], [raw[:20], raw[20:]], [raw[:-1], raw[-1:]], [bytes([byte]) for byte in raw]):
        response, *_ = exchange(small_server, *pieces)
        assert (response.status, response.json["body"]) == (200, body)
        assert ["accept", "d"] not in response.json["headers"]


def test_pipelined_requests_are_answered_in_order(small_server: ServerProcess) -> None:
    post = POST_HEAD + b"Content-Length: 1\r\n\r\n"
    pieces = (
        GET + SLOW_GET + post + b"1" + post,
        b"2" + CHUNKED_HEAD + b"1\r\n",
        b"3\r\n0\r\n\r\n" + post + b"4" + LAST_GET,
    )
    responses = exchange(small_server, *pieces)
    assert responses[1].body == b"at last"
    assert [response.json["body"] for response in responses[:1] + responses[2:]] == ["", "1", "2", "3", "4", ""]
    assert [response.headers.get("connection") for response in responses] == [None] * 6 + ["close"]


@pytest.mark.parametrize(
    ("rest", "outcomes"),
    [
        (b"garbage", [(200, "a"), (400, None)]),
        (LAST_GET, [(200, "a"), (200, "")]),
        (POST_HEAD + b"Content-Length: 1\r\n\r\nb" + LAST_GET, [(200, "a"), (200, "b"), (200, "")]),
    ],
    ids=repr,
)
def test_requests_that_arrive_in_one_piece_are_answered_in_order(
    small_server: ServerProcess, rest: bytes, outcomes: list[tuple[int, str | None]]
) -> None:
    responses = exchange(small_server, POST_HEAD + b"Content-Length: 1\r\n\r\na" + rest)
    assert [(response.status, response.json.get("body")) for response in responses] == outcomes


def test_client_that_expects_it_gets_100_continue(small_server: ServerProcess) -> None:
    with connect(small_server) as client:
        client.sendall(POST_HEAD + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n")
        assert client.recv(1_000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"abc")
        (response,) = parse_responses(receive_all(client))
    assert response.json["body"] == "abc"


def test_http_1_0_client_gets_no_100_continue(small_server: ServerProcess) -> None:
    head = b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    (response,) = exchange(small_server, head, b"abc")
    assert (response.status, response.json["body"]) == (200, "abc")


def test_early_response_replaces_100_continue(small_server: ServerProcess) -> None:
    head = EARLY_HEAD + b"Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    (response,) = exchange(small_server, head)
    assert (response.status, response.headers["connection"]) == (413, "close")


@pytest.mark.parametrize("protocol", [b"h2c", b"websocket", b"TLS/1.0"])
def test_upgrade_is_ignored(small_server: ServerProcess, protocol: bytes) -> None:
    upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: %b\r\nHTTP2-Settings: x\r\n" % protocol
    post = POST_HEAD + upgrade + b"Content-Length: %d\r\n\r\n" % len(GET)
    for pieces in (
        [post + GET + LAST_GET],
        [post, GET, LAST_GET],
        [post[:20], post[20:] + GET[:1], GET[1:] + LAST_GET],
    ):
        response, last = exchange(small_server, *pieces)
        assert (response.status, response.json["body"]) == (200, GET.decode())
        assert ["upgrade", protocol.decode()] not in response.json["headers"]
        assert last.json["method"] == "GET"


def test_pipelined_upgrades_are_limited_like_other_requests(small_server: ServerProcess) -> None:
    upgrade = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    responses = exchange(small_server, upgrade * 1_000)
    assert [response.status for response in responses] == [200] * (1 + MAX_PIPELINED) + [429]
