"""The lines of a scraped text: white space and invisible characters cleaned, and wrapped paragraphs joined."""

import re
from dataclasses import dataclass
from itertools import pairwise

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffc]")
"""Soft hyphens, zero-width spaces and marks of direction. Joiners stay, because Persian and Hindi need them."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.!?…。\uff01\uff1f।؟\u06d4][\"'”\u2019»)\]」』]*(?:\[\d+\])*$")
BULLET = re.compile(r"(?P<mark>[-\u2013—*+•◦▪▫‣·●○■□►▶➤➢✓✔\u2043∙・]|\(?(?:\d{1,3}|[a-zA-Z])[.)])(?:\s+|$)(?P<text>.*)")
_ALWAYS_SPACED = re.compile(r"(?P<mark>[•◦▪▫‣●○■□►▶➤➢✓✔\u2043∙・])(?P<text>\S.*)")

MAX_WRAPPED_CHARS = 130
_MIN_WRAPPED_CHARS = 50
_LONG_CHARS = 150
_MAX_HEADING_CHARS = 140
_MAX_UNSPACED_HEADING_CHARS = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its text without white space at the ends, its indentation, and an empty line above."""

    text: str
    indent: int = 0
    is_after_blank: bool = False


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text that are not empty."""
    lines = []
    is_after_blank = True
    for raw in clean_text(text).split("\n"):
        stripped = raw.strip(" ")
        if stripped.strip():
            expanded = raw.expandtabs(4)
            lines.append(Line(stripped, len(expanded) - len(expanded.lstrip()), is_after_blank))
        is_after_blank = not stripped.strip()
    return lines


def clean_text(text: str) -> str:
    """Return a text with LF line ends, plain spaces and tabs, and without invisible characters."""
    text = _INVISIBLE.sub("", _NEWLINE.sub("\n", text))
    return _CONTROL.sub("", _SPACE.sub(" ", text))


def join_wrapped(lines: list[Line]) -> list[Line]:
    """Join the lines of paragraphs if the text is wrapped at a width."""
    if not _is_wrapped(lines):
        return lines
    width = max(len(line.text) for line in lines)
    joined = lines[:1]
    for previous, line in pairwise(lines):
        if _continues(previous, line, width):
            joined[-1] = Line(f"{joined[-1].text} {line.text}", joined[-1].indent, joined[-1].is_after_blank)
        else:
            joined.append(line)
    return joined


def split_bullet(text: str) -> tuple[str, str] | None:
    """Return the bullet or number at the start of a list item, and the text after it; or None."""
    match = BULLET.fullmatch(text) or _ALWAYS_SPACED.fullmatch(text)
    return (match["mark"], match["text"].strip()) if match else None


def is_prose(text: str) -> bool:
    """Return whether a line is prose: a sentence with its full stop, or long."""
    return len(text) > _LONG_CHARS or bool(_SENTENCE_END.search(text) and not is_question(text))


def is_question(text: str) -> bool:
    """Return whether a line is one short question, which may be a heading."""
    return text.endswith(("?", "\uff1f", "؟")) and len(text) <= 80 and not _SENTENCE_END.search(text[:-1])


def is_lead_in(text: str) -> bool:
    """Return whether a line ends in a colon."""
    return text.endswith((":", "\uff1a"))


def is_heading_like(text: str) -> bool:
    """Return whether a line may be a heading: short, with a letter, and without punctuation at its end."""
    max_chars = _MAX_HEADING_CHARS if text.isascii() or " " in text else _MAX_UNSPACED_HEADING_CHARS
    has_letter = any(char.isalpha() for char in text)
    return has_letter and len(text) <= max_chars and not is_prose(text) and text[-1] not in ",;:،\uff1b\uff1a、\uff0c"


def _is_wrapped(lines: list[Line]) -> bool:
    """Return whether most long lines break off in a sentence, and none is longer than a wrapped line."""
    if not lines or max(len(line.text) for line in lines) > MAX_WRAPPED_CHARS:
        return False
    pairs = [(line, after) for line, after in pairwise(lines) if len(line.text) >= _MIN_WRAPPED_CHARS]
    adjacent = [line for line, after in pairs if not after.is_after_blank and not _is_structured(after.text)]
    broken = [line for line in adjacent if not _SENTENCE_END.search(line.text) and not is_lead_in(line.text)]
    return len(broken) >= 2 and 2 * len(broken) >= len(adjacent)


def _continues(previous: Line, line: Line, width: int) -> bool:
    """Return whether a line belongs to the same paragraph: its first word had no room at the end of the previous."""
    if line.is_after_blank or _is_structured(line.text) or "|" in previous.text or "\t" in previous.text:
        return False
    return len(previous.text) + 1 + len(line.text.split()[0]) > width - 3


def _is_structured(text: str) -> bool:
    return "\t" in text or text.count("|") > 1 or text.startswith("#") or split_bullet(text) is not None
