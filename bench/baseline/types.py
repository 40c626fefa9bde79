"""GraphQL types that the scenarios select, with resolvers that use the DataLoaders."""

from datetime import date
from typing import Annotated, Any, Self

import strawberry
from strawberry import ID, Private

from bench.baseline.entities import Entity, Group, Node
from bench.baseline.loaders import ChildPageKey, Loaders
from bench.baseline.pages import Connection, build_page, check_page_size, decode_cursor
from counterpoint.article.records import PointKind, TableContents
from counterpoint.store import models

Info = strawberry.Info[Loaders, None]
NEWEST = ("recency_rank", "position")
PUBLISHED_DESC = ("recency_rank",)

strawberry.enum(PointKind)
strawberry.enum(TableContents)


@strawberry.type
class Party(Node):
    """A person or organization that takes stances."""

    row_id: Private[int]
    slug: str
    name: str
    current_stance: str | None

    @classmethod
    def from_row(cls, row: models.Party) -> Self:
        """Build the object from its database row."""
        return cls(
            id=ID(f"Party:{row.slug}"),
            row_id=row.id,
            slug=row.slug,
            name=row.name,
            current_stance=row.current_stance,
        )

    @strawberry.field
    async def measures(self, info: Info, first: int = 20, after: str | None = None) -> "Connection[Measure]":
        """Load a page of the party's measures, newest first."""
        key = ChildPageKey(self.row_id, check_page_size(first), decode_cursor(after))
        rows = await info.context.child_pages(models.Measure, "party_id", NEWEST).load(key)
        return Connection(page=build_page(rows, first, after, Measure.from_row, NEWEST))


@strawberry.type
class Government(Entity):
    """A government whose approaches are compared."""

    @strawberry.field
    async def approaches(self, info: Info, first: int = 20, after: str | None = None) -> "Connection[Approach]":
        """Load a page of the government's approaches, newest first."""
        key = ChildPageKey(self.row_id, check_page_size(first), decode_cursor(after))
        rows = await info.context.child_pages(models.Approach, "government_id", NEWEST).load(key)
        return Connection(page=build_page(rows, first, after, Approach.from_row, NEWEST))


@strawberry.type
class PolicyArea(Entity):
    """An area of policy in which approaches are compared."""

    @strawberry.field
    async def articles(self, info: Info, first: int = 20, after: str | None = None) -> "Connection[Article]":
        """Load a page of the articles that name the policy area, newest first."""
        key = ChildPageKey(self.row_id, check_page_size(first), decode_cursor(after))
        mentions = info.context.child_pages(models.PolicyAreaMention, "policy_area_id", PUBLISHED_DESC)
        ids = [mention.article_id for mention in await mentions.load(key)]
        rows = await info.context.by_id(models.Article).load_many(ids)
        return Connection(page=build_page(rows, first, after, Article.from_row, PUBLISHED_DESC))


@strawberry.interface
class Statement(Node):
    """Something that an article states."""

    row: Private[Any]

    @classmethod
    def from_row(cls, row: Any) -> Self:
        """Build the object from its database row."""
        texts = {name: getattr(row, name) for name in cls.__annotations__ if name in type(row).model_fields}
        return cls(id=ID(f"{cls.__name__}:{row.key}"), row=row, **texts)

    @strawberry.field
    async def article(self, info: Info) -> "Article":
        """Load the article that contains the statement."""
        return Article.from_row(await info.context.by_id(models.Article).load(self.row.article_id))


@strawberry.type
class Stance(Statement):
    """A party's position."""

    text: str

    @strawberry.field
    async def party(self, info: Info) -> Party:
        """Load the party that takes the stance."""
        return Party.from_row(await info.context.by_id(models.Party).load(self.row.party_id))

    @strawberry.field
    async def measures(self, info: Info) -> "list[Measure]":
        """Load the measures of the same table row."""
        return [
            Measure.from_row(row) for row in await info.context.children(models.Measure, "stance_id").load(self.row.id)
        ]


@strawberry.type
class Measure(Statement):
    """An action of a party."""

    text: str

    @strawberry.field
    async def party(self, info: Info) -> Party:
        """Load the party that took the measure."""
        return Party.from_row(await info.context.by_id(models.Party).load(self.row.party_id))


@strawberry.type
class Approach(Statement):
    """A government's approach to a policy area."""

    text: str

    @strawberry.field
    async def policy_area(self, info: Info) -> PolicyArea:
        """Load the policy area."""
        return PolicyArea.from_row(await info.context.by_id(models.PolicyArea).load(self.row.policy_area_id))

    @strawberry.field
    async def government(self, info: Info) -> Government:
        """Load the government."""
        return Government.from_row(await info.context.by_id(models.Government).load(self.row.government_id))


@strawberry.type
class Role(Statement):
    """A group's function and core message."""

    function: str
    core_message: str

    @strawberry.field
    async def group(self, info: Info) -> Group:
        """Load the group."""
        return Group.from_row(await info.context.by_id(models.Group).load(self.row.group_id))


@strawberry.type
class Challenge(Statement):
    """A problem that an article names."""

    text: str


@strawberry.type
class ProposedSolution(Statement):
    """A solution that is proposed for a challenge."""

    text: str
    anticipated_benefit: str

    @strawberry.field
    async def challenge(self, info: Info) -> Challenge:
        """Load the challenge."""
        return Challenge.from_row(await info.context.by_id(models.Challenge).load(self.row.challenge_id))


@strawberry.type
class Point(Statement):
    """An item of a list."""

    kind: PointKind
    label: str | None
    text: str

    @strawberry.field
    def html(self) -> str:
        """Return the text as HTML; the column is null where both are equal."""
        html: str | None = self.row.html
        return self.text if html is None else html


STATEMENT_TYPES: tuple[tuple[Any, type[Statement]], ...] = (
    (models.Stance, Stance),
    (models.Measure, Measure),
    (models.Approach, Approach),
    (models.Role, Role),
    (models.Challenge, Challenge),
    (models.ProposedSolution, ProposedSolution),
    (models.Point, Point),
)


@strawberry.type
class Paragraph:
    """A paragraph of text."""

    text: str
    html: str


@strawberry.type
class PointList:
    """A list of points."""

    row_id: Private[int]
    kind: PointKind
    lead_in: str | None

    @strawberry.field
    async def points(self, info: Info) -> list[Point]:
        """Load the items of the list."""
        return [Point.from_row(row) for row in await info.context.children(models.Point, "block_id").load(self.row_id)]


@strawberry.type
class Table:
    """A table with all its cells."""

    row_id: Private[int]
    contents: TableContents
    columns: list[str]
    rows: list[list[str]]

    @strawberry.field
    async def statements(self, info: Info) -> list[Statement]:
        """Load the statements of the table's rows, in reading order."""
        statements = []
        for model, statement_type in STATEMENT_TYPES_BY_TABLE[self.contents]:
            rows = await info.context.children(model, "block_id").load(self.row_id)
            statements += [(row.position, statement_type.from_row(row)) for row in rows]
        return [statement for _, statement in sorted(statements, key=lambda item: item[0])]


# Statement types that a table can contain. Others are not queried, because a table has one kind of contents.
STATEMENT_TYPES_BY_TABLE: dict[TableContents, tuple[tuple[Any, type[Statement]], ...]] = {
    TableContents.STANCES: STATEMENT_TYPES[0:2],
    TableContents.APPROACHES: STATEMENT_TYPES[2:3],
    TableContents.ROLES: STATEMENT_TYPES[3:4],
    TableContents.SOLUTIONS: STATEMENT_TYPES[4:6],
    TableContents.OTHER: (),
}

Block = Annotated[Paragraph | PointList | Table, strawberry.union("Block")]


def block_from_row(row: models.Block) -> Paragraph | PointList | Table:
    """Build the object of a block from its database row."""
    if row.type == "Paragraph":
        return Paragraph(text=row.text or "", html=row.html or f"<p>{row.text}</p>")
    if row.type == "PointList":
        return PointList(row_id=row.id, kind=PointKind(row.kind or ""), lead_in=row.lead_in)
    return Table(
        row_id=row.id,
        contents=TableContents(row.contents or ""),
        columns=row.columns or [],
        rows=row.cells or [],
    )


@strawberry.type
class Section(Node):
    """A part of an article with a heading."""

    row_id: Private[int]
    slug: str
    heading: str | None
    level: int

    @classmethod
    def from_row(cls, row: models.Section) -> Self:
        """Build the object from its database row."""
        return cls(id=ID(f"Section:{row.key}"), row_id=row.id, slug=row.slug, heading=row.heading, level=row.level)

    @strawberry.field
    async def blocks(self, info: Info) -> list[Block]:
        """Load the blocks of the section, in reading order."""
        return [
            block_from_row(row) for row in await info.context.children(models.Block, "section_id").load(self.row_id)
        ]


@strawberry.type
class Article(Node):
    """An article about a policy dispute."""

    row_id: Private[int]
    slug: str
    title: str
    subtitle: str | None
    summary: str | None
    authors: list[str]
    language: str
    published: date | None
    updated: date | None
    url: str | None

    @classmethod
    def from_row(cls, row: models.Article) -> Self:
        """Build the object from its database row."""
        names = ("slug", "title", "subtitle", "summary", "authors", "language", "published", "updated", "url")
        return cls(id=ID(f"Article:{row.slug}"), row_id=row.id, **{name: getattr(row, name) for name in names})

    @strawberry.field
    async def sections(self, info: Info) -> list[Section]:
        """Load the sections of the article, in reading order."""
        return [
            Section.from_row(row) for row in await info.context.children(models.Section, "article_id").load(self.row_id)
        ]
