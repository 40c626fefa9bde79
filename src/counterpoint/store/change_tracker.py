"""Rows in, tags out: what a seeding changes, so that whoever keeps answers can be told which may be others now.

Rows are compared by type, as sums of digests: the new rows' less the old rows'. A sum that is not zero in the end tells
that something changed, and nothing must be kept of any article, however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b

import orjson
from sqlalchemy import Connection, select

from counterpoint.cache_tags import object_tag, type_tag
from counterpoint.store import models
from counterpoint.store.id_allocator import ENTITIES, ModelRows
from counterpoint.store.records_to_rows import STATEMENTS

BLOCKS = ("Paragraph", "PointList", "Table")
OWNER = models.Article.__name__
COMPARED_MODELS: tuple[type[models.Base], ...] = (models.Article, models.Section, models.Block, *STATEMENTS.values())
"""The tables of what is told of by type. Mentions and passages change with their articles, which are told anyway."""

NOT_EXPOSED = ("id", "article_id", "parser_version")
"""Columns that nobody can ask for, or that say no more than the slug beside them."""

_WHOLE: tuple[type[models.Base], ...] = (models.Article, models.Section, *ENTITIES, models.Revision)

TYPES = frozenset([*BLOCKS, *STATEMENTS, *(model.__name__ for model in _WHOLE)])
"""All types that content is told of by."""


class ChangeTracker:
    """What changes, gathered while a seeding writes."""

    def __init__(self, *, compares: bool) -> None:
        """Compare the rows that come with those that go; otherwise, every type of which rows come is changed."""
        self._compares = compares
        self._types: set[str] = set()
        self._slugs: set[str] = set()
        self._sums: Counter[str] = Counter()
        self.entities: dict[type[models.Entity], set[int]] = {entity: set() for entity in ENTITIES}
        """The ids of those that the articles name which come or go."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of all that changed, sorted."""
        types = self._types | {named for named, total in self._sums.items() if total}
        owners = {object_tag(OWNER, slug) for slug in self._slugs}
        return tuple(sorted(owners.union(map(type_tag, types))))

    def note(self, *types: str) -> None:
        """Note that objects of some types change."""
        self._types.update(types)

    def remove(self, connection: Connection, ids: Sequence[int]) -> None:
        """Note the articles with some ids, which are about to be removed."""
        if self._compares:
            for rows in _stored(connection, ids):
                self._count(rows, -1)
        articles = models.sql_table(models.Article).c
        self._slugs.update(connection.scalars(select(articles.slug).where(articles.id.in_(ids))))

    def add(self, rows: ModelRows) -> None:
        """Note an article that is added, by its rows."""
        (article,) = rows[models.Article]
        self._slugs.add(article["slug"])
        if self._compares:
            self._count(rows, 1)
        else:
            self.note(*(named for named, _ in _by_type(rows)))

    def _count(self, rows: ModelRows, times: int) -> None:
        (article,) = rows[models.Article]
        for named, values in _by_type(rows):
            digest = blake2b(orjson.dumps((article["slug"], values)), digest_size=16).digest()
            self._sums[named] += times * int.from_bytes(digest)


def _stored(connection: Connection, ids: Sequence[int]) -> Iterator[ModelRows]:
    """Read the rows of some articles, as they were made."""
    found: dict[int, ModelRows] = {identity: defaultdict(list) for identity in ids}
    for model in COMPARED_MODELS:
        table = models.sql_table(model)
        owner = table.c.id if model is models.Article else table.c.article_id
        for row in connection.execute(select(table).where(owner.in_(ids)).order_by(table.c.id)):
            found[row._mapping[owner]][model].append(dict(row._mapping))
    yield from found.values()


def _by_type(rows: ModelRows) -> Iterator[tuple[str, list[list[object]]]]:
    """Give what can be asked for of an article's rows, by type.

    Ids of the article's own rows are new with each seeding: they are told as counted from the first of their table.
    """
    firsts = {
        models.sql_table(model).name: its[0]["id"] for model, its in rows.items() if model in COMPARED_MODELS and its
    }
    for model in COMPARED_MODELS:
        values: dict[str, list[list[object]]] = defaultdict(list)
        for row in rows.get(model, ()):
            named = row["type"] if model is models.Block else model.__name__
            values[named].append([row[name] - firsts[own] if own else row[name] for name, own in _COLUMNS[model]])
        yield from values.items()


def _columns(model: type[models.Base]) -> Iterator[tuple[str, str | None]]:
    """Give the columns to compare, each with the table among those compared that it points at."""
    compared = {models.sql_table(each).name for each in COMPARED_MODELS}
    for column in models.sql_table(model).c:
        if column.name not in NOT_EXPOSED:
            targets = {key.column.table.name for key in column.foreign_keys} & compared
            yield column.name, next(iter(targets), None)


_COLUMNS = {model: tuple(_columns(model)) for model in COMPARED_MODELS}
