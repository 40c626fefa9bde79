"""What is asked: each scenario a document in `queries/` and the variables that it is asked with.

A new one is a `.graphql` file, a function that gives many variables, and a line in SCENARIOS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection
from sqlmodel import select

from bench.servers import Running
from counterpoint.store import models

Variables = list[dict[str, Any]]

QUERIES = Path(__file__).parent / "queries"
PAGE = 20
CURSORS = "query($after: String) { parties(first: 100, after: $after) { edges { cursor } pageInfo { hasNextPage } } }"


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


def _pages_of_parties(_: Connection, server: Running) -> Variables:
    """Give every party's cursor that a whole page follows."""
    cursors: list[str] = []
    while True:
        page = server.ask(CURSORS, {"after": cursors[-1] if cursors else None})["parties"]
        cursors += (edge["cursor"] for edge in page["edges"])
        if not page["pageInfo"]["hasNextPage"]:
            return [{"after": cursor} for cursor in cursors[:-PAGE]]


def _parties_by_language(connection: Connection, _: Running) -> Variables:
    """Give each party with each language in which an article tells what it did."""
    measure, party, article = models.Measure, models.Party, models.Article
    asked: Any = select(party.slug, article.language).distinct()
    asked = asked.where(measure.party_id == party.id, measure.article_id == article.id)
    return [{"party": slug, "language": language} for slug, language in sorted(connection.execute(asked).all())]


SCENARIOS: Sequence[Scenario] = (
    Scenario("article_page", _slugs),
    Scenario("party_page", _pages_of_parties),
    Scenario("filtered_measures", _parties_by_language),
)
