"""The serializer of article files: records to text that parses to the same records.

Lines, hashes and inline markup are lost. It can't write points of several blocks, nor texts that the parser never
returns, for example with white space at the ends.
"""

from collections.abc import Iterator, Sequence

from counterpoint.article import escaping
from counterpoint.article.records import Article, Block, Paragraph, Point, PointKind, PointList, Section, Table
from counterpoint.article.tables import classify_table

_CLASS_LINES = {
    PointKind.HIGHLIGHT: "{.highlights}",
    PointKind.INITIATIVE: "{.initiatives}",
    PointKind.OBJECTIVE: "{.objectives}",
    PointKind.RECOMMENDATION: "{.recommendations}",
    PointKind.OTHER: "{.other}",
}


def serialize_article(article: Article) -> str:
    """Return the text of the article file."""
    front_matter = "\n".join(_front_matter_lines(article))
    blocks = "\n\n".join(block for section in article.sections for block in _section_blocks(section))
    return f"---\n{front_matter}\n---\n\n{blocks}\n"


def _front_matter_lines(article: Article) -> Iterator[str]:
    texts = {
        "title": article.title,
        "subtitle": article.subtitle,
        "slug": article.slug,
        "language": article.language,
        "url": article.url,
        "summary": article.summary,
    }
    yield from (f"{key}: {escaping.quote_yaml(text)}" for key, text in texts.items() if text is not None)
    if article.authors:
        yield f"authors: [{', '.join(escaping.quote_yaml(author) for author in article.authors)}]"
    dates = {"published": article.published, "updated": article.updated}
    yield from (f"{key}: {day.isoformat()}" for key, day in dates.items() if day)


def _section_blocks(section: Section) -> Iterator[str]:
    if section.heading is not None:
        yield f"{'#' * section.level} {escaping.escape_markdown(section.heading)}"
    for block in section.blocks:
        yield _serialize_block(block)


def _serialize_block(block: Block) -> str:
    match block:
        case Paragraph():
            # A block without text, for example a thematic break, becomes a thematic break.
            return escaping.escape_paragraph(block.text) or "---"
        case PointList():
            lead_in = f"{escaping.escape_markdown(block.lead_in)}\n\n" if block.lead_in else ""
            items = (f"- {_serialize_point(point)}" for point in block.points)
            return lead_in + "\n".join([_CLASS_LINES[block.kind], *items])
        case Table():
            return _serialize_table(block)


def _serialize_point(point: Point) -> str:
    if point.label is None:
        return escaping.escape_item(point.text)
    return escaping.format_labelled_item(point.label, point.text)


def _serialize_table(table: Table) -> str:
    rows = map(_serialize_row, table.rows)
    lines = [_serialize_row(table.columns), f"|{'---|' * len(table.columns)}", *rows]
    if table.contents is not classify_table(table.columns):
        lines.insert(0, _CLASS_LINES[PointKind.OTHER])
    return "\n".join(lines)


def _serialize_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escaping.escape_markdown(cell) for cell in cells)} |"
