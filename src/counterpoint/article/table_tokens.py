"""A table's lines cut into cells, none padded or dropped, as one token instead of five a cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, table
from markdown_it.token import Token

from counterpoint.article.rendering import Inline

_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as written: its cells in Markdown, and the place of its first character, from 1."""

    written: str
    cells: list[str]
    line: int
    column: int

    def column_of(self, at: int) -> int:
        """Where this cell begins."""
        before = 1 if self.written.startswith("|") else 0
        starts = [0, *(pipe.end() for pipe in _PIPE.finditer(self.written))]
        return self.column + starts[before + at]


@dataclass(frozen=True, slots=True)
class TableGrid:
    """A table's rows, the header first, and the HTML attribute that aligns each column."""

    rows: list[TableRow]
    styles: list[str]


def table_grid(token: Token) -> TableGrid:
    """The grid of a table's token."""
    grid: TableGrid = token.meta["grid"]
    return grid


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the parser's word for what is a table, and put one token with its `Grid` for all of it."""
    if not table(state, start, end, True):
        return False
    if silent:
        return True
    rows = [_row(state, line) for line in (start, *_row_lines(state, start + 2, end))]
    state.line = start + 1 + len(rows)
    token = state.push("table", "table", 0)
    token.map = [start, state.line]
    token.meta["grid"] = TableGrid(rows, [_style(cell) for cell in _row(state, start + 1).cells])
    return True


def render_table(rows: list[list[Inline]], styles: list[str]) -> str:
    """The HTML of a table with these cells, the first row its header."""
    head, *body = rows
    header = _html_row(head, [f"<th{style}>" for style in styles], "</th>")
    openings = [f"<td{style}>" for style in styles]
    lines = "".join([_html_row(row, openings, "</td>") for row in body])
    tbody = f"<tbody>\n{lines}</tbody>\n" if body else ""
    return f"<table>\n<thead>\n{header}</thead>\n{tbody}</table>"


def _row_lines(state: StateBlock, start: int, end: int) -> Iterator[int]:
    """The lines up to one that is empty, less indented than the table, or begins another block."""
    within, state.parentType = state.parentType, "table"
    others = state.md.block.ruler.getRules("blockquote")
    for line in range(start, end):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            break
        if any(begins(state, line, end, True) for begins in others):
            break
        yield line
    state.parentType = within


def _row(state: StateBlock, line: int) -> TableRow:
    start = state.bMarks[line] + state.tShift[line]
    untrimmed = state.src[start : state.eMarks[line]]
    written = mdTrim(untrimmed)
    column = start - state.src.rfind("\n", 0, start) + untrimmed.find(written)
    return TableRow(written, _cells(written), line + 1, column)


def _cells(written: str) -> list[str]:
    if "\\" in written:
        cells = [cell.replace("\\|", "|") for cell in _PIPE.split(written)]
    else:
        cells = written.split("|")
    if not cells[0]:
        del cells[0]
    if cells and not cells[-1]:
        del cells[-1]
    return [mdTrim(cell) for cell in cells]


def _style(delimiter: str) -> str:
    if delimiter.endswith(":"):
        return ' style="text-align:center"' if delimiter.startswith(":") else ' style="text-align:right"'
    return ' style="text-align:left"' if delimiter.startswith(":") else ""


def _html_row(cells: list[Inline], openings: list[str], closing: str) -> str:
    parts = [f"{opening}{cell.html}{closing}\n" for opening, cell in zip(openings, cells, strict=False)]
    return f"<tr>\n{''.join(parts)}</tr>\n"
