"""What is asked: each scenario a document in `queries/` and the variables that it is asked with.

A new one is a `.graphql` file, a function that gives many variables, and a line in SCENARIOS.
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

from bench.servers import Running
from bench.words import hits_of_names
from counterpoint.store import models

Variables = list[dict[str, Any]]

QUERIES = Path(__file__).parent / "queries"
PAGE = 20
CURSORS = (
    "query($after: String) {{ {}(first: 100, after: $after) {{ edges {{ cursor }} pageInfo {{ hasNextPage }} }} }}"
)
ORDERS = ("PUBLISHED_DESC", "PUBLISHED_ASC", "TITLE_ASC", "TITLE_DESC")
SIZES = range(10, 31)
FEW = range(2, 41)
"""How many passages hold a name that few hold."""


@dataclass(frozen=True)
class Scenario:
    """A document, and where its variables come from: the database, and the server for what is opaque.

    Different servers get the same variables in the same order, cursors apart, which are each server's own.
    """

    name: str
    gather: Callable[[Connection, Running], Variables]

    @cached_property
    def document(self) -> str:
        """The document."""
        return (QUERIES / f"{self.name}.graphql").read_text(encoding="utf-8")

    def variables(self, connection: Connection, server: Running) -> Variables:
        """Give all variables, shuffled the same way for each server."""
        gathered = self.gather(connection, server)
        Random(self.name).shuffle(gathered)  # nothing secret is drawn
        return gathered


def _slugs(connection: Connection, _: Running) -> Variables:
    """Give every article."""
    return [{"slug": slug} for slug in connection.scalars(select(models.Article.slug).order_by(models.Article.slug))]


def _first_pages(_: Connection, __: Running) -> Variables:
    """Give every order with some sizes of a page."""
    return [{"first": size, "orderBy": order} for order, size in product(ORDERS, SIZES)]


def _cursors(server: Running, connection: str) -> list[str]:
    """Give all cursors of a connection of the query."""
    cursors: list[str] = []
    while True:
        page = server.ask(CURSORS.format(connection), {"after": cursors[-1] if cursors else None})[connection]
        cursors += (edge["cursor"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            return cursors


def _pages_of_parties(_: Connection, server: Running) -> Variables:
    """Give every party's cursor that a whole page follows."""
    return [{"after": cursor} for cursor in _cursors(server, "parties")[:-PAGE]]


def _pages_of_governments(_: Connection, server: Running) -> Variables:
    """Give every government's cursor that a whole page follows."""
    return [{"after": cursor} for cursor in _cursors(server, "governments")[:-5]]


def _deep_pages(_: Connection, server: Running) -> Variables:
    """Give the cursor of every article in the second half that a whole page follows."""
    cursors = _cursors(server, "articles")
    return [{"after": cursor} for cursor in cursors[len(cursors) // 2 : -PAGE]]


def _parties_by_language(connection: Connection, _: Running) -> Variables:
    """Give each party with each language in which an article tells what it did."""
    measure, party, article = models.Measure, models.Party, models.Article
    asked: Any = select(party.slug, article.language).distinct()
    asked = asked.where(measure.party_id == party.id, measure.article_id == article.id)
    return [{"party": slug, "language": language} for slug, language in sorted(connection.execute(asked).all())]


def _names_found(connection: Connection, _: Running) -> Variables:
    """Give each name whose words few passages hold together."""
    return [{"query": name} for name, hits in sorted(hits_of_names(connection).items()) if hits in FEW]


SCENARIOS: Sequence[Scenario] = (
    Scenario("article_page", _slugs),
    Scenario("party_page", _pages_of_parties),
    Scenario("filtered_measures", _parties_by_language),
    Scenario("first_page", _first_pages),
    Scenario("deep_page", _deep_pages),
    Scenario("nested", _pages_of_governments),
    Scenario("search", _names_found),
)
