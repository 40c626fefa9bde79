"""Our service on few articles and on many, side by side: the same questions, with answers of the same size."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Connection, func
from sqlmodel import select

from bench.comparison import Entrant, Result, measure
from bench.scenarios import SCENARIOS, Scenario, Variables
from bench.servers import Running
from bench.words import hits_of_names, hits_of_words
from counterpoint.store import models

MOST = 5_000
"""Variables of one scenario."""

SAME = 25
"""Entities, or words, with one number of hits in each database."""

HITS = range(1, 101)

Counted = Callable[[Connection], Mapping[str, int]]


@dataclass(frozen=True)
class Side:
    """One of the two databases, and the service on it."""

    connection: Connection
    server: Running


@dataclass(frozen=True)
class Scaled:
    """A scenario that is asked of both; `counted` gives how many hits each value of its variable has in a database."""

    name: str
    document: str
    variable: str = ""
    counted: Counted | None = None

    def entrants(self, small: Side, large: Side) -> list[Entrant]:
        """Give both sides with their variables."""
        if self.counted is None:
            scenario = _scenario(self.document)
            return [
                Entrant(side.server, _some(scenario.variables(side.connection, side.server))) for side in (small, large)
            ]
        both = equally_many(self.counted(small.connection), self.counted(large.connection))
        found = [list(values) for values in zip(*both, strict=True)]
        return [
            Entrant(side.server, [{self.variable: value} for value in values])
            for side, values in zip((small, large), found, strict=True)
        ]

    def measure(self, entrants: Sequence[Entrant], driver: Executor, **how: Any) -> list[Result]:
        """Measure both in turn."""
        return measure(_scenario(self.document), entrants, driver, **how)


def equally_many(small: Mapping[str, int], large: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pair what has the same number of hits in both."""
    by_hits = _by_hits(large)
    for hits, values in sorted(_by_hits(small).items()):
        if hits in HITS:
            yield from zip(values[:SAME], by_hits[hits][:SAME], strict=False)


def _by_hits(counted: Mapping[str, int]) -> dict[int, list[str]]:
    values = defaultdict(list)
    for value, hits in sorted(counted.items()):
        values[hits].append(value)
    return values


def _measures_by_party(connection: Connection) -> dict[str, int]:
    party, told = models.Party, models.Measure
    counted: Any = select(party.slug, func.count()).where(told.party_id == party.id).group_by(party.slug)
    return dict(connection.execute(counted).all())


def _some(variables: Variables) -> Variables:
    return Random(MOST).sample(variables, MOST) if len(variables) > MOST else variables


def _scenario(name: str) -> Scenario:
    known = {scenario.name: scenario for scenario in SCENARIOS}
    return known.get(name) or Scenario(name, lambda *_: [])


SCALED: Sequence[Scaled] = (
    Scaled("article_page", "article_page"),
    Scaled("first_page", "first_page"),
    Scaled("deep_page", "deep_page"),
    Scaled("filtered by a party", "measures_of_party", "party", _measures_by_party),
    Scaled("search for a word", "search_page", "query", hits_of_words),
    Scaled("search for a name", "search_page", "query", hits_of_names),
)
