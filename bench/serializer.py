"""The serializer of generated articles: records to text that parses to the same records.

Lines, hashes and inline markup are lost. It can't write points of several blocks, nor texts that the parser never
returns, for example with white space at the ends.
"""

from collections.abc import Iterator, Sequence

from bench import escaping
from counterpoint.article.front_matter_writer import quote_yaml
from counterpoint.article.header_declarations import load_builtin_headers
from counterpoint.article.lists import MAX_ITEM_NUMBER
from counterpoint.article.records import (
    Article,
    Block,
    Paragraph,
    Point,
    PointKind,
    PointList,
    Section,
    Table,
    TableContents,
)
from counterpoint.article.similar_headers import find_similar
from counterpoint.article.table_classifier import CLASSES_BY_CONTENTS
from counterpoint.article.table_grid import DELIMITERS
from counterpoint.article.table_headers import TableHeaders

_CLASS_LINES = {
    PointKind.HIGHLIGHT: "{.highlights}",
    PointKind.INITIATIVE: "{.initiatives}",
    PointKind.OBJECTIVE: "{.objectives}",
    PointKind.RECOMMENDATION: "{.recommendations}",
    PointKind.OTHER: "{.other}",
}


def serialize_article(article: Article, headers: TableHeaders | None = None) -> str:
    """Return the text of the article file, for a folder with these table headers, or else the built-in ones."""
    headers = headers or load_builtin_headers()
    front_matter = "\n".join(_front_matter_lines(article))
    blocks = "\n\n".join(
        block for section in article.sections for block in _section_blocks(section, article.language, headers)
    )
    return f"---\n{front_matter}\n---\n\n{blocks}\n"


def _front_matter_lines(article: Article) -> Iterator[str]:
    texts = {
        "title": article.title,
        "subtitle": article.subtitle,
        "slug": article.slug,
        "language": article.language,
        "translation_of": article.translation_of,
        "url": article.url,
        "summary": article.summary,
    }
    yield from (f"{key}: {quote_yaml(text)}" for key, text in texts.items() if text is not None)
    lists = {"authors": article.authors, "former_slugs": article.former_slugs}
    yield from (f"{key}: [{', '.join(map(quote_yaml, items))}]" for key, items in lists.items() if items)
    dates = {"published": article.published, "updated": article.updated}
    yield from (f"{key}: {day.isoformat()}" for key, day in dates.items() if day)
    if article.draft:
        yield "draft: true"


def _section_blocks(section: Section, language: str, headers: TableHeaders) -> Iterator[str]:
    if section.heading is not None:
        yield f"{'#' * section.level} {escaping.escape_markdown(section.heading)}"
    for block in section.blocks:
        yield _serialize_block(block, language, headers)


def _serialize_block(block: Block, language: str, headers: TableHeaders) -> str:
    match block:
        case Paragraph():
            # A block without text, for example a thematic break, becomes a thematic break.
            return escaping.escape_paragraph(block.text) or "---"
        case PointList():
            lead_in = f"{escaping.escape_markdown(block.lead_in)}\n\n" if block.lead_in else ""
            return lead_in + "\n".join([_CLASS_LINES[block.kind], *_list_lines(block)])
        case Table():
            class_line = [_class_line(block)] if _needs_class_line(block, language, headers) else []
            return "\n".join([*class_line, *_table_lines(block)])


def _list_lines(points: PointList) -> Iterator[str]:
    for index, point in enumerate(points.points):
        marker = "-" if points.start is None else f"{min(points.start + index, MAX_ITEM_NUMBER)}."
        yield f"{marker} {_serialize_point(point)}"


def _serialize_point(point: Point) -> str:
    if point.label is None:
        return escaping.escape_item(point.text)
    return escaping.format_labelled_item(point.label, point.text)


def _table_lines(table: Table) -> list[str]:
    rows = map(_serialize_row, table.rows)
    delimiters = "|".join(DELIMITERS[alignment] for alignment in table.column_alignments)
    return [_serialize_row(table.columns), f"|{delimiters}|", *rows]


def _class_line(table: Table) -> str:
    return f"{{.{CLASSES_BY_CONTENTS[table.contents]}}}"


def _needs_class_line(table: Table, language: str, headers: TableHeaders) -> bool:
    """Return whether the header alone would not be parsed as these contents, or not without an error."""
    match = headers.classify(table.columns, language)
    if (match.contents, match.governments) != (table.contents, table.governments):
        return True
    is_plain = table.contents is TableContents.OTHER
    return is_plain and bool(headers.find_foreign(table.columns) or find_similar(table.columns, language, headers))


def _serialize_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escaping.escape_markdown(cell) for cell in cells)} |"
