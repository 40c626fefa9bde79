"""What an article file says, as frozen values in reading order.

Every record knows the line that states it (from 1). Texts are the plain text of their inline Markdown;
`html` is the same as sanitised HTML. Absent is None.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PointKind(StrEnum):
    """What the items of a list are."""

    HIGHLIGHT = "HIGHLIGHT"
    INITIATIVE = "INITIATIVE"
    OBJECTIVE = "OBJECTIVE"
    RECOMMENDATION = "RECOMMENDATION"
    OTHER = "OTHER"


class TableContents(StrEnum):
    """What the rows of a table state."""

    STANCES = "STANCES"
    APPROACHES = "APPROACHES"
    ROLES = "ROLES"
    SOLUTIONS = "SOLUTIONS"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Measure:
    """Something a party did: one piece of the third cell of a stance's row."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Stance:
    """Where a party stands: a row."""

    party: str
    text: str
    measures: tuple[Measure, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Approach:
    """How a government handles a policy area: a cell of that area's row."""

    policy_area: str
    government: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Role:
    """What a group does and says: a row."""

    group: str
    function: str
    core_message: str
    line: int


@dataclass(frozen=True, slots=True)
class Challenge:
    """A problem that an article names, as its first row has it; `identity` gathers equal ones into one."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ProposedSolution:
    """What is proposed against a challenge: a row. Equal challenges of one article are one (`identity`)."""

    challenge: str
    text: str
    anticipated_benefit: str
    line: int


TableStatement = Stance | Approach | Role | ProposedSolution


@dataclass(frozen=True, slots=True)
class Table:
    """A table, cell for cell; `rows` leave the header out, each as long as `columns`."""

    contents: TableContents
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    html: str
    statements: tuple[TableStatement, ...]
    governments: tuple[str, ...]
    """The governments that the header names, in its order; empty unless `contents` is APPROACHES."""
    policy_areas: tuple[str, ...]
    """The policy areas that the rows name, in their order; empty unless `contents` is APPROACHES."""
    line: int


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a list; `text` and `html` leave the label out."""

    label: str | None
    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class PointList:
    """A list with the paragraph ending in a colon right before it, if any."""

    kind: PointKind
    lead_in: str | None
    points: tuple[Point, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Prose; also a block quote, code, an image: `html` keeps the markup of the whole block."""

    text: str
    html: str
    line: int


Block = Paragraph | PointList | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article under one heading; `heading` is None and `level` 1 for text before the first."""

    slug: str
    heading: str | None
    level: int
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """A whole article file; `path` is relative to the seed folder, with `/`; `sha256` is of its bytes."""

    path: str
    sha256: str
    slug: str
    title: str
    subtitle: str | None
    summary: str | None
    authors: tuple[str, ...]
    language: str
    published: date | None
    updated: date | None
    url: str | None
    sections: tuple[Section, ...]
