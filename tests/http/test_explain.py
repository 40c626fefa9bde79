"""`extensions.explain`: a request may ask for its SQL and query plan, if the operator allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.database_helpers import DATABASE_KINDS, migrated_database, open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import Response, ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

DOCUMENT = "query ($slug: String!) { article(slug: $slug) { title stances { party { name } } } }"
EXPLAIN = {"explain": True}


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def server(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """Run the service with explanations allowed."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        with run_service(url, COUNTERPOINT_ALLOW_EXPLAIN="true") as process:
            yield process


def send(server: ServerProcess, extensions: dict[str, Any] | None, slug: str = "old") -> Response:
    body = {"query": DOCUMENT, "variables": {"slug": slug}}
    return server.post(body if extensions is None else {**body, "extensions": extensions})


def test_explanation_contains_sql_parameters_plan_cost_and_timings(server: ServerProcess) -> None:
    plain, explained = send(server, None), send(server, EXPLAIN)
    assert explained.status == 200
    assert explained.json["data"] == plain.json["data"]
    explanation = explained.json["extensions"]["explain"]
    assert list(explanation) == ["statement", "parameters", "plan", "cost", "milliseconds"]
    assert explanation["statement"].count("SELECT") > 2
    assert set(explanation["parameters"]) == {"old"}
    assert any("article" in line for line in explanation["plan"])
    assert explanation["cost"] > 1
    assert list(explanation["milliseconds"]) == ["prepare", "read"]
    assert all(milliseconds >= 0 for milliseconds in explanation["milliseconds"].values())


def test_explained_response_is_never_cached(server: ServerProcess) -> None:
    for slug in ("old", "new", "old"):
        explained = send(server, EXPLAIN, slug)
        assert set(explained.json["extensions"]["explain"]["parameters"]) == {slug}
        assert explained.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("extensions", [None, {}, {"explain": False}, {"explain": 1}, {"explain": None}], ids=repr)
def test_request_without_explain_gets_no_explanation(server: ServerProcess, extensions: dict[str, Any] | None) -> None:
    response = send(server, extensions)
    assert (response.status, list(response.json)) == (200, ["data"])


def test_invalid_request_gets_only_its_errors(server: ServerProcess) -> None:
    response = server.post({"query": "{ nothing }", "extensions": EXPLAIN})
    assert (response.status, response.error_codes, list(response.json)) == (
        422,
        ["GRAPHQL_VALIDATION_FAILED"],
        ["errors"],
    )


def test_explain_is_ignored_unless_the_setting_allows_it(
    postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with migrated_database("sqlite", postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        with run_service(url) as process:
            response = send(process, EXPLAIN)
    assert (response.status, list(response.json)) == (200, ["data"])
