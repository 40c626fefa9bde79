"""Records in, text out: the article file that reads back as this article.

Only lines, `sha256` and inline markup differ: `html` becomes that of plain text. What has no plain form is out
of reach: items of several blocks, and texts that reading never gives, like one with white space around it.
"""

from collections.abc import Iterator, Sequence

from counterpoint.article import escaping
from counterpoint.article.records import (
    Article,
    Block,
    Paragraph,
    Point,
    PointKind,
    PointList,
    Section,
    Table,
)
from counterpoint.article.table_headers import classify_table

_CLASSES = {
    PointKind.HIGHLIGHT: "{.highlights}",
    PointKind.INITIATIVE: "{.initiatives}",
    PointKind.OBJECTIVE: "{.objectives}",
    PointKind.RECOMMENDATION: "{.recommendations}",
    PointKind.OTHER: "{.other}",
}


def serialize_article(article: Article) -> str:
    """The whole file."""
    head = "\n".join(_front_matter(article))
    blocks = "\n\n".join(block for section in article.sections for block in _section(section))
    return f"---\n{head}\n---\n\n{blocks}\n"


def _front_matter(article: Article) -> Iterator[str]:
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


def _section(section: Section) -> Iterator[str]:
    if section.heading is not None:
        yield f"{'#' * section.level} {escaping.escape_markdown(section.heading)}"
    for block in section.blocks:
        yield _block(block)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return escaping.escape_paragraph(block.text) or "---"
        case PointList():
            lead_in = f"{escaping.escape_markdown(block.lead_in)}\n\n" if block.lead_in else ""
            items = (f"- {_point(point)}" for point in block.points)
            return lead_in + "\n".join([_CLASSES[block.kind], *items])
        case Table():
            return _table(block)


def _point(point: Point) -> str:
    if point.label is None:
        return escaping.escape_item(point.text)
    return escaping.format_labelled_item(point.label, point.text)


def _table(table: Table) -> str:
    lines = [_row(table.columns), f"|{'---|' * len(table.columns)}", *map(_row, table.rows)]
    if table.contents is not classify_table(table.columns):
        lines.insert(0, _CLASSES[PointKind.OTHER])
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escaping.escape_markdown(cell) for cell in cells)} |"
