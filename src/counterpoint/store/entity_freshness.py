"""Entities: inserted when an article first names them, updated from the newest article, deleted with the last."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, ScalarSelect, Select, Table, bindparam, delete, insert, select, update

from counterpoint.article.normalization import fold, slugify
from counterpoint.article.settled_names import SettledNames
from counterpoint.store import models
from counterpoint.store.batching import MAX_IN_VALUES, batched
from counterpoint.store.id_allocator import IdAllocator, ModelRow, find_next_id
from counterpoint.store.models import sql_table
from counterpoint.store.passages import build_entity_passage
from counterpoint.store.prepared_articles import PreparedArticle
from counterpoint.store.seeding_cache_tags import ChangeTracker
from counterpoint.store.statement_kinds import ENTITY_KINDS, EntityKind


def upsert(connection: Connection, kind: EntityKind, articles: Sequence[PreparedArticle], ids: IdAllocator) -> bool:
    """Insert the entities of a kind that articles name and that are new; return True if there are any.

    Afterwards `ids` knows all that the articles name.
    """
    table = sql_table(kind.model)
    names = {slug: name for article in articles for slug, name in article.names[kind.model].items()}
    entity_ids = ids.entities[kind.model] = _read_ids(connection, table, names)
    new_rows: list[ModelRow] = [
        {"id": ids.next(kind.model), "slug": slug, "name": name, "name_key": fold(name), "aliases": []}
        for slug, name in names.items()
        if slug not in entity_ids
    ]
    if new_rows:
        connection.execute(insert(table), new_rows)
    entity_ids |= {row["slug"]: row["id"] for row in new_rows}
    return bool(new_rows)


def _read_ids(connection: Connection, table: Table, slugs: Iterable[str]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for batch in batched(slugs, MAX_IN_VALUES):
        ids |= dict(connection.execute(select(table.c.slug, table.c.id).where(table.c.slug.in_(batch))).all())
    return ids


def refresh(connection: Connection, settled_names: SettledNames, changes: ChangeTracker) -> None:
    """Update the entities that changed articles name, and delete those that no article names any more."""
    for kind in ENTITY_KINDS:
        for ids in batched(sorted(changes.entities[kind.model]), MAX_IN_VALUES):
            _delete_aliases(connection, kind, ids)
    for kind in ENTITY_KINDS:
        for ids in batched(sorted(changes.entities[kind.model]), MAX_IN_VALUES):
            before = _read_rows(connection, kind, ids)
            _delete_unmentioned(connection, kind, ids)
            _copy_from_newest_articles(connection, kind, ids)
            _insert_aliases(connection, kind, ids, settled_names)
            _reindex_names(connection, kind, ids)
            after = _read_rows(connection, kind, ids)
            # The tag of an entity also stands for all content of the articles that mention it.
            changes.mark_objects(kind.model.__name__, _slugs([*before, *after]))
            if after != before:
                changes.mark_types(kind.model.__name__)


def _slugs(entities: Iterable[ModelRow]) -> Iterator[str]:
    """Yield the slugs of entities and of their aliases: an answer has the tag of the slug that the request has."""
    for row in entities:
        yield row["slug"]
        yield from map(slugify, row["aliases"])


def _read_rows(connection: Connection, kind: EntityKind, ids: list[int]) -> list[ModelRow]:
    table = sql_table(kind.model)
    return [dict(row._mapping) for row in connection.execute(select(table).where(table.c.id.in_(ids)).order_by("id"))]


def _delete_unmentioned(connection: Connection, kind: EntityKind, ids: list[int]) -> None:
    entities, mentions = sql_table(kind.model), sql_table(kind.mention)
    is_mentioned = select(mentions).where(mentions.c[kind.foreign_key] == entities.c.id).exists()
    connection.execute(delete(entities).where(entities.c.id.in_(ids), ~is_mentioned))


def _copy_from_newest_articles(connection: Connection, kind: EntityKind, ids: list[int]) -> None:
    """Set the name and the `current_` columns of entities from the newest articles."""
    entities = sql_table(kind.model)
    latest = connection.execute(_select_latest(kind).where(entities.c.id.in_(ids)))
    rows = [{**row._mapping, "name_key": fold(row.name)} for row in latest]
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "row_id"}
        connection.execute(update(entities).where(entities.c.id == bindparam("row_id")).values(columns), rows)


def _delete_aliases(connection: Connection, kind: EntityKind, ids: list[int]) -> None:
    aliases = sql_table(kind.alias)
    connection.execute(delete(aliases).where(aliases.c[kind.foreign_key].in_(ids)))


def _insert_aliases(connection: Connection, kind: EntityKind, ids: list[int], settled_names: SettledNames) -> None:
    """Set the aliases of entities, whose rows of aliases are deleted."""
    entities = sql_table(kind.model)
    stored = connection.execute(select(entities.c.id, entities.c.slug).where(entities.c.id.in_(ids)))
    aliases_by_id = {row_id: settled_names.aliases(kind.attribute, slug) for row_id, slug in stored}
    columns = {"aliases": bindparam("names", type_=entities.c.aliases.type)}
    values = [{"row_id": row_id, "names": aliases} for row_id, aliases in aliases_by_id.items()]
    if values:
        connection.execute(update(entities).where(entities.c.id == bindparam("row_id")).values(columns), values)
    rows = [
        {"slug": slugify(alias), kind.foreign_key: row_id}
        for row_id, aliases in aliases_by_id.items()
        for alias in aliases
    ]
    if rows:
        connection.execute(insert(sql_table(kind.alias)), rows)


def _reindex_names(connection: Connection, kind: EntityKind, ids: list[int]) -> None:
    """Replace the passages of entities' names; deleted entities have none."""
    entities, passages = sql_table(kind.model), sql_table(models.Passage)
    is_theirs = passages.c.article_id.is_(None) & (passages.c.kind == kind.passage) & passages.c.node_id.in_(ids)
    connection.execute(delete(passages).where(is_theirs))
    columns = entities.c.id, entities.c.slug, entities.c.name, entities.c.aliases
    stored = connection.execute(select(*columns).where(entities.c.id.in_(ids)).order_by(entities.c.id))
    new_passages = filter(
        None, [build_entity_passage(kind, row_id, slug, [name, *aliases]) for row_id, slug, name, aliases in stored]
    )
    rows = [
        {"id": passage_id, **row}
        for passage_id, row in enumerate(new_passages, find_next_id(connection, models.Passage))
    ]
    if rows:
        connection.execute(insert(passages), rows)


def _select_latest(kind: EntityKind) -> Select[Any]:
    """Select each entity's id, and the values that its newest articles give it."""
    entities, mentions = sql_table(kind.model), sql_table(kind.mention)
    columns = [_newest(kind, kind.mention, "name", mentions.c.recency_rank).label("name")]
    for column, (statement, source) in kind.current.items():
        statements = sql_table(statement)
        newest = _newest(kind, statement, source, statements.c.recency_rank, statements.c.position)
        columns.append(newest.label(column))
    return select(entities.c.id.label("row_id"), *columns)


def _newest(kind: EntityKind, model: type[models.Base], column: str, *order: Any) -> ScalarSelect[Any]:
    """Select a column of the first row that references the entity."""
    table = sql_table(model)
    references_entity = table.c[kind.foreign_key] == sql_table(kind.model).c.id
    return select(table.c[column]).where(references_entity).order_by(*order).limit(1).scalar_subquery()
