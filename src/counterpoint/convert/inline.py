"""Inline Markdown from plain text: addresses become links, and clear markup is kept; the rest is escaped."""

import re

_KEPT = re.compile(
    r"(?P<link>\[[^\[\]\n]+\]\((?:https?://|mailto:)[^\s()]+\))"
    r"|(?P<strong>\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*(?![^\W_]))"
    r"|(?P<code>(?<!`)`[^`\n]+`(?!`))"
    r"|<?(?P<url>https?://[^\s<>\"|]*[^\s<>\"|.,;:!?)\]}'\u2019\u201d*_])>?"
)
_MARKUP = re.compile(r"[\\`*\[\]|]|(?<![^\W_])_|_(?![^\W_])|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|~(?=~)")
_BLOCK_START = re.compile(r"(?:[-+](?=\s|$)|[>{#=~:]|---|___|[0-9]{1,9}(?=[.)](?:\s|$)))")
_SPACES = re.compile(r"\s+")


def escape_text(text: str) -> str:
    """Return text as inline Markdown on one line that may begin a block."""
    markdown = to_inline(_SPACES.sub(" ", text).strip())
    return escape_start(markdown)


def escape_start(markdown: str) -> str:
    """Escape the characters at the start of inline Markdown that would begin another block."""
    match = _BLOCK_START.match(markdown)
    if match is None:
        return markdown
    start = match.group()
    return f"{start}\\{markdown[len(start) :]}" if start.isdigit() else f"\\{markdown}"


def to_inline(text: str) -> str:
    """Return text as inline Markdown that begins no block."""
    parts = []
    end = 0
    for match in _KEPT.finditer(text):
        parts += [escape_markup(text[end : match.start()]), _keep(match)]
        end = match.end()
    return "".join([*parts, escape_markup(text[end:])])


def _keep(match: re.Match[str]) -> str:
    if match["url"]:
        return f"<{match['url']}>"
    if match["strong"]:
        return f"**{escape_markup(match['strong'][2:-2])}**"
    if match["link"]:
        text, address = match["link"][1:].split("](", 1)
        return f"[{escape_markup(text)}]({address}"
    return match.group().replace("|", r"\|")


def escape_markup(text: str) -> str:
    """Escape the characters that would begin inline markup."""
    return _MARKUP.sub(r"\\\g<0>", text)
