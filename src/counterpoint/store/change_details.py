"""Details of what a seeding changes in each article, for people: fields, sections, blocks and statements, as counts."""

from collections import Counter
from collections.abc import Sequence

import orjson
from sqlalchemy import Connection

from counterpoint.article import records
from counterpoint.store import models
from counterpoint.store.id_allocator import ModelRow, ModelRows
from counterpoint.store.seeding_cache_tags import COMPARED_MODELS, ArticleChanges, ChangeTracker, read_rows
from counterpoint.store.table_columns import ModelColumns, to_rows

_POSITION_COLUMNS = {
    "id",
    "key",
    "article_id",
    "section_id",
    "block_id",
    "stance_id",
    "challenge_id",
    "position",
    "line",
}
"""Columns that change when something else in the article changes."""

_FILE_COLUMNS = {"path", "sha256", "parser_version", "entity_tags"}

Fields = dict[str, object]
"""The fields of an article by name."""


class DetailedChangeTracker(ChangeTracker):
    """A tracker that also compares each inserted article with the deleted one of the same path."""

    def __init__(self, *, compare: bool) -> None:
        super().__init__(compare=compare)
        self._old: dict[str, tuple[Fields, Counter[tuple[str, bytes]]]] = {}

    def record_deletion(self, connection: Connection, article_ids: Sequence[int]) -> None:
        """Record that articles are about to be deleted."""
        super().record_deletion(connection, article_ids)
        for rows in read_rows(connection, article_ids):
            self._old[rows[models.Article][0]["path"]] = _summarize(rows)

    def record_insertion(self, article: records.Article, columns: ModelColumns) -> None:
        """Record that an article is inserted, by its rows."""
        super().record_insertion(article, columns)
        if article.path in self._old:
            self.details[article.path] = _compare(*self._old.pop(article.path), *_summarize(to_rows(columns)))


def _summarize(rows: ModelRows) -> tuple[Fields, Counter[tuple[str, bytes]]]:
    """Return the fields of an article, and the number of its parts by type and content."""
    parts = Counter(
        (row["type"] if model is models.Block else model.__name__, _content(row))
        for model in COMPARED_MODELS
        if model is not models.Article
        for row in rows.get(model, ())
    )
    fields = _fields(rows[models.Article][0], _FILE_COLUMNS)
    return fields, parts


def _content(row: ModelRow) -> bytes:
    return orjson.dumps(sorted((name, value) for name, value in _fields(row, set()).items() if value is not None))


def _fields(row: ModelRow, excluded: set[str]) -> ModelRow:
    return {
        name: value
        for name, value in row.items()
        if name not in _POSITION_COLUMNS | excluded and not name.endswith(("_key", "_key_tail", "_rank"))
    }


def _compare(
    old_fields: Fields, old: Counter[tuple[str, bytes]], new_fields: Fields, new: Counter[tuple[str, bytes]]
) -> ArticleChanges:
    """Return the changes. A part that goes and one of its type that comes count together as one changed part."""
    removed, added = (_count_types(one - other) for one, other in ((old, new), (new, old)))
    return ArticleChanges(
        fields=tuple(name for name, value in new_fields.items() if value != old_fields[name]),
        added=added - removed,
        changed=added & removed,
        removed=removed - added,
    )


def _count_types(parts: Counter[tuple[str, bytes]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (type_name, _), number in parts.items():
        counts[type_name] += number
    return counts
