"""An independent parser of HTML fragments, which accepts only balanced elements."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID_ELEMENTS = {"br", "hr", "img"}


@dataclass(frozen=True)
class Element:
    """An element with its attributes and the names of the elements around it, the outermost first."""

    name: str
    attributes: dict[str, str]
    ancestors: tuple[str, ...]


@dataclass
class Fragment:
    """The elements of a fragment in the order of their start tags, and its text."""

    elements: list[Element] = field(default_factory=list)
    text: str = ""
    """The text content, with the description of each image, and without the numbers of footnotes."""


class _FragmentParser(HTMLParser):
    """Parses a fragment. Raises ValueError for tags without partner, for comments and for declarations."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fragment = Fragment()
        self.open_elements: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) < len(attrs) or any(value is None for _, value in attrs):
            raise ValueError(f"attributes of {tag}: {attrs}")
        attributes = {name: value for name, value in attrs if value is not None}
        element = Element(tag, attributes, tuple(parent.name for parent in self.open_elements))
        self.fragment.elements.append(element)
        self.fragment.text += attributes.get("alt", "")
        if tag not in VOID_ELEMENTS:
            self.open_elements.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise ValueError(f"<{tag}/>: {attrs}")

    def handle_endtag(self, tag: str) -> None:
        if not self.open_elements or self.open_elements.pop().name != tag:
            raise ValueError(f"</{tag}> closes no element")

    def handle_data(self, data: str) -> None:
        if not any(element.attributes.get("href", "").startswith("#fn") for element in self.open_elements):
            self.fragment.text += data

    def handle_comment(self, data: str) -> None:
        raise ValueError(f"comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise ValueError(f"declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise ValueError(f"processing instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise ValueError(f"declaration: {data}")


def parse_fragment(html: str) -> Fragment:
    """Parse a fragment. Raise ValueError unless it consists of balanced elements and text."""
    parser = _FragmentParser()
    parser.feed(html)
    parser.close()
    if parser.open_elements:
        raise ValueError(f"not closed: {parser.open_elements}")
    return parser.fragment
