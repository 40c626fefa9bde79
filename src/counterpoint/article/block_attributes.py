"""Block attributes: lines like `{.highlights}`, each of which gives a class to the block below it."""

import re
from dataclasses import dataclass

from markdown_it.token import Token

from counterpoint.article.markdown import ATTRIBUTES, Body, line_of, split_top_level_blocks
from counterpoint.article.messages import did_you_mean, shorten_and_quote
from counterpoint.article.records import PointKind, TableContents
from counterpoint.article.source_file import SourceFile

KINDS = {
    "highlights": PointKind.HIGHLIGHT,
    "initiatives": PointKind.INITIATIVE,
    "objectives": PointKind.OBJECTIVE,
    "recommendations": PointKind.RECOMMENDATION,
    "other": PointKind.OTHER,
}
"""The kind of list for each class."""

TABLE_CLASSES = {
    "stances": TableContents.STANCES,
    "approaches": TableContents.APPROACHES,
    "roles": TableContents.ROLES,
    "solutions": TableContents.SOLUTIONS,
    "other": TableContents.OTHER,
}
"""The contents of a table for each class. A class overrides the header."""

CLASSES = list(KINDS | TABLE_CLASSES)

LIST_TYPES = ("bullet_list_open", "ordered_list_open")
TABLE_TYPE = "table"

_CLASS_LINES = ", ".join(f"{{.{name}}}" for name in CLASSES)
_CLASS_LINE = re.compile(r"\{\s*\.([^\s{}.#=%]+)\s*\}")


@dataclass(frozen=True, slots=True)
class AttributedBlock:
    """A block at the top level of an article: its tokens, and the class in the line before it."""

    tokens: list[Token]
    class_name: str | None

    @property
    def type(self) -> str:
        """Return the type of the first token."""
        return self.tokens[0].type

    @property
    def line(self) -> int:
        """Return the line where the block begins, from 1."""
        return line_of(self.tokens[0])


def attach_attributes(body: Body, source: SourceFile) -> list[AttributedBlock]:
    """Return the blocks of an article with their classes. Report class lines that belong to no block."""
    blocks: list[AttributedBlock] = []
    class_line: Token | None = None
    for tokens in split_top_level_blocks(body.tokens):
        first = tokens[0]
        if class_line and line_of(first) != line_of(class_line) + 1:
            message = "no list or table follows directly below this class line"
            source.report(message, line_of(class_line), hint="remove the empty lines below it")
            class_line = None
        if first.type == ATTRIBUTES:
            if class_line:
                source.report("this is the second class line of one block", line_of(first), hint="keep one of them")
            class_line = first
        else:
            blocks.append(AttributedBlock(tokens, _parse_class(first, class_line, source) if class_line else None))
            class_line = None
    if class_line:
        source.report("nothing follows this class line", line_of(class_line), hint="remove it")
    return blocks


def _parse_class(block: Token, class_line: Token, source: SourceFile) -> str | None:
    line = line_of(class_line)
    raw = source.lines[line - 1].strip()
    match = _CLASS_LINE.fullmatch(raw)
    if match is None:
        source.report(f"{shorten_and_quote(raw)} is not a single class", line, hint=f"expected one of {_CLASS_LINES}")
        return None
    name = match[1]
    if name not in CLASSES:
        source.report(f"unknown class {shorten_and_quote(name)}", line, hint=did_you_mean(name, CLASSES))
        return None
    if not ((name in KINDS and block.type in LIST_TYPES) or (name in TABLE_CLASSES and block.type == TABLE_TYPE)):
        blocks = [noun for noun, classes in (("a list", KINDS), ("a table", TABLE_CLASSES)) if name in classes]
        hint = f"expected {' or '.join(blocks)}"
        source.report(f"{{.{name}}} can't be applied to the block below it", line, hint=hint)
        return None
    return name
