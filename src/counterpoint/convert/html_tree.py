"""The element tree of an HTML page, from its bytes."""

import codecs
import re
from collections.abc import Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector

from counterpoint.convert.source import SourceError, decode_text

MAX_DEPTH = 150
"""Maximum depth of elements, because the tree is walked recursively."""
MAX_ELEMENTS = 500_000
_PAGE_BREAK = frozenset(
    {"html", "body", "article", "div", "section", "main", "table", "td", "th", "ul", "ol", "dl", "blockquote"}
)
_CLOSED_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "tbody": (frozenset({"tr", "td", "th", "thead", "tbody"}), frozenset({"table"})),
}
"""For each start tag, the open elements whose end tag may be omitted before it, and those that end the search."""
_CLOSES_PARAGRAPH = re.compile(
    r"address|article|aside|blockquote|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|nav|ol|p|pre|section|table|ul"
)


class _Tree(BeautifulSoup):
    """A tree in which start tags close elements whose end tag is optional (HTML, section 13.1.2.4)."""

    def handle_starttag(self, name: str, *arguments: Any, **options: Any) -> Tag | None:
        """Close what a start tag closes, then open its element."""
        if _CLOSES_PARAGRAPH.fullmatch(name):
            self._close(frozenset({"p"}), _PAGE_BREAK)
        if name in _CLOSED_BY:
            self._close(*_CLOSED_BY[name])
        return super().handle_starttag(name, *arguments, **options)

    def _close(self, names: frozenset[str], boundary: frozenset[str]) -> None:
        outermost = None
        for tag in reversed(self.tagStack[1:]):
            if tag.name in boundary:
                break
            if tag.name in names:
                outermost = tag.name
        if outermost:
            self.handle_endtag(outermost)


def parse_html(content: bytes) -> Tag:
    """Parse a page. Raise SourceError if it can't be decoded, or is nested too deeply."""
    return parse_html_text(_decode_html(content))


def parse_html_text(text: str) -> Tag:
    """Parse HTML text. Raise SourceError if it is nested too deeply."""
    try:
        tree = _Tree(text, "html.parser")
    except (AssertionError, ValueError, RecursionError) as error:
        raise SourceError("is not valid HTML") from error
    _check_depth(tree)
    return tree


def _decode_html(content: bytes) -> str:
    """Decode a page as UTF-8, as UTF-16 with a byte order mark, or in the encoding that it declares."""
    declared = EncodingDetector.find_declared_encoding(content, is_html=True, search_entire_document=False)
    if declared is None or content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return decode_text(content)
    try:
        name = codecs.lookup(declared).name
    except LookupError as error:
        raise SourceError(f"declares the unknown encoding {declared!r}") from error
    # Browsers read Latin-1 as windows-1252, and a page whose declaration could be read is not in UTF-16.
    name = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-16": "utf-8"}.get(name, name)
    return decode_text(content, name)


def _check_depth(tree: Tag) -> None:
    pending: list[tuple[Tag, int]] = [(tree, 0)]
    count = 0
    while pending:
        tag, depth = pending.pop()
        count += 1
        if depth > MAX_DEPTH:
            raise SourceError(f"has elements that are nested more than {MAX_DEPTH} levels deep")
        if count > MAX_ELEMENTS:
            raise SourceError(f"has more than {MAX_ELEMENTS:,} elements")
        pending += [(child, depth + 1) for child in tag.children if isinstance(child, Tag)]
