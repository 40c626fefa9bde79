"""The classes that lines like `{.highlights}` give to the blocks below them."""

import re
from dataclasses import dataclass

from markdown_it.token import Token

from counterpoint.article.markdown import ATTRIBUTES, Body, line_of, top_level_blocks
from counterpoint.article.records import PointKind
from counterpoint.article.source_file import SourceFile, did_you_mean, shorten_and_quote

KINDS = {
    "highlights": PointKind.HIGHLIGHT,
    "initiatives": PointKind.INITIATIVE,
    "objectives": PointKind.OBJECTIVE,
    "recommendations": PointKind.RECOMMENDATION,
    "other": PointKind.OTHER,
}

LISTS = ("bullet_list_open", "ordered_list_open")
TABLE = "table"

_LINES = [f"{{.{name}}}" for name in KINDS]
_ONE_CLASS = re.compile(r"\{\s*\.([^\s{}.#=%]+)\s*\}")


@dataclass(frozen=True, slots=True)
class AttributedBlock:
    """A block of the body's top level: its tokens, and the class on the line before it."""

    tokens: list[Token]
    name: str | None

    @property
    def type(self) -> str:
        """The type of its first token."""
        return self.tokens[0].type

    @property
    def line(self) -> int:
        """Where it begins."""
        return line_of(self.tokens[0])


def attach_attributes(body: Body, source: SourceFile) -> list[AttributedBlock]:
    """The blocks of the body with their classes, lines of attributes taken out."""
    found: list[AttributedBlock] = []
    waiting: Token | None = None
    for tokens in top_level_blocks(body.tokens):
        first = tokens[0]
        if waiting and line_of(first) != line_of(waiting) + 1:
            hint = "remove the empty lines below it"
            source.report("no block follows right below this line of attributes", line_of(waiting), hint=hint)
            waiting = None
        if first.type == ATTRIBUTES:
            if waiting:
                source.report("a block takes one line of attributes only", line_of(first))
            waiting = first
        else:
            found.append(AttributedBlock(tokens, _parse_class(first, waiting, source) if waiting else None))
            waiting = None
    if waiting:
        source.report("nothing follows this line of attributes", line_of(waiting), hint="remove it")
    return found


def _parse_class(block: Token, attributes: Token, source: SourceFile) -> str | None:
    line = line_of(attributes)
    written = source.lines[line - 1].strip()
    one = _ONE_CLASS.fullmatch(written)
    if one is None:
        hint = f"write one of {', '.join(_LINES)}"
        source.report(f"{shorten_and_quote(written)} isn't a single class", line, hint=hint)
        return None
    name = one[1]
    if name not in KINDS:
        source.report(f"unknown class {shorten_and_quote(name)}", line, hint=did_you_mean(name, list(KINDS)))
    elif block.type not in LISTS and (block.type != TABLE or name != "other"):
        hint = "it belongs on the line before a list" + ("" if name != "other" else " or a table")
        source.report(f"{{.{name}}} doesn't fit the block below it", line, hint=hint)
    return name
