"""Plan check: no SQL query may scan a table that grows, or do more work than its number of hits justifies."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import URL, create_engine

from bench.contract_queries import PlanQuery, PlanQueryGenerator
from bench.datasets import log_progress
from bench.instrumented_databases import Execution, InstrumentedPostgresql, InstrumentedSqlite
from bench.sampled_values import sample_values
from counterpoint.api.schema import build_schema
from counterpoint.app import build_limits
from counterpoint.database_url import parse_database_url
from counterpoint.engine.engine import Engine, EngineResult
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.errors import QueryTimeout
from counterpoint.settings import Settings

WORK_UNITS = {"sqlite": "steps", "postgresql": "rows"}

BASE_WORK = {"sqlite": 60_000, "postgresql": 2_500}
"""Work that any page may do, because it reads its rows up to seven times and the rows that they reference."""

WORK_PER_HIT = {"sqlite": 300, "postgresql": 12}
"""Additional work for each row that the filter matches."""

PROGRESS_INTERVAL_QUERIES = 500


@dataclass(frozen=True)
class PlanCheck:
    """A query with its execution. `hits` is the number of rows that the filter or the parent has, if there is one."""

    query: PlanQuery
    execution: Execution
    hits: int | None

    def problems(self, database: str) -> Iterator[str]:
        """Yield a description of each scan that is not allowed, and of excessive work."""
        for scan in dict.fromkeys(self.execution.scans):
            if scan.index is None or not self.query.may_walk_index:
                yield f"scans {scan}"
        allowed = BASE_WORK[database] + WORK_PER_HIT[database] * (self.hits or 0)
        if self.query.is_selective and self.execution.work > allowed:
            yield f"needs {self.execution.work:,} {WORK_UNITS[database]} for {self.hits} hits, allowed {allowed:,}"


@dataclass
class PlanReport:
    """The checks of all queries on one database."""

    database: str
    checks: list[PlanCheck] = field(default_factory=list)

    @property
    def failures(self) -> list[tuple[PlanCheck, list[str]]]:
        """The checks that have problems, with these problems."""
        problems = ((check, list(check.problems(self.database))) for check in self.checks)
        return [(check, messages) for check, messages in problems if messages]

    @property
    def distinct_sql(self) -> int:
        """Number of different SQL texts."""
        return len({check.execution.sql for check in self.checks})

    def heaviest(self, count: int) -> Sequence[PlanCheck]:
        """Return the checks with the most work."""
        return sorted(self.checks, key=lambda check: check.execution.work, reverse=True)[:count]


class PlanChecker:
    """Runs queries with the service's engine on an instrumented database."""

    def __init__(
        self, engine: Engine, database: InstrumentedSqlite | InstrumentedPostgresql, runner: asyncio.Runner
    ) -> None:
        self._engine = engine
        self._database = database
        self._runner = runner
        self._hits: dict[str, int] = {}

    def run(self, document: str, variables: dict[str, Any]) -> Any:
        """Run an operation and return its data."""
        return json.loads(self._runner.run(self._answer(document, variables)).data)

    async def _answer(self, document: str, variables: dict[str, Any]) -> EngineResult:
        return await self._engine.execute(await self._engine.prepare(document, None, variables))

    def check(self, query: PlanQuery) -> PlanCheck:
        """Run a query, which may time out, and return its execution."""
        with suppress(QueryTimeout):
            self.run(query.document, dict(query.variables))
        execution = self._database.last_execution
        assert execution is not None
        hits = self._count_hits(query.count_document, query.variables) if query.count_document else None
        return PlanCheck(query, execution, hits)

    def _count_hits(self, document: str, variables: Any) -> int | None:
        """Return the number of hits, or None if counting times out."""
        variables = {name: value for name, value in variables.items() if f"${name}:" in document}
        key = f"{document} {variables}"
        if key not in self._hits:
            with suppress(QueryTimeout):
                self._hits[key] = _innermost_value(self.run(document, variables))
        return self._hits.get(key)


def check_plans(url: str, interval: int = 1) -> PlanReport:
    """Check every query, or one of each `interval` queries, on a database."""
    database_url = parse_database_url(url)
    schema = build_schema()
    report = PlanReport(database_url.get_backend_name())
    with _plan_checker(database_url) as checker, create_engine(database_url).connect() as connection:
        values = sample_values(connection, schema.mapping, checker.run)
        queries = PlanQueryGenerator(schema.graphql, schema.mapping, values).generate()
        for query in islice(queries, 0, None, interval):
            report.checks.append(checker.check(query))
            if len(report.checks) % PROGRESS_INTERVAL_QUERIES == 0:
                log_progress(f"{len(report.checks)} queries")
    return report


@contextmanager
def _plan_checker(url: URL) -> Iterator[PlanChecker]:
    schema = build_schema()
    is_sqlite = url.get_backend_name() == "sqlite"
    database = InstrumentedSqlite(Path(url.database or "")) if is_sqlite else InstrumentedPostgresql(url)
    engine = Engine(schema.graphql, schema.mapping, dialect_for(url), database, build_limits(Settings()))
    with asyncio.Runner() as runner:
        try:
            yield PlanChecker(engine, database, runner)
        finally:
            runner.run(database.close())


def _innermost_value(data: Any) -> int:
    while isinstance(data, dict):
        (data,) = data.values()
    return int(data)
