"""Page furniture: lines of a web page that are no part of its article, such as links to share it."""

import re

from counterpoint.convert.lines import Line, is_prose
from counterpoint.convert.words import is_line_of

_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b).{0,120}", re.IGNORECASE)
_ARROW = re.compile(r"\s[>\u203a»/]\s")
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s{2,}|\t")
_MAX_FURNITURE_CHARS = 300
_MAX_LINK_CHARS = 120


def is_furniture(text: str) -> bool:
    """Return whether a line belongs to the page: known words, or several of them, a breadcrumb, or a copyright."""
    if len(text) > _MAX_FURNITURE_CHARS:
        return False
    if _COPYRIGHT.fullmatch(text) or _is_breadcrumb(text):
        return True
    parts = [part for part in _SEPARATOR.split(text) if part]
    return bool(parts) and all(is_line_of("furniture", part) for part in parts)


def split_furniture(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """Return the lines of the article, and the texts of the others.

    Below a line such as `Related articles`, the others include the links that follow.
    """
    content: list[Line] = []
    furniture: list[str] = []
    is_below_related = False
    for line in lines:
        is_related = is_line_of("related", line.text)
        if is_related or is_furniture(line.text) or (is_below_related and _is_link(line)):
            furniture.append(line.text)
            is_below_related |= is_related
        else:
            is_below_related = False
            content.append(line)
    return content, furniture


def _is_breadcrumb(text: str) -> bool:
    names = _ARROW.split(text)
    return len(names) > 1 and all(0 < len(name) <= 60 and not set(".!?") & set(name) for name in names)


def _is_link(line: Line) -> bool:
    return len(line.text) <= _MAX_LINK_CHARS and not is_prose(line.text) and "|" not in line.text
