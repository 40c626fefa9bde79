"""Access rules over HTTP: allowed origins (CORS), allowed hosts and allowed methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.database_helpers import create_sqlite_database, open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import Response, ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

VALID = "/graphql?query={__typename}"
INVALID = "/graphql?query={"


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a database with the sample articles."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    return url


@pytest.fixture(scope="module")
def open_server(database_url: str) -> Iterator[ServerProcess]:
    """Run the service with default settings, which allow all origins and hosts."""
    with run_service(database_url) as process:
        yield process


@pytest.fixture(scope="module")
def restricted_server(database_url: str) -> Iterator[ServerProcess]:
    """Run the service with two allowed origins and few allowed hosts."""
    with run_service(
        database_url,
        COUNTERPOINT_CORS_ORIGINS="https://one.example, https://two.example",
        COUNTERPOINT_ALLOWED_HOSTS="127.0.0.1, *.inside.example",
    ) as process:
        yield process


def send_preflight(server: ServerProcess, origin: str) -> Response:
    headers = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type, x-mine"}
    return server.request("OPTIONS", "/graphql", headers={"Origin": origin, **headers})


def test_any_origin_may_read_responses_by_default(open_server: ServerProcess) -> None:
    for path in (VALID, INVALID):
        for origin in ({}, {"Origin": "https://page.example"}):
            response = open_server.get(path, **origin)
            assert response.headers["access-control-allow-origin"] == "*"
            assert "access-control-allow-credentials" not in response.headers
        assert {"ETag", "Cache-Tag"} <= {*response.headers["access-control-expose-headers"].split(", ")}


def test_preflight_allows_methods_and_headers_for_some_time(open_server: ServerProcess) -> None:
    response = send_preflight(open_server, "https://page.example")
    assert response.status == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert {"GET", "POST", "QUERY"} <= set(response.headers["access-control-allow-methods"].split(", "))
    assert response.headers["access-control-allow-headers"] == "content-type, x-mine"
    assert int(response.headers["access-control-max-age"]) > 0


@pytest.mark.parametrize("origin", ["https://one.example", "https://two.example"])
def test_allowed_origin_may_read_responses(restricted_server: ServerProcess, origin: str) -> None:
    for response in (restricted_server.get(VALID, Origin=origin), send_preflight(restricted_server, origin)):
        assert response.headers["access-control-allow-origin"] == origin
        assert "Origin" in response.headers["vary"]


def test_other_origin_may_not_read_responses(restricted_server: ServerProcess) -> None:
    for response in (
        restricted_server.get(VALID, Origin="https://three.example"),
        restricted_server.get(VALID),
        send_preflight(restricted_server, "https://three.example"),
    ):
        assert not [name for name in response.headers if name.startswith("access-control-")]
        assert "Origin" in response.headers["vary"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:99", "a.inside.example", "A.Inside.example:80"])
def test_request_for_an_allowed_host_is_answered(restricted_server: ServerProcess, host: str) -> None:
    assert restricted_server.get(VALID, Host=host).status == 200


@pytest.mark.parametrize("host", ["", "outside.example", "inside.example.net", "x127.0.0.1"])
@pytest.mark.parametrize("path", [VALID, "/schema.graphql"])
def test_request_for_another_host_is_misdirected(restricted_server: ServerProcess, host: str, path: str) -> None:
    response = restricted_server.get(path, Host=host)
    assert (response.status, response.error_codes) == (421, ["MISDIRECTED_REQUEST"])


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_checks_may_use_any_host(restricted_server: ServerProcess, path: str) -> None:
    assert restricted_server.get(path, Host="10.0.0.7:8000").status == 200


def test_options_lists_the_allowed_methods(open_server: ServerProcess) -> None:
    response = open_server.request("OPTIONS", "/graphql")
    assert (response.status, response.body) == (204, b"")
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}
    assert response.headers["accept-query"] == "application/json"
