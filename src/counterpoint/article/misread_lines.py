"""Lines of paragraphs that look like other Markdown: headings, list items, link definitions and class lines."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import NamedTuple

from counterpoint.article.block_attributes import CLASSES
from counterpoint.article.markdown import is_safe_url
from counterpoint.article.messages import shorten_and_quote

TEXT_HINT = "write \\[ if it is a text"

_BULLETS = (
    "\u2022\u25e6\u25aa\u2023\u00b7\u25cf\u25cb\u25a0\u25a1\u25ab\u25b6\u25b8\u25ba"
    "\u2043\u2219\u2713\u2714\u27a2\u27a4\uf0a7\uf0b7"
)
"""Characters that mark list items in other programs. The last two are those of word processors."""
_DASHES = "\u2013\u2014"
_FULL_WIDTH_MARKERS = "\u30fb\uff03\uff0d\uff0a\uff5c\uff1e"
"""Katakana middle dot, number sign, hyphen, asterisk, pipe and greater-than sign, which Markdown does not know."""
# White space may precede each line but the first: it has no meaning there.
_SUSPICIOUS_LINE = re.compile(
    rf"^[ \t]*(?:[-+#*>`~{{\uff5b(\uff08\d{_BULLETS}{_DASHES}{_FULL_WIDTH_MARKERS}]|[.\uff0e][a-z]|\[[^\[\]]+\]:)",
    re.MULTILINE,
)
_HEADING_LINE = re.compile(r"^[ \t]*(#{1,6})(?![ \t#]|$).*", re.MULTILINE)
_DEEP_HEADING_LINE = re.compile(r"^[ \t]*(#{7,})[ \t]+[^\s#].*", re.MULTILINE)
_BULLET_LINE = re.compile(rf"^[ \t]*(?:([{_BULLETS}])\s|([-+])(?:[^\W\d_]|\u3000)|(\*)\u3000).*", re.MULTILINE)
_DASH_LINES = re.compile(rf"^[ \t]*([{_DASHES}])\s.*(?=\n(?:.*\n)*?[ \t]*\1\s)", re.MULTILINE)
"""The first of several lines with a dash. A single one is the source of a quotation, or speech in some languages."""
_FULL_WIDTH_LINE = re.compile(rf"^[ \t]*([{_FULL_WIDTH_MARKERS}]).*", re.MULTILINE)
_INDENTED_LINE = re.compile(r"^[ \t]+(#{1,6}(?=[ \t])|>|[-+*](?=[ \t]+\S)|1[.)](?=[ \t]+\S)|`{3}|~{3}).*", re.MULTILINE)
"""The start of another block, which is none because four spaces or a tab precede it."""
_NUMBERED_LINE = re.compile(r"^[ \t]*([(\uff08]?)(\d{1,3})(?:([.)])[ \t]|[\uff0e\uff09\u3001]).*", re.MULTILINE)
_DEFINITION_LINE = re.compile(r"^[ \t]*\[([^\[\]]+)\]:[ \t]*(\S*).*", re.MULTILINE)
# White space is matched possessively, because backtracking would take quadratic time.
_CLASS_LINE = re.compile(
    r"^[ \t]*+(?:[{\uff5b][ \t]*+\.?[ \t]*+([\w-]+)[ \t]*+[}\uff5d]?[ \t]*+$"  # in braces, one of which may be missing
    r"|[{\uff5b][ \t]*+[.\uff0e][ \t]*+([\w-]+).*"  # followed by a text
    r"|[.\uff0e]([\w-]+)[ \t]*+$)",  # without braces
    re.MULTILINE,
)


class MisreadLine(NamedTuple):
    """A line of a paragraph that looks like other Markdown: where it begins in the text, and what is wrong with it."""

    offset: int
    message: str
    hint: str


def has_suspicious_line(content: str) -> bool:
    """Return whether a paragraph may have misread lines. Most have none, so that the other functions need not run."""
    return _SUSPICIOUS_LINE.search(content) is not None


def find_invalid_lines(content: str) -> Iterator[MisreadLine]:
    """Yield the lines of a paragraph that are meant as markup for certain."""
    for match in _HEADING_LINE.finditer(content):
        if len(match[1]) > 1:
            yield _explain_heading(match)
    for match in _DEEP_HEADING_LINE.finditer(content):
        hint = "begin it with ###### or fewer, or with \\# if it is a text"
        yield _misread(match, f"{shorten_and_quote(_line(match))} is no heading", hint)
    for match in _DEFINITION_LINE.finditer(content):
        if is_safe_url(match[2]):
            yield _misread(match, "this is no link definition", f"put an empty line above it; {TEXT_HINT}")
        else:
            yield _misread(match, *explain_link(match[2]))
    for match in _CLASS_LINE.finditer(content):
        word = match[1] or match[2] or match[3]
        if closest := get_close_matches(word.lower(), CLASSES, n=1):
            hint = f"write {{.{closest[0]}}} alone in a line, directly above the block"
            yield _misread(match, f"{shorten_and_quote(_line(match))} is no class line", hint)


def find_questionable_lines(content: str) -> Iterator[MisreadLine]:
    """Yield the lines of a paragraph that may be meant as markup."""
    for match in _HEADING_LINE.finditer(content):
        if len(match[1]) == 1:
            yield _explain_heading(match)
    # One warning is enough, because such lines come in groups.
    if bullet := _BULLET_LINE.search(content) or _DASH_LINES.search(content):
        marker = next(filter(None, bullet.groups()))
        message = f"this line is no list item, although it begins with {marker}"
        yield _misread(bullet, message, "write a hyphen and a space before each item")
    if line := _FULL_WIDTH_LINE.search(content):
        message = f"this line begins with {line[1]}, which has no meaning in Markdown"
        yield _misread(line, message, "write an ASCII #, -, | or > and a space")
    if line := _INDENTED_LINE.search(content):
        message = f"this line continues the text above it, although it begins with {line[1]}"
        yield _misread(line, message, "put an empty line above it, and remove the spaces before it")
    yield from _find_numbered_lines(content)


def explain_link(address: str) -> tuple[str, str]:
    """Return why a text with this address is no link, and a hint."""
    if not is_safe_url(address):
        message = f"the address {shorten_and_quote(address)} is not allowed"
        return message, f"expected https, http, mailto, tel or a relative address; {TEXT_HINT}"
    if " " in address.strip():
        message = f"this is no link, because its address {shorten_and_quote(address)} contains a space"
        return message, f"write %20 for the space; {TEXT_HINT}"
    return "this is no link", f"write [text](https://…); {TEXT_HINT}"


def _find_numbered_lines(content: str) -> Iterator[MisreadLine]:
    """Yield the first of two lines with consecutive numbers. A single one may begin with a number by chance."""
    for first, second in pairwise(_NUMBERED_LINE.finditer(content)):
        if int(second[2]) == int(first[2]) + 1:
            is_markdown = first[3] and not first[1]
            hint = "put an empty line above the first item" if is_markdown else "write 1. and a space before each item"
            yield _misread(first, "this line is no list item, although it begins with a number", hint)
            return


def _explain_heading(match: re.Match[str]) -> MisreadLine:
    hint = f"write {match[1]} and a space before the heading, or \\# if it is a text"
    return _misread(match, f"{shorten_and_quote(_line(match))} is no heading", hint)


def _misread(match: re.Match[str], message: str, hint: str) -> MisreadLine:
    return MisreadLine(match.end() - len(match[0].lstrip(" \t")), message, hint)


def _line(match: re.Match[str]) -> str:
    return match[0].strip(" \t")
