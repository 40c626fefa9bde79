"""Our replacement for the parser's table rule: one token for each table, which holds all its cells.

The parser's own rule makes five tokens for each cell, and pads or drops the cells of ragged rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from counterpoint.article.records import ColumnAlignment
from counterpoint.article.rendering import RenderedMarkdown

DELIMITERS = {
    ColumnAlignment.NONE: "---",
    ColumnAlignment.LEFT: ":---",
    ColumnAlignment.CENTER: ":---:",
    ColumnAlignment.RIGHT: "---:",
}
"""The cell below a header that sets the alignment of its column."""

_CLASS_ATTRIBUTES = {
    ColumnAlignment.NONE: "",
    ColumnAlignment.LEFT: ' class="align-left"',
    ColumnAlignment.CENTER: ' class="align-center"',
    ColumnAlignment.RIGHT: ' class="align-right"',
}
"""A class, because a strict content security policy does not allow the attribute `style`."""

_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row's raw Markdown, its cells in Markdown, and the line and column of its first character, from 1."""

    raw: str
    cells: list[str]
    line: int
    column: int

    def cell_column(self, index: int) -> int:
        """Return the column in the file where this cell begins, from 1."""
        leading_pipes = 1 if self.raw.startswith("|") else 0
        starts = [0, *(pipe.end() for pipe in _PIPE.finditer(self.raw))]
        return self.column + starts[leading_pipes + index]


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table's rows, with the header first, and the alignment of each column."""

    rows: list[TableRow]
    alignments: tuple[ColumnAlignment, ...]


def table_grid(token: Token) -> TableGrid:
    """Return the grid in a table's token."""
    grid: TableGrid = token.meta["grid"]
    return grid


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse the table at line `start` (counted from 0) to one token with its grid. Return whether there is a table."""
    if not table(state, start, end, True):
        return False
    if silent:
        return True
    rows = [_parse_row(state, line) for line in (start, *_lines_until_table_end(state, start + 2, end))]
    state.line = start + 1 + len(rows)
    token = state.push("table", "table", 0)
    token.map = [start, state.line]
    alignments = tuple(_parse_alignment(cell) for cell in _parse_row(state, start + 1).cells)
    token.meta["grid"] = TableGrid(rows, alignments)
    return True


def render_table(rows: list[list[RenderedMarkdown]], alignments: Sequence[ColumnAlignment]) -> str:
    """Return the HTML of a table with these cells. The first row is its header."""
    header, *body = rows
    classes = [_CLASS_ATTRIBUTES[alignment] for alignment in alignments]
    thead = _row_html(header, [f'<th scope="col"{attribute}>' for attribute in classes], "</th>")
    tags = [f"<td{attribute}>" for attribute in classes]
    body_html = "".join([_row_html(row, tags, "</td>") for row in body])
    tbody = f"<tbody>\n{body_html}</tbody>\n" if body else ""
    return f"<table>\n<thead>\n{thead}</thead>\n{tbody}</table>"


def _lines_until_table_end(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """Yield the lines up to one that is empty, less indented than the table, or the start of another block."""
    parent_type, state.parentType = state.parentType, "table"
    other_rules = state.md.block.ruler.getRules("blockquote")
    for line in range(start, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            break
        if any(rule(state, line, end, True) for rule in other_rules):
            break
        yield line
    state.parentType = parent_type


def _parse_row(state: StateBlock, line: int) -> TableRow:
    start = state.bMarks[line] + state.tShift[line]
    untrimmed = state.src[start : state.eMarks[line]]
    raw = mdTrim(untrimmed)
    column = start - state.src.rfind("\n", 0, start) + untrimmed.find(raw)
    return TableRow(raw, _split_cells(raw), line + 1, column)


def _split_cells(raw: str) -> list[str]:
    if "\\" in raw:
        cells = [cell.replace("\\|", "|") for cell in _PIPE.split(raw)]
    else:
        cells = raw.split("|")
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return [mdTrim(cell) for cell in cells]


def _parse_alignment(delimiter: str) -> ColumnAlignment:
    if delimiter.endswith(":"):
        return ColumnAlignment.CENTER if delimiter.startswith(":") else ColumnAlignment.RIGHT
    return ColumnAlignment.LEFT if delimiter.startswith(":") else ColumnAlignment.NONE


def _row_html(cells: list[RenderedMarkdown], start_tags: list[str], end_tag: str) -> str:
    parts = [f"{start_tag}{cell.html}{end_tag}\n" for start_tag, cell in zip(start_tags, cells, strict=False)]
    return f"<tr>\n{''.join(parts)}</tr>\n"
