"""Tracking of what a seeding changes, so that caches can be purged of responses that may have changed.

The rows of each type are compared by sums of digests: inserted rows add to the sum, deleted rows subtract. A sum other
than zero means that the type changed. Memory does not grow with the number of articles, because no row is remembered.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import orjson
from sqlalchemy import Connection, select

from counterpoint.article import records
from counterpoint.cache_tag_format import format_object_tag, format_type_tag
from counterpoint.store import models
from counterpoint.store.batching import MAX_IN_VALUES, batched
from counterpoint.store.id_allocator import ModelRows
from counterpoint.store.models import sql_table
from counterpoint.store.statement_kinds import ENTITY_KINDS, NODE_TYPES, STATEMENT_KINDS
from counterpoint.store.table_columns import ModelColumns, convert_row, list_column_names, to_rows

BLOCK_TYPES = ("Paragraph", "PointList", "Table")

COMPARED_MODELS: tuple[type[models.Base], ...] = (
    models.Article,
    models.Section,
    models.Block,
    models.Image,
    *(kind.model for kind in STATEMENT_KINDS),
)
"""Models whose rows are compared. All others change only with their articles, whose tags are reported."""

NOT_EXPOSED = ("id", "article_id", "parser_version", "entity_tags")
"""Columns that no query can select, or that the article's slug represents."""

TYPES = frozenset({*NODE_TYPES.values(), *BLOCK_TYPES, models.Image.__name__, models.Revision.__name__})
"""All types of content."""


@dataclass(frozen=True)
class ArticleChanges:
    """The changes of one article: names of its fields, and the number of changed parts by their type."""

    fields: tuple[str, ...]
    added: Mapping[str, int]
    changed: Mapping[str, int]
    removed: Mapping[str, int]


class ChangeTracker:
    """The changes of one seeding, collected while it writes.

    `slugs` holds the slugs of the articles that changed, or that have other translations than before. `entities` holds
    the ids of the entities that inserted and deleted articles name. `details` maps the paths of changed articles to
    their changes, if a subclass collects them.
    """

    def __init__(self, *, compare: bool) -> None:
        """Compare inserted with deleted rows; without `compare`, every type with an inserted row counts as changed."""
        self._compare = compare
        self._types: set[str] = set()
        self._objects: set[str] = set()
        self.slugs: set[str] = set()
        self._sums: Counter[str] = Counter()
        self.details: dict[str, ArticleChanges] = {}
        self.entities: dict[type[models.Entity], set[int]] = {kind.model: set() for kind in ENTITY_KINDS}

    @property
    def tags(self) -> tuple[str, ...]:
        """The cache tags of everything that changed, sorted."""
        types = self._types | {type_name for type_name, total in self._sums.items() if total}
        owners = {format_object_tag(models.Article.__name__, slug) for slug in self.slugs}
        return tuple(sorted(self._objects.union(owners, map(format_type_tag, types))))

    def mark_types(self, *types: str) -> None:
        """Mark types as changed."""
        self._types.update(types)

    def mark_objects(self, type_name: str, slugs: Iterable[str]) -> None:
        """Mark objects as changed: the entities that changed articles mention."""
        self._objects.update(format_object_tag(type_name, slug) for slug in slugs)

    def record_slugs(self, slugs: Iterable[str]) -> None:
        """Record the slugs of articles, current and former, whose answers change."""
        self.slugs.update(slugs)

    def record_deletion(self, connection: Connection, article_ids: Sequence[int]) -> None:
        """Record that articles are about to be deleted."""
        if self._compare:
            for rows in read_rows(connection, article_ids):
                self._add_digests(rows, sign=-1)
        self.slugs |= read_slugs(connection, article_ids)

    def record_insertion(self, article: records.Article, columns: ModelColumns) -> None:
        """Record that an article is inserted, by its rows."""
        # An answer that finds the article by a former slug has the tag of that slug.
        self.slugs |= {article.slug, *article.former_slugs}
        if self._compare:
            self._add_digests(to_rows(columns), sign=1)
        else:
            self.mark_types(*_list_types(columns))

    def _add_digests(self, rows: ModelRows, *, sign: int) -> None:
        (article,) = rows[models.Article]
        for type_name, values in _values_by_type(rows):
            digest = blake2b(orjson.dumps((article["slug"], values)), digest_size=16).digest()
            self._sums[type_name] += sign * int.from_bytes(digest)


def read_slugs(connection: Connection, article_ids: Iterable[int]) -> set[str]:
    """Return the slugs of stored articles, current and former."""
    articles, former_slugs = sql_table(models.Article).c, sql_table(models.FormerSlug).c
    slugs: set[str] = set()
    for batch in batched(article_ids, MAX_IN_VALUES):
        slugs.update(connection.scalars(select(articles.slug).where(articles.id.in_(batch))))
        slugs.update(connection.scalars(select(former_slugs.slug).where(former_slugs.article_id.in_(batch))))
    return slugs


def read_rows(connection: Connection, article_ids: Sequence[int]) -> Iterator[ModelRows]:
    """Yield the stored rows of each article, with their values as the driver takes them."""
    rows_by_article: dict[int, ModelRows] = {article_id: defaultdict(list) for article_id in article_ids}
    for model in COMPARED_MODELS:
        table = sql_table(model)
        owner = table.c.id if model is models.Article else table.c.article_id
        for row in connection.execute(select(table).where(owner.in_(article_ids)).order_by(table.c.id)):
            rows_by_article[row._mapping[owner]][model].append(convert_row(model, dict(row._mapping)))
    yield from rows_by_article.values()


def _list_types(columns: ModelColumns) -> Iterator[str]:
    """Yield the types of an article's rows that queries can select."""
    for model in columns.keys() & {*COMPARED_MODELS}:
        if model is models.Block:
            yield from columns[model][list_column_names(model).index("type")]
        else:
            yield model.__name__


def _values_by_type(rows: ModelRows) -> Iterator[tuple[str, list[list[object]]]]:
    """Yield the values of an article's rows that queries can select, by type.

    References between the article's own rows count from the first row, because each seeding allocates new ids. The
    article's keys stand for the ranks, which depend on the other articles.
    """
    (article,) = rows[models.Article]
    keys = {"recency_rank": article["recency_key"], "change_rank": article["change_key"]}
    first_ids = {
        sql_table(model).name: model_rows[0]["id"]
        for model, model_rows in rows.items()
        if model in COMPARED_MODELS and model_rows
    }
    for model in COMPARED_MODELS:
        values: dict[str, list[list[object]]] = defaultdict(list)
        for row in rows.get(model, ()):
            type_name = row["type"] if model is models.Block else model.__name__
            values[type_name].append(
                [
                    row[name] - first_ids[target] if target else keys.get(name, row[name])
                    for name, target in _COLUMNS[model]
                ]
            )
        yield from values.items()


def _text_and_key_columns(model: type[models.Base]) -> Iterator[tuple[str, str | None]]:
    """Yield the columns to compare, each with the compared table that it references, if any."""
    compared_tables = {sql_table(compared).name for compared in COMPARED_MODELS}
    for column in sql_table(model).c:
        if column.name not in NOT_EXPOSED:
            targets = {key.column.table.name for key in column.foreign_keys} & compared_tables
            yield column.name, next(iter(targets), None)


_COLUMNS = {model: tuple(_text_and_key_columns(model)) for model in COMPARED_MODELS}
