"""Databases for the tests: migrated, seeded from articles, and queried through the engine."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from counterpoint.api.schema import build_schema
from counterpoint.app import build_limits
from counterpoint.article.parser import parse_article
from counterpoint.article.settled_names import NO_SETTLED_NAMES
from counterpoint.database_url import parse_database_url
from counterpoint.engine.engine import Engine, EngineResult, PreparedOperation
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.settings import Settings
from counterpoint.store.database import Database, QueryLimits
from counterpoint.store.database_factory import open_database
from counterpoint.store.migrations import migrate
from counterpoint.store.prepared_articles import prepare_article
from counterpoint.store.seeding import seed
from counterpoint.store.seeding_options import SeedOptions, SeedResult
from counterpoint.store.write_engine import write_engine
from support.counting_database import CountingDatabase

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable, Iterator, Mapping

    import pytest
    import sqlalchemy

    from counterpoint.article.records import Article
    from counterpoint.article.settled_names import SettledNames
    from counterpoint.engine.document.limits import Limits
    from support.postgresql_server import PostgresqlServer

_Result = TypeVar("_Result")

REPOSITORY = Path(__file__).parents[2]
SEED_TIME = datetime(2024, 2, 29, 12, tzinfo=UTC)
PARSER_VERSION = 1
NO_LIMIT = 10**9
DEFAULT_LIMITS = build_limits(Settings())
UNLIMITED_LIMITS = replace(
    DEFAULT_LIMITS,
    depth=100,
    aliases=NO_LIMIT,
    directives=NO_LIMIT,
    root_fields=NO_LIMIT,
    cost=NO_LIMIT,
    sql_chars=NO_LIMIT,
    search_chars=NO_LIMIT,
)
"""Limits that no test reaches by accident. Other tests cover what a limit rejects."""

SCHEMA = build_schema()

DATABASE_KINDS = ("sqlite", "postgresql")


@contextmanager
def migrated_database(
    kind: str, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Yield the URL of a database that has all tables and no content."""
    if kind == "sqlite":
        yield create_sqlite_database(tmp_path_factory)
    else:
        with postgresql.temporary_database("migrated", migrate_database) as url:
            yield url


def create_sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Create a SQLite database that has all tables and no content, and return its URL."""
    return create_sqlite_file(tmp_path_factory.mktemp("data") / "counterpoint.db")


def create_sqlite_file(path: Path) -> str:
    """Create a SQLite file that has all tables and no content, and return its URL."""
    path.write_bytes(_build_migrated_file())
    return f"sqlite:///{path}"


@cache
def _build_migrated_file() -> bytes:
    """Return a migrated SQLite file. It is built once, because copying it is much faster than migrating."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "counterpoint.db")
        migrate_database(f"sqlite:///{path}")
        return path.read_bytes()


def migrate_database(url: str) -> None:
    """Create all tables in a database."""
    with open_write_engine(url) as engine:
        migrate(engine)


@contextmanager
def open_write_engine(url: str) -> Iterator[sqlalchemy.Engine]:
    """Yield a SQLAlchemy engine that writes to a database."""
    with write_engine(parse_database_url(url), creates_file=True) as engine:
        yield engine


def seed_articles(
    engine: sqlalchemy.Engine,
    articles: Iterable[Article],
    *,
    parser_version: int = PARSER_VERSION,
    now: datetime = SEED_TIME,
    names: SettledNames = NO_SETTLED_NAMES,
) -> SeedResult:
    """Replace the content of a database by these articles."""
    by_path = {article.path: article for article in articles}
    files = {path: article.sha256 for path, article in by_path.items()}
    return seed(
        engine,
        files,
        lambda paths: (prepare_article(by_path[path], parser_version) for path in paths),
        parser_version=parser_version,
        now=now,
        options=SeedOptions(names=names),
    )


def parse_articles(texts: Mapping[str, str]) -> list[Article]:
    """Parse article texts, given by their paths."""
    return [
        parse_article(text, path=path, sha256=sha256(text.encode()).hexdigest()).article for path, text in texts.items()
    ]


def read_seed_texts() -> dict[str, str]:
    """Return the texts of the files in `seed/`, by their names."""
    folder = REPOSITORY / "seed"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}


@dataclass(frozen=True)
class EngineClient:
    """The engine on one database, with a count of the SQL queries that it runs."""

    engine: Engine
    database: Database
    runner: asyncio.Runner
    query_counter: CountingDatabase

    def execute(
        self, document: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> Any:
        """Return the data of the answer to an operation."""
        return self.execute_with_tags(document, variables, operation_name)[0]

    def execute_with_tags(
        self, document: str, variables: Mapping[str, Any] | None = None, operation_name: str | None = None
    ) -> tuple[Any, tuple[str, ...]]:
        """Return the data and the cache tags of the answer to an operation."""
        answer = self._run(self._answer(document, operation_name, dict(variables or {})))
        return json.loads(answer.data), answer.tags

    async def _answer(self, document: str, name: str | None, variables: dict[str, Any]) -> EngineResult:
        return await self.engine.execute(await self.engine.prepare(document, name, variables))

    def prepare(self, document: str, variables: Mapping[str, Any] | None = None) -> PreparedOperation:
        """Parse, validate and plan an operation without running it."""
        return self._run(self.engine.prepare(document, None, dict(variables or {})))

    def _run(self, coroutine: Coroutine[Any, Any, _Result]) -> _Result:
        """Run a coroutine. `Runner.run` takes three times as long, and formats the result as a text besides."""
        return self.runner.get_loop().run_until_complete(coroutine)


@contextmanager
def open_client(url: str, limits: Limits = UNLIMITED_LIMITS) -> Iterator[EngineClient]:
    """Yield the engine on a database."""
    address = parse_database_url(url)
    database = open_database(address, QueryLimits(timeout_seconds=30))
    dialect = dialect_for(address)
    query_counter = CountingDatabase(database)
    engine = Engine(SCHEMA.graphql, SCHEMA.mapping, dialect, query_counter, limits)
    with asyncio.Runner() as runner:
        try:
            yield EngineClient(engine, database, runner, query_counter)
        finally:
            runner.run(database.close())


@contextmanager
def open_seeded_client(
    kind: str, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory, articles: Iterable[Article]
) -> Iterator[EngineClient]:
    """Yield the engine on a new database that contains these articles."""
    with migrated_database(kind, postgresql, tmp_path_factory) as url:
        with open_write_engine(url) as engine:
            seed_articles(engine, articles)
        with open_client(url) as api:
            yield api
