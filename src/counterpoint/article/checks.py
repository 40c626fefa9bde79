"""Checks for Markdown that the parser would drop, fill with empty cells or misread without an error."""

import re

from markdown_it.token import Token

from counterpoint.article.markdown import ATTRIBUTES, MAX_NESTING, Body, line_of
from counterpoint.article.source_file import SourceFile, shorten_and_quote
from counterpoint.article.table_grid import table_grid

_CONTAINER_TYPES = ("blockquote_open", "list_item_open")
_ROW_LINE = re.compile(r"^[ \t]*\|.*(?<!\\)\|[ \t]*$", re.MULTILINE)
_DELIMITER_LINE = re.compile(r"^[-:| \t]+$", re.MULTILINE)


def check_blocks(body: Body, source: SourceFile) -> None:
    """Report blocks whose content would be lost or misunderstood."""
    for token in body.tokens:
        match token.type:
            case "inline":
                _check_no_table_lines(token, source)
            case "table":
                _check_row_lengths(token, source)
            case "fence":
                _check_code_language(token, source)
            case type_ if type_ in _CONTAINER_TYPES and token.level >= MAX_NESTING:
                hint = f"expected at most {MAX_NESTING // 2} lists or {MAX_NESTING} quotes inside each other"
                source.report("this list or quote is nested too deeply", line_of(token), hint=hint)
            case type_ if type_ == ATTRIBUTES and token.level:
                hint = "write it before a list or table at the top level"
                source.report("a class line can't be inside a list or a quote", line_of(token), hint=hint)


def check_link_definitions(body: Body, source: SourceFile) -> None:
    """Report unused and repeated link definitions. Call this when all inline content is parsed."""
    for label, definition in body.env.get("references", {}).items():
        if label not in body.used_labels:
            message = f"the link definition {shorten_and_quote(label.lower())} is not used"
            source.report(message, definition["map"][0] + 1, hint="use it or remove it")
    for definition in body.env.get("duplicate_refs", []):
        message = f"the link definition {shorten_and_quote(definition['label'].lower())} is repeated"
        source.report(message, definition["map"][0] + 1, hint="keep one of them")


def _check_no_table_lines(inline: Token, source: SourceFile) -> None:
    """Report a paragraph with a line that looks like a table's row or delimiters."""
    if "|" not in inline.content:
        return
    delimiters = (line for line in _DELIMITER_LINE.finditer(inline.content) if {*"|-"} <= {*line.group()})
    match = _ROW_LINE.search(inline.content) or next(delimiters, None)
    if match:
        line = line_of(inline) + inline.content.count("\n", 0, match.start())
        hint = "expected a header, a line with --- for each column, then rows; write \\| for a pipe in a text"
        source.report("this looks like a table, but is not a complete one", line, hint=hint)


def _check_row_lengths(table: Token, source: SourceFile) -> None:
    grid = table_grid(table)
    columns = len(grid.rows[0].cells)
    for row in grid.rows:
        if len(row.cells) != columns:
            message = f"this row has {_count(len(row.cells), 'cell')}, but its table has {_count(columns, 'column')}"
            source.report(message, row.line, row.column, hint="write one cell per column, and \\| for a pipe")


def _check_code_language(fence: Token, source: SourceFile) -> None:
    if len(fence.info.split()) > 1:
        message = f"the code block begins with {shorten_and_quote(fence.info.strip())}"
        source.report(message, line_of(fence), hint="expected one word, the language of the code")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
