"""The content of an article file as frozen values in reading order.

`line` is the line of the file, from 1. Texts are plain text; `html` is the same content as safe HTML. Absent is None.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from counterpoint.article.image_formats import MEDIA_TYPES


class PointKind(StrEnum):
    """The subject of a list's points."""

    HIGHLIGHT = "HIGHLIGHT"
    INITIATIVE = "INITIATIVE"
    OBJECTIVE = "OBJECTIVE"
    RECOMMENDATION = "RECOMMENDATION"
    OTHER = "OTHER"


class TableContents(StrEnum):
    """The type of statement in a table's rows."""

    STANCES = "STANCES"
    APPROACHES = "APPROACHES"
    ROLES = "ROLES"
    SOLUTIONS = "SOLUTIONS"
    OTHER = "OTHER"


class ParagraphKind(StrEnum):
    """The kind of block that a paragraph is."""

    PROSE = "PROSE"
    QUOTE = "QUOTE"
    CODE = "CODE"
    IMAGE = "IMAGE"
    RULE = "RULE"


class ColumnAlignment(StrEnum):
    """The alignment of a table's column."""

    NONE = "NONE"
    LEFT = "LEFT"
    CENTER = "CENTER"
    RIGHT = "RIGHT"


@dataclass(frozen=True, slots=True)
class Measure:
    """An action of a party: a part of the third cell of a stance's row, between semicolons."""

    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class Stance:
    """The position of a party in a dispute, from one row."""

    party: str
    text: str
    html: str
    measures: tuple[Measure, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Approach:
    """The policy of a government in a policy area, from one cell of that area's row."""

    policy_area: str
    government: str
    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class Role:
    """The function and the message of a group, from one row."""

    group: str
    function: str
    function_html: str
    core_message: str
    core_message_html: str
    line: int


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge that rows of solutions name, with the text and line of the first row. `content_keys` creates it."""

    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class ProposedSolution:
    """A proposal against a challenge, from one row."""

    challenge: str
    challenge_html: str
    text: str
    html: str
    anticipated_benefit: str
    anticipated_benefit_html: str
    line: int


TableStatement = Stance | Approach | Role | ProposedSolution


@dataclass(frozen=True, slots=True)
class Table:
    """A table, cell for cell; `rows` exclude the header, and each is as long as `columns`.

    `html_rows` are the same cells as inline HTML, and `html` is the whole table.
    """

    contents: TableContents
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    html: str
    html_rows: tuple[tuple[str, ...], ...]
    column_alignments: tuple[ColumnAlignment, ...]
    statements: tuple[TableStatement, ...]
    governments: tuple[str, ...]
    """The governments in the header, in its order; empty unless `contents` is APPROACHES."""
    policy_areas: tuple[str, ...]
    """The policy areas in the rows, in their order; empty unless `contents` is APPROACHES."""
    line: int


@dataclass(frozen=True, slots=True)
class Point:
    """A list item; `text` and `html` exclude the label."""

    label: str | None
    text: str
    html: str
    line: int


@dataclass(frozen=True, slots=True)
class PointList:
    """A list; `lead_in` is the paragraph directly before it, if that ends in a colon."""

    kind: PointKind
    lead_in: str | None
    points: tuple[Point, ...]
    line: int
    start: int | None = None
    """The first number of an ordered list; None for other lists."""

    @property
    def is_ordered(self) -> bool:
        """Whether the items are numbered."""
        return self.start is not None


@dataclass(frozen=True, slots=True)
class Image:
    """An image in a paragraph. `alt` is its plain-text description, empty if it has none."""

    src: str
    alt: str
    title: str | None


@dataclass(frozen=True, slots=True)
class ImageFile:
    """An image file beside the articles; `path` is relative to the seed folder. Width and height are in pixels."""

    path: str
    sha256: str
    media_type: str
    width: int
    height: int

    @property
    def address(self) -> str:
        """The path at which the service serves the image; another image has another address."""
        return f"/images/{self.sha256}.{MEDIA_TYPES[self.media_type]}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block that is no list, table or heading."""

    text: str
    html: str
    line: int
    kind: ParagraphKind = ParagraphKind.PROSE
    code_language: str | None = None
    images: tuple[Image, ...] = ()


Block = Paragraph | PointList | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the blocks up to the next one; before the first heading, `heading` is None and `level` is 1."""

    slug: str
    heading: str | None
    level: int
    blocks: tuple[Block, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Article:
    """An article file; `path` is relative to the seed folder, with `/`; `sha256` is the hash of the file's bytes.

    A draft is not published. `translation_of` is the slug of the original, or of another translation.
    """

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
    draft: bool = False
    former_slugs: tuple[str, ...] = ()
    translation_of: str | None = None
    source_text: str = field(default="", compare=False, repr=False)
    """The text of the file."""
    image_files: tuple[ImageFile, ...] = ()
    """The images beside the articles that it shows, by path."""
