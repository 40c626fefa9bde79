"""Entities: made when an article first names them, brought up to date with the newest, deleted with the last."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from counterpoint.article import records
from counterpoint.article.normalization import fold
from counterpoint.store import models
from counterpoint.store.change_tracker import ChangeTracker
from counterpoint.store.id_allocator import IdAllocator, ModelRow
from counterpoint.store.passages import NAMES, entity_passage
from counterpoint.store.records_to_rows import MENTIONS, entity_names
from counterpoint.store.sql_helpers import MAX_IN_VALUES, batched, next_id


def upsert(
    connection: Connection, entity: type[models.Entity], articles: Sequence[records.Article], ids: IdAllocator
) -> bool:
    """Find the ids of the entities that some articles name; make those that are new, and tell whether any are."""
    table = models.sql_table(entity)
    spelled: dict[str, str] = {}
    for article in articles:
        spelled |= entity_names(article)[entity]
    known: dict[str, int] = {}
    ids.entities[entity] = known
    for some in batched(spelled, MAX_IN_VALUES):
        stored = connection.execute(select(table.c.slug, table.c.id).where(table.c.slug.in_(some)))
        known |= dict(stored.all())
    new: list[ModelRow] = [
        {"id": ids.take(entity), "slug": slug, "name": name, "name_key": fold(name)}
        for slug, name in spelled.items()
        if slug not in known
    ]
    if new:
        connection.execute(insert(table), new)
    known |= {row["slug"]: row["id"] for row in new}
    return bool(new)


def refresh(connection: Connection, changes: ChangeTracker) -> None:
    """Bring what entities have from their newest articles up to date, and delete those that none names."""
    for entity, ids in changes.entities.items():
        mention, column = MENTIONS[entity]
        entities, mentions = models.sql_table(entity), models.sql_table(mention)
        for some in batched(sorted(ids), MAX_IN_VALUES):
            before = _stored(connection, entity, some)
            named = select(mentions.c[column]).where(mentions.c[column] == entities.c.id).exists()
            connection.execute(delete(entities).where(entities.c.id.in_(some), ~named))
            rows = [
                _updated_columns(row)
                for row in connection.execute(_select_latest(entity).where(entities.c.id.in_(some)))
            ]
            if rows:
                columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "its_id"}
                connection.execute(update(entities).where(entities.c.id == bindparam("its_id")).values(columns), rows)
            _reindex_names(connection, entity, some)
            if _stored(connection, entity, some) != before:
                changes.note(entity.__name__)


def _stored(connection: Connection, entity: type[models.Entity], ids: list[int]) -> list[ModelRow]:
    table = models.sql_table(entity)
    return [dict(row._mapping) for row in connection.execute(select(table).where(table.c.id.in_(ids)).order_by("id"))]


def _reindex_names(connection: Connection, entity: type[models.Entity], ids: list[int]) -> None:
    """Let some entities be found by the names that they have now; those that are gone, by none."""
    entities, passages = models.sql_table(entity), models.sql_table(models.Passage)
    theirs = passages.c.article_id.is_(None) & (passages.c.kind == NAMES[entity]) & passages.c.node_id.in_(ids)
    connection.execute(delete(passages).where(theirs))
    columns = entities.c.id, entities.c.slug, entities.c.name
    found = [entity_passage(entity, *row) for row in connection.execute(select(*columns).where(entities.c.id.in_(ids)))]
    free = next_id(connection, models.Passage)
    rows = [{"id": free + number, **row} for number, row in enumerate(filter(None, found))]
    if rows:
        connection.execute(insert(passages), rows)


def _select_latest(entity: type[models.Entity]) -> Any:
    """Select an entity's name, and what else it has from its newest articles."""
    mention, column = MENTIONS[entity]
    entities, mentions = models.sql_table(entity), models.sql_table(mention)
    spelled = (
        select(mentions.c.name).where(mentions.c[column] == entities.c.id).order_by(mentions.c.recency_key).limit(1)
    )
    columns = [entities.c.id.label("its_id"), spelled.scalar_subquery().label("name")]
    for model, statement, source in (
        (models.Party, models.Stance, {"current_stance": "text"}),
        (models.Group, models.Role, {"current_function": "function", "current_core_message": "core_message"}),
    ):
        table = models.sql_table(statement)
        for target, name in source.items() if entity is model else ():
            newest = select(table.c[name]).where(table.c[column] == entities.c.id)
            newest = newest.order_by(table.c.recency_key, table.c.position).limit(1)
            columns.append(newest.scalar_subquery().label(target))
    return select(*columns)


def _updated_columns(row: Any) -> ModelRow:
    made = dict(row._mapping)
    return made | {"name_key": fold(made["name"])}
