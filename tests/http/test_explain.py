"""Explanations over the wire: how a request was answered, for whoever may ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.database_helpers import KINDS, database, seed_articles, writing
from support.sample_articles import ARTICLES
from support.servers import Response, Running, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.databases import Server

DOCUMENT = "query ($slug: String!) { article(slug: $slug) { title stances { party { name } } } }"
EXPLAIN = {"explain": True}


@pytest.fixture(scope="module", params=KINDS)
def server(
    request: pytest.FixtureRequest, postgresql: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Serve where requests may ask how they are answered."""
    with database(request.param, postgresql, tmp_path_factory) as url:
        with writing(url) as engine:
            seed_articles(engine, ARTICLES)
        with serving(url, COUNTERPOINT_ALLOW_EXPLAIN="true") as running:
            yield running


def asked(server: Running, extensions: dict[str, Any] | None, slug: str = "old") -> Response:
    body = {"query": DOCUMENT, "variables": {"slug": slug}}
    return server.post(body if extensions is None else {**body, "extensions": extensions})


def test_request_that_asks_is_told_how_it_is_answered(server: Running) -> None:
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


def test_explanation_is_of_this_request_and_never_kept(server: Running) -> None:
    for slug in ("old", "new", "old"):
        told = asked(server, EXPLAIN, slug)
        assert told.json["extensions"]["explain"]["parameters"] == [slug]
        assert told.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("extensions", [None, {}, {"explain": False}, {"explain": 1}, {"explain": None}], ids=repr)
def test_request_that_does_not_ask_is_told_nothing(server: Running, extensions: dict[str, Any] | None) -> None:
    answer = asked(server, extensions)
    assert (answer.status, list(answer.json)) == (200, ["data"])


def test_mistake_is_told_as_ever(server: Running) -> None:
    refused = server.post({"query": "{ nothing }", "extensions": EXPLAIN})
    assert (refused.status, refused.codes, list(refused.json)) == (422, ["GRAPHQL_VALIDATION_FAILED"], ["errors"])


def test_nothing_is_told_where_that_is_not_set(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> None:
    with database("sqlite", postgresql, tmp_path_factory) as url:
        with writing(url) as engine:
            seed_articles(engine, ARTICLES)
        with serving(url) as running:
            answer = asked(running, EXPLAIN)
    assert (answer.status, list(answer.json)) == (200, ["data"])
