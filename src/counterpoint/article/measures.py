"""The parser of measures: a cell of inline Markdown, split at semicolons."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from counterpoint.article.normalization import is_visible
from counterpoint.article.records import Measure
from counterpoint.article.rendering import RenderedMarkdown, to_html, to_text

_SEPARATOR = re.compile("[;\uff1b\u061b]")
"""The semicolon: ASCII, full-width and Arabic."""


def parse_measures(cell: RenderedMarkdown, line: int) -> tuple[Measure, ...]:
    """Parse the measures of a cell. Those without visible text are dropped."""
    tokens = cell.tokens or [Token("text", "", 0, content=cell.text)]
    measures = (Measure(to_text(part).strip(), to_html(part).strip(), line) for part in _split(tokens))
    return tuple(measure for measure in measures if is_visible(measure.text))


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split tokens at separators. Markup around a separator is closed before it and opened again after it."""
    parts: list[list[Token]] = [[]]
    open_tokens: list[Token] = []
    for token in _cut_at_separators(tokens):
        if token is None:
            for open_token in reversed(open_tokens):
                _close(parts[-1], open_token)
            parts.append([*open_tokens])
        elif token.nesting < 0:
            _close(parts[-1], open_tokens.pop())
        else:
            parts[-1].append(token)
            if token.nesting > 0:
                open_tokens.append(token)
    return parts


def _cut_at_separators(tokens: Sequence[Token]) -> Iterator[Token | None]:
    """Yield the tokens, with None in place of each separator in the text of one: words, code or an image's description.

    An image that is cut is yielded with each part of its description.
    """
    for token in tokens:
        first, *others = _SEPARATOR.split(to_text([token]))
        if not others:
            yield token
            continue
        yield from _replace_text(token, first)
        for text in others:
            yield None
            yield from _replace_text(token, text)


def _replace_text(token: Token, text: str) -> Iterator[Token]:
    if text:
        children = [Token("text", "", 0, content=text)] if token.children else None
        yield token.copy(content=text, children=children)


def _close(part: list[Token], open_token: Token) -> None:
    """Close markup, or remove it if nothing is in it."""
    if part[-1] is open_token:
        part.pop()
    else:
        part.append(Token(open_token.type.replace("open", "close"), open_token.tag, -1))
