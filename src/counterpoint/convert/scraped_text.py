"""The converter of scraped text: the lines of a page, with headings, lists and tables without their markup."""

import re
from collections.abc import Iterator, Sequence

from counterpoint.article.table_headers import TableHeaders
from counterpoint.convert.document import Block, Document, Doubt, Heading, ItemList, Metadata, Paragraph
from counterpoint.convert.inline import escape_text
from counterpoint.convert.lines import (
    Line,
    is_heading_like,
    is_lead_in,
    is_prose,
    is_question,
    join_wrapped,
    split_lines,
)
from counterpoint.convert.page_furniture import split_furniture
from counterpoint.convert.page_header import read_page_header
from counterpoint.convert.text_lists import read_list
from counterpoint.convert.text_tables import TableReader

_MARKED_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_UNDERLINE = re.compile(r"={3,}|-{3,}|~{3,}|\*{3,}|_{3,}")
_MAX_MARKED_HEADING_CHARS = 1_000
_MAX_HEADING_WITH_COLON_WORDS = 6

Piece = Line | Block
"""A list, a table, or a line that is neither."""


def convert_scraped_text(text: str, headers: TableHeaders) -> Document:
    """Convert a scraped text."""
    metadata = Metadata()
    lines, furniture = split_furniture(split_lines(text))
    lines = read_page_header(join_wrapped(lines), metadata)
    if furniture:
        metadata.doubt("title", f"left out as parts of the page: {', '.join(map(repr, furniture))}")
    return Document(metadata, tuple(_build_blocks([*_read_pieces(lines, headers)])))


def _read_pieces(lines: Sequence[Line], headers: TableHeaders) -> Iterator[Piece]:
    table_reader = TableReader(headers)
    index = 0
    while index < len(lines):
        result = table_reader.read(lines, index) or read_list(lines, index)
        if result:
            yield result[0]
            index = result[1]
        else:
            yield lines[index]
            index += 1


def _build_blocks(pieces: list[Piece]) -> Iterator[Block]:
    index = 0
    has_lead_in = False
    while index < len(pieces):
        piece = pieces[index]
        if not isinstance(piece, Line):
            yield piece
            index += 1
        elif (run := _short_lines(pieces, index)) and not _UNDERLINE.fullmatch(piece.text):
            index += len(run)
            yield from _build_run(run, is_followed=index < len(pieces), is_list=has_lead_in)
        else:
            yield from _build_line(piece, pieces[index + 1 : index + 2])
            index += 1
        has_lead_in = isinstance(piece, Line) and is_lead_in(piece.text)


def _short_lines(pieces: list[Piece], start: int) -> list[Line]:
    """Return the lines from here on that may be headings."""
    run: list[Line] = []
    # Not a slice, because copies of the rest at each line would take quadratic time.
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if not isinstance(piece, Line) or not is_heading_like(piece.text) or _match_marked_heading(piece.text):
            break
        run.append(piece)
    return run


def _build_run(run: list[Line], *, is_followed: bool, is_list: bool) -> Iterator[Block]:
    """Yield the blocks of short lines: items below a lead-in, then headings if something follows, else paragraphs."""
    texts = [line.text for line in run]
    items = texts[:-1] if is_followed else texts
    if is_list and len(items) >= 2:
        doubt = Doubt("these lines were taken as a list, because the line above ends in a colon")
        yield ItemList(items=tuple(map(escape_text, items)), doubts=(doubt,))
        texts = texts[len(items) :]
    headings: list[str] = []
    if is_followed:
        headings = texts if len(texts) == 2 else texts[-1:]
    for text in texts[: len(texts) - len(headings)]:
        doubt = Doubt("this short line was taken as a paragraph", "it may be a heading, an item or a cell")
        yield Paragraph(markdown=escape_text(text), doubts=(doubt,))
    for level, text in enumerate(headings, start=2):
        yield Heading(markdown=escape_text(text), level=level, doubts=(_heading_doubt(text),))


def _build_line(line: Line, following: list[Piece]) -> Iterator[Block]:
    """Yield the block of a line that is no short line."""
    text = line.text
    if _UNDERLINE.fullmatch(text):
        return
    if match := _match_marked_heading(text):
        yield Heading(markdown=escape_text(match[2]), level=max(2, len(match[1])))
    elif _is_heading_with_colon(text) and following and isinstance(following[0], Line) and is_prose(following[0].text):
        yield Heading(markdown=escape_text(text[:-1]), doubts=(_heading_doubt(text),))
    elif is_question(text) and following:
        yield Heading(markdown=escape_text(text), doubts=(_heading_doubt(text),))
    else:
        yield Paragraph(markdown=escape_text(text), doubts=tuple(_find_missing_spaces(text)))


def _match_marked_heading(text: str) -> re.Match[str] | None:
    return _MARKED_HEADING.fullmatch(text) if len(text) <= _MAX_MARKED_HEADING_CHARS else None


def _is_heading_with_colon(text: str) -> bool:
    return is_lead_in(text) and len(text.split()) <= _MAX_HEADING_WITH_COLON_WORDS and is_heading_like(text[:-1])


def _heading_doubt(text: str) -> Doubt:
    return Doubt(f"the line {text!r} was taken as a heading")


def _find_missing_spaces(text: str) -> Iterator[Doubt]:
    for match in re.finditer(r"(?<![^\W\d_])[^\W\d_]{2,40}[.,!?;][^\W\d_]{2,40}", text):
        before, _, after = re.split(r"([.,!?;])", match.group(), maxsplit=1)
        is_sentence = before[-1].islower() and ((after[:1].isupper() and after[1:2].islower()) or "," in match.group())
        if is_sentence:
            yield Doubt(f"a space is missing in {match.group()!r}")
