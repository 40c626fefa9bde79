"""Escaping of plain text, so that parsing the Markdown returns the same text."""

import re

from counterpoint.article.lists import is_short_label

_MARKUP = re.compile(r"[\\`*_\[<&|#]")
_BLOCK_START = re.compile(r"[-+>{~]|[0-9]{1,9}(?=[.)])")
_LABEL_COLON = re.compile(r":(?=\s)|\uff1a")
_LINE_BREAK = re.compile(r"[\n\r]")


def escape_markdown(text: str) -> str:
    """Return the text as Markdown on one line, for a heading, a paragraph, an item or a cell."""
    escaped = _MARKUP.sub(r"\\\g<0>", text)
    escaped = _BLOCK_START.sub(_escape_block_start, escaped, count=1) if _BLOCK_START.match(escaped) else escaped
    return _LINE_BREAK.sub(lambda match: f"&#{ord(match.group())};", escaped)


def escape_item(text: str) -> str:
    """Return the text as Markdown for a list item without label."""
    return _LABEL_COLON.sub(r"\\\g<0>", escape_markdown(text))


def format_labelled_item(label: str, text: str) -> str:
    """Return the Markdown of a list item with a label, which is strong only where a colon alone would not do."""
    if _LABEL_COLON.search(label) or not is_short_label(label):
        return f"**{escape_markdown(label)}:** {escape_markdown(text)}"
    return f"{escape_markdown(label)}: {escape_markdown(text)}"


def escape_paragraph(text: str) -> str:
    """Return the text as Markdown for a paragraph that is no list's lead-in, even if it ends in a colon."""
    escaped = escape_markdown(text)
    return f"{escaped[:-1]}\\{escaped[-1]}" if escaped.endswith((":", "\uff1a")) else escaped


def _escape_block_start(match: re.Match[str]) -> str:
    # A backslash can't escape a digit, so it goes before the full stop or bracket of an ordered list instead.
    start = match.group()
    return f"{start}\\" if start.isdigit() else f"\\{start}"
