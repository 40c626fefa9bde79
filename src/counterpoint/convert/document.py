"""The content of a converted source, before it is written as an article: metadata, blocks and doubts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|\*|`)")
_LINK = re.compile(r"(?<!\\)!?\[((?:\\.|[^\]\\]){0,500})\]\((?:\\.|[^)\\]){0,2000}\)")


class Doubt(NamedTuple):
    """A decision of the converter that a person should check, with what to do if it is wrong."""

    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `level` is from 2, the lower the more important."""

    markdown: str
    level: int = 2
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A block that is no list, table or heading: prose, a quote, code or an image. It may have several lines."""

    markdown: str
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemList:
    """A list. An item of several blocks has several lines."""

    items: tuple[str, ...]
    is_ordered: bool = False
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of inline Markdown; each row has as many cells as the header."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    doubts: tuple[Doubt, ...] = ()


Block = Heading | Paragraph | ItemList | Table


@dataclass(slots=True)
class Metadata:
    """The front matter as far as the source has it, with the doubts about each key."""

    title: str | None = None
    subtitle: str | None = None
    slug: str | None = None
    authors: list[str] = field(default_factory=list)
    language: str | None = None
    published: date | None = None
    updated: date | None = None
    url: str | None = None
    summary: str | None = None
    doubts: list[tuple[str, Doubt]] = field(default_factory=list)

    def doubt(self, key: str, message: str, hint: str | None = None) -> None:
        """Add a doubt about the value of a key."""
        self.doubts.append((key, Doubt(message, hint)))


@dataclass(frozen=True, slots=True)
class Document:
    """A converted source."""

    metadata: Metadata
    blocks: tuple[Block, ...]


def to_plain_text(markdown: str) -> str:
    """Return inline Markdown without its markup."""
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _LINK.sub(r"\1", markdown)))


def list_lines(block: ItemList) -> Iterator[str]:
    """Yield the Markdown of a list, line by line."""
    for number, item in enumerate(block.items, start=1):
        marker = f"{number}. " if block.is_ordered else "- "
        first, *others = item.split("\n")
        yield marker + first
        yield from (f"{' ' * len(marker)}{line}" if line else "" for line in others)


def build_table(cells: list[list[str]], *doubts: Doubt) -> Table:
    """Return a table of rows, the header first. Shorter rows get empty cells, and longer ones lose none."""
    header, *rows = cells
    notes = list(doubts)
    lengths = {len(row) for row in rows} - {len(header)}
    if lengths:
        notes.append(Doubt("some rows had more or fewer cells than the header", "compare the rows with the source"))
    return Table(header=tuple(header), rows=tuple(_fit_row(row, len(header)) for row in rows), doubts=tuple(notes))


def _fit_row(row: list[str], width: int) -> tuple[str, ...]:
    if len(row) > width:
        row = [*row[: width - 1], " ".join(filter(None, row[width - 1 :]))]
    return (*row, *[""] * (width - len(row)))
