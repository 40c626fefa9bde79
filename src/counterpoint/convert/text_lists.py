"""Lists in scraped text: lines with bullets or numbers, or with labels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from counterpoint.article.lists import is_short_label
from counterpoint.convert.document import Doubt, ItemList
from counterpoint.convert.inline import escape_text
from counterpoint.convert.lines import Line, is_prose, split_bullet

_LABELLED = re.compile(r"(?P<label>[^\s:\uff1a][^:\uff1a]{0,60})(?::\s+|\uff1a\s*)(?P<text>\S.*)")
_NUMBER = re.compile(r"\(?(\d+)[.)]")
_DASHES = ("\u2013", "\u2014")
_MAX_LABELLED_CHARS = 200

Result = tuple[ItemList, int]
"""A list, and the index of the first line after it."""


@dataclass(slots=True)
class _Item:
    mark: str
    text: str
    indent: int
    children: list["_Item"] = field(default_factory=list)


def read_list(lines: Sequence[Line], start: int) -> Result | None:
    """Read the list that begins at a line, if there is one."""
    return _read_bullets(lines, start) or _read_labelled(lines, start)


def _read_bullets(lines: Sequence[Line], start: int) -> Result | None:
    items: list[_Item] = []
    end = start
    while end < len(lines) and (bullet := split_bullet(lines[end].text)):
        mark, text = bullet
        indent = lines[end].indent
        # A bullet may be alone in its line, above its text.
        if not text and end + 1 < len(lines) and not split_bullet(lines[end + 1].text):
            end += 1
            text = lines[end].text
        if text:
            items.append(_Item(mark, text, indent))
        end += 1
        end = _read_continuation(lines, end, items)
    if not items or not _is_list(items):
        return None
    return _build_list(items), end


def _read_continuation(lines: Sequence[Line], end: int, items: list[_Item]) -> int:
    """Append indented lines below an item to it."""
    while items and end < len(lines) and lines[end].indent > items[-1].indent and _continues_item(lines[end]):
        items[-1].text += f" {lines[end].text}"
        end += 1
    return end


def _continues_item(line: Line) -> bool:
    return not line.is_after_blank and split_bullet(line.text) is None and "\t" not in line.text


def _is_list(items: list[_Item]) -> bool:
    """Return whether lines with marks are a list, and no sentence that begins with a dash, a number or a letter."""
    mark = items[0].mark
    return len(items) > 1 or (mark not in _DASHES and not mark.rstrip(".)").lstrip("(").isalnum())


def _build_list(items: list[_Item]) -> ItemList:
    roots: list[_Item] = []
    parents: list[_Item] = []
    for item in items:
        while parents and not _is_nested(item, parents):
            parents.pop()
        (parents[-1].children if parents else roots).append(item)
        parents.append(item)
    numbers = [match[1] for item in roots if (match := _NUMBER.fullmatch(item.mark))]
    is_ordered = len(numbers) == len(roots)
    doubts = []
    if is_ordered and numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        doubts.append(Doubt("the numbers of this list are not kept", f"they were {', '.join(numbers)}"))
    return ItemList(items=tuple(map(_write_item, roots)), is_ordered=is_ordered, doubts=tuple(doubts))


def _is_nested(item: _Item, parents: list[_Item]) -> bool:
    """Return whether an item is below the last parent: indented further, or with a mark not used since the first."""
    parent = parents[-1]
    if item.indent != parent.indent:
        return item.indent > parent.indent
    is_new_mark = all(other.mark != item.mark for other in parents)
    return (
        is_new_mark
        and item.mark in ("\u25e6", "\u25ab", "\u25cb", "\u25a1")
        and parent.mark not in ("\u25e6", "\u25cb")
    )


def _write_item(item: _Item) -> str:
    lines = [escape_text(item.text)]
    for child in item.children:
        lines += [f"{'  ' if number else '- '}{line}" for number, line in enumerate(_write_item(child).split("\n"))]
    return "\n".join(lines)


def _read_labelled(lines: Sequence[Line], start: int) -> Result | None:
    """Read lines that each have a label and a text, if there are two or more."""
    end = start
    while end < len(lines) and _has_label(lines[end].text) and (end == start or not lines[end].is_after_blank):
        end += 1
    if end - start < 2:
        return None
    doubt = Doubt("these lines were taken as a list, because each has a label")
    return ItemList(items=tuple(escape_text(line.text) for line in lines[start:end]), doubts=(doubt,)), end


def _has_label(text: str) -> bool:
    match = _LABELLED.fullmatch(text)
    return bool(
        match and len(text) <= _MAX_LABELLED_CHARS and is_short_label(match["label"]) and not is_prose(match["label"])
    )
