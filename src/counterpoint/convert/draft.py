"""The draft of an article: a converted document as Markdown, with the list of what the converter was unsure of.

The draft is checked, and written as `counterpoint format` writes it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from counterpoint.article.formatter import block_lines, format_and_parse
from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.records import Article
from counterpoint.article.table_headers import FALLBACK_LANGUAGE, TableHeaders
from counterpoint.convert.document import (
    Block,
    Document,
    Doubt,
    Heading,
    ItemList,
    Metadata,
    Paragraph,
    Table,
    list_lines,
)
from counterpoint.convert.front_matter import complete_metadata, format_front_matter
from counterpoint.convert.list_kinds import guess_kind
from counterpoint.convert.table_classes import classify_table
from counterpoint.errors import InvalidFiles, Place, Problem, Severity


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of an article file, and the places in it that a person should check."""

    text: str
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _DraftWriter:
    """The lines of a draft so far, and the doubts about them."""

    path: str
    lines: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def write(self, lines: list[str], doubts: tuple[Doubt, ...]) -> None:
        """Add a block and its doubts, with an empty line above."""
        if self.lines:
            self.lines.append("")
        place = Place(self.path, len(self.lines) + 1)
        self.problems += [Problem(place, doubt.message, doubt.hint, Severity.WARNING) for doubt in doubts]
        self.lines += lines


def write_draft(document: Document, *, path: str, options: ParserOptions) -> Draft:
    """Write a document as an article. `path` is the one of the draft in messages."""
    metadata = complete_metadata(document, options.headers)
    language = metadata.language or FALLBACK_LANGUAGE
    writer = _DraftWriter(path)
    _write_front_matter(metadata, writer)
    previous: Block | None = None
    heading: Heading | None = None
    for block in _fit_levels(document.blocks):
        writer.write(*_write_block(block, previous, heading, language, options.headers))
        previous = block
        if isinstance(block, Heading | ItemList):
            # The heading of a section names the kind of its first list only.
            heading = block if isinstance(block, Heading) else None
    return _finish(writer, options)


def _write_front_matter(metadata: Metadata, writer: _DraftWriter) -> None:
    lines = format_front_matter(metadata)
    writer.lines += ["---", *lines, "---"]
    keys = [line.partition(":")[0] for line in lines]
    for key, doubt in metadata.doubts:
        line = keys.index(key) + 2 if key in keys else 1
        writer.problems.append(Problem(Place(writer.path, line), doubt.message, doubt.hint, Severity.WARNING))


def _write_block(
    block: Block, previous: Block | None, heading: Heading | None, language: str, headers: TableHeaders
) -> tuple[list[str], tuple[Doubt, ...]]:
    """Return the lines of a block, and the doubts about it."""
    match block:
        case Heading():
            return [f"{'#' * block.level} {block.markdown}"], block.doubts
        case Paragraph():
            return block.markdown.split("\n"), block.doubts
        case ItemList():
            return _write_list(block, previous, heading)
        case Table():
            table, class_name = classify_table(block, language, headers)
            class_lines = [f"{{.{class_name}}}"] if class_name else []
            return [*class_lines, *_table_lines(table)], table.doubts


def _write_list(
    block: ItemList, previous: Block | None, heading: Heading | None
) -> tuple[list[str], tuple[Doubt, ...]]:
    guess = guess_kind(block, previous, heading)
    if guess:
        doubt = Doubt(f"the kind of this list is guessed from {guess.word!r}")
        return [f"{{.{guess.class_name}}}", *list_lines(block)], (*block.doubts, doubt)
    hint = "write {.highlights}, {.initiatives}, {.objectives} or {.recommendations} above it if it is one"
    doubt = Doubt("nothing names the kind of this list", hint)
    # A class line would also separate it from a list above, but two lists in sequence are read apart by their markers.
    class_lines = ["{.other}"] if isinstance(previous, ItemList) else []
    return [*class_lines, *list_lines(block)], (*block.doubts, doubt)


def _table_lines(table: Table) -> list[str]:
    rule = f"|{'---|' * len(table.header)}"
    return [_write_row(table.header), rule, *map(_write_row, table.rows)]


def _write_row(cells: tuple[str, ...]) -> str:
    return f"|{''.join(f' {cell} |' if cell else ' |' for cell in cells)}"


def _fit_levels(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the blocks, with headings from level 2 that skip no level."""
    levels = sorted({block.level for block in blocks if isinstance(block, Heading)})
    previous = 1
    for block in blocks:
        if isinstance(block, Heading):
            previous = min(levels.index(block.level) + 2, previous + 1, 6)
            yield replace(block, level=previous)
        else:
            yield block


def _finish(writer: _DraftWriter, options: ParserOptions) -> Draft:
    """Return the draft in canonical Markdown with its doubts and the problems that `counterpoint check` would report.

    A draft with an error keeps its form, because only valid articles can be formatted.
    """
    text = "\n".join([*writer.lines, ""])
    try:
        article = parse_article(text, path=writer.path, sha256="", options=options).article
        canonical = format_and_parse(article, options)
    except InvalidFiles as error:
        return Draft(text, tuple(sorted([*writer.problems, *error.problems])))
    problems = [*_move(writer.problems, article, canonical.article), *canonical.warnings]
    return Draft(canonical.article.source_text, tuple(sorted(problems)))


def _move(doubts: Iterable[Problem], article: Article, canonical: Article) -> Iterator[Problem]:
    """Yield doubts about an article with their lines in its canonical text.

    A doubt moves as far as the first block at its line or below it, because class lines and lead-ins have no record of
    their own.
    """
    lines, new_lines = block_lines(article), block_lines(canonical)
    for doubt in doubts:
        line = doubt.place.line
        index = bisect_left(lines, line)
        distance = new_lines[index] - lines[index] if index < len(lines) else 0
        yield replace(doubt, place=replace(doubt.place, line=line + distance))
