"""The Markdown dialect of articles: CommonMark with tables and block attributes, without raw HTML and unsafe links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin

from counterpoint.article.rendering import RenderedMarkdown, Renderer, to_html, to_text
from counterpoint.article.table_grid import render_table, table_grid, table_rule

ATTRIBUTES = "attrs_block"
"""The type of the token for a line of block attributes, such as `{.highlights}`."""
MAX_NESTING = 20
"""How deeply quotes and lists may be nested; a list counts twice, because its items are a level too."""

_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INLINE_MARKUP = re.compile(r"[\\`*_\[<&]")
"""The characters without which inline Markdown is plain text."""
_SOFT_BREAK = re.compile(r"\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Body:
    """The block tokens of an article. Their inline content is parsed when it is rendered."""

    tokens: list[Token]
    env: dict[str, Any]
    """The parser's environment, with the link definitions."""
    used_labels: set[str] = field(default_factory=set)
    """The labels of link definitions used by the inline content parsed so far."""

    def render_inline(self, content: str) -> RenderedMarkdown:
        """Render inline Markdown."""
        if _INLINE_MARKUP.search(content):
            tokens = self.parse_inline(content)
            return RenderedMarkdown(to_text(tokens).strip(), to_html(tokens))
        if "\n" in content:
            return RenderedMarkdown(_SOFT_BREAK.sub(" ", content).strip(), escapeHtml(_SOFT_BREAK.sub("\n", content)))
        return RenderedMarkdown(content.strip(), escapeHtml(content))

    def parse_inline(self, content: str) -> list[Token]:
        """Parse inline Markdown. An escaped character is a token of its own, of type `text_special`."""
        if "\n" not in content and not _INLINE_MARKUP.search(content):
            return [Token("text", "", 0, content=content)]
        tokens = _parser().inline.parse(content, _parser(), self.env, [])
        if "references" in self.env:
            self.used_labels.update(_labels(tokens))
        return [token for token in tokens if token.type != "text" or token.content]

    def render_cells(self, table: Token) -> list[list[RenderedMarkdown]]:
        """Render the cells of a table's rows, with the header first."""
        return [[self.render_inline(cell) for cell in row.cells] for row in table_grid(table).rows]

    def render_blocks(self, tokens: list[Token]) -> RenderedMarkdown:
        """Render blocks. The plain text of each block, and of each cell of a table, is a line of its own."""
        texts = []
        for token in tokens:
            if token.type == "inline":
                token.children = self.parse_inline(token.content)
                texts.append(to_text(token.children).strip())
            elif token.type == "table":
                cells = self.render_cells(token)
                texts += [cell.text for row in cells for cell in row]
                token.content = render_table(cells, table_grid(token).alignments)
            elif token.type in ("fence", "code_block"):
                texts.append(token.content.rstrip("\n"))
        html = _parser().renderer.render(tokens, _parser().options, self.env)
        return RenderedMarkdown("\n".join(filter(None, texts)).strip(), html.rstrip("\n"))


def parse_markdown(text: str) -> Body:
    """Parse the blocks of an article. `text` must have LF line ends and no NUL."""
    env: dict[str, Any] = {}
    return Body(_parser().block.parse(text, _parser(), env, []) or [], env)


def line_of(token: Token) -> int:
    """Return the line where a block token begins, from 1."""
    return token.map[0] + 1 if token.map else 1


def top_level_blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each outermost block, from its opening to its closing token."""
    start = 0
    for end, token in enumerate(tokens, start=1):
        if token.nesting <= 0 and token.level == tokens[0].level:
            yield tokens[start:end]
            start = end


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name for it
        """Return whether the URL is safe. The Markdown of an unsafe link or image remains as text."""
        scheme = _SCHEME.match(url)
        return scheme is None or scheme[1].lower() in _SAFE_SCHEMES


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "xhtmlOut": False, "store_labels": True, "maxNesting": MAX_NESTING + 1}
    parser = _Markdown("commonmark", options, renderer_cls=Renderer).use(attrs_block_plugin)
    parser.enable("table").disable(["html_block", "html_inline"])
    rules = parser.block.ruler
    rules.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    # The rule is registered again because the plugin does not let a line of attributes end a paragraph or a table.
    attributes_rule = dict(zip(rules.get_active_rules(), rules.getRules(""), strict=True))["attr"]
    rules.at("attr", attributes_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    return parser


def _labels(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if "label" in token.meta:
            yield token.meta["label"]
        if token.children:
            yield from _labels(token.children)
