"""Records in, models out: with `entities`, the only code that writes content.

A seeding is one transaction. It begins by waiting for any other, so what it reads stays true until it commits; readers
see the old content until then, and the new at once after.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, Engine, delete, insert, inspect, select, text

from counterpoint.article import records
from counterpoint.errors import InvalidFiles, NotReady, Place, Problem
from counterpoint.store import entities, models
from counterpoint.store.change_tracker import TYPES, ChangeTracker
from counterpoint.store.id_allocator import ENTITIES, IdAllocator
from counterpoint.store.records_to_rows import MENTIONS, STATEMENTS, article_rows
from counterpoint.store.sql_helpers import batched, next_id

ARTICLES_PER_BATCH = 200
"""Articles that are written at a time: memory holds no more of them."""

ARTICLE_MODELS: tuple[type[models.Base], ...] = (
    models.Article,
    models.Section,
    models.Block,
    *(mention for mention, _ in MENTIONS.values()),
    *STATEMENTS.values(),
    models.Passage,
)
"""The tables of an article's own rows, each after those that it points at."""

ADVISORY_LOCK_ID = 0x436F756E


@dataclass(frozen=True)
class Difference:
    """How a folder differs from the database: the paths of its files, by what became of them."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the database holds the folder already."""
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True)
class SeedResult:
    """What a seeding did, and the revision that the database is at now.

    `tags` are those of whatever answers may be others now, sorted: `article:` and the slug of each article that came,
    changed or went, and the types of which any object did.
    """

    difference: Difference
    revision: str
    tags: tuple[str, ...] = ()


def seed(
    engine: Engine,
    files: Mapping[str, str],
    read: Callable[[Sequence[str]], Iterable[records.Article]],
    *,
    parser_version: int,
    now: datetime,
) -> SeedResult:
    """Make the database hold just the articles of a folder.

    `files` are its paths with their SHA-256; `read` gives the articles of some of them, or raises ProblemsFound;
    `parser_version` is that of the article parser. If nothing differs, nothing is written.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ADVISORY_LOCK_ID})
        _check_tables(connection)
        difference = _difference(connection, files, parser_version)
        revision = _revision(files, parser_version)
        if difference.is_empty and connection.scalar(select(models.sql_table(models.Revision).c.id)) == revision:
            return SeedResult(difference, revision)
        changes = _changes(connection, difference, parser_version)
        _remove(connection, [*difference.removed, *difference.changed], changes)
        _add(connection, read([*difference.added, *difference.changed]), parser_version, changes)
        entities.refresh(connection, changes)
        connection.execute(delete(models.Revision))
        connection.execute(insert(models.Revision), {"id": revision, "article_count": len(files), "seeded_at": now})
        return SeedResult(difference, revision, changes.tags)


def _check_tables(connection: Connection) -> None:
    """Raise NotReady unless the tables are those of this version."""
    version = None
    if inspect(connection).has_table("alembic_version"):
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if version != models.SCHEMA_VERSION:
        raise NotReady("The database's tables are not those of this version: run `counterpoint migrate` first.")


def _difference(connection: Connection, files: Mapping[str, str], parser_version: int) -> Difference:
    article = models.sql_table(models.Article).c
    known = {
        path: (sha, version)
        for path, sha, version in connection.execute(select(article.path, article.sha256, article.parser_version))
    }
    return Difference(
        added=tuple(path for path in files if path not in known),
        changed=tuple(path for path, sha in files.items() if path in known and known[path] != (sha, parser_version)),
        removed=tuple(path for path in known if path not in files),
        unchanged=tuple(path for path, sha in files.items() if known.get(path) == (sha, parser_version)),
    )


def _revision(files: Mapping[str, str], parser_version: int) -> str:
    listed = "".join(f"{path}\0{sha}\n" for path, sha in sorted(files.items()))
    return sha256(f"{parser_version}\n{listed}".encode()).hexdigest()[:32]


def _changes(connection: Connection, difference: Difference, parser_version: int) -> ChangeTracker:
    """Begin to gather what changes. What another reader made is not compared: it may mean something else now."""
    readers = models.sql_table(models.Article).c.parser_version
    is_read_anew = connection.scalar(select(readers).where(readers != parser_version).limit(1)) is not None
    goes = difference.removed or difference.changed
    changes = ChangeTracker(compares=bool(goes) and not is_read_anew)
    changes.note(*(TYPES if is_read_anew else [models.Revision.__name__]))
    return changes


def _remove(connection: Connection, paths: Sequence[str], changes: ChangeTracker) -> None:
    """Delete the rows of some articles, and note the entities that they named."""
    for some in batched(paths, ARTICLES_PER_BATCH):
        articles = models.sql_table(models.Article)
        ids = list(connection.scalars(select(articles.c.id).where(articles.c.path.in_(some))))
        changes.remove(connection, ids)
        for entity, (mention, column) in MENTIONS.items():
            table = models.sql_table(mention)
            named = select(table.c[column]).where(table.c.article_id.in_(ids))
            changes.entities[entity].update(connection.scalars(named))
        for model in reversed(ARTICLE_MODELS):
            table = models.sql_table(model)
            owner = table.c.id if model is models.Article else table.c.article_id
            connection.execute(delete(table).where(owner.in_(ids)))


def _add(
    connection: Connection, articles: Iterable[records.Article], parser_version: int, changes: ChangeTracker
) -> None:
    """Insert the rows of some articles, and note the entities that they name."""
    ids = IdAllocator(
        {
            model: next_id(connection, model)
            for model in (*ARTICLE_MODELS, *ENTITIES)
            if "id" in models.sql_table(model).c
        }
    )
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    try:
        for some in batched(articles, ARTICLES_PER_BATCH):
            problems += _shared_slugs(connection, some, paths)
            if not problems:
                _insert(connection, some, parser_version, ids, changes)
    except InvalidFiles as found:
        problems += found.problems
    if problems:
        raise InvalidFiles(problems)


def _insert(
    connection: Connection,
    articles: Sequence[records.Article],
    parser_version: int,
    ids: IdAllocator,
    changes: ChangeTracker,
) -> None:
    for entity in ENTITIES:
        if entities.upsert(connection, entity, articles, ids):
            changes.note(entity.__name__)
        changes.entities[entity].update(ids.entities[entity].values())
    made = [article_rows(article, parser_version, ids) for article in articles]
    for rows_of_one in made:
        changes.add(rows_of_one)
    for model in ARTICLE_MODELS:
        rows = [row for rows in made for row in rows.get(model, ())]
        if rows:
            connection.execute(insert(models.sql_table(model)), rows)


def _shared_slugs(connection: Connection, articles: Sequence[records.Article], paths: dict[str, str]) -> list[Problem]:
    """Tell where two files have one slug; `paths` are those of the slugs met so far."""
    table = models.sql_table(models.Article)
    slugs = [article.slug for article in articles]
    stored = connection.execute(select(table.c.slug, table.c.path).where(table.c.slug.in_(slugs)))
    paths |= dict(stored.all())
    problems = []
    for article in articles:
        other = paths.setdefault(article.slug, article.path)
        if other != article.path:
            message = f"the slug {article.slug!r} is that of {other} too"
            problems.append(Problem(Place(article.path, 1), message, "give one of them a slug: of its own"))
    return problems
