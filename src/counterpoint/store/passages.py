"""Passages: the units of full-text search, made from an article's records and from the names of entities."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from counterpoint.article import records
from counterpoint.article.content_keys import KeyedStatement
from counterpoint.article.search_tokenizer import build_search_text
from counterpoint.article.stemmer import find_stem_language
from counterpoint.store import models
from counterpoint.store.id_allocator import IdAllocator, ModelRow, ModelRows
from counterpoint.store.models import PassageKind
from counterpoint.store.statement_kinds import STATEMENT_KIND_OF, EntityKind


def build_article_passages(
    article: records.Article,
    statements: list[KeyedStatement],
    statement_rows: list[ModelRow],
    rows: ModelRows,
    ids: IdAllocator,
) -> list[ModelRow]:
    """Return the passages of an article. `rows` holds its article row and section rows."""
    (article_row,) = rows[models.Article]
    language = find_stem_language(article.language)
    title_parts = (article.title, article.subtitle, article.summary)
    units = [
        _Unit(PassageKind.ARTICLE, article_row["slug"], article_row["id"], title_parts),
        *_section_units(article, rows[models.Section]),
        *_statement_units(statements, statement_rows),
    ]
    passages = (_passage(unit, language) for unit in units)
    return [
        {"id": ids.next(models.Passage), "article_id": article_row["id"], **passage} for passage in passages if passage
    ]


def build_entity_passage(kind: EntityKind, row_id: int, slug: str, names: Iterable[str]) -> ModelRow | None:
    """Return the passage of an entity's names, without its id. Names belong to no language, so they have no stems."""
    passage = _passage(_Unit(kind.passage, slug, row_id, names), None)
    return passage and {"article_id": None, **passage}


@dataclass(frozen=True)
class _Unit:
    """The parts of a text that search finds as a unit, and the rows that it belongs to."""

    kind: PassageKind
    key: str
    node_id: int
    parts: Iterable[str | None]
    section_id: int | None = None


def _section_units(article: records.Article, rows: list[ModelRow]) -> Iterator[_Unit]:
    for section, row in zip(article.sections, rows, strict=True):
        yield _Unit(PassageKind.SECTION, row["key"], row["id"], [section.heading], row["id"])
        for position, block in enumerate(section.blocks):
            match block:
                case records.Paragraph(text):
                    kind, parts = PassageKind.PARAGRAPH, [text]
                case records.Table(records.TableContents.OTHER, columns, cells):
                    kind, parts = PassageKind.TABLE, [*columns, *(cell for line in cells for cell in line)]
                case _:
                    continue
            yield _Unit(kind, f"{row['key']}#{position}", row["id"], parts, row["id"])


def _statement_units(statements: list[KeyedStatement], rows: list[ModelRow]) -> Iterator[_Unit]:
    for statement, row in zip(statements, rows, strict=True):
        kind = STATEMENT_KIND_OF[type(statement.record)]
        parts = [getattr(statement.record, name) for name in kind.searchable]
        if statement.parent is not None:
            parent = statements[statement.parent].record
            parts = [getattr(parent, entity.attribute) for entity in kind.parent_entities] + parts
        yield _Unit(kind.passage, row["key"], row["id"], parts, row["section_id"])


def _passage(unit: _Unit, language: str | None) -> ModelRow | None:
    """Return a passage without its own id and its article's; None if it contains no word."""
    search_text = build_search_text(unit.parts, language)
    if search_text is None:
        return None
    return {
        "kind": unit.kind,
        "key": f"{unit.kind}/{unit.key}",
        "section_id": unit.section_id,
        "node_id": unit.node_id,
        "stem_language": language,
        "word_count": search_text.length,
        "words": search_text.words,
        "stems": search_text.stems,
        "text": search_text.text,
    }
