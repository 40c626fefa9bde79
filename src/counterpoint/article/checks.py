"""Checks for Markdown that the parser would drop, fill with empty cells or misread without an error."""

import re
from itertools import pairwise

from markdown_it.token import Token

from counterpoint.article.markdown import ATTRIBUTES, FOOTNOTE, Body, line_of
from counterpoint.article.messages import count, shorten_and_quote
from counterpoint.article.options import ParserLimits
from counterpoint.article.source_file import SourceFile
from counterpoint.article.table_grid import table_grid

_CONTAINER_TYPES = ("blockquote_open", "list_item_open", FOOTNOTE)
_ROW_LINE = re.compile(r"^[ \t]*\|.*(?<!\\)\|[ \t]*$", re.MULTILINE)
_BLOCK_LINE = re.compile(r"^[ \t]*(?:\|.*\||#{1,6} |[-*+] |[0-9]{1,9}[.)] |\{\.)", re.MULTILINE)
_DELIMITER_LINE = re.compile(r"^[-:| \t]+$", re.MULTILINE)
_CONTINUED_TABLE = re.compile(r"(?<=\n)[ \t]*(\|.*\|)[ \t]*\n[ \t]*(\|[-:| \t]+\|)[ \t]*$", re.MULTILINE)
"""A header and its delimiters that continue a paragraph, because a table can't end a list item, quote or footnote."""


def check_limits(body: Body, limits: ParserLimits, source: SourceFile) -> bool:
    """Report blocks over a limit. Return whether there are none, because parsing these could take very long."""
    is_within = True
    for token in body.tokens:
        match token.type:
            case "inline":
                is_within &= _check_length(len(token.content), "paragraph", limits, line_of(token), source)
            case "table":
                is_within &= _check_table_size(token, limits, source)
            case type_ if type_ in _CONTAINER_TYPES and token.level >= limits.nesting:
                hint = f"expected at most {limits.nesting // 2} lists or {limits.nesting} quotes inside each other"
                source.report("this list or quote is nested too deeply", line_of(token), hint=hint)
    return is_within


def check_blocks(body: Body, source: SourceFile) -> None:
    """Report blocks whose content would be lost or misunderstood."""
    for token in body.tokens:
        match token.type:
            case "inline":
                _check_no_table_lines(token, source)
            case "table":
                _check_rows(token, source)
            case "fence":
                _check_fence(token, source)
            case "code_block":
                _check_indented_code(token, source)
            case type_ if type_ == ATTRIBUTES and token.level:
                hint = "write it before a list or table at the top level"
                source.report("a class line can't be inside a list or a quote", line_of(token), hint=hint)


def check_references(body: Body, source: SourceFile) -> None:
    """Report unused and repeated definitions of links and footnotes. Call this when all inline content is parsed."""
    _check_footnotes(body, source)
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
        table = _CONTINUED_TABLE.match(inline.content, match.start())
        if table and table[1].count("|") == table[2].count("|"):
            message, hint = "this table belongs to the text above it", "put an empty line above the table"
        else:
            message = "this looks like a table, but is not a complete one"
            hint = "expected a header, a line with --- for each column, then rows; write \\| for a pipe in a text"
        source.report(message, line, hint=hint)


def _check_rows(table: Token, source: SourceFile) -> None:
    grid = table_grid(table)
    columns = len(grid.rows[0].cells)
    if len(grid.rows) == 1:
        source.warn("this table has no rows", line_of(table), hint="write its rows directly below the line with ---")
    has_pipes = grid.rows[0].raw.startswith("|")
    for row in grid.rows:
        if has_pipes and "|" not in row.raw:
            message = f"{shorten_and_quote(row.raw)} is a row of the table above it"
            source.report(message, row.line, row.column, hint="put an empty line above it, or begin it with |")
        elif len(row.cells) != columns:
            message = f"this row has {count(len(row.cells), 'cell')}, but its table has {count(columns, 'column')}"
            source.report(message, row.line, row.column, hint="write one cell per column, and \\| for a pipe")
        elif _DELIMITER_LINE.match(row.raw) and "-" in row.raw:
            message = "this is a row of the table above it, although it looks like the line below a header"
            source.warn(message, row.line, row.column, hint="put an empty line above each table")


def _check_table_size(table: Token, limits: ParserLimits, source: SourceFile) -> bool:
    rows = table_grid(table).rows
    if len(rows) - 1 > limits.table_rows:
        message = f"this table has {len(rows) - 1:,} rows, expected at most {limits.table_rows:,}"
        hint = "split the table, or raise COUNTERPOINT_LIMIT_TABLE_ROWS"
        source.report(message, rows[limits.table_rows + 1].line, hint=hint)
        return False
    is_within = True
    for row in rows:
        if len(row.raw) > limits.cell_chars:
            for cell in row.cells:
                is_within &= _check_length(len(cell), "cell", limits, row.line, source)
    return is_within


def _check_length(chars: int, kind: str, limits: ParserLimits, line: int, source: SourceFile) -> bool:
    limit = limits.cell_chars if kind == "cell" else limits.paragraph_chars
    if chars > limit:
        message = f"this {kind} has {chars:,} characters, expected at most {limit:,}"
        source.report(message, line, hint=f"shorten it, or raise COUNTERPOINT_LIMIT_{kind.upper()}_CHARS")
    return chars <= limit


def _check_footnotes(body: Body, source: SourceFile) -> None:
    labels: set[str] = set()
    references = body.env.get("footnotes", {}).get("refs")
    if not references:
        return
    for token, next_token in pairwise(body.tokens):
        if token.type != FOOTNOTE:
            continue
        label = token.meta["label"]
        name = f"the footnote {shorten_and_quote(label)}"
        if label in labels:
            source.report(f"{name} is repeated", line_of(token), hint="keep one of them, or give it another label")
        elif next_token.type == "footnote_reference_close":
            source.report(f"{name} is empty", line_of(token), hint="write its text behind the colon")
        elif references[f":{label}"] < 0:
            source.warn(f"{name} is not used", line_of(token), hint=f"write [^{label}] where it belongs")
        labels.add(label)


def _check_fence(fence: Token, source: SourceFile) -> None:
    first, end = fence.map or (0, 1)
    if end - 1 == first or not _is_closing_fence(source.lines[end - 1], fence.markup):
        hint = f"add a line {fence.markup} below the code"
        source.report("the code block that begins here has no end", line_of(fence), hint=hint)
    if len(fence.info.split()) > 1:
        message = f"the code block begins with {shorten_and_quote(fence.info.strip())}"
        source.report(message, line_of(fence), hint="expected one word, the language of the code")


def _is_closing_fence(line: str, markup: str) -> bool:
    stripped = line.strip(" \t>")
    return len(stripped) >= len(markup) and set(stripped) == {markup[0]}


def _check_indented_code(code: Token, source: SourceFile) -> None:
    hint = "remove the tab or spaces before it, or put code between lines ```"
    if _BLOCK_LINE.search(code.content):
        message = "this is code, because a tab or four spaces precede it, but it looks like a table, list or heading"
        source.report(message, line_of(code), hint=hint)
    else:
        source.warn("this is code, because a tab or four spaces precede it", line_of(code), hint=hint)
