"""The parser of lists: list items become points, with or without a label."""

import re
from itertools import accumulate

from markdown_it.token import Token

from counterpoint.article.block_attributes import KINDS, AttributedBlock
from counterpoint.article.markdown import FULL_WIDTH_COLON, Body, line_of, split_top_level_blocks
from counterpoint.article.normalization import is_visible
from counterpoint.article.records import Point, PointKind, PointList
from counterpoint.article.rendering import to_html, to_text
from counterpoint.article.search_tokenizer import UNSPACED
from counterpoint.article.source_file import SourceFile

MAX_LABEL_WORDS = 5
"""Maximum number of words in a label that is not bold (`Label: text`)."""

MAX_LABEL_UNSPACED_CHARS = 20
"""Maximum length of such a label in characters of scripts that are written without spaces."""

MAX_ITEM_NUMBER = 999_999_999
"""The highest number of a list item in Markdown."""

# A full-width colon needs no space, except between digits, where it separates hours from minutes.
_COLON = re.compile(r":(?=\s|$)|(?<![0-9\uff10-\uff19])\uff1a|\uff1a(?![0-9\uff10-\uff19])")
_BREAKS = ("softbreak", "hardbreak")


def parse_list(block: AttributedBlock, lead_in: str | None, body: Body, source: SourceFile) -> PointList:
    """Parse a list. Report its empty items."""
    points = tuple(_parse_item(item, body, source) for item in split_top_level_blocks(block.tokens[1:-1]))
    kind = KINDS.get(block.class_name or "other", PointKind.OTHER)
    return PointList(kind, lead_in, points, block.line, _start_number(block.tokens[0]))


def _start_number(token: Token) -> int | None:
    return int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None


def _parse_item(item: list[Token], body: Body, source: SourceFile) -> Point:
    line = line_of(item[0])
    label, texts, htmls, blocks = None, [], [], item[1:-1]
    if blocks and blocks[0].type == "paragraph_open":
        label, text = split_label(body.parse_inline(blocks[1].content))
        texts.append(to_text(text).strip())
        htmls.append(to_html(text))
        blocks = blocks[3:]
    if blocks:
        rendered = body.render_blocks(blocks)
        texts.append(rendered.text)
        htmls.append(rendered.html)
    point = Point(label, "\n".join(filter(None, texts)), "\n".join(htmls), line)
    if not is_visible(point.html):
        source.report("this list item is empty", line, hint="add a text or remove the item")
    return point


def split_label(tokens: list[Token]) -> tuple[str | None, list[Token]]:
    """Return the label of an item, without its colon, and the tokens after it; or None and all tokens.

    An escaped colon ends no label. A label contains no link, image or footnote, because its address would be lost.
    """
    split = _split_strong_label(tokens) or _split_at_colon(tokens)
    if split is None:
        return None, tokens
    label_tokens, text = split
    label = to_text(label_tokens).strip()
    has_link = any(token.type in ("link_open", "image", "footnote_ref") for token in label_tokens)
    if not label or has_link or not to_html(text).strip():
        return None, tokens
    return label, text


def is_short_label(label: str) -> bool:
    """Return whether a text before a colon is short enough for a label."""
    return len(label.split()) <= MAX_LABEL_WORDS and len(UNSPACED.findall(label)) <= MAX_LABEL_UNSPACED_CHARS


def _split_strong_label(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    """Split after strong text at the start, if it ends in a colon, and white space follows unless it is full-width."""
    if not tokens or tokens[0].type != "strong_open":
        return None
    depths = accumulate(token.nesting for token in tokens)
    end = next(index for index, depth in enumerate(depths) if depth == 0)
    label, rest = tokens[1:end], tokens[end + 1 :]
    last = max((index for index, token in enumerate(label) if token.content), default=None)
    if last is None or label[last].type != "text" or not label[last].content.endswith((":", FULL_WIDTH_COLON)):
        return None
    is_full_width = label[last].content.endswith(FULL_WIDTH_COLON)
    if not rest or not (is_full_width or rest[0].type in _BREAKS or rest[0].content[:1].isspace()):
        return None
    label[last] = _text_token(label[last].content[:-1])
    return label, _strip_leading_space(rest)


def _split_at_colon(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    """Split at the first colon that is outside markup and before white space, if few enough words precede it."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += token.nesting
        if depth or token.type != "text":
            continue
        for colon in _COLON.finditer(token.content):
            before, after = token.content[: colon.start()], token.content[colon.end() :]
            if not after and not (index + 1 < len(tokens) and tokens[index + 1].type in _BREAKS):
                continue
            label = [*tokens[:index], _text_token(before)]
            if not is_short_label(to_text(label)):
                return None
            return label, _strip_leading_space([_text_token(after), *tokens[index + 1 :]])
    return None


def _strip_leading_space(tokens: list[Token]) -> list[Token]:
    for index, token in enumerate(tokens):
        if token.type in _BREAKS:
            continue
        if token.type != "text":
            return tokens[index:]
        if content := token.content.lstrip():
            return [_text_token(content), *tokens[index + 1 :]]
    return []


def _text_token(content: str) -> Token:
    return Token("text", "", 0, content=content)
