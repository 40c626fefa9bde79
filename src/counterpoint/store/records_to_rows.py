"""Records in, rows out: what an article is in the tables, before the database is asked anything.

Ids are handed out here, in reading order, so that an article's rows lie side by side. Only what an entity's id is,
and which ids are free, must be known.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from counterpoint.article import records
from counterpoint.article.normalization import fold, slugify
from counterpoint.article.statement_keys import KeyedStatement, assign_statement_keys
from counterpoint.store import models
from counterpoint.store.id_allocator import ENTITIES, IdAllocator, ModelRow, ModelRows
from counterpoint.store.passages import article_passages

MENTIONS: dict[type[models.Entity], tuple[type[models.Mention], str]] = {
    models.Party: (models.PartyMention, "party_id"),
    models.Government: (models.GovernmentMention, "government_id"),
    models.PolicyArea: (models.PolicyAreaMention, "policy_area_id"),
    models.Group: (models.GroupMention, "group_id"),
}
STATEMENTS: dict[str, type[models.Statement]] = {
    model.__name__: model
    for model in (
        models.Stance,
        models.Measure,
        models.Approach,
        models.Role,
        models.Challenge,
        models.ProposedSolution,
        models.Point,
    )
}
LAST_DAY = date.max.toordinal()


def recency_key(published: date | None, article_slug: str) -> str:
    """Give the key that ascends from the newest article to the oldest, those without a date last, then by slug."""
    days = LAST_DAY if published is None else LAST_DAY - 1 - published.toordinal()
    return f"{days:07}{article_slug}"


def entity_names(article: records.Article) -> dict[type[models.Entity], dict[str, str]]:
    """Give the entities that an article names: by kind, slug to first spelling, in the order they first appear."""
    found: dict[type[models.Entity], dict[str, str]] = {entity: {} for entity in ENTITIES}
    for entity, name in _iter_names(article):
        found[entity].setdefault(slugify(name), name)
    return found


def _iter_names(article: records.Article) -> Iterator[tuple[type[models.Entity], str]]:
    for section in article.sections:
        for block in section.blocks:
            if isinstance(block, records.Table):
                yield from ((models.Government, name) for name in block.governments)
                yield from ((models.PolicyArea, name) for name in block.policy_areas)
                for row in block.statements:
                    if isinstance(row, records.Stance):
                        yield models.Party, row.party
                    elif isinstance(row, records.Role):
                        yield models.Group, row.group


def article_rows(article: records.Article, reader: int, ids: IdAllocator) -> ModelRows:
    """Make the rows of an article. Its entities' ids must be known."""
    rows: ModelRows = defaultdict(list)
    made = _article(article, reader, ids.take(models.Article))
    rows[models.Article].append(made)
    for entity, spelled in entity_names(article).items():
        mention, column = MENTIONS[entity]
        known = ids.entities[entity]
        rows[mention] += (
            {
                "article_id": made["id"],
                "position": at,
                "name": name,
                "recency_key": made["recency_key"],
                column: known[key],
            }
            for at, (key, name) in enumerate(spelled.items())
        )
    blocks = [_section(section, at, made, ids, rows) for at, section in enumerate(article.sections)]
    stated = assign_statement_keys(article)
    stated_rows = _statements(stated, made, blocks, ids, rows)
    rows[models.Passage] = article_passages(article, stated, stated_rows, rows, ids)
    return rows


def _article(article: records.Article, reader: int, identity: int) -> ModelRow:
    return {
        "id": identity,
        "slug": article.slug,
        "title": article.title,
        "title_key": fold(article.title),
        "subtitle": article.subtitle,
        "summary": article.summary,
        "authors": list(article.authors),
        "language": article.language,
        "language_key": fold(article.language),
        "published": article.published,
        "updated": article.updated,
        "url": article.url,
        "recency_key": recency_key(article.published, article.slug),
        "path": article.path,
        "sha256": article.sha256,
        "parser_version": reader,
    }


def _section(section: records.Section, at: int, article: ModelRow, ids: IdAllocator, rows: ModelRows) -> list[ModelRow]:
    """Add a section and its blocks; give the blocks."""
    made = {
        "id": ids.take(models.Section),
        "key": f"{article['slug']}/{section.slug}",
        "article_id": article["id"],
        "slug": section.slug,
        "heading": section.heading,
        "level": section.level,
        "position": at,
        "line": section.line,
    }
    rows[models.Section].append(made)
    blocks = [_block(block, position, made, ids) for position, block in enumerate(section.blocks)]
    rows[models.Block] += blocks
    return blocks


def _block(block: records.Block, position: int, section: ModelRow, ids: IdAllocator) -> ModelRow:
    made: ModelRow = dict.fromkeys(("text", "html", "kind", "lead_in", "contents", "columns", "cells"))
    match block:
        case records.Paragraph(text, html):
            made |= {"text": text, "html": html}
        case records.PointList(kind, lead_in):
            made |= {"kind": kind, "lead_in": lead_in}
        case records.Table(contents, columns, rows, html):
            made |= {
                "contents": contents,
                "columns": list(columns),
                "cells": [list(row) for row in rows],
                "html": html,
            }
    return made | {
        "id": ids.take(models.Block),
        "article_id": section["article_id"],
        "section_id": section["id"],
        "type": type(block).__name__,
        "position": position,
        "line": block.line,
    }


def _statements(
    stated: list[KeyedStatement], article: ModelRow, blocks: list[list[ModelRow]], ids: IdAllocator, rows: ModelRows
) -> list[ModelRow]:
    """Add the rows of statements; give them in their order."""
    made: list[ModelRow] = []
    for position, statement in enumerate(stated):
        model = STATEMENTS[statement.type]
        block = blocks[statement.section][statement.block]
        parent = None if statement.parent is None else made[statement.parent]
        row = {
            "id": ids.take(model),
            "key": statement.key,
            "article_id": article["id"],
            "section_id": block["section_id"],
            "block_id": block["id"],
            "recency_key": article["recency_key"],
            "position": position,
            "line": statement.record.line,
            **_statement_columns(statement.record, parent, block, ids),
        }
        made.append(row)
        rows[model].append(row)
    return made


def _statement_columns(record: object, parent: ModelRow | None, block: ModelRow, ids: IdAllocator) -> ModelRow:
    """Give the columns that only one kind of statement has."""

    def entity(model: type[models.Entity], name: str) -> int:
        return ids.entities[model][slugify(name)]

    match record:
        case records.Stance(party, text):
            return {"party_id": entity(models.Party, party), **_folded(text=text)}
        case records.Measure(text) if parent:
            return {"party_id": parent["party_id"], "stance_id": parent["id"], **_folded(text=text)}
        case records.Approach(area, government, text):
            return {
                "policy_area_id": entity(models.PolicyArea, area),
                "government_id": entity(models.Government, government),
                **_folded(text=text),
            }
        case records.Role(group, function, message):
            return {"group_id": entity(models.Group, group), **_folded(function=function, core_message=message)}
        case records.Challenge(text):
            return _folded(text=text)
        case records.ProposedSolution(_, text, benefit) if parent:
            return {"challenge_id": parent["id"], "anticipated_benefit": benefit, **_folded(text=text)}
        case records.Point(label, text, html):
            return {"kind": block["kind"], "html": html, **_folded(label=label, text=text)}
    raise TypeError(record)


def _folded(**texts: str | None) -> ModelRow:
    """Give the columns of texts that filters compare: as they are written, and folded in two parts."""
    row: ModelRow = {}
    for name, text in texts.items():
        key, rest = (None, None) if text is None else models.split_key(text)
        row |= {name: text, f"{name}_key": key, f"{name}_key_tail": rest}
    return row
