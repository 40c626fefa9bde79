"""Explanations over the wire: how a request was answered, for whoever may ask."""

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
    """Serve where requests may ask how they are answered."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        with run_service(url, COUNTERPOINT_ALLOW_EXPLAIN="true") as running:
            yield running


def asked(server: ServerProcess, extensions: dict[str, Any] | None, slug: str = "old") -> Response:
    body = {"query": DOCUMENT, "variables": {"slug": slug}}
    return server.post(body if extensions is None else {**body, "extensions": extensions})


def test_request_that_asks_is_told_how_it_is_answered(server: ServerProcess) -> None:
    plain, told = asked(server, None), asked(server, EXPLAIN)
    assert told.status == 200
    assert told.json["data"] == plain.json["data"]
    explanation = told.json["extensions"]["explain"]
    assert list(explanation) == ["statement", "parameters", "plan", "cost", "milliseconds"]
    assert explanation["statement"].count("SELECT") > 2
    assert explanation["parameters"] == ["old"]
    assert any("article" in line for line in explanation["plan"])
    assert explanation["cost"] > 1
    assert list(explanation["milliseconds"]) == ["prepare", "read"]
    assert all(taken >= 0 for taken in explanation["milliseconds"].values())


def test_explanation_is_of_this_request_and_never_kept(server: ServerProcess) -> None:
    for slug in ("old", "new", "old"):
        told = asked(server, EXPLAIN, slug)
        assert told.json["extensions"]["explain"]["parameters"] == [slug]
        assert told.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("extensions", [None, {}, {"explain": False}, {"explain": 1}, {"explain": None}], ids=repr)
def test_request_that_does_not_ask_is_told_nothing(server: ServerProcess, extensions: dict[str, Any] | None) -> None:
    answer = asked(server, extensions)
    assert (answer.status, list(answer.json)) == (200, ["data"])


def test_mistake_is_told_as_ever(server: ServerProcess) -> None:
    refused = server.post({"query": "{ nothing }", "extensions": EXPLAIN})
    assert (refused.status, refused.error_codes, list(refused.json)) == (422, ["GRAPHQL_VALIDATION_FAILED"], ["errors"])


def test_nothing_is_told_where_that_is_not_set(
    postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with migrated_database("sqlite", postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, ARTICLES)
        with run_service(url) as running:
            answer = asked(running, EXPLAIN)
    assert (answer.status, list(answer.json)) == (200, ["data"])
