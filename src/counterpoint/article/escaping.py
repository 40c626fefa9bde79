"""Plain text as Markdown or YAML that reads back as the very same text."""

import re

from counterpoint.article.lists import MAX_LABEL_WORDS

_ACTIVE = re.compile(r"[\\`*_\[<&|#]")
_FIRST = re.compile(r"[-+>{~]|[0-9]{1,9}(?=[.)])")
_LABEL_COLON = re.compile(r":(?=\s)")
_BREAK = re.compile(r"[\n\r]")
_UNPRINTABLE = re.compile(r"""[\\"]|[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]""")


def escape_markdown(text: str) -> str:
    """The text as inline Markdown on one line, fit for a heading, a paragraph, an item or a cell."""
    escaped = _ACTIVE.sub(r"\\\g<0>", text)
    # A digit can't be escaped, but what makes a list of it can; all other first characters are punctuation.
    escaped = _FIRST.sub(_escaped_first, escaped, count=1) if _FIRST.match(escaped) else escaped
    return _BREAK.sub(lambda found: f"&#{ord(found.group())};", escaped)


def escape_item(text: str) -> str:
    """The text as Markdown for an item, none of its colons the end of a label."""
    return _LABEL_COLON.sub(r"\\:", escape_markdown(text))


def format_labelled_item(label: str, text: str) -> str:
    """The label and the text of an item as Markdown: the label strong unless its colon alone would tell it."""
    if _LABEL_COLON.search(label) or len(label.split()) > MAX_LABEL_WORDS:
        return f"**{escape_markdown(label)}:** {escape_markdown(text)}"
    return f"{escape_markdown(label)}: {escape_markdown(text)}"


def escape_paragraph(text: str) -> str:
    """The text as Markdown for a paragraph that leads no list in, even if it ends in a colon."""
    escaped = escape_markdown(text)
    return f"{escaped[:-1]}\\:" if escaped.endswith(":") else escaped


def quote_yaml(text: str) -> str:
    """The text as a quoted YAML scalar."""
    return f'"{_UNPRINTABLE.sub(_yaml_escape, text)}"'


def _escaped_first(found: re.Match[str]) -> str:
    first = found.group()
    return f"{first}\\" if first.isdigit() else f"\\{first}"


def _yaml_escape(found: re.Match[str]) -> str:
    char = found.group()
    return f"\\{char}" if char in '\\"' else f"\\U{ord(char):08X}"
