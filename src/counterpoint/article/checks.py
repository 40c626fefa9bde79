"""What Markdown would drop, pad or misread in silence, told as problems instead."""

import re

from markdown_it.token import Token

from counterpoint.article.markdown import ATTRIBUTES, MAX_NESTING, Body, line_of
from counterpoint.article.source_file import SourceFile, shorten_and_quote
from counterpoint.article.table_tokens import table_grid

_CONTAINERS = ("blockquote_open", "list_item_open")
_LIKE_A_ROW = re.compile(r"^[ \t]*\|.*(?<!\\)\|[ \t]*$", re.MULTILINE)
_LIKE_DELIMITERS = re.compile(r"^[-:| \t]+$", re.MULTILINE)


def check_blocks(body: Body, source: SourceFile) -> None:
    """Report the blocks that hold more, or something else, than will be read of them."""
    for token in body.tokens:
        match token.type:
            case "inline":
                _check_text(token, source)
            case "table":
                _check_rows(token, source)
            case "fence":
                _check_info(token, source)
            case t if t in _CONTAINERS and token.level >= MAX_NESTING:
                hint = f"{MAX_NESTING // 2} lists or {MAX_NESTING} quotes in each other are read at most"
                source.report("this is nested too deeply", line_of(token), hint=hint)
            case t if t == ATTRIBUTES and token.level:
                hint = "they belong before lists and tables that stand by themselves"
                source.report("attributes can't stand inside a list or a quote", line_of(token), hint=hint)


def check_link_definitions(body: Body, source: SourceFile) -> None:
    """Report link definitions that nothing shows; to be called once all inline content is read."""
    for label, definition in body.env.get("references", {}).items():
        if label not in body.used_labels:
            message = f"no link uses the definition of {shorten_and_quote(label.lower())}"
            source.report(message, definition["map"][0] + 1, hint="use it or remove it")
    for definition in body.env.get("duplicate_refs", []):
        message = f"the link {shorten_and_quote(definition['label'].lower())} is defined twice"
        source.report(message, definition["map"][0] + 1, hint="keep one of them")


def _check_text(token: Token, source: SourceFile) -> None:
    if "|" not in token.content:
        return
    delimiters = (line for line in _LIKE_DELIMITERS.finditer(token.content) if {*"|-"} <= {*line.group()})
    found = _LIKE_A_ROW.search(token.content) or next(delimiters, None)
    if found:
        line = line_of(token) + token.content.count("\n", 0, found.start())
        hint = "a table is a header, a row of as many --- cells, and rows; write \\| for a mere pipe"
        source.report("this looks like a table, but can't be read as one", line, hint=hint)


def _check_rows(table: Token, source: SourceFile) -> None:
    grid = table_grid(table)
    columns = len(grid.rows[0].cells)
    for row in grid.rows:
        if len(row.cells) != columns:
            message = f"this row has {_counted(len(row.cells), 'cell')}, its table {_counted(columns, 'column')}"
            source.report(message, row.line, row.column, hint="write \\| for a pipe within a cell")


def _check_info(fence: Token, source: SourceFile) -> None:
    if len(fence.info.split()) > 1:
        message = f"only the first word of {shorten_and_quote(fence.info.strip())} would be kept"
        source.report(message, line_of(fence), hint="name the code's language alone")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
