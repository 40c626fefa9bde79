"""Connections over real sockets: what is too much, what takes too long, and what could be read in two ways."""

from __future__ import annotations

import json
import re
import select
import signal
import socket
import subprocess
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoint.app import build_connection_limits
from counterpoint.server.protocol import MAX_PIPELINED
from counterpoint.settings import Settings
from support.bare_server import LARGE_BODY_BYTES, SLOW_RESPONSE_SECONDS
from support.database_helpers import create_sqlite_database
from support.servers import START_TIMEOUT_SECONDS, Response, ServerProcess, run_server, run_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from counterpoint.server.limits import ConnectionLimits

BARE = str(Path(__file__).parents[1] / "support" / "bare_server.py")
DEFAULTS = build_connection_limits(Settings.model_construct())
SMALL = replace(DEFAULTS, max_url_bytes=200, max_header_bytes=1_000)
QUICK = replace(
    DEFAULTS,
    header_timeout_seconds=0.3,
    body_timeout_seconds=0.3,
    write_timeout_seconds=0.3,
    keepalive_timeout_seconds=0.3,
)
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LAST = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
GROWTH = 40_000_000
"""Bytes by which a server may grow while it refuses a gigabyte."""


@pytest.fixture(scope="module")
def small() -> Iterator[ServerProcess]:
    """Serve small requests only."""
    with bounded(SMALL) as server:
        yield server


@pytest.fixture(scope="module")
def quick() -> Iterator[ServerProcess]:
    """Serve quick clients only."""
    with bounded(QUICK) as server:
        yield server


def bounded(bounds: ConnectionLimits, *origins: str):  # type: ignore[no-untyped-def]  # a context manager, as of `running`
    return run_server(BARE, json.dumps(asdict(bounds)), *origins)


def connect(server: ServerProcess) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", server.port), timeout=START_TIMEOUT_SECONDS)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def sent(server: ServerProcess, *pieces: bytes) -> list[Response]:
    """Send pieces, and read answers until the server ends."""
    with connect(server) as client:
        for piece in pieces:
            client.sendall(piece)
            time.sleep(0.003 if len(pieces) > 1 else 0)
        return answers(read(client))


def poured(server: ServerProcess, begin: bytes, more: bytes, most: int = 1_000_000_000) -> list[Response]:
    """Send without end, until there is an answer."""
    with connect(server) as client:
        client.sendall(begin)
        size = 0
        while size < most and not select.select([client], [], [], 0)[0]:
            size += client.send(more)
        assert size < most
        return answers(read(client))


def dripped(server: ServerProcess, begin: bytes, drops: Iterable[bytes]) -> list[Response]:
    """Send a little now and then, until there is an answer or the end."""
    with connect(server) as client:
        client.sendall(begin)
        for drop in drops:
            if select.select([client], [], [], 0.02)[0]:
                break
            client.sendall(drop)
        return answers(read(client))


def read(client: socket.socket) -> bytes:
    got = []
    while piece := client.recv(1_000_000):
        got.append(piece)
    return b"".join(got)


def answers(raw: bytes) -> list[Response]:
    """Read the answers that came on one connection."""
    found = []
    while raw:
        head, _, raw = raw.partition(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        length = int(headers.get("content-length", 0))
        found.append(Response(int(status.split(" ")[1]), headers, raw[:length]))
        raw = raw[length:]
    return found


def memory(server: ServerProcess) -> int:
    """Give the bytes that a server holds."""
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(server.process.pid)], capture_output=True, check=True)
    return 1024 * int(told.stdout)


def whole(request: bytes) -> list[bytes]:
    return [request]


def in_pieces(request: bytes) -> list[bytes]:
    return [request[begin : begin + 150] for begin in range(0, len(request), 150)]


def request(*, target: int = 1, head: int = 30) -> bytes:
    """Write a request with a target and header lines of so many bytes."""
    fixed = b"Host: a\r\nConnection: close\r\n"
    filling = b"X: %b\r\n" % (b"x" * (head - len(fixed) - 5)) if head > len(fixed) + 5 else b""
    return b"GET /%b HTTP/1.1\r\n%b%b\r\n" % (b"x" * (target - 1), fixed, filling)


@pytest.mark.parametrize("cut", [whole, in_pieces])
def test_target_may_be_as_long_as_allowed_and_no_longer(
    small: ServerProcess, cut: Callable[[bytes], list[bytes]]
) -> None:
    assert [answer.status for answer in sent(small, *cut(request(target=200)))] == [200]
    (refused,) = sent(small, *cut(request(target=201)))
    assert (refused.status, refused.error_codes) == (414, ["LIMIT_EXCEEDED"])
    assert "200 bytes" in refused.json["errors"][0]["message"]


def test_head_may_be_as_large_as_allowed_and_no_larger(small: ServerProcess) -> None:
    assert [answer.status for answer in sent(small, request(head=1_000))] == [200]
    (refused,) = sent(small, request(head=1_001))
    assert (refused.status, refused.error_codes) == (431, ["LIMIT_EXCEEDED"])
    assert "1000 bytes" in refused.json["errors"][0]["message"]


def test_head_in_pieces_is_counted_together(small: ServerProcess) -> None:
    assert [answer.status for answer in sent(small, *in_pieces(request(target=200, head=950)))] == [200]
    assert [answer.status for answer in sent(small, *in_pieces(request(head=1_001)))] == [431]


@pytest.mark.parametrize(
    ("begin", "more", "status"),
    [
        (b"GET /", b"x" * 10_000, 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: ", b"x" * 10_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX", b"x" * 10_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", b"X: y\r\n" * 1_000, 431),
        (CHUNKED, b"1\r\nx\r\n" * 1_000, 400),
        (CHUNKED + b"1;", b"x" * 10_000, 400),
        (CHUNKED + b"0\r\nX: ", b"x" * 10_000, 400),
        (CHUNKED + b"0\r\n", b"X: y\r\n" * 1_000, 400),
    ],
    ids=["target", "value", "name", "headers", "tiny chunks", "extension", "trailer", "trailers"],
)
def test_what_never_ends_is_refused_soon(small: ServerProcess, begin: bytes, more: bytes, status: int) -> None:
    (refused,) = poured(small, begin, more, 10_000_000)
    assert (refused.status, refused.error_codes) == (status, ["LIMIT_EXCEEDED"])


def test_refusal_is_told_in_the_form_of_any_error(small: ServerProcess) -> None:
    (refused,) = sent(small, request(target=201))
    assert refused.headers["date"].endswith(" GMT")
    assert re.fullmatch(r"total;dur=\d+\.\d{3}", refused.headers["server-timing"])
    assert re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]+", refused.headers["x-request-id"])
    assert refused.headers == {
        "date": refused.headers["date"],
        "server": "uvicorn",
        "server-timing": refused.headers["server-timing"],
        "x-request-id": refused.headers["x-request-id"],
        "cache-status": "Counterpoint; fwd=bypass",
        "access-control-allow-origin": "*",
        "vary": "Accept, Accept-Encoding",
        "content-type": "application/json; charset=utf-8",
        "content-length": str(len(refused.body)),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "connection": "close",
    }
    assert refused.json == {
        "errors": [
            {
                "message": "The request target is too long: expected at most 200 bytes. Use POST instead.",
                "extensions": {"code": "LIMIT_EXCEEDED"},
            }
        ]
    }


ONE = b"Origin: https://one.example\r\nX-Request-ID: page/7\r\n"
CROSS = b"Host: a\r\n" + ONE
OF_A_PAGE = {
    400: b"POST / HTTP/1.1\r\n%bTransfer-Encoding: gzip\r\n\r\n" % CROSS,
    408: b"POST / HTTP/1.1\r\n%bContent-Length: 9\r\n\r\n" % CROSS,
    414: b"GET /%b HTTP/1.1\r\n%b\r\n" % (b"x" * 200, CROSS),
    429: b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + GET * MAX_PIPELINED + b"GET / HTTP/1.1\r\n%b\r\n" % CROSS,
    431: b"GET / HTTP/1.1\r\n%bX: %b\r\n\r\n" % (CROSS, b"x" * 1_000),
    500: b"GET / HTTP/1.1\r\n%bFlaw: x\r\n\r\n" % CROSS,
    505: b"GET / HTTP/2.0\r\n%b\r\n" % CROSS,
}
"""Requests that are refused with each status where heads are small and bodies quick."""


@pytest.fixture(scope="module")
def narrow() -> Iterator[ServerProcess]:
    """Serve small and quick requests, and two origins."""
    bounds = replace(SMALL, body_timeout_seconds=0.3)
    with bounded(bounds, "https://one.example", "https://two.example") as server:
        yield server


@pytest.mark.parametrize("status", OF_A_PAGE)
def test_page_of_another_origin_reads_why_it_is_refused(narrow: ServerProcess, status: int) -> None:
    *_, refused = sent(narrow, OF_A_PAGE[status])
    assert (refused.status, refused.headers["x-request-id"]) == (status, "page/7")
    assert refused.headers["vary"] == "Accept, Accept-Encoding, Origin"
    assert refused.headers["access-control-allow-origin"] == "https://one.example"
    assert "X-Request-ID" in refused.headers["access-control-expose-headers"]
    *_, refused = sent(narrow, OF_A_PAGE[status].replace(b"one.example", b"six.example"))
    assert refused.status == status
    assert not [name for name in refused.headers if name.startswith("access-control-")]


def test_refusal_has_nothing_of_the_request_before(narrow: ServerProcess) -> None:
    answer, refused = sent(narrow, b"GET / HTTP/1.1\r\n%b\r\n" % CROSS, b"x")
    assert (answer.status, refused.status) == (200, 400)
    assert refused.headers["x-request-id"] != "page/7"
    assert "access-control-allow-origin" not in refused.headers


def test_mistake_of_ours_is_logged_in_full_and_told_in_a_sentence(small: ServerProcess) -> None:
    (failed,) = sent(small, b"GET / HTTP/1.1\r\nHost: a\r\nFlaw: secret\r\n\r\n" + GET)
    assert (failed.status, failed.error_codes) == (500, ["INTERNAL_SERVER_ERROR"])
    assert b"ZeroDivisionError" not in failed.body
    assert b"secret" not in failed.body
    _, _, logged = small.log_text.partition(f"Request {failed.headers['x-request-id']} failed unexpectedly.")
    assert "Traceback" in logged
    assert "ZeroDivisionError: b'secret'" in logged


@pytest.mark.parametrize("target", [b"http://evil", b"http://evil?query={a}", b"http://", b"http://a:99999999/"])
def test_target_without_a_path_is_the_client_s_mistake(small: ServerProcess, target: bytes) -> None:
    before = small.log_text
    (refused,) = sent(small, b"GET %b HTTP/1.1\r\nHost: a\r\n\r\n" % target)
    assert (refused.status, refused.error_codes) == (400, ["BAD_REQUEST"])
    assert "no path" in refused.json["errors"][0]["message"]
    assert small.log_text == before


def test_target_may_name_the_server_again(small: ServerProcess) -> None:
    last = LAST.removeprefix(b"GET /")
    assert [answer.status for answer in sent(small, b"GET http://a/" + last)] == [200]
    assert [answer.status for answer in sent(small, b"OPTIONS *" + last)] == [200]


@pytest.mark.parametrize(
    "host",
    [b"a b", b"a/b", b"a b/c", b"a@b", b"evil/.wild.example", b"a:b", b"a:1:2", b"%", b"[::1", b"::1", b"\xe9", b"a?"],
)
def test_what_is_no_host_is_refused(small: ServerProcess, host: bytes) -> None:
    for before in ([], [GET]):
        *_, refused = sent(small, *before, b"GET / HTTP/1.1\r\nHost: %b\r\n\r\n" % host)
        assert (refused.status, refused.error_codes) == (400, ["BAD_REQUEST"])
        assert "Host" in refused.json["errors"][0]["message"]


@pytest.mark.parametrize("host", [b"", b"a", b"A.b-c_d:", b"a:80", b"127.0.0.1:8000", b"[::1]:80", b"x%20y", b"a \t"])
def test_host_may_be_a_name_or_an_address(small: ServerProcess, host: bytes) -> None:
    assert [answer.status for answer in sent(small, LAST.replace(b"Host: a", b"Host: " + host))] == [200]


@pytest.mark.parametrize(
    "wrong",
    [
        HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        HEAD + b"Content-Length: 1\r\nContent-Length: 1\r\n\r\nA",
        HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nAB",
        HEAD + b"Content-Length: 1, 1\r\n\r\nA",
        HEAD + b"Content-Length: +1\r\n\r\nA",
        HEAD + b"Content-Length: -1\r\n\r\nA",
        HEAD + b"Content-Length: \r\n\r\nA",
        HEAD + b"Content-Length: 99999999999999999999\r\n\r\nA",
        HEAD + b"Content-Length : 1\r\n\r\nA",
        HEAD + b" Content-Length: 1\r\n\r\nA",
        HEAD + b"X: a\r\n b\r\n\r\n",
        HEAD + b"X: a\rY: b\r\n\r\n",
        HEAD + b"X: a\nY: b\r\n\r\n",
        HEAD + b"X: \0\r\n\r\n",
        HEAD + b"X\r\n\r\n",
        HEAD + b": a\r\n\r\n",
        HEAD + b"\n",
        HEAD + b"Transfer-Encoding: identity\r\n\r\n",
        HEAD + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        b"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        CHUNKED + b"1\nA\n0\n\n",
        CHUNKED + b"0x1\r\nA\r\n0\r\n\r\n",
        CHUNKED + b"-1\r\nA\r\n0\r\n\r\n",
        CHUNKED + b"1 \r\nA\r\n0\r\n\r\n",
        CHUNKED + b"1;a\nA\r\n0\r\n\r\n",
        CHUNKED + b"fffffffffffffffff\r\nA\r\n0\r\n\r\n",
        CHUNKED + b"1\r\nAB\r\n0\r\n\r\n",
        CHUNKED + b"0\r\nContent-Length: 1\r\n\r\n",
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
def test_request_that_can_be_read_in_two_ways_is_refused(small: ServerProcess, wrong: bytes) -> None:
    for pieces in ([wrong + GET], [wrong, GET]):
        (refused,) = sent(small, *pieces)
        assert (refused.status, refused.error_codes) == (400, ["BAD_REQUEST"])


@pytest.mark.parametrize("version", [b"", b" HTTP/0.9", b" HTTP/2.0"])
def test_other_version_is_not_spoken(small: ServerProcess, version: bytes) -> None:
    (refused,) = sent(small, b"GET /%b\r\nHost: a\r\n\r\n" % version)
    assert (refused.status, refused.error_codes) == (505, ["HTTP_VERSION_NOT_SUPPORTED"])


@pytest.mark.parametrize(
    ("right", "body"),
    [
        (b"POST / HTTP/1.1\r\nhOsT:a\r\nConnection: close\r\nContent-Length:  3 \r\n\r\nabc", "abc"),
        (b"POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc", "abc"),
        (b"QUERY / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc", "abc"),
        (b"\r\n\r\n" + LAST, ""),
        (CHUNKED + b"1\r\na\r\n2;x=y\r\nbc\r\n0\r\n\r\n" + LAST, "abc"),
        (HEAD + b"Transfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n0\r\nAccept: d\r\nHost: b\r\n\r\n" + LAST, "abc"),
    ],
    ids=repr,
)
def test_request_may_be_written_and_cut_in_many_ways(small: ServerProcess, right: bytes, body: str) -> None:
    for pieces in ([right], [right[:20], right[20:]], [right[:-1], right[-1:]], [bytes([each]) for each in right]):
        answer, *_ = sent(small, *pieces)
        assert (answer.status, answer.json["body"]) == (200, body)
        assert ["accept", "d"] not in answer.json["headers"]


def test_requests_that_follow_each_other_are_answered_in_order(small: ServerProcess) -> None:
    post = HEAD + b"Content-Length: 1\r\n\r\n"
    slow = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
    pieces = GET + slow + post + b"1" + post, b"2" + CHUNKED + b"1\r\n", b"3\r\n0\r\n\r\n" + post + b"4" + LAST
    got = sent(small, *pieces)
    assert got[1].body == b"at last"
    assert [answer.json["body"] for answer in got[:1] + got[2:]] == ["", "1", "2", "3", "4", ""]
    assert [answer.headers.get("connection") for answer in got] == [None] * 6 + ["close"]


@pytest.mark.parametrize("pieces", [(GET + b"x" + GET,), (GET, b"x" + GET), (GET + HEAD, b"X\r\n\r\n")], ids=repr)
def test_wrong_request_is_refused_when_those_before_it_are_answered(
    small: ServerProcess, pieces: tuple[bytes, ...]
) -> None:
    slow = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
    assert [answer.status for answer in sent(small, slow, *pieces)] == [200, 200, 400]


def test_wrong_body_is_refused_when_those_before_it_are_answered(small: ServerProcess) -> None:
    slow = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
    assert [answer.status for answer in sent(small, slow + CHUNKED + b"x", GET)] == [200, 400]


def test_so_many_requests_may_wait_and_no_more(small: ServerProcess) -> None:
    slow = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
    got = sent(small, slow + GET * 1_000)
    assert [answer.status for answer in got] == [200] * (1 + MAX_PIPELINED) + [429]
    assert got[-1].error_codes == ["LIMIT_EXCEEDED"]


def test_client_is_told_to_continue_when_its_body_is_wanted(small: ServerProcess) -> None:
    with connect(small) as client:
        client.sendall(HEAD + b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n")
        assert client.recv(1_000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"abc")
        (answer,) = answers(read(client))
    assert answer.json["body"] == "abc"


def test_client_of_the_old_version_is_not_told_to_continue(small: ServerProcess) -> None:
    head = b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    (answer,) = sent(small, head, b"abc")
    assert (answer.status, answer.json["body"]) == (200, "abc")


def test_client_is_not_told_to_continue_when_it_is_refused(small: ServerProcess) -> None:
    head = b"POST /early HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"
    (refused,) = sent(small, head)
    assert (refused.status, refused.headers["connection"]) == (413, "close")


@pytest.mark.parametrize("protocol", [b"h2c", b"websocket", b"TLS/1.0"])
def test_wish_for_another_protocol_is_ignored(small: ServerProcess, protocol: bytes) -> None:
    wish = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: %b\r\nHTTP2-Settings: x\r\n" % protocol
    post = HEAD + wish + b"Content-Length: %d\r\n\r\n" % len(GET)
    for pieces in ([post + GET + LAST], [post, GET, LAST], [post[:20], post[20:] + GET[:1], GET[1:] + LAST]):
        answer, last = sent(small, *pieces)
        assert (answer.status, answer.json["body"]) == (200, GET.decode())
        assert ["upgrade", protocol.decode()] not in answer.json["headers"]
        assert last.json["method"] == "GET"


def test_many_wishes_for_another_protocol_are_as_any_requests(small: ServerProcess) -> None:
    wish = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    assert [answer.status for answer in sent(small, wish * 1_000)] == [200] * (1 + MAX_PIPELINED) + [429]


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (b"Content-Length: 1000000000\r\n\r\n", b"x" * 1_000_000),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n%b\r\n" % (b"x" * 1_000)),
    ],
    ids=["declared", "chunked"],
)
def test_answer_before_the_end_of_the_body_is_read_by_who_still_sends(
    small: ServerProcess, begin: bytes, more: bytes
) -> None:
    before = memory(small)
    for _ in range(5):
        (refused,) = poured(small, b"POST /early HTTP/1.1\r\nHost: a\r\n" + begin, more)
        assert (refused.status, refused.body, refused.headers["connection"]) == (413, b"too much", "close")
    assert memory(small) < before + GROWTH


def test_who_goes_on_sending_after_the_answer_is_cut_off(small: ServerProcess) -> None:
    body = b"x" * 100_000_000
    with connect(small) as client:
        client.sendall(b"POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body))
        with pytest.raises(ConnectionError):
            client.sendall(body)


def test_client_that_sends_nothing_is_left(quick: ServerProcess) -> None:
    assert sent(quick) == []


@pytest.mark.parametrize("begin", [b"", GET], ids=["first", "second"])
def test_head_that_takes_too_long_is_refused(quick: ServerProcess, begin: bytes) -> None:
    *_, refused = dripped(quick, begin + b"GET /", [b"x"] * 1_000)
    assert (refused.status, refused.error_codes) == (408, ["REQUEST_TIMEOUT"])
    assert "0.3 s" in refused.json["errors"][0]["message"]


@pytest.mark.parametrize(
    ("begin", "drop"),
    [(HEAD + b"Content-Length: 1000000\r\n\r\n", b"x"), (CHUNKED, b"1\r\nx\r\n"), (CHUNKED + b"1;", b"x")],
    ids=["declared", "chunked", "extension"],
)
def test_body_that_takes_too_long_is_refused(quick: ServerProcess, begin: bytes, drop: bytes) -> None:
    (refused,) = dripped(quick, begin, [drop] * 1_000)
    assert (refused.status, refused.error_codes) == (408, ["REQUEST_TIMEOUT"])


def test_connection_that_is_not_used_is_closed(quick: ServerProcess) -> None:
    began = time.monotonic()
    (answer,) = sent(quick, GET)
    assert (answer.status, answer.headers.get("connection")) == (200, None)
    assert time.monotonic() - began >= QUICK.keepalive_timeout_seconds


def test_connection_that_is_used_stays() -> None:
    # Twice as long as it may be idle, in steps that a busy machine may make ten times as long.
    idle_seconds = 1.0
    with bounded(replace(DEFAULTS, keepalive_timeout_seconds=idle_seconds)) as server, connect(server) as client:
        began = time.monotonic()
        while time.monotonic() - began < 2 * idle_seconds:
            client.sendall(GET)
            assert client.recv(10_000)
            time.sleep(idle_seconds / 10)


def test_answer_that_takes_us_long_is_waited_for(quick: ServerProcess) -> None:
    assert (
        max(QUICK.header_timeout_seconds, QUICK.body_timeout_seconds, QUICK.keepalive_timeout_seconds)
        < SLOW_RESPONSE_SECONDS
    )
    (answer,) = sent(quick, b"POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n1")
    assert answer.body == b"at last"


@pytest.mark.parametrize("more", [b"", b"Connection: close\r\n"], ids=["kept", "last"])
def test_answer_that_is_not_read_is_given_up_and_its_memory_freed(quick: ServerProcess, more: bytes) -> None:
    before = memory(quick)
    with connect(quick) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n%b\r\n" % more)
        assert client.recv(1) == b"H"
        assert memory(quick) > before + LARGE_BODY_BYTES / 2
        hung_up = select.poll()
        hung_up.register(client, 0)
        assert hung_up.poll(1_000 * START_TIMEOUT_SECONDS)
    assert memory(quick) < before + LARGE_BODY_BYTES / 2


def test_answer_that_is_read_slowly_is_given_time() -> None:
    # Some megabytes a second, where 64 KiB must be read: three times as long as nothing might be.
    answer_seconds = 1.0
    with bounded(replace(DEFAULTS, write_timeout_seconds=answer_seconds)) as server, connect(server) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        began = time.monotonic()
        while time.monotonic() - began < 3 * answer_seconds:
            assert client.recv(20_000)
            time.sleep(0.01)


def test_answer_that_is_read_in_drops_is_given_up(quick: ServerProcess) -> None:
    with connect(quick) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        hung_up = select.poll()
        hung_up.register(client, 0)
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while not hung_up.poll(10):
            assert client.recv(100)
            assert time.monotonic() < deadline


def test_large_answer_is_read_whole(small: ServerProcess) -> None:
    (answer,) = sent(small, b"GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert len(answer.body) == LARGE_BODY_BYTES


def test_so_many_connections_may_be_open_and_no_more() -> None:
    with bounded(replace(DEFAULTS, max_connections=3)) as server:
        clients = [connect(server) for _ in range(3)]
        for client in clients:
            client.sendall(GET)
            assert client.recv(10_000)
        (refused,) = sent(server)
        assert (refused.status, refused.error_codes) == (503, ["OVERLOADED"])
        assert refused.headers["retry-after"] == "1"
        assert refused.headers["access-control-allow-origin"] == "*"
        assert f"Request {refused.headers['x-request-id']} failed with OVERLOADED" in server.log_text
        clients.pop().close()
        while [answer.status for answer in sent(server, LAST)] != [200]:
            pass
        for client in clients:
            client.close()


def test_server_ends_soon_and_well_whatever_its_clients_do() -> None:
    with bounded(DEFAULTS) as server:
        clients = [connect(server) for _ in range(7)]
        silent, idle, head, body, refused, unread, busy = clients
        idle.sendall(GET)
        assert idle.recv(10_000)
        head.sendall(b"GET /")
        body.sendall(HEAD + b"Content-Length: 10\r\n\r\nx")
        refused.sendall(b"x")
        assert refused.recv(10_000)
        unread.sendall(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
        assert unread.recv(1)
        busy.sendall(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        # All is read in one turn, after which one more is answered.
        assert [answer.status for answer in sent(server, LAST)] == [200]
        assert server.stop(signal.SIGTERM) == 0
        for client in (silent, head):
            assert read(client) == b""
        assert [answer.status for answer in answers(read(body))] == [408]
        (answer,) = answers(read(busy))
        assert (answer.body, answer.headers["connection"]) == (b"at last", "close")
        for client in clients:
            client.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Serve as an operator does; there is no content, for no request here comes to ask for it."""
    with run_service(create_sqlite_database(tmp_path_factory)) as server:
        yield server


@pytest.mark.parametrize(
    ("begin", "more"),
    [
        (b"Content-Length: 1000000000\r\n\r\n", b"x" * 1_000_000),
        (b"Transfer-Encoding: chunked\r\n\r\n", b"3e8\r\n%b\r\n" % (b"x" * 1_000)),
    ],
    ids=["declared", "chunked"],
)
def test_service_refuses_a_body_that_is_too_large_while_it_comes(
    service: ServerProcess, begin: bytes, more: bytes
) -> None:
    before = memory(service)
    for _ in range(3):
        head = b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        (refused,) = poured(service, head + begin, more)
        assert (refused.status, refused.error_codes) == (413, ["LIMIT_EXCEEDED"])
        assert refused.headers["connection"] == "close"
    assert memory(service) < before + GROWTH


def test_service_does_not_ask_for_a_body_that_is_too_large(service: ServerProcess) -> None:
    head = b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n"
    (refused,) = sent(service, head + b"Content-Length: 1000001\r\n\r\n")
    assert (refused.status, refused.error_codes) == (413, ["LIMIT_EXCEEDED"])


def test_service_bounds_its_connections(service: ServerProcess) -> None:
    assert sent(service, request(target=16_001))[0].error_codes == ["LIMIT_EXCEEDED"]
    assert sent(service, request(head=32_001))[0].error_codes == ["LIMIT_EXCEEDED"]
