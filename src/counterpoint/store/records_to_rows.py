"""Conversion of an article's records to the rows of its tables, without access to the database.

Ids count from 0 in reading order in each table, and slugs stand for the ids of entities. `prepared_articles` replaces
them by the ids of a database.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any

from counterpoint.article import records
from counterpoint.article.content_keys import KeyedStatement, assign_block_keys, assign_statement_keys
from counterpoint.article.normalization import fold, slugify
from counterpoint.cache_tag_format import format_object_tag
from counterpoint.store import models
from counterpoint.store.id_allocator import IdAllocator, ModelRow, ModelRows
from counterpoint.store.passages import build_article_passages
from counterpoint.store.statement_kinds import (
    ENTITY_KINDS,
    GOVERNMENT,
    POLICY_AREA,
    STATEMENT_KIND_OF,
    EntityKind,
    StatementKind,
)
from counterpoint.store.table_columns import list_column_names
from counterpoint.store.table_html import follows_from_cells

LAST_DAY = date.max.toordinal()


def recency_key(day: date | None, article_slug: str) -> str:
    """Return a key that sorts from the newest date to the oldest, articles without one last, then by slug."""
    days_before_last = LAST_DAY if day is None else LAST_DAY - 1 - day.toordinal()
    return f"{days_before_last:07}{article_slug}"


EntityNames = dict[type[models.Base], dict[str, str]]
"""The entities that an article names: by model, slug to first spelling, in order of appearance."""


def entity_names(article: records.Article) -> EntityNames:
    """Return the entities that an article names."""
    names: EntityNames = {kind.model: {} for kind in ENTITY_KINDS}
    for kind, name in _iter_names(article):
        names[kind.model].setdefault(slugify(name), name)
    return names


def _iter_names(article: records.Article) -> Iterator[tuple[EntityKind, str]]:
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, records.Table):
                yield from ((GOVERNMENT, name) for name in block.governments)
                yield from ((POLICY_AREA, name) for name in block.policy_areas)
                for statement in block.statements:
                    for kind in STATEMENT_KIND_OF[type(statement)].entities:
                        yield kind, getattr(statement, kind.attribute)


def build_article_rows(article: records.Article, names: EntityNames, parser_version: int) -> ModelRows:
    """Return all rows of an article, which names these entities."""
    rows: ModelRows = defaultdict(list)
    ids = IdAllocator()
    article_row = _article_row(article, names, parser_version, ids.next(models.Article))
    rows[models.Article].append(article_row)
    rows[models.ArticleAuthor] += _author_rows(article_row)
    rows[models.FormerSlug] = [{"slug": slug, "article_id": article_row["id"]} for slug in article.former_slugs]
    for kind in ENTITY_KINDS:
        rows[kind.mention] += _mention_rows(kind, names[kind.model], article_row)
    blocks = [
        _add_section(section, at, keys, article_row, ids, rows)
        for at, (section, keys) in enumerate(zip(article.sections, assign_block_keys(article), strict=True))
    ]
    rows[models.ArticleImageFile] += (
        {"article_id": article_row["id"], "path": image.path, "digest": image.sha256} for image in article.image_files
    )
    statements = assign_statement_keys(article)
    statement_rows = _add_statements(statements, article_row, blocks, ids, rows)
    rows[models.Passage] = build_article_passages(article, statements, statement_rows, rows, ids)
    return rows


def _copy_attributes(record: Any, model: type[models.Base]) -> ModelRow:
    """Return a row of a model: columns that the record has as attributes get their values, all others None."""
    names, get_values, empty_row = _common_attributes(record.__class__, model)
    return empty_row | dict(zip(names, get_values(record), strict=True))


@cache
def _common_attributes(
    record: type, model: type[models.Base]
) -> tuple[list[str], Callable[[object], tuple[Any, ...]], ModelRow]:
    """Return the columns that records have as attributes, the function that reads them, and a row without values."""
    columns = list_column_names(model)
    names = [name for name in columns if hasattr(record, name)]
    return names, attrgetter(*names), dict.fromkeys(columns)


def _article_row(article: records.Article, names: EntityNames, parser_version: int, row_id: int) -> ModelRow:
    return _copy_attributes(article, models.Article) | {
        "id": row_id,
        "title_key": fold(article.title),
        "language_key": fold(article.language),
        "recency_key": recency_key(article.published, article.slug),
        "change_key": recency_key(article.updated or article.published, article.slug),
        "recency_rank": models.UNRANKED,
        "change_rank": models.UNRANKED,
        "entity_tags": ",".join(
            format_object_tag(model.__name__, slug) for model, slugs in names.items() for slug in slugs
        ),
        "parser_version": parser_version,
    }


def _author_rows(article: ModelRow) -> Iterator[ModelRow]:
    """Yield an article's authors, each once, in the first spelling."""
    names: dict[str, str] = {}
    for name in article["authors"]:
        names.setdefault(fold(name), name)
    for key, name in names.items():
        yield {"article_id": article["id"], "name_key": key, "name": name, "recency_rank": models.UNRANKED}


def _mention_rows(kind: EntityKind, names: Mapping[str, str], article: ModelRow) -> Iterator[ModelRow]:
    for position, (slug, name) in enumerate(names.items()):
        yield {
            "article_id": article["id"],
            "position": position,
            "name": name,
            "recency_rank": models.UNRANKED,
            "change_rank": models.UNRANKED,
            kind.foreign_key: slug,
        }


def _add_section(
    section: records.Section,
    position: int,
    block_keys: list[str],
    article: ModelRow,
    ids: IdAllocator,
    rows: ModelRows,
) -> list[ModelRow]:
    """Add the rows of a section, of its blocks and of their images; return those of the blocks."""
    row = _copy_attributes(section, models.Section) | {
        "id": ids.next(models.Section),
        "key": f"{article['slug']}/{section.slug}",
        "article_id": article["id"],
        "position": position,
    }
    rows[models.Section].append(row)
    blocks = [
        _block_row(block, key, at, row, ids)
        for at, (block, key) in enumerate(zip(section.blocks, block_keys, strict=True))
    ]
    rows[models.Block] += blocks
    for block, block_row in zip(section.blocks, blocks, strict=True):
        if isinstance(block, records.Paragraph) and block.images:
            rows[models.Image] += _image_rows(block, block_row, ids)
    return blocks


def _block_row(block: records.Block, key: str, position: int, section: ModelRow, ids: IdAllocator) -> ModelRow:
    return _copy_attributes(block, models.Block) | {
        **_html_columns(block),
        "id": ids.next(models.Block),
        "key": key,
        "article_id": section["article_id"],
        "section_id": section["id"],
        "type": type(block).__name__,
        "position": position,
    }


def _html_columns(block: records.Block) -> ModelRow:
    """Return the cells of a table, and null for HTML that follows from the text or the cells."""
    match block:
        case records.Table(columns=columns, rows=rows, html=html, html_rows=html_rows):
            return {
                "cells": rows,
                "html_cells": None if html_rows == rows else html_rows,
                "html": None if follows_from_cells(html, columns, html_rows) else html,
            }
        case records.Paragraph(text=text, html=html) if html == f"<p>{text}</p>":
            return {"html": None}
        case _:
            return {}


def _image_rows(paragraph: records.Paragraph, block: ModelRow, ids: IdAllocator) -> Iterator[ModelRow]:
    for position, image in enumerate(paragraph.images):
        yield _copy_attributes(image, models.Image) | {
            "id": ids.next(models.Image),
            "article_id": block["article_id"],
            "block_id": block["id"],
            "position": position,
        }


def _add_statements(
    statements: list[KeyedStatement], article: ModelRow, blocks: list[list[ModelRow]], ids: IdAllocator, rows: ModelRows
) -> list[ModelRow]:
    """Add the rows of statements; return them in reading order."""
    statement_rows: list[ModelRow] = []
    for position, statement in enumerate(statements):
        kind = STATEMENT_KIND_OF[type(statement.record)]
        block = blocks[statement.section][statement.block]
        parent = None if statement.parent is None else statement_rows[statement.parent]
        row = _copy_attributes(statement.record, kind.model) | {
            "id": ids.next(kind.model),
            "key": statement.key,
            "article_id": article["id"],
            "section_id": block["section_id"],
            "block_id": block["id"],
            "recency_rank": models.UNRANKED,
            "position": position,
            **_statement_columns(kind, statement.record, parent, block),
        }
        statement_rows.append(row)
        rows[kind.model].append(row)
    return statement_rows


def _statement_columns(kind: StatementKind, record: Any, parent: ModelRow | None, block: ModelRow) -> ModelRow:
    """Return the columns of this kind that are not attributes of its record."""
    row = {name: block[name] for name in kind.block_columns}
    for name, text_name in kind.html.items():
        html = getattr(record, name)
        row[name] = None if html == getattr(record, text_name) else html
    for entity in kind.entities:
        row[entity.foreign_key] = slugify(getattr(record, entity.attribute))
    if kind.parent_key and parent:
        row[kind.parent_key] = parent["id"]
        row |= {entity.foreign_key: parent[entity.foreign_key] for entity in kind.parent_entities}
    for name in kind.compared:
        text = getattr(record, name)
        row[f"{name}_key"], row[f"{name}_key_tail"] = (None, None) if text is None else models.split_key(text)
    return row
