"""Whether every question is answered by seeking: no statement may scan a table that grows, or do more than it must."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine

from bench.instrumented_databases import Seen, WatchingPostgreSQL, WatchingSQLite
from bench.plan_queries import Contract, Question
from bench.sampled_values import find_known
from counterpoint.api.schema import build_schema, graphql_schema, schema_mapping
from counterpoint.app import build_limits
from counterpoint.engine.engine import Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.errors import QueryTimeout
from counterpoint.settings import Settings, parse_database_url

UNITS = {"sqlite": "steps", "postgresql": "rows"}
"""In what the work of a statement is told."""

FREE = {"sqlite": 60_000, "postgresql": 2_500}
"""Work that any page may do: it looks at its rows up to seven times, and at what they point at."""

EACH = {"sqlite": 300, "postgresql": 12}
"""Work that may come with each row that a filter finds."""


@dataclass(frozen=True)
class Asked:
    """A question as it was answered. `hits`: how many the page is one of, where a filter or a parent tells."""

    question: Question
    seen: Seen
    hits: int | None

    def faults(self, database: str) -> Iterator[str]:
        """Tell what is wrong with the way it was answered."""
        for scan in dict.fromkeys(self.seen.scans):
            if scan.index is None or not self.question.may_walk:
                yield f"scans {scan}"
        allowed = FREE[database] + EACH[database] * (self.hits or 0)
        if self.question.is_narrow and self.seen.work > allowed:
            yield f"does {self.seen.work:,} for {self.hits} hits, more than {allowed:,}"


@dataclass
class Report:
    """All questions as a database answered them."""

    database: str
    asked: list[Asked] = field(default_factory=list)

    @property
    def faulty(self) -> list[tuple[Asked, list[str]]]:
        """Give those that something is wrong with."""
        told = ((each, list(each.faults(self.database))) for each in self.asked)
        return [(each, faults) for each, faults in told if faults]

    @property
    def statements(self) -> int:
        """How many different statements there were."""
        return len({each.seen.statement for each in self.asked})

    def heaviest(self, number: int) -> Sequence[Asked]:
        """Give those that took the most work."""
        return sorted(self.asked, key=lambda each: each.seen.work, reverse=True)[:number]


class Asking:
    """The service's engine on a reader that watches."""

    def __init__(self, engine: Engine, reader: WatchingSQLite | WatchingPostgreSQL, runner: asyncio.Runner) -> None:
        """Ask through an engine."""
        self._engine = engine
        self._reader = reader
        self._runner = runner
        self._totals: dict[str, int] = {}

    def data(self, document: str, variables: dict[str, Any]) -> Any:
        """Give the data of an answer."""
        return json.loads(self._runner.run(self._engine.answer(document, None, variables)).data)

    def ask(self, question: Question) -> Asked:
        """Ask, and tell how it was answered."""
        with suppress(QueryTimeout):
            self.data(question.document, dict(question.variables))
        seen = self._reader.seen
        assert seen is not None
        return Asked(question, seen, self._total(question) if question.total else None)

    def _total(self, question: Question) -> int | None:
        assert question.total
        variables = {key: value for key, value in question.variables.items() if f"${key}:" in question.total}
        key = f"{question.total} {variables}"
        if key not in self._totals:
            with suppress(QueryTimeout):
                self._totals[key] = _innermost(self.data(question.total, variables))
        return self._totals.get(key)


def check_plans(url: str, tell: Callable[[str], None] = lambda _: None, every: int = 1) -> Report:
    """Ask a database every kind of question, or every so many of them."""
    address = parse_database_url(url)
    schema = build_schema()
    graph = schema_mapping(schema)
    report = Report(address.get_backend_name())
    with _asking(url) as asking, create_engine(address).connect() as connection:
        known = find_known(connection, graph, asking.data)
        for question in islice(Contract(graphql_schema(schema), graph, known).questions(), 0, None, every):
            report.asked.append(asking.ask(question))
            if len(report.asked) % 500 == 0:
                tell(f"{len(report.asked)} questions")
    return report


@contextmanager
def _asking(url: str) -> Iterator[Asking]:
    address = parse_database_url(url)
    schema = build_schema()
    is_sqlite = address.get_backend_name() == "sqlite"
    reader = WatchingSQLite(Path(address.database or "")) if is_sqlite else WatchingPostgreSQL(address)
    dialect = dialect_for(address.get_dialect()())
    engine = Engine(graphql_schema(schema), schema_mapping(schema), dialect, reader, build_limits(Settings()))
    with asyncio.Runner() as runner:
        try:
            yield Asking(engine, reader, runner)
        finally:
            runner.run(reader.close())


def _innermost(data: Any) -> int:
    while isinstance(data, dict):
        (data,) = data.values()
    return int(data)
