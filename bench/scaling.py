"""Scaling scenarios: the service on a small and a large database, with requests that have equally large answers."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import Connection, func
from sqlmodel import select

from bench.comparison import Target
from bench.scenarios import SCENARIOS, RequestVariables, read_document
from bench.search_terms import count_name_hits, count_word_hits
from bench.servers import RunningServer
from counterpoint.store import models

MAX_VARIABLES = 5_000

MAX_PAIRS_PER_HIT_COUNT = 25
"""Variable values with the same number of hits that are taken from each database."""

HIT_COUNTS = range(1, 101)

CountHits = Callable[[Connection], Mapping[str, int]]


@dataclass(frozen=True)
class ServedDatabase:
    """A database, and the service that reads it."""

    connection: Connection
    server: RunningServer


@dataclass(frozen=True)
class ScalingScenario:
    """A document that both services receive.

    With `count_hits`, the variable's values are chosen so that both databases have as many hits. Without it, all
    variables of the scenario with the document's name are used.
    """

    name: str
    document_name: str
    variable: str = ""
    count_hits: CountHits | None = None

    @property
    def document(self) -> str:
        """Text of the GraphQL document."""
        return read_document(self.document_name)

    def targets(self, large: ServedDatabase, small: ServedDatabase) -> list[Target]:
        """Return both services with their variables."""
        if self.count_hits is None:
            (scenario,) = (scenario for scenario in SCENARIOS if scenario.name == self.document_name)
            return [
                Target(side.server, _limit_variables(scenario.variables(side.connection, side.server)))
                for side in (large, small)
            ]
        pairs = list(pair_by_hits(self.count_hits(large.connection), self.count_hits(small.connection)))
        return [
            Target(side.server, [{self.variable: pair[index]} for pair in pairs])
            for index, side in enumerate((large, small))
        ]


def pair_by_hits(left: Mapping[str, int], right: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield pairs of a left and a right value that have the same number of hits."""
    right_values = _group_by_hits(right)
    for hits, left_values in sorted(_group_by_hits(left).items()):
        if hits in HIT_COUNTS:
            limit = MAX_PAIRS_PER_HIT_COUNT
            yield from zip(left_values[:limit], right_values[hits][:limit], strict=False)


def _group_by_hits(hits_by_value: Mapping[str, int]) -> dict[int, list[str]]:
    values_by_hits = defaultdict(list)
    for value, hits in sorted(hits_by_value.items()):
        values_by_hits[hits].append(value)
    return values_by_hits


def _count_measures(connection: Connection) -> dict[str, int]:
    """Return the number of measures of each party that has any."""
    party, measure = models.Party, models.Measure
    query: Any = select(party.slug, func.count()).where(measure.party_id == party.id).group_by(party.slug)
    return dict(connection.execute(query).all())


def _limit_variables(variables: RequestVariables) -> RequestVariables:
    return Random(MAX_VARIABLES).sample(variables, MAX_VARIABLES) if len(variables) > MAX_VARIABLES else variables


SCALING_SCENARIOS: Sequence[ScalingScenario] = (
    ScalingScenario("article_page", "article_page"),
    ScalingScenario("first_page", "first_page"),
    ScalingScenario("deep_page", "deep_page"),
    ScalingScenario("filtered by a party", "measures_of_party", "party", _count_measures),
    ScalingScenario("search for a word", "search_page", "query", count_word_hits),
    ScalingScenario("search for a name", "search_page", "query", count_name_hits),
)
