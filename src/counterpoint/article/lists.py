"""Lists to points, each with its label told from its text."""

import re
from itertools import accumulate

from markdown_it.token import Token

from counterpoint.article.block_attributes import KINDS, AttributedBlock
from counterpoint.article.markdown import Body, line_of, top_level_blocks
from counterpoint.article.records import Point, PointKind, PointList
from counterpoint.article.rendering import to_html, to_text
from counterpoint.article.source_file import SourceFile

MAX_LABEL_WORDS = 5
"""How long a label may be that isn't strong."""

_COLON = re.compile(r":(?=\s|$)")
_BREAKS = ("softbreak", "hardbreak")


def parse_list(chunk: AttributedBlock, lead_in: str | None, body: Body, source: SourceFile) -> PointList:
    """The list with its points in order."""
    points = tuple(_point(item, body, source) for item in top_level_blocks(chunk.tokens[1:-1]))
    kind = KINDS.get(chunk.name or "other", PointKind.OTHER)
    return PointList(kind, lead_in, points, chunk.line)


def _point(item: list[Token], body: Body, source: SourceFile) -> Point:
    line = line_of(item[0])
    label, texts, htmls, rest = None, [], [], item[1:-1]
    if rest and rest[0].type == "paragraph_open":
        label, said = split_label(body.inline_tokens(rest[1].content))
        texts.append(to_text(said).strip())
        htmls.append(to_html(said))
        rest = rest[3:]
    if rest:
        blocks = body.blocks(rest)
        texts.append(blocks.text)
        htmls.append(blocks.html)
    point = Point(label, "\n".join(filter(None, texts)), "\n".join(htmls), line)
    if not point.html:
        source.report("this list item is empty", line, hint="write something or remove it")
    return point


def split_label(tokens: list[Token]) -> tuple[str | None, list[Token]]:
    """The label of an item, without its colon, and the tokens of what follows it; else None and all tokens.

    A colon after a backslash ends no label, nor does one after a link or an image: its address would be lost.
    """
    found = _strong_label(tokens) or _plain_label(tokens)
    if found is None:
        return None, tokens
    named, said = found
    label = to_text(named).strip()
    if not label or not to_html(said).strip() or any(token.type in ("link_open", "image") for token in named):
        return None, tokens
    return label, said


def _strong_label(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    """Cut at the end of a strong beginning that ends in a colon with white space after it."""
    if not tokens or tokens[0].type != "strong_open":
        return None
    depths = accumulate(token.nesting for token in tokens)
    end = next(at for at, depth in enumerate(depths) if depth == 0)
    named, rest = tokens[1:end], tokens[end + 1 :]
    last = max((at for at, token in enumerate(named) if token.content), default=None)
    if last is None or named[last].type != "text" or not named[last].content.endswith(":"):
        return None
    if not rest or not (rest[0].type in _BREAKS or rest[0].content[:1].isspace()):
        return None
    named[last] = _text(named[last].content[:-1])
    return named, _without_leading_space(rest)


def _plain_label(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    """Cut at the first colon outside all markup that white space follows, if few words precede it."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += token.nesting
        if depth or token.type != "text":
            continue
        for colon in _COLON.finditer(token.content):
            before, after = token.content[: colon.start()], token.content[colon.end() :]
            if not after and not (at + 1 < len(tokens) and tokens[at + 1].type in _BREAKS):
                continue
            named = [*tokens[:at], _text(before)]
            if len(to_text(named).split()) > MAX_LABEL_WORDS:
                return None
            return named, _without_leading_space([_text(after), *tokens[at + 1 :]])
    return None


def _without_leading_space(tokens: list[Token]) -> list[Token]:
    for at, token in enumerate(tokens):
        if token.type in _BREAKS:
            continue
        if token.type != "text":
            return tokens[at:]
        if content := token.content.lstrip():
            return [_text(content), *tokens[at + 1 :]]
    return []


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
