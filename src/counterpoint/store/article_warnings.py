"""Warnings about stored articles together: names that look like one, and links that lead nowhere."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from sqlalchemy import Connection, func, select

from counterpoint.article.article_links import ArticleLink, find_broken_links
from counterpoint.article.name_warnings import warn_about_similar_names
from counterpoint.article.settled_names import SettledNames
from counterpoint.errors import Place, Problem
from counterpoint.store import models
from counterpoint.store.models import sql_table
from counterpoint.store.seeding_cache_tags import ChangeTracker
from counterpoint.store.statement_kinds import ENTITY_KINDS, STATEMENT_KINDS, EntityKind


def warn_about_links(connection: Connection, links: Iterable[ArticleLink], paths: Collection[str]) -> Iterator[Problem]:
    """Yield a warning for each link that leads to none of the articles at `paths`, or to none of its sections."""
    articles, sections = sql_table(models.Article), sql_table(models.Section)

    @cache
    def read_sections(path: str) -> Sequence[str]:
        query = select(sections.c.slug).join_from(sections, articles).where(articles.c.path == path)
        return connection.scalars(query.order_by(sections.c.id)).all()

    yield from find_broken_links(links, paths, read_sections)


def warn_about_names(connection: Connection, settled_names: SettledNames, changes: ChangeTracker) -> Iterator[Problem]:
    """Yield a warning for each pair of names that look like one, if a changed article has one of them."""
    for kind in ENTITY_KINDS:
        if changes.entities[kind.model]:
            yield from _warn_about_names_of_kind(connection, kind, settled_names, changes.entities[kind.model])


def _warn_about_names_of_kind(
    connection: Connection, kind: EntityKind, settled_names: SettledNames, ids: set[int]
) -> Iterator[Problem]:
    entities = sql_table(kind.model).c
    rows = connection.execute(select(entities.id, entities.slug, entities.name).order_by(entities.slug)).all()
    names = {slug: name for _, slug, name in rows}
    row_ids = {slug: row_id for row_id, slug, _ in rows}
    among = {slug for slug, row_id in row_ids.items() if row_id in ids}

    def find_place(slug: str) -> Place:
        return _find_place(connection, kind, row_ids[slug])

    yield from warn_about_similar_names(kind.attribute, names, settled_names, find_place, among)


def _find_place(connection: Connection, kind: EntityKind, entity_id: int) -> Place:
    """Return the place of an entity's name in the newest article: the first statement about it there, or line 1."""
    articles, mentions = sql_table(models.Article), sql_table(kind.mention)
    article_id, path = connection.execute(
        select(articles.c.id, articles.c.path)
        .join_from(mentions, articles)
        .where(mentions.c[kind.foreign_key] == entity_id)
        .order_by(mentions.c.recency_rank)
        .limit(1)
    ).one()
    lines = []
    for statement_kind in STATEMENT_KINDS:
        if kind in statement_kind.entities:
            table = sql_table(statement_kind.model).c
            is_about = (table.article_id == article_id) & (table[kind.foreign_key] == entity_id)
            lines.append(connection.scalar(select(func.min(table.line)).where(is_about)))
    return Place(path, min(filter(None, lines), default=1))
