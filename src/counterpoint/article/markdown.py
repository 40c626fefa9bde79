"""Markdown to tokens: CommonMark with tables and block attributes, raw HTML as text, only harmless links.

The lines of block tokens count from 0; `line_of` gives them as people count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin

from counterpoint.article.rendering import Inline, Renderer, to_html, to_text
from counterpoint.article.table_tokens import render_table, table_grid, table_rule

ATTRIBUTES = "attrs_block"
MAX_NESTING = 20
"""How deep lists and quotes may stand in each other; a list counts for two, itself and its items."""

_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ACTIVE = re.compile(r"[\\`*_\[<&]")
"""What makes a line more than its own text."""
_SOFT_BREAK = re.compile(r"\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Body:
    """An article's block tokens. What is in their lines is parsed when it is read."""

    tokens: list[Token]
    env: dict[str, Any]
    used_labels: set[str] = field(default_factory=set)
    """The labels of link definitions that the inline content read so far refers to."""

    def inline(self, content: str) -> Inline:
        """Read inline Markdown."""
        if _ACTIVE.search(content):
            tokens = self.inline_tokens(content)
            return Inline(to_text(tokens).strip(), to_html(tokens))
        if "\n" in content:
            return Inline(_SOFT_BREAK.sub(" ", content).strip(), escapeHtml(_SOFT_BREAK.sub("\n", content)))
        return Inline(content.strip(), escapeHtml(content))

    def inline_tokens(self, content: str) -> list[Token]:
        """Parse inline Markdown; a backslashed character is a token of its own, `text_special`."""
        if "\n" not in content and not _ACTIVE.search(content):
            return [Token("text", "", 0, content=content)]
        tokens = _parser().inline.parse(content, _parser(), self.env, [])
        if "references" in self.env:
            self.used_labels.update(_labels(tokens))
        return [token for token in tokens if token.type != "text" or token.content]

    def cells(self, table: Token) -> list[list[Inline]]:
        """Read a table's rows, the header first."""
        return [[self.inline(cell) for cell in row.cells] for row in table_grid(table).rows]

    def blocks(self, tokens: list[Token]) -> Inline:
        """Read whole blocks: the plain text of each on its own line, and their HTML."""
        texts = []
        for token in tokens:
            if token.type == "inline":
                token.children = self.inline_tokens(token.content)
                texts.append(to_text(token.children).strip())
            elif token.type == "table":
                cells = self.cells(token)
                texts += [cell.text for row in cells for cell in row]
                token.content = render_table(cells, table_grid(token).styles)
            elif token.type in ("fence", "code_block"):
                texts.append(token.content.rstrip("\n"))
        html = _parser().renderer.render(tokens, _parser().options, self.env)
        return Inline("\n".join(filter(None, texts)).strip(), html.rstrip("\n"))


def parse_markdown(text: str) -> Body:
    """The body of an article; `text` has line feeds alone and no NUL."""
    env: dict[str, Any] = {}
    return Body(_parser().block.parse(text, _parser(), env, []) or [], env)


def line_of(token: Token) -> int:
    """The line on which a block begins, from 1."""
    return token.map[0] + 1 if token.map else 1


def top_level_blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The blocks that stand side by side in these tokens, each from its opening to its closing token."""
    start = 0
    for end, token in enumerate(tokens, start=1):
        if token.nesting <= 0 and token.level == tokens[0].level:
            yield tokens[start:end]
            start = end


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name for it
        """Whether a link or an image may lead there; else its Markdown stays as text."""
        scheme = _SCHEME.match(url)
        return scheme is None or scheme[1].lower() in _SAFE_SCHEMES


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "xhtmlOut": False, "store_labels": True, "maxNesting": MAX_NESTING + 1}
    parser = _Markdown("commonmark", options, renderer_cls=Renderer).use(attrs_block_plugin)
    parser.enable("table").disable(["html_block", "html_inline"])
    rules = parser.block.ruler
    rules.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    # The plugin lets a paragraph or a table swallow a line of attributes that follows it at once.
    attributes = dict(zip(rules.get_active_rules(), rules.getRules(""), strict=True))["attr"]
    rules.at("attr", attributes, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


def _labels(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if "label" in token.meta:
            yield token.meta["label"]
        if token.children:
            yield from _labels(token.children)
