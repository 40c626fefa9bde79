"""Inline tokens to plain text and to HTML; block tokens to HTML."""

from collections.abc import Sequence
from typing import NamedTuple

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_TEXTS = {"text", "text_special", "code_inline"}


class Inline(NamedTuple):
    """What a line, cell or paragraph holds: its plain text, trimmed, and its HTML."""

    text: str
    html: str


class Renderer(RendererHTML):
    """The parser's own HTML of blocks around ours of what is in a line."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802 - the parser's name for it
        """The HTML of inline tokens."""
        return to_html(tokens)

    def table(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """The HTML of a table, which its token brings along."""
        return f"\n{tokens[at].content}\n" if at and tokens[at - 1].hidden else f"{tokens[at].content}\n"


def to_text(tokens: Sequence[Token]) -> str:
    """The words alone; an image gives its alternative text, a soft break a space, a hard one a line feed."""
    return "".join(_token_text(token) for token in tokens)


def to_html(tokens: Sequence[Token]) -> str:
    """The HTML of inline tokens, its texts escaped; links were checked when they were parsed."""
    return "".join(_token_html(token) for token in tokens)


def _token_text(token: Token) -> str:
    if token.type in _TEXTS:
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
            return f"<img{_attributes(attributes)}>"
    return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}{_attributes(token.attrs)}>"


def _attributes(attributes: dict[str, str | int | float]) -> str:
    return "".join(f' {name}="{escapeHtml(str(value))}"' for name, value in attributes.items())
