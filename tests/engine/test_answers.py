"""Answers against those that plain Python works out from the same articles, on both databases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from content import Api, database, opened, seed_articles, writing
from folders import folders
from operations import Known, operations
from oracle import Oracle
from selections import CONNECTIONS, everything

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy

    from counterpoint.article.records import Article
    from databases import Server

Database = tuple["sqlalchemy.Engine", Api]


@pytest.fixture(scope="module")
def databases(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Database]]:
    """Open a database of each kind, to be seeded again and again."""
    with (
        database("sqlite", postgresql, tmp_path_factory) as lite,
        database("postgresql", postgresql, tmp_path_factory) as post,
        writing(lite) as lite_engine,
        writing(post) as post_engine,
        opened(lite) as lite_api,
        opened(post) as post_api,
    ):
        yield [(lite_engine, lite_api), (post_engine, post_api)]


def known_of(articles: list[Article], content: dict[str, Any]) -> Known:
    edges = [edge for name in CONNECTIONS for edge in content[name]]
    slugs = [edge["node"]["slug"] for edge in edges if "slug" in edge["node"]]
    cursors: dict[str, list[str]] = {}
    for edge in edges:
        cursors.setdefault(edge["node"]["__typename"], []).append(edge["cursor"])
    sections = [f"Section:{article.slug}/{section.slug}" for article in articles for section in article.sections]
    return Known(slugs, [*(edge["node"]["id"] for edge in edges), *sections], cursors)


def cursors_by_id(content: dict[str, Any]) -> dict[str, str]:
    return {edge["node"]["id"]: edge["cursor"] for name in CONNECTIONS for edge in content[name]}


@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_operation_on_any_content_is_answered_as_the_records_say(
    databases: list[Database], data: st.DataObject
) -> None:
    articles = data.draw(folders())
    revisions = {seed_articles(engine, articles).revision for engine, _ in databases}
    contents = [everything(api) for _, api in databases]
    assert contents[0] == contents[1]
    oracle = Oracle(articles, revisions.pop(), cursors_by_id(contents[0]))
    assert everything(oracle) == contents[0]
    asked = operations(known_of(articles, contents[0]))
    for _ in range(5):
        operation = data.draw(asked)
        for variables in operation.variables:
            expected = oracle.ask(operation.document, variables)
            for _, api in databases:
                # As text, for the keys come in the order in which they were asked for.
                assert json.dumps(api.ask(operation.document, variables)) == json.dumps(expected)
