"""Scenarios: each is a document in `queries/` with the variables that it is sent with.

To add one, add a `.graphql` file, a function that returns many variables, and a line in SCENARIOS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection
from sqlmodel import select

from bench.search_terms import count_name_hits
from bench.servers import RunningServer
from counterpoint.store import models

RequestVariables = list[dict[str, Any]]

QUERIES = Path(__file__).parent / "queries"
PAGE_SIZE = 20
GOVERNMENTS_PER_PAGE = 5
CURSORS_DOCUMENT = (
    "query($after: String) {{ {}(first: 100, after: $after) {{ edges {{ cursor }} pageInfo {{ hasNextPage }} }} }}"
)
ARTICLE_ORDERS = ("PUBLISHED_DESC", "PUBLISHED_ASC", "TITLE_ASC", "TITLE_DESC")
FIRST_PAGE_SIZES = range(10, 31)
SELECTIVE_HITS = range(2, 41)
"""Numbers of passages that a selective search term may match."""


@dataclass(frozen=True)
class Scenario:
    """A document, and a function that collects its variables from the database and the server.

    All servers receive equal variables in the same order, except cursors, which only their own server can read.
    """

    name: str
    collect_variables: Callable[[Connection, RunningServer], RequestVariables]

    @cached_property
    def document(self) -> str:
        """Text of the GraphQL document."""
        return read_document(self.name)

    def variables(self, connection: Connection, server: RunningServer) -> RequestVariables:
        """Return all variables, shuffled in the same way for each server."""
        variables = self.collect_variables(connection, server)
        Random(self.name).shuffle(variables)  # reproducible, not for security
        return variables


def read_document(name: str) -> str:
    """Return the text of a document in `queries/`."""
    return (QUERIES / f"{name}.graphql").read_text(encoding="utf-8")


def _article_slugs(connection: Connection, _: RunningServer) -> RequestVariables:
    """Return the slug of each article."""
    return [{"slug": slug} for slug in connection.scalars(select(models.Article.slug).order_by(models.Article.slug))]


def _first_pages(_: Connection, __: RunningServer) -> RequestVariables:
    """Return each article order with each of several page sizes."""
    return [{"first": size, "orderBy": order} for order, size in product(ARTICLE_ORDERS, FIRST_PAGE_SIZES)]


def _read_cursors(server: RunningServer, connection: str) -> list[str]:
    """Return all cursors of a root connection, read page by page."""
    cursors: list[str] = []
    while True:
        after = {"after": cursors[-1] if cursors else None}
        page = server.query(CURSORS_DOCUMENT.format(connection), after)[connection]
        cursors += (edge["cursor"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            return cursors


def _party_cursors(_: Connection, server: RunningServer) -> RequestVariables:
    """Return the cursor of each party that a full page follows."""
    return [{"after": cursor} for cursor in _read_cursors(server, "parties")[:-PAGE_SIZE]]


def _government_cursors(_: Connection, server: RunningServer) -> RequestVariables:
    """Return the cursor of each government that a full page follows."""
    return [{"after": cursor} for cursor in _read_cursors(server, "governments")[:-GOVERNMENTS_PER_PAGE]]


def _deep_article_cursors(_: Connection, server: RunningServer) -> RequestVariables:
    """Return the cursor of each article in the second half that a full page follows."""
    cursors = _read_cursors(server, "articles")
    return [{"after": cursor} for cursor in cursors[len(cursors) // 2 : -PAGE_SIZE]]


def _parties_by_language(connection: Connection, _: RunningServer) -> RequestVariables:
    """Return each party with each language of the articles that state its measures."""
    measure, party, article = models.Measure, models.Party, models.Article
    query: Any = select(party.slug, article.language).distinct()
    query = query.where(measure.party_id == party.id, measure.article_id == article.id)
    return [{"party": slug, "language": language} for slug, language in sorted(connection.execute(query).all())]


def _selective_names(connection: Connection, _: RunningServer) -> RequestVariables:
    """Return each entity name whose words occur together in few passages."""
    return [{"query": name} for name, hits in sorted(count_name_hits(connection).items()) if hits in SELECTIVE_HITS]


SCENARIOS: Sequence[Scenario] = (
    Scenario("article_page", _article_slugs),
    Scenario("party_page", _party_cursors),
    Scenario("filtered_measures", _parties_by_language),
    Scenario("first_page", _first_pages),
    Scenario("deep_page", _deep_article_cursors),
    Scenario("nested", _government_cursors),
    Scenario("search", _selective_names),
)
