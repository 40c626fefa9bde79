"""Error responses of a running service, and the log lines about them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from counterpoint.errors import NotReady, Overloaded
from counterpoint.http.log_throttle import LOG_INTERVAL_SECONDS, LogThrottle
from support.database_helpers import create_sqlite_database
from support.processes import wait_until
from support.servers import ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

JSON = "application/json"
BODY = b'{"query": "{ articles { totalCount } }"}'
ORIGIN = "https://one.example"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Run the service without content, with one allowed origin and few allowed hosts."""
    settings = {"CORS_ORIGINS": ORIGIN, "ALLOWED_HOSTS": "127.0.0.1, *.wild.example", "LIMIT_ERRORS": "150"}
    url = create_sqlite_database(tmp_path_factory)
    with run_service(url, **{f"COUNTERPOINT_{name}": value for name, value in settings.items()}) as server:
        yield server


def test_request_for_another_host_gets_an_error_response_with_all_headers(service: ServerProcess) -> None:
    response = service.get("/graphql", Host="evil.example", Origin=ORIGIN, **{"X-Request-ID": "page/7"})
    assert (response.status, response.error_codes) == (421, ["MISDIRECTED_REQUEST"])
    headers = {name: value for name, value in response.headers.items() if name not in ("date", "content-length")}
    assert headers.pop("server-timing").startswith("total;dur=")
    assert headers == {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store",
        "vary": "Accept, Accept-Encoding, Origin",
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": ORIGIN,
        "access-control-expose-headers": "Cache-Status, Cache-Tag, ETag, Retry-After, Server-Timing, X-Request-ID",
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
def test_wildcard_host_allows_subdomains_only(service: ServerProcess, host: str, status: int) -> None:
    assert service.request("PUT", "/graphql", headers={"Host": host}).status == status


def test_not_ready_response_says_when_to_retry(service: ServerProcess) -> None:
    response = service.post(BODY)
    assert (response.status, response.error_codes, response.headers["retry-after"]) == (503, ["NOT_READY"], "1")


def test_log_names_the_requests_that_failed(tmp_path_factory: pytest.TempPathFactory) -> None:
    with run_service(create_sqlite_database(tmp_path_factory)) as server:
        request_id = server.post(BODY).headers["x-request-id"]
        assert f"WARNING: Request {request_id} failed with NOT_READY: " in server.log_text
        for number in range(20):
            assert server.post(BODY, **{"X-Request-ID": f"other/{number}"}).error_codes == ["NOT_READY"]
        wait_until(lambda: "the last was other/19." in server.log_text)
        assert 2 <= server.log_text.count("failed with NOT_READY") < 10


def test_first_error_of_a_code_is_logged_at_once_and_later_ones_are_counted(caplog: pytest.LogCaptureFixture) -> None:
    scheduled: list[tuple[float, Callable[[str], None], str]] = []
    throttle = LogThrottle(lambda *call: scheduled.append(call))

    def lines_after_next_interval() -> list[str]:
        (seconds, callback, code), *scheduled[:] = scheduled
        assert seconds == LOG_INTERVAL_SECONDS
        callback(code)
        return new_lines()

    def new_lines() -> list[str]:
        lines = [record.getMessage() for record in caplog.records]
        assert {record.levelno for record in caplog.records} <= {logging.WARNING}
        caplog.clear()
        return lines

    for number in range(1_000):
        throttle.log_or_count(Overloaded(), f"a-{number}")
    throttle.log_or_count(NotReady("There is no content yet."), "b")
    assert new_lines() == [
        f"Request a-0 failed with OVERLOADED: {Overloaded()}",
        "Request b failed with NOT_READY: There is no content yet.",
    ]
    assert lines_after_next_interval() == [
        "999 more requests failed with OVERLOADED in the last 1 s; the last was a-999."
    ]
    assert lines_after_next_interval() == []
    throttle.log_or_count(Overloaded(), "a")
    assert lines_after_next_interval() == ["1 more requests failed with OVERLOADED in the last 1 s; the last was a."]
    assert lines_after_next_interval() == []
    assert scheduled == []
    throttle.log_or_count(Overloaded(), "c")
    assert new_lines() == [f"Request c failed with OVERLOADED: {Overloaded()}"]


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
def test_content_type_may_have_parameters(service: ServerProcess, content_type: str) -> None:
    response = service.post(b"{", **{"Content-Type": content_type})
    assert response.error_codes == ["BAD_REQUEST"]
    assert response.json["errors"][0]["message"] == "The body is not valid JSON at line 1, column 2."


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
def test_other_charset_than_utf_8_is_rejected(service: ServerProcess, content_type: str) -> None:
    response = service.post(b"{", **{"Content-Type": content_type})
    assert (response.status, response.error_codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])
    assert (response.headers["accept"], response.headers["accept-query"]) == (JSON, JSON)
    assert "accept-encoding" not in response.headers


@pytest.mark.parametrize("encoding", ["gzip", "br", "x", "identity, gzip"])
def test_compressed_body_is_rejected(service: ServerProcess, encoding: str) -> None:
    response = service.post(b"{", **{"Content-Encoding": encoding})
    assert (response.status, response.error_codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])
    assert response.headers["accept-encoding"] == "identity"
    assert "accept" not in response.headers


@pytest.mark.parametrize("encoding", ["", "identity", "Identity"])
def test_body_may_be_declared_as_uncompressed(service: ServerProcess, encoding: str) -> None:
    assert service.post(b"{", **{"Content-Encoding": encoding}).error_codes == ["BAD_REQUEST"]


def test_number_of_errors_in_a_response_follows_the_setting(service: ServerProcess) -> None:
    response = service.post({"query": f'{{ article(slug: "new") {{ {"nothing " * 200} }} }}'})
    assert response.error_codes == ["GRAPHQL_VALIDATION_FAILED"] * 150
