"""Records in, models out: the only code that writes content.

A seeding is one transaction. It begins by waiting for any other, so what it reads stays true until it commits; readers
see the old content until then, and the new at once after.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table, bindparam, delete, func, insert, inspect, select, text, update

from counterpoint.article import records
from counterpoint.article.names import fold
from counterpoint.errors import NotReady, Place, Problem, ProblemsFound
from counterpoint.store import models
from counterpoint.store.ids import ENTITIES, Ids, Row
from counterpoint.store.passages import NAMES, naming
from counterpoint.store.rows import MENTIONS, STATEMENTS, names, rows_of

T = TypeVar("T")

Entities = dict[type[models.Entity], set[int]]

BATCH = 200
"""Articles that are written at a time: memory holds no more of them."""

PARAMETERS = 500
"""Values in one list of an SQL condition."""

CONTENT: tuple[type[models.Base], ...] = (
    models.Article,
    models.Section,
    models.Block,
    *(mention for mention, _ in MENTIONS.values()),
    *STATEMENTS.values(),
    models.Passage,
)
"""The tables of an article's own rows, each after those that it points at."""

LOCK = 0x436F756E


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
class Seeding:
    """What a seeding did, and the revision that the database is at now."""

    difference: Difference
    revision: str


def seed(
    engine: Engine,
    files: Mapping[str, str],
    read: Callable[[Sequence[str]], Iterable[records.Article]],
    *,
    reader: int,
    now: datetime,
) -> Seeding:
    """Make the database hold just the articles of a folder.

    `files` are its paths with their SHA-256; `read` gives the articles of some of them, or raises ProblemsFound;
    `reader` is the version of what understands them. If nothing differs, nothing is written.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        _check_tables(connection)
        difference = _difference(connection, files, reader)
        revision = _revision(files, reader)
        if difference.is_empty and connection.scalar(select(_table(models.Revision).c.id)) == revision:
            return Seeding(difference, revision)
        touched: Entities = {entity: set() for entity in ENTITIES}
        _remove(connection, [*difference.removed, *difference.changed], touched)
        _add(connection, read([*difference.added, *difference.changed]), reader, touched)
        _refresh(connection, touched)
        connection.execute(delete(models.Revision))
        connection.execute(insert(models.Revision), {"id": revision, "article_count": len(files), "seeded_at": now})
        return Seeding(difference, revision)


def _check_tables(connection: Connection) -> None:
    """Raise NotReady unless the tables are those of this version."""
    version = None
    if inspect(connection).has_table("alembic_version"):
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    if version != models.VERSION:
        raise NotReady("The database's tables are not those of this version: run `counterpoint migrate` first.")


def _difference(connection: Connection, files: Mapping[str, str], reader: int) -> Difference:
    article = _table(models.Article).c
    known = {
        path: (sha, version)
        for path, sha, version in connection.execute(select(article.path, article.sha256, article.reader))
    }
    return Difference(
        added=tuple(path for path in files if path not in known),
        changed=tuple(path for path, sha in files.items() if path in known and known[path] != (sha, reader)),
        removed=tuple(path for path in known if path not in files),
        unchanged=tuple(path for path, sha in files.items() if known.get(path) == (sha, reader)),
    )


def _revision(files: Mapping[str, str], reader: int) -> str:
    listed = "".join(f"{path}\0{sha}\n" for path, sha in sorted(files.items()))
    return sha256(f"{reader}\n{listed}".encode()).hexdigest()[:32]


def _remove(connection: Connection, paths: Sequence[str], touched: Entities) -> None:
    """Delete the rows of some articles, and note the entities that they named."""
    for some in _chunks(paths, PARAMETERS):
        articles = _table(models.Article)
        ids = list(connection.scalars(select(articles.c.id).where(articles.c.path.in_(some))))
        for entity, (mention, column) in MENTIONS.items():
            table = _table(mention)
            named = select(table.c[column]).where(table.c.article_id.in_(ids))
            touched[entity].update(connection.scalars(named))
        for model in reversed(CONTENT):
            table = _table(model)
            owner = table.c.id if model is models.Article else table.c.article_id
            connection.execute(delete(table).where(owner.in_(ids)))


def _add(connection: Connection, articles: Iterable[records.Article], reader: int, touched: Entities) -> None:
    """Insert the rows of some articles, and note the entities that they name."""
    ids = Ids({model: _next_id(connection, model) for model in (*CONTENT, *ENTITIES) if "id" in _table(model).c})
    paths: dict[str, str] = {}
    problems: list[Problem] = []
    try:
        for some in _chunks(articles, BATCH):
            problems += _shared_slugs(connection, some, paths)
            if not problems:
                _insert(connection, some, reader, ids, touched)
    except ProblemsFound as found:
        problems += found.problems
    if problems:
        raise ProblemsFound(problems)


def _insert(
    connection: Connection, articles: Sequence[records.Article], reader: int, ids: Ids, touched: Entities
) -> None:
    for entity in ENTITIES:
        _name(connection, entity, articles, ids)
        touched[entity].update(ids.entities[entity].values())
    made = [rows_of(article, reader, ids) for article in articles]
    for model in CONTENT:
        rows = [row for rows in made for row in rows.get(model, ())]
        if rows:
            connection.execute(insert(_table(model)), rows)


def _shared_slugs(connection: Connection, articles: Sequence[records.Article], paths: dict[str, str]) -> list[Problem]:
    """Tell where two files have one slug; `paths` are those of the slugs met so far."""
    table = _table(models.Article)
    slugs = [article.slug for article in articles]
    stored = connection.execute(select(table.c.slug, table.c.path).where(table.c.slug.in_(slugs)))
    paths |= dict(stored.all())
    problems = []
    for article in articles:
        other = paths.setdefault(article.slug, article.path)
        if other != article.path:
            message = f"The slug {article.slug!r} is that of {other} too."
            problems.append(Problem(Place(article.path, 1), message, "Give one of them a `slug:` of its own."))
    return problems


def _name(connection: Connection, entity: type[models.Entity], articles: Sequence[records.Article], ids: Ids) -> None:
    """Find the ids of the entities that some articles name; make those that are new."""
    table = _table(entity)
    spelled: dict[str, str] = {}
    for article in articles:
        spelled |= names(article)[entity]
    known: dict[str, int] = {}
    ids.entities[entity] = known
    for some in _chunks(spelled, PARAMETERS):
        stored = connection.execute(select(table.c.slug, table.c.id).where(table.c.slug.in_(some)))
        known |= dict(stored.all())
    new: list[Row] = [
        {"id": ids.take(entity), "slug": slug, "name": name, "name_key": fold(name)}
        for slug, name in spelled.items()
        if slug not in known
    ]
    if new:
        connection.execute(insert(table), new)
    known |= {row["slug"]: row["id"] for row in new}


def _refresh(connection: Connection, touched: Entities) -> None:
    """Bring what entities have from their newest articles up to date, and delete those that none names."""
    for entity, ids in touched.items():
        mention, column = MENTIONS[entity]
        entities, mentions = _table(entity), _table(mention)
        for some in _chunks(sorted(ids), PARAMETERS):
            named = select(mentions.c[column]).where(mentions.c[column] == entities.c.id).exists()
            connection.execute(delete(entities).where(entities.c.id.in_(some), ~named))
            rows = [_newest(row) for row in connection.execute(_current(entity).where(entities.c.id.in_(some)))]
            if rows:
                columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "its_id"}
                connection.execute(update(entities).where(entities.c.id == bindparam("its_id")).values(columns), rows)
            _rename(connection, entity, some)


def _rename(connection: Connection, entity: type[models.Entity], ids: list[int]) -> None:
    """Let some entities be found by the names that they have now; those that are gone, by none."""
    entities, passages = _table(entity), _table(models.Passage)
    theirs = passages.c.article_id.is_(None) & (passages.c.kind == NAMES[entity]) & passages.c.node_id.in_(ids)
    connection.execute(delete(passages).where(theirs))
    columns = entities.c.id, entities.c.slug, entities.c.name
    found = [naming(entity, *row) for row in connection.execute(select(*columns).where(entities.c.id.in_(ids)))]
    free = _next_id(connection, models.Passage)
    rows = [{"id": free + number, **row} for number, row in enumerate(filter(None, found))]
    if rows:
        connection.execute(insert(passages), rows)


def _current(entity: type[models.Entity]) -> Any:
    """Select an entity's name, and what else it has from its newest articles."""
    mention, column = MENTIONS[entity]
    entities, mentions = _table(entity), _table(mention)
    spelled = select(mentions.c.name).where(mentions.c[column] == entities.c.id).order_by(mentions.c.newness).limit(1)
    columns = [entities.c.id.label("its_id"), spelled.scalar_subquery().label("name")]
    for model, statement, source in (
        (models.Party, models.Stance, {"current_stance": "text"}),
        (models.Group, models.Role, {"current_function": "function", "current_core_message": "core_message"}),
    ):
        table = _table(statement)
        for target, name in source.items() if entity is model else ():
            newest = select(table.c[name]).where(table.c[column] == entities.c.id)
            newest = newest.order_by(table.c.newness, table.c.position).limit(1)
            columns.append(newest.scalar_subquery().label(target))
    return select(*columns)


def _newest(row: Any) -> Row:
    made = dict(row._mapping)
    return made | {"name_key": fold(made["name"])}


def _next_id(connection: Connection, model: type[models.Base]) -> int:
    return (connection.scalar(select(func.max(_table(model).c.id))) or 0) + 1


def _table(model: type[models.Base]) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut into lists of some size. What came before problems is given before they are raised."""
    remaining = iter(items)
    problems: ProblemsFound | None = None
    while problems is None:
        some: list[T] = []
        try:
            some.extend(islice(remaining, size))
        except ProblemsFound as found:
            problems = found
        if not some:
            break
        yield some
    if problems:
        raise problems
