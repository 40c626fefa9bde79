"""What the service serves beside GraphQL: the schema, the icon, the probes, and the same errors on every path."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from counterpoint.api.schema import build_schema
from support.database_helpers import create_sqlite_database, open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ORIGIN = "https://one.example"
GRAPHQL_PATHS = ["/graphql", "/graphql/"]
READABLE_PATHS = ["/healthz", "/readyz", "/schema.graphql", "/favicon.ico"]
UNKNOWN_PATHS = [
    *("/nothing", "/graphql/nothing", "/graphql//", "/schema.graphql/", "/healthz/", "/docs", "/openapi.json"),
    *("/images", "/assets"),
]
MISSING_FILES = ["/images/", "/images/nothing.png", "/assets/", "/assets/nothing.js", "/assets/../app.py"]
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "zstd": zstandard.decompress,
    "gzip": gzip.decompress,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Run the service with content and one allowed origin."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with run_service(url, COUNTERPOINT_CORS_ORIGINS=ORIGIN) as process:
        yield process


def find_error(server: ServerProcess, method: str, path: str) -> tuple[int, list[str]]:
    """Return the status and the codes of an error response, after a check of the headers that all of them have."""
    response = server.request(method, path, headers={"Origin": ORIGIN, "X-Request-ID": "page/7"})
    expected = {
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store",
        "access-control-allow-origin": ORIGIN,
        "x-request-id": "page/7",
        "x-content-type-options": "nosniff",
    }
    assert {name: response.headers.get(name) for name in expected} == expected, (method, path)
    for error in response.json["errors"]:
        assert error.keys() == {"message", "extensions"}
    return response.status, response.error_codes


@pytest.mark.parametrize("path", UNKNOWN_PATHS)
def test_unknown_path_is_not_found_with_any_method(server: ServerProcess, path: str) -> None:
    for method in ("GET", "POST", "DELETE", "OPTIONS"):
        assert find_error(server, method, path) == (404, ["NOT_FOUND"])
    head = server.request("HEAD", path)
    assert (head.status, head.body) == (404, b"")


@pytest.mark.parametrize("path", MISSING_FILES)
def test_missing_file_is_not_found(server: ServerProcess, path: str) -> None:
    assert find_error(server, "GET", path) == (404, ["NOT_FOUND"])


@pytest.mark.parametrize("path", [*GRAPHQL_PATHS, *READABLE_PATHS])
def test_unsupported_method_is_rejected_with_those_that_are_allowed(server: ServerProcess, path: str) -> None:
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        assert find_error(server, method, path) == (405, ["METHOD_NOT_ALLOWED"])
    allowed = "GET, HEAD, POST, QUERY, OPTIONS" if path in GRAPHQL_PATHS else "GET, HEAD, OPTIONS"
    assert server.request("DELETE", path).headers["allow"] == allowed
    options = server.request("OPTIONS", path)
    assert (options.status, options.headers["allow"], options.body) == (204, allowed, b"")


@pytest.mark.parametrize("path", READABLE_PATHS)
def test_page_of_an_allowed_origin_may_read_resources(server: ServerProcess, path: str) -> None:
    assert server.get(path, Origin=ORIGIN).headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-origin" not in server.get(path, Origin="https://two.example").headers
    preflight = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    response = server.request("OPTIONS", path, headers={"Origin": ORIGIN, **preflight})
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert response.headers["access-control-allow-headers"] == "if-none-match"


@pytest.mark.parametrize("path", READABLE_PATHS)
def test_head_has_the_headers_of_get(server: ServerProcess, path: str) -> None:
    def headers(method: str) -> dict[str, Any]:
        response = server.request(method, path)
        assert (response.status, len(response.body) > 0) == (200, method == "GET")
        return {
            name: value
            for name, value in response.headers.items()
            if name not in ("date", "x-request-id", "server-timing")
        }

    assert headers("HEAD") == headers("GET")


def test_trailing_slash_changes_no_answer_of_the_api(server: ServerProcess) -> None:
    query = "?query={articles{totalCount}}"
    assert server.get(f"/graphql/{query}").json == server.get(f"/graphql{query}").json
    assert server.request("POST", "/graphql/", b"{", {"Content-Type": "application/json"}).error_codes == [
        "BAD_REQUEST"
    ]


def test_browsers_show_the_schema(server: ServerProcess) -> None:
    response = server.get("/schema.graphql")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.body.decode() == build_schema().print_sdl()


@pytest.mark.parametrize("encoding", DECODERS)
def test_schema_is_compressed_and_not_sent_again(server: ServerProcess, encoding: str) -> None:
    path = "/schema.graphql"
    full = server.get(path)
    response = server.get(path, **{"Accept-Encoding": encoding})
    assert response.headers["content-encoding"] == encoding
    assert DECODERS[encoding](response.body) == full.body
    assert "Accept-Encoding" in response.headers["vary"]
    assert response.headers["etag"] != full.headers["etag"]
    again = server.get(path, **{"Accept-Encoding": encoding, "If-None-Match": response.headers["etag"]})
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", response.headers["etag"])
    assert server.get(path, **{"If-None-Match": response.headers["etag"]}).status == 200


def test_icon_is_an_svg_image(server: ServerProcess) -> None:
    response = server.get("/favicon.ico", **{"Accept-Encoding": "br"})
    assert "content-encoding" not in response.headers, "It is too small for a compression to pay."
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert response.body.startswith(b"<svg ")


def test_probes_are_not_stored(server: ServerProcess) -> None:
    for path in ("/healthz", "/readyz"):
        assert server.get(path).headers["cache-control"] == "no-store"


def test_missing_content_is_reported_with_its_code(tmp_path_factory: pytest.TempPathFactory) -> None:
    with run_service(create_sqlite_database(tmp_path_factory)) as server:
        response = server.get("/readyz")
        (error,) = response.json["errors"]
        assert (response.status, response.json["ready"]) == (503, False)
        assert response.headers["cache-control"] == "no-store"
        assert error["extensions"] == {"code": "NOT_READY"}
        assert server.get("/healthz").json == {"alive": True}
