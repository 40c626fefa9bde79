"""The Markdown dialect of articles: CommonMark with tables, footnotes and block attributes, without raw HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_inline import StateInline, emphasis
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin
from mdit_py_plugins.footnote import footnote_plugin

from counterpoint.article.block_rules import BlockRules
from counterpoint.article.images import ArticleImages
from counterpoint.article.rendering import RenderedMarkdown, Renderer, find_footnote_number, to_html, to_text
from counterpoint.article.table_grid import render_table, table_grid, table_rule

ATTRIBUTES = "attrs_block"
"""The type of the token for a line of block attributes, such as `{.highlights}`."""
FOOTNOTE = "footnote_reference_open"
"""The type of the first token of a footnote's definition."""
DEFINITION = "definition"
"""The type of the token for a link definition, whose content is its Markdown."""
FULL_WIDTH_COLON = "\uff1a"

_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INLINE_MARKUP = re.compile(r"[\\`*_\[<&]| \n")
"""What inline Markdown contains, unless it is plain text: special characters, or spaces at the end of a line."""
_ESCAPED_COLON = f"\\{FULL_WIDTH_COLON}"
_SOFT_BREAK = re.compile(r"\n[ \t]*")


@dataclass(frozen=True, slots=True)
class Body:
    """The block tokens of an article. Their inline content is parsed when it is rendered."""

    tokens: list[Token]
    env: dict[str, Any]
    """The parser's environment, with the link definitions and the footnotes."""
    parser: MarkdownIt
    images: ArticleImages | None = None
    used_labels: set[str] = field(default_factory=set)
    """The labels of link definitions used by the inline content parsed so far."""
    _parsed_ahead: dict[str, list[list[Token]]] = field(default_factory=dict)

    def render_inline(self, content: str) -> RenderedMarkdown:
        """Render inline Markdown."""
        if _INLINE_MARKUP.search(content):
            tokens = self.parse_inline(content)
            return RenderedMarkdown(to_text(tokens).strip(), to_html(tokens), tokens)
        if "\n" in content:
            return RenderedMarkdown(_SOFT_BREAK.sub(" ", content).strip(), escapeHtml(_SOFT_BREAK.sub("\n", content)))
        return RenderedMarkdown(content.strip(), escapeHtml(content))

    def parse_inline(self, content: str) -> list[Token]:
        """Parse inline Markdown. An escaped character is a token of its own, of type `text_special`."""
        if self._parsed_ahead.get(content):
            return self._parsed_ahead[content].pop(0)
        return self._parse_inline(content)

    def _parse_inline(self, content: str) -> list[Token]:
        if "\n" not in content and not _INLINE_MARKUP.search(content):
            return [Token("text", "", 0, content=content)]
        tokens = self.parser.inline.parse(content, self.parser, self.env, [])
        if "references" in self.env:
            self.used_labels.update(_labels(tokens))
        for token in tokens:
            if token.type == "footnote_ref":
                token.meta["number"] = find_footnote_number(token.meta["label"], self.env)
            elif token.type == "text_special" and token.content == _ESCAPED_COLON:
                token.content = FULL_WIDTH_COLON
        if self.images:
            self.images.resolve(tokens)
        return _unnest_links([token for token in tokens if token.type != "text" or token.content])

    def parse_ahead(self, content: str) -> list[Token]:
        """Parse inline Markdown that will be rendered later, which then takes these tokens."""
        # The order must be that of rendering, because references to a footnote are counted.
        tokens = self._parse_inline(content)
        self._parsed_ahead.setdefault(content, []).append(tokens)
        return tokens

    def render_cells(self, table: Token) -> list[list[RenderedMarkdown]]:
        """Render the cells of a table's rows, with the header first."""
        return [[self.render_inline(cell) for cell in row.cells] for row in table_grid(table).rows]

    def render_blocks(self, tokens: list[Token]) -> RenderedMarkdown:
        """Render blocks. The plain text of each block, and of each cell of a table, is a line of its own."""
        texts = []
        inline_tokens: list[Token] = []
        for token in tokens:
            if token.type == "inline":
                token.children = self.parse_inline(token.content)
                inline_tokens += token.children
                texts.append(to_text(token.children).strip())
            elif token.type == "table":
                cells = self.render_cells(token)
                texts += [cell.text for row in cells for cell in row]
                inline_tokens += [part for row in cells for cell in row for part in cell.tokens]
                token.content = render_table(cells, table_grid(token).alignments)
            elif token.type in ("fence", "code_block"):
                texts.append(token.content.rstrip("\n"))
        html = self.parser.renderer.render(tokens, self.parser.options, self.env)
        return RenderedMarkdown("\n".join(filter(None, texts)).strip(), html.rstrip("\n"), inline_tokens)


def parse_markdown(
    text: str, max_nesting: int, *, has_definitions: bool = False, images: ArticleImages | None = None
) -> Body:
    """Parse the blocks of an article. `text` must have LF line ends and no NUL. `images` collects its image files.

    Blocks that are nested more deeply than `max_nesting` are dropped below the first level in excess. Link definitions
    are blocks only if `has_definitions`.
    """
    env: dict[str, Any] = {}
    parser = _parser(max_nesting, has_definitions=has_definitions)
    return Body(parser.block.parse(text, parser, env, []) or [], env, parser, images)


def line_of(token: Token) -> int:
    """Return the line where a block token begins, from 1."""
    return token.map[0] + 1 if token.map else 1


def split_top_level_blocks(tokens: list[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each outermost block, from its opening to its closing token."""
    start = 0
    for end, token in enumerate(tokens, start=1):
        if token.nesting <= 0 and token.level == tokens[0].level:
            yield tokens[start:end]
            start = end


def is_safe_url(url: str) -> bool:
    """Return whether a URL is relative or has a scheme that browsers do not execute."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme[1].lower() in _SAFE_SCHEMES


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name for it
        """Return whether the URL is safe. The Markdown of an unsafe link or image remains as text."""
        return is_safe_url(url)


@cache
def _parser(max_nesting: int, *, has_definitions: bool) -> MarkdownIt:
    options = {"html": False, "xhtmlOut": False, "store_labels": True, "maxNesting": max_nesting + 1}
    parser = _Markdown("commonmark", options).use(attrs_block_plugin)
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    parser.renderer = Renderer(parser)
    parser.enable("table").disable(["html_block", "html_inline"])
    parser.inline.ruler.at("emphasis", _emphasis_rule)
    rules = parser.block.ruler
    rules.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    if has_definitions:
        rules.at("reference", _definition_rule)
    # The rule is registered again because the plugin does not let a line of attributes end a paragraph or a table.
    attributes_rule = dict(zip(rules.get_active_rules(), rules.getRules(""), strict=True))["attr"]
    rules.at("attr", attributes_rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler = BlockRules(rules)
    return parser


def _emphasis_rule(state: StateInline, silent: bool) -> bool:
    """Parse the markers of emphasis. They also end after a full-width colon, because no space follows it."""
    start, count = state.pos, len(state.delimiters)
    is_emphasis = emphasis.tokenize(state, silent)
    if is_emphasis and state.src[start - 1 : start] == FULL_WIDTH_COLON:
        for delimiter in state.delimiters[count:]:
            delimiter.close = True
    return is_emphasis


def _definition_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse the link definition at line `start` (counted from 0) to a token. Return whether there is one."""
    if not reference(state, start, end, silent):
        return False
    token = state.push(DEFINITION, "", 0)
    token.map = [start, state.line]
    token.content = state.getLines(start, state.line, state.blkIndent, False).strip()
    return True


def _unnest_links(tokens: list[Token]) -> list[Token]:
    """Return the tokens without links in the text of a link, and with its footnote references behind it.

    HTML allows no link inside another one, but Markdown allows such an address in angle brackets or such a footnote.
    """
    unnested: list[Token] = []
    references: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type == "footnote_ref" and depth:
            references.append(token)
        elif token.type not in ("link_open", "link_close"):
            unnested.append(token)
        else:
            if max(depth, depth + token.nesting) == 1:
                unnested.append(token)
            depth += token.nesting
            if not depth:
                unnested += references
                references = []
    return unnested


def _labels(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if "label" in token.meta:
            yield token.meta["label"]
        if token.children:
            yield from _labels(token.children)
