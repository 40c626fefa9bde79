"""The types that the benchmark asks for, with the resolvers that load what lies under them."""

from datetime import date
from typing import Annotated, Any, Self

import strawberry
from strawberry import ID, Private

from bench.baseline.entities import Group, Named, Node
from bench.baseline.loaders import Loaders, PageOf
from bench.baseline.pages import Connection, checked, page, read_cursor
from counterpoint.article.records import PointKind, TableContents
from counterpoint.store import models

Info = strawberry.Info[Loaders, None]
NEWEST = ("recency_key", "position")
PUBLISHED_DESC = ("recency_key",)

strawberry.enum(PointKind)
strawberry.enum(TableContents)


@strawberry.type
class Party(Node):
    """Who takes a stance."""

    row_id: Private[int]
    slug: str
    name: str
    current_stance: str | None

    @classmethod
    def of(cls, row: models.Party) -> Self:
        """Show a row."""
        return cls(
            id=ID(f"Party:{row.slug}"),
            row_id=row.id,
            slug=row.slug,
            name=row.name,
            current_stance=row.current_stance,
        )

    @strawberry.field
    async def measures(self, info: Info, first: int = 20, after: str | None = None) -> "Connection[Measure]":
        """Load a page of its measures, newest first."""
        asked = PageOf(self.row_id, checked(first), read_cursor(after))
        rows = await info.context.page_under(models.Measure, "party_id", NEWEST).load(asked)
        return Connection(shown=page(rows, first, after, Measure.of, NEWEST))


@strawberry.type
class Government(Named):
    """Whose approaches are compared."""

    @strawberry.field
    async def approaches(self, info: Info, first: int = 20, after: str | None = None) -> "Connection[Approach]":
        """Load a page of its approaches, newest first."""
        asked = PageOf(self.row_id, checked(first), read_cursor(after))
        rows = await info.context.page_under(models.Approach, "government_id", NEWEST).load(asked)
        return Connection(shown=page(rows, first, after, Approach.of, NEWEST))


@strawberry.type
class PolicyArea(Named):
    """In which approaches are compared."""

    @strawberry.field
    async def articles(self, info: Info, first: int = 20, after: str | None = None) -> "Connection[Article]":
        """Load a page of the articles that name it, newest first."""
        asked = PageOf(self.row_id, checked(first), read_cursor(after))
        mentions = info.context.page_under(models.PolicyAreaMention, "policy_area_id", PUBLISHED_DESC)
        ids = [mention.article_id for mention in await mentions.load(asked)]
        rows = await info.context.one(models.Article).load_many(ids)
        return Connection(shown=page(rows, first, after, Article.of, PUBLISHED_DESC))


@strawberry.interface
class Statement(Node):
    """What an article states."""

    row: Private[Any]

    @classmethod
    def of(cls, row: Any) -> Self:
        """Show a row."""
        texts = {name: getattr(row, name) for name in cls.__annotations__ if name in type(row).model_fields}
        return cls(id=ID(f"{cls.__name__}:{row.key}"), row=row, **texts)

    @strawberry.field
    async def article(self, info: Info) -> "Article":
        """Load the article that states it."""
        return Article.of(await info.context.one(models.Article).load(self.row.article_id))


@strawberry.type
class Stance(Statement):
    """Where a party stands."""

    text: str

    @strawberry.field
    async def party(self, info: Info) -> Party:
        """Load whose it is."""
        return Party.of(await info.context.one(models.Party).load(self.row.party_id))

    @strawberry.field
    async def measures(self, info: Info) -> "list[Measure]":
        """Load what the party did, from the same row."""
        return [Measure.of(row) for row in await info.context.under(models.Measure, "stance_id").load(self.row.id)]


@strawberry.type
class Measure(Statement):
    """Something a party did."""

    text: str

    @strawberry.field
    async def party(self, info: Info) -> Party:
        """Load who did it."""
        return Party.of(await info.context.one(models.Party).load(self.row.party_id))


@strawberry.type
class Approach(Statement):
    """How a government handles a policy area."""

    text: str

    @strawberry.field
    async def policy_area(self, info: Info) -> PolicyArea:
        """Load which policy area."""
        return PolicyArea.of(await info.context.one(models.PolicyArea).load(self.row.policy_area_id))

    @strawberry.field
    async def government(self, info: Info) -> Government:
        """Load whose approach."""
        return Government.of(await info.context.one(models.Government).load(self.row.government_id))


@strawberry.type
class Role(Statement):
    """What a group does and says."""

    function: str
    core_message: str

    @strawberry.field
    async def group(self, info: Info) -> Group:
        """Load which group."""
        return Group.of(await info.context.one(models.Group).load(self.row.group_id))


@strawberry.type
class Challenge(Statement):
    """A problem that an article names."""

    text: str


@strawberry.type
class ProposedSolution(Statement):
    """What is proposed against a challenge."""

    text: str
    anticipated_benefit: str

    @strawberry.field
    async def challenge(self, info: Info) -> Challenge:
        """Load the challenge."""
        return Challenge.of(await info.context.one(models.Challenge).load(self.row.challenge_id))


@strawberry.type
class Point(Statement):
    """An item of a list."""

    kind: PointKind
    label: str | None
    text: str
    html: str


STATEMENTS: tuple[tuple[Any, type[Statement]], ...] = (
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
    """Prose."""

    text: str
    html: str


@strawberry.type
class PointList:
    """A list."""

    row_id: Private[int]
    kind: PointKind
    lead_in: str | None

    @strawberry.field
    async def points(self, info: Info) -> list[Point]:
        """Load its items."""
        return [Point.of(row) for row in await info.context.under(models.Point, "block_id").load(self.row_id)]


@strawberry.type
class Table:
    """A table, cell for cell."""

    row_id: Private[int]
    contents: TableContents
    columns: list[str]
    rows: list[list[str]]
    html: str

    @strawberry.field
    async def statements(self, info: Info) -> list[Statement]:
        """Load what its rows state, in order."""
        stated = []
        for model, shown in STATEMENTS_OF[self.contents]:
            rows = await info.context.under(model, "block_id").load(self.row_id)
            stated += [(row.position, shown.of(row)) for row in rows]
        return [statement for _, statement in sorted(stated, key=lambda placed: placed[0])]


# A table's rows state one kind of thing: the statements of the others need no look.
STATEMENTS_OF: dict[TableContents, tuple[tuple[Any, type[Statement]], ...]] = {
    TableContents.STANCES: STATEMENTS[0:2],
    TableContents.APPROACHES: STATEMENTS[2:3],
    TableContents.ROLES: STATEMENTS[3:4],
    TableContents.SOLUTIONS: STATEMENTS[4:6],
    TableContents.OTHER: (),
}

Block = Annotated[Paragraph | PointList | Table, strawberry.union("Block")]


def show_block(row: models.Block) -> Paragraph | PointList | Table:
    """Show a row of the table of blocks."""
    if row.type == "Paragraph":
        return Paragraph(text=row.text or "", html=row.html or "")
    if row.type == "PointList":
        return PointList(row_id=row.id, kind=PointKind(row.kind or ""), lead_in=row.lead_in)
    return Table(
        row_id=row.id,
        contents=TableContents(row.contents or ""),
        columns=row.columns or [],
        rows=row.cells or [],
        html=row.html or "",
    )


@strawberry.type
class Section(Node):
    """A part of an article under one heading."""

    row_id: Private[int]
    slug: str
    heading: str | None
    level: int

    @classmethod
    def of(cls, row: models.Section) -> Self:
        """Show a row."""
        return cls(id=ID(f"Section:{row.key}"), row_id=row.id, slug=row.slug, heading=row.heading, level=row.level)

    @strawberry.field
    async def blocks(self, info: Info) -> list[Block]:
        """Load its content, in reading order."""
        return [show_block(row) for row in await info.context.under(models.Block, "section_id").load(self.row_id)]


@strawberry.type
class Article(Node):
    """An article."""

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
    def of(cls, row: models.Article) -> Self:
        """Show a row."""
        names = ("slug", "title", "subtitle", "summary", "authors", "language", "published", "updated", "url")
        return cls(id=ID(f"Article:{row.slug}"), row_id=row.id, **{name: getattr(row, name) for name in names})

    @strawberry.field
    async def sections(self, info: Info) -> list[Section]:
        """Load its text, in reading order."""
        return [Section.of(row) for row in await info.context.under(models.Section, "article_id").load(self.row_id)]
