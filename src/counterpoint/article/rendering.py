"""Rendering of Markdown tokens as plain text and as HTML."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

from markdown_it.common.utils import MD_TRIM_RE, escapeHtml, mdTrim, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from counterpoint.article.records import Image

_TEXT_TYPES = {"text", "text_special", "code_inline"}


class RenderedMarkdown(NamedTuple):
    """Rendered Markdown: its plain text, without white space at the ends, and its HTML."""

    text: str
    html: str
    tokens: Sequence[Token] = ()
    """The inline tokens, unless the Markdown is plain text."""


class Renderer(RendererHTML):
    """The renderer of block tokens, with our HTML of inline content and tables."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802 - the parser's name for it
        """Return the HTML of inline tokens."""
        return to_html(tokens)

    def table(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Return the HTML of a table, which `Body.render_blocks` stored in its token."""
        html = f"{tokens[index].content}\n"
        return f"\n{html}" if index and tokens[index - 1].hidden else html

    def attrs_block(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Return no HTML for a line of block attributes. Within a block it is an error, which `checks` reports."""
        return ""

    def footnote_reference_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Return the start of a footnote: its anchor, and its number as a link back to the first reference."""
        label = tokens[index].meta["label"]
        anchor = escapeHtml(quote(label))
        number = f'<a href="#fnref-{anchor}">{find_footnote_number(label, env)}</a>'
        return f'<div class="footnote" id="fn-{escapeHtml(label)}">{number}\n'

    def footnote_reference_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """Return the end of a footnote."""
        return "</div>\n"


def find_footnote_number(label: str, env: EnvType) -> int:
    """Return a footnote's number, from 1, in the order of definition."""
    numbers: dict[str, int] | None = env.get("footnote_numbers")
    if numbers is None:
        # All definitions are parsed before the first reference. A search for each one would take quadratic time.
        numbers = {key: number for number, key in enumerate(env["footnotes"]["refs"], start=1)}
        env["footnote_numbers"] = numbers
    return numbers[f":{label}"]


def to_text(tokens: Sequence[Token]) -> str:
    """Return the plain text of inline tokens. An image becomes its alternative text, a hard break a line feed."""
    return "".join(_token_text(token) for token in tokens)


def to_html(tokens: Sequence[Token]) -> str:
    """Return the HTML of inline tokens. Texts are escaped; the parser has already rejected unsafe links."""
    return "".join(_token_html(token) for token in tokens)


def code_language(block: Token) -> str | None:
    """Return the language that a code block names, as in the class of its HTML; None for other blocks."""
    info = mdTrim(unescapeAll(block.info)) if block.type == "fence" else ""
    return MD_TRIM_RE.split(info, maxsplit=1)[0] or None


def find_images(tokens: Sequence[Token]) -> tuple[Image, ...]:
    """Return the images among inline tokens, in reading order."""
    return tuple(
        Image(str(token.attrs["src"]), to_text(token.children or ()), _title(token))
        for token in tokens
        if token.type == "image"
    )


def _title(image: Token) -> str | None:
    title = image.attrs.get("title")
    return None if title is None else str(title)


def _token_text(token: Token) -> str:
    if token.type in _TEXT_TYPES:
        return token.content
    match token.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            return to_text(token.children or ())
    return ""


def _token_html(token: Token) -> str:
    match token.type:
        case "text" | "text_special":
            return escapeHtml(token.content)
        case "code_inline":
            return f"<code>{escapeHtml(token.content)}</code>"
        case "softbreak":
            return "\n"
        case "hardbreak":
            return "<br>\n"
        case "image":
            attributes = {**token.attrs, "alt": to_text(token.children or ())}
            return f"<img{_attributes_html(attributes)}>"
        case "footnote_ref":
            return _footnote_reference_html(token)
    return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}{_attributes_html(token.attrs)}>"


def _footnote_reference_html(token: Token) -> str:
    label, repetition = token.meta["label"], token.meta["subId"]
    anchor = escapeHtml(label) + (f":{repetition + 1}" if repetition else "")
    link = f'<a href="#fn-{escapeHtml(quote(label))}" id="fnref-{anchor}">{token.meta["number"]}</a>'
    return f"<sup>{link}</sup>"


def _attributes_html(attributes: dict[str, str | int | float]) -> str:
    return "".join(f' {name}="{escapeHtml(str(value))}"' for name, value in attributes.items())
