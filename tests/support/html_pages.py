"""HTML pages in the tests."""

from __future__ import annotations

from html.parser import HTMLParser

VOID_ELEMENTS = {"meta", "link", "input", "img", "br", "hr", "rect"}


class HtmlPage(HTMLParser):
    """A page: its links, ids and headings, and the texts of its elements by name. Elements must be balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element."""
        attributes = dict(attrs)
        self.attributes.append((tag, attributes))
        if tag == "a" and (href := attributes.get("href")):
            self.links.append(href)
        if name := attributes.get("id"):
            self.ids.append(name)
        if tag not in VOID_ELEMENTS:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        """Check that the innermost open element ends."""
        if tag not in VOID_ELEMENTS:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Record text for all open elements."""
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def select(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """Return the attributes of the elements with some attributes."""
        return [values for name, values in self.attributes if name == tag and attributes.items() <= values.items()]
