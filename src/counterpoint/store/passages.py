"""Passages: the units of full-text search, made from an article's records and from the names of entities."""

from collections.abc import Iterable, Iterator

from counterpoint.article import records
from counterpoint.article.search_tokenizer import build_search_text
from counterpoint.article.statement_keys import KeyedStatement
from counterpoint.store import models
from counterpoint.store.id_allocator import IdAllocator, ModelRow, ModelRows
from counterpoint.store.models import PassageKind
from counterpoint.store.statement_kinds import STATEMENT_KIND_OF, EntityKind


def article_passages(
    article: records.Article,
    statements: list[KeyedStatement],
    statement_rows: list[ModelRow],
    rows: ModelRows,
    ids: IdAllocator,
) -> list[ModelRow]:
    """Return the passages of an article. `rows` holds its article row and section rows."""
    (article_row,) = rows[models.Article]
    title_parts = (article.title, article.subtitle, article.summary)
    passages = [
        _passage(PassageKind.ARTICLE, article_row["slug"], article_row["id"], title_parts),
        *_section_passages(article, rows[models.Section]),
        *_statement_passages(statements, statement_rows),
    ]
    return [
        {"id": ids.next(models.Passage), "article_id": article_row["id"], **passage} for passage in passages if passage
    ]


def entity_passage(kind: EntityKind, row_id: int, slug: str, names: Iterable[str]) -> ModelRow | None:
    """Return the passage of an entity's names, without its id."""
    passage = _passage(kind.passage, slug, row_id, names)
    return passage and {"article_id": None, **passage}


def _section_passages(article: records.Article, rows: list[ModelRow]) -> Iterator[ModelRow | None]:
    for section, row in zip(article.sections, rows, strict=True):
        yield _passage(PassageKind.SECTION, row["key"], row["id"], [section.heading])
        for position, block in enumerate(section.blocks):
            match block:
                case records.Paragraph(text):
                    kind, parts = PassageKind.PARAGRAPH, [text]
                case records.Table(records.TableContents.OTHER, columns, cells):
                    kind, parts = PassageKind.TABLE, [*columns, *(cell for line in cells for cell in line)]
                case _:
                    continue
            yield _passage(kind, f"{row['key']}#{position}", row["id"], parts)


def _statement_passages(statements: list[KeyedStatement], rows: list[ModelRow]) -> Iterator[ModelRow | None]:
    for statement, row in zip(statements, rows, strict=True):
        kind = STATEMENT_KIND_OF[type(statement.record)]
        parts = [getattr(statement.record, name) for name in kind.searchable]
        if statement.parent is not None:
            parent = statements[statement.parent].record
            parts = [getattr(parent, entity.attribute) for entity in kind.parent_entities] + parts
        yield _passage(kind.passage, row["key"], row["id"], parts)


def _passage(kind: PassageKind, key: str, node_id: int, parts: Iterable[str | None]) -> ModelRow | None:
    """Return a passage without its own id and its article's; None if it contains no word."""
    search_text = build_search_text(parts)
    if search_text is None:
        return None
    return {
        "kind": kind,
        "key": f"{kind}/{key}",
        "node_id": node_id,
        "word_count": search_text.length,
        "words": search_text.words,
        "text": search_text.text,
    }
