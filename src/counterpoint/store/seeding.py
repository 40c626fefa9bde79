"""Seeding: replacement of the stored articles by those of a folder. Only this module and `entities` write content.

A seeding is one transaction that first waits for any other to end, so that what it reads stays true until it commits.
Until then other connections read the old content.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, inspect, select, text

from counterpoint.article import records
from counterpoint.errors import InvalidFiles, NotReady, Place, Problem
from counterpoint.store import entity_freshness, models
from counterpoint.store.batching import batched
from counterpoint.store.database import WRONG_SCHEMA_MESSAGE
from counterpoint.store.id_allocator import IdAllocator, next_id
from counterpoint.store.models import sql_table
from counterpoint.store.records_to_rows import article_rows
from counterpoint.store.seeding_cache_tags import COMPARED_MODELS, TYPES, ChangeTracker
from counterpoint.store.statement_kinds import ENTITY_KINDS

ARTICLES_PER_BATCH = 200
"""Articles that memory holds at a time."""

ARTICLE_MODELS: tuple[type[models.Base], ...] = (
    *COMPARED_MODELS,
    *(kind.mention for kind in ENTITY_KINDS),
    models.Passage,
)
"""The models whose rows belong to one article, each after those that it references."""

MODELS_WITH_IDS = [
    model
    for model in (*ARTICLE_MODELS, *(kind.model for kind in ENTITY_KINDS))
    if not issubclass(model, models.Mention)
]

ADVISORY_LOCK_ID = 0x436F756E
"""PostgreSQL's lock that seedings wait for; the number is "Coun" in ASCII."""

ReadArticles = Callable[[Sequence[str]], Iterable[records.Article]]
"""Returns the articles at some paths, or raises InvalidFiles."""


@dataclass(frozen=True)
class Difference:
    """The paths of a folder's files and of stored articles, by how they differ."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the database already holds exactly the folder's articles."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True)
class SeedResult:
    """The result of a seeding: what differed, the new revision, and the cache tags to purge.

    `tags` are sorted: one for each article that was added, changed or removed, and one for each type that changed.
    """

    difference: Difference
    revision: str
    tags: tuple[str, ...] = ()


def seed(
    engine: Engine, files: Mapping[str, str], read_articles: ReadArticles, *, parser_version: int, now: datetime
) -> SeedResult:
    """Make the database hold exactly the articles of a folder; write nothing if it does already.

    `files` maps paths to SHA-256 digests. Articles stored with another `parser_version` count as changed. Raise
    NotReady if the tables are not of this version, InvalidFiles if any article has a problem.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK_ID})
        _check_schema_version(connection)
        difference = _compare_folder(connection, files, parser_version)
        revision = _revision_id(files, parser_version)
        if difference.is_empty and connection.scalar(select(sql_table(models.Revision).c.id)) == revision:
            return SeedResult(difference, revision)
        changes = _start_tracking(connection, difference, parser_version)
        _delete_articles(connection, [*difference.removed, *difference.changed], changes)
        _insert_articles(connection, read_articles([*difference.added, *difference.changed]), parser_version, changes)
        entity_freshness.refresh(connection, changes)
        revision_table = sql_table(models.Revision)
        connection.execute(delete(revision_table))
        connection.execute(insert(revision_table), {"id": revision, "article_count": len(files), "seeded_at": now})
        return SeedResult(difference, revision, changes.tags)


def _check_schema_version(connection: Connection) -> None:
    version = None
    if inspect(connection).has_table("alembic_version"):
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if version != models.SCHEMA_VERSION:
        raise NotReady(WRONG_SCHEMA_MESSAGE)


def _compare_folder(connection: Connection, files: Mapping[str, str], parser_version: int) -> Difference:
    article = sql_table(models.Article).c
    stored = {
        path: (digest, version)
        for path, digest, version in connection.execute(select(article.path, article.sha256, article.parser_version))
    }
    current = {path: (digest, parser_version) for path, digest in files.items()}
    return Difference(
        added=tuple(path for path in current if path not in stored),
        changed=tuple(path for path in current if path in stored and stored[path] != current[path]),
        removed=tuple(path for path in stored if path not in current),
        unchanged=tuple(path for path in current if stored.get(path) == current[path]),
    )


def _revision_id(files: Mapping[str, str], parser_version: int) -> str:
    lines = "".join(f"{path}\0{digest}\n" for path, digest in sorted(files.items()))
    return sha256(f"{parser_version}\n{lines}".encode()).hexdigest()[:32]


def _start_tracking(connection: Connection, difference: Difference, parser_version: int) -> ChangeTracker:
    """Create a tracker. All types count as changed if any stored article is of another parser version.

    Rows are not compared then, because equal rows of two parser versions may mean different things.
    """
    version = sql_table(models.Article).c.parser_version
    is_new_parser = connection.scalar(select(version).where(version != parser_version).limit(1)) is not None
    has_deletions = bool(difference.removed or difference.changed)
    changes = ChangeTracker(compare=has_deletions and not is_new_parser)
    changes.mark_types(*(TYPES if is_new_parser else [models.Revision.__name__]))
    return changes


def _delete_articles(connection: Connection, paths: Sequence[str], changes: ChangeTracker) -> None:
    """Delete the rows of articles, and record the entities that they name."""
    articles = sql_table(models.Article)
    for batch in batched(paths, ARTICLES_PER_BATCH):
        ids = list(connection.scalars(select(articles.c.id).where(articles.c.path.in_(batch))))
        changes.record_deletion(connection, ids)
        for kind in ENTITY_KINDS:
            mentions = sql_table(kind.mention).c
            entity_ids = select(mentions[kind.foreign_key]).where(mentions.article_id.in_(ids))
            changes.entities[kind.model].update(connection.scalars(entity_ids))
        for model in reversed(ARTICLE_MODELS):
            table = sql_table(model)
            owner = table.c.id if model is models.Article else table.c.article_id
            connection.execute(delete(table).where(owner.in_(ids)))


def _insert_articles(
    connection: Connection, articles: Iterable[records.Article], parser_version: int, changes: ChangeTracker
) -> None:
    """Insert articles in batches; collect the problems of all before raising InvalidFiles."""
    ids = IdAllocator({model: next_id(connection, model) for model in MODELS_WITH_IDS})
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    for batch in batched(_catch_invalid_files(articles, problems), ARTICLES_PER_BATCH):
        problems += _duplicate_slugs(connection, batch, paths)
        if not problems:
            _insert_batch(connection, batch, parser_version, ids, changes)
    if problems:
        raise InvalidFiles(problems)


def _catch_invalid_files(articles: Iterable[records.Article], problems: list[Problem]) -> Iterator[records.Article]:
    """Yield the articles; collect the problems of the invalid ones instead of raising InvalidFiles."""
    try:
        yield from articles
    except InvalidFiles as error:
        problems += error.problems


def _insert_batch(
    connection: Connection,
    articles: Sequence[records.Article],
    parser_version: int,
    ids: IdAllocator,
    changes: ChangeTracker,
) -> None:
    """Insert the rows of articles, and record the entities that they name."""
    for kind in ENTITY_KINDS:
        if entity_freshness.upsert(connection, kind, articles, ids):
            changes.mark_types(kind.model.__name__)
        changes.entities[kind.model].update(ids.entities[kind.model].values())
    rows_by_article = [article_rows(article, parser_version, ids) for article in articles]
    for article in rows_by_article:
        changes.record_insertion(article)
    for model in ARTICLE_MODELS:
        rows = [row for article in rows_by_article for row in article.get(model, ())]
        if rows:
            connection.execute(insert(sql_table(model)), rows)


def _duplicate_slugs(
    connection: Connection, articles: Sequence[records.Article], paths: dict[str, str]
) -> list[Problem]:
    """Return a problem for each article whose slug another file has; `paths` collects the paths by slug."""
    table = sql_table(models.Article)
    slugs = [article.slug for article in articles]
    stored = connection.execute(select(table.c.slug, table.c.path).where(table.c.slug.in_(slugs)))
    paths |= dict(stored.all())
    problems = []
    for article in articles:
        other = paths.setdefault(article.slug, article.path)
        if other != article.path:
            message = f"duplicate slug {article.slug!r}: {other} has it too"
            problems.append(Problem(Place(article.path, 1), message, "give one of them its own `slug:`"))
    return problems
