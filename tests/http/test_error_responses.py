"""Refusals of the service as they come over the wire, and what the operator reads of them."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

import pytest

from counterpoint.errors import NotReady, Overloaded
from counterpoint.http.error_responses import LOG_INTERVAL_SECONDS, LogThrottle
from support.database_helpers import create_sqlite_database
from support.servers import START_TIMEOUT_SECONDS, ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON = "application/json"
ASKED = b'{"query": "{ articles { totalCount } }"}'
ORIGIN = "https://one.example"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Serve no content, to pages of one origin and under few names."""
    settings = {"CORS_ORIGINS": ORIGIN, "ALLOWED_HOSTS": "127.0.0.1, *.wild.example", "LIMIT_ERRORS": "150"}
    url = create_sqlite_database(tmp_path_factory)
    with run_service(url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as server:
        yield server


def test_request_to_another_host_is_refused_as_any_other(service: ServerProcess) -> None:
    refused = service.get("/graphql", Host="evil.example", Origin=ORIGIN, **{"X-Request-ID": "page/7"})
    assert (refused.status, refused.error_codes) == (421, ["MISDIRECTED_REQUEST"])
    told = {name: value for name, value in refused.headers.items() if name not in ("date", "content-length")}
    assert told.pop("server-timing").startswith("total;dur=")
    assert told == {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store",
        "vary": "Accept, Accept-Encoding, Origin",
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": ORIGIN,
        "access-control-expose-headers": "Cache-Status, ETag, Retry-After, Server-Timing, X-Request-ID",
        "cache-status": "Counterpoint; fwd=bypass",
        "x-request-id": "page/7",
    }


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("a.wild.example", 405),
        ("A.Wild.Example:80", 405),
        ("wild.example", 421),
        ("evil.example", 421),
        ("evil/.wild.example", 400),
        ("evil .wild.example", 400),
    ],
)
def test_names_below_a_name_are_names_only(service: ServerProcess, host: str, status: int) -> None:
    assert service.request("PUT", "/graphql", headers={"Host": host}).status == status


def test_client_is_told_when_content_may_be_there(service: ServerProcess) -> None:
    refused = service.post(ASKED)
    assert (refused.status, refused.error_codes, refused.headers["retry-after"]) == (503, ["NOT_READY"], "1")


def test_operator_reads_which_request_could_not_be_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    with run_service(create_sqlite_database(tmp_path_factory)) as server:
        name = server.post(ASKED).headers["x-request-id"]
        assert f"WARNING: The request {name} was refused with NOT_READY: " in server.log_text
        for number in range(20):
            assert server.post(ASKED, **{"X-Request-ID": f"other/{number}"}).error_codes == ["NOT_READY"]
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while "other/19 was the last" not in server.log_text:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert 2 <= server.log_text.count("refused with NOT_READY") < 10


def test_refusals_are_logged_at_once_and_then_counted(caplog: pytest.LogCaptureFixture) -> None:
    waiting: list[tuple[float, Callable[[str], None], str]] = []
    warnings = LogThrottle(lambda *call: waiting.append(call))

    def pass_a_while() -> list[str]:
        (seconds, call, code), *waiting[:] = waiting
        assert seconds == LOG_INTERVAL_SECONDS
        call(code)
        return logged()

    def logged() -> list[str]:
        lines = [record.getMessage() for record in caplog.records]
        assert {record.levelno for record in caplog.records} <= {logging.WARNING}
        caplog.clear()
        return lines

    for number in range(1_000):
        warnings.warn(Overloaded(), f"a-{number}")
    warnings.warn(NotReady("There is no content yet."), "b")
    assert logged() == [
        f"The request a-0 was refused with OVERLOADED: {Overloaded()}",
        "The request b was refused with NOT_READY: There is no content yet.",
    ]
    assert pass_a_while() == ["999 more were refused with OVERLOADED in the last 1 s: the request a-999 was the last."]
    assert pass_a_while() == []
    warnings.warn(Overloaded(), "a")
    assert pass_a_while() == ["1 more were refused with OVERLOADED in the last 1 s: the request a was the last."]
    assert pass_a_while() == []
    assert waiting == []
    warnings.warn(Overloaded(), "c")
    assert logged() == [f"The request c was refused with OVERLOADED: {Overloaded()}"]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; foo=bar",
        "application/json; foo=bar; charset=utf-8",
        "application/json; charset=utf-8; foo=bar",
        "application/json;",
        "application/json; ; charset=UTF-8",
        'application/json; foo="a;charset=utf-16"; charset="utf-8"',
        r'application/json; foo="\";charset=utf-16"',
    ],
)
def test_json_may_have_parameters(service: ServerProcess, content_type: str) -> None:
    assert service.post(b"{", **{"Content-Type": content_type}).error_codes == ["BAD_REQUEST"]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; foo=bar; charset=utf-16",
        "application/json; charset=utf-8; charset=utf-16",
        'application/json; foo="a;b"; charset="utf-16"',
        "application/json; charset=",
        "application/json; charset",
    ],
)
def test_json_is_in_utf_8(service: ServerProcess, content_type: str) -> None:
    refused = service.post(b"{", **{"Content-Type": content_type})
    assert (refused.status, refused.error_codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])
    assert (refused.headers["accept"], refused.headers["accept-query"]) == (JSON, JSON)
    assert "accept-encoding" not in refused.headers


@pytest.mark.parametrize("encoding", ["gzip", "br", "x", "identity, gzip"])
def test_body_is_taken_only_as_it_is(service: ServerProcess, encoding: str) -> None:
    refused = service.post(b"{", **{"Content-Encoding": encoding})
    assert (refused.status, refused.error_codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])
    assert refused.headers["accept-encoding"] == "identity"
    assert "accept" not in refused.headers


@pytest.mark.parametrize("encoding", ["", "identity", "Identity"])
def test_body_may_be_declared_to_be_as_it_is(service: ServerProcess, encoding: str) -> None:
    assert service.post(b"{", **{"Content-Encoding": encoding}).error_codes == ["BAD_REQUEST"]


def test_as_many_errors_are_told_as_is_set(service: ServerProcess) -> None:
    refused = service.post({"query": f'{{ article(slug: "new") {{ {"nothing " * 200} }} }}'})
    assert refused.error_codes == ["GRAPHQL_VALIDATION_FAILED"] * 150
