"""The object types of the schema.

They share a module because articles, entities and statements reference each other.
"""

from datetime import date
from enum import Enum
from typing import Annotated

import strawberry
from strawberry import ID

from counterpoint.api.connections import PAGE_DESCRIPTION, Connection, Count
from counterpoint.api.facets import article_facets, entity_facets, statement_facets
from counterpoint.api.fields import (
    Argument,
    child_list,
    column,
    connection,
    entity_aliases,
    entity_name,
    entity_slug,
    inline_html,
    key_prefix,
    mapped_field,
    mentioning_articles,
    referenced_object,
    relation,
    source_location,
    table_html,
    table_type,
)
from counterpoint.engine.mapping import GlobalId
from counterpoint.store import models
from counterpoint.store.statement_kinds import GOVERNMENT, GROUP, PARTY, POLICY_AREA


@strawberry.enum(description="The kinds of list items.")
class PointKind(Enum):
    """The class that the article file sets for a list."""

    HIGHLIGHT = strawberry.enum_value("HIGHLIGHT", description="A key point.")
    INITIATIVE = strawberry.enum_value("INITIATIVE", description="An initiative.")
    OBJECTIVE = strawberry.enum_value("OBJECTIVE", description="An objective.")
    RECOMMENDATION = strawberry.enum_value("RECOMMENDATION", description="A recommendation.")
    OTHER = strawberry.enum_value("OTHER", description="Anything else.")


@strawberry.enum(description="The kinds of paragraphs.")
class ParagraphKind(Enum):
    """The kind of block that a paragraph is."""

    PROSE = strawberry.enum_value("PROSE", description="Running text, or the definition of a footnote.")
    QUOTE = strawberry.enum_value("QUOTE", description="A block quote.")
    CODE = strawberry.enum_value("CODE", description="A code block.")
    IMAGE = strawberry.enum_value("IMAGE", description="Images without other content.")
    RULE = strawberry.enum_value("RULE", description="A thematic break. Its text is empty.")


@strawberry.enum(description="The alignments of table columns.")
class ColumnAlignment(Enum):
    """The alignment that the delimiter row of a table sets for a column."""

    NONE = strawberry.enum_value("NONE", description="Not specified.")
    LEFT = strawberry.enum_value("LEFT", description="Left.")
    CENTER = strawberry.enum_value("CENTER", description="Centered.")
    RIGHT = strawberry.enum_value("RIGHT", description="Right.")


@strawberry.enum(description="The kinds of tables, by the statements in their rows.")
class TableContents(Enum):
    """The header row of a table determines its contents."""

    STANCES = strawberry.enum_value("STANCES", description="Stances and measures of parties.")
    APPROACHES = strawberry.enum_value("APPROACHES", description="Approaches of governments in policy areas.")
    ROLES = strawberry.enum_value("ROLES", description="Functions and core messages of groups.")
    SOLUTIONS = strawberry.enum_value("SOLUTIONS", description="Challenges and proposed solutions.")
    OTHER = strawberry.enum_value("OTHER", description="Anything else. The table has no statements.")


@strawberry.interface(
    description="An object with a global id. The id is the same in every database with the same articles. Within an "
    "interface or union, fields of the same name have the same type, so that one query can select them together. There "
    "are two exceptions: a list of one type may be a connection in another, and the kind of a paragraph is not of the "
    "same type as that of a list."
)
class Node:
    """Relay's Node interface."""

    id: ID = mapped_field(
        GlobalId(), "The global id, for node(id:). It starts with the name of the type; the rest is opaque."
    )


@strawberry.type(description="A position in an article file.")
class Source:
    """An embedded object without a table of its own."""

    path: str = strawberry.field(description="The path of the file relative to the seed folder, with `/`.")
    line: int = strawberry.field(description="The line number, from 1.")
    sha256: str = strawberry.field(description="The SHA-256 hash of the file, in lowercase hexadecimal.")


@strawberry.interface(
    description="A statement of an article: a row of a table or an item of a list. It belongs to one article and one "
    "section."
)
class Statement(Node):
    """The common fields of table rows and list items."""

    article: "Article" = referenced_object("article_id", "The article that states it.")
    section: "Section" = referenced_object("section_id", "The section that contains it.")
    source: Source = source_location("article_id", "The position in the file.")


@table_type(models.Article, key=models.Article.slug, description="An article: a file of the seed folder.")
class Article(Node):
    slug: str = column(models.Article.slug, "Identifies the article in URLs and in article(slug:).")
    title: str = column(models.Article.title, "The title.")
    subtitle: str | None = column(models.Article.subtitle, "The subtitle, if any.")
    summary: str | None = column(models.Article.summary, "A summary of one or two sentences, if any.")
    authors: list[str] = column(models.Article.authors, "The names of the authors.")
    language: str = column(models.Article.language, "The language as a BCP 47 tag, such as `en` or `pt-BR`.")
    published: date | None = column(models.Article.published, "The date of first publication, if any.")
    updated: date | None = column(models.Article.updated, "The date of the last change, if any.")
    former_slugs: list[str] = column(
        models.Article.former_slugs,
        "The slugs that the article had before, in the order of the file. article(slug:) finds it by them, too.",
    )
    translations: list["Article"] = child_list(
        relation(models.Translation.article_id, models.Translation.translation_id),
        description="The same article in other languages, by language, then by slug.",
    )
    url: str | None = column(models.Article.url, "The URL of the first publication, if any.")
    source: Source = source_location(None, "The file of the article. The line is 1.")
    sections: list["Section"] = child_list(models.Section.article_id, description="The sections in reading order.")
    parties: list["Party"] = child_list(
        relation(models.PartyMention.article_id, models.PartyMention.party_id),
        description="The parties that take a stance, in the order of their first appearance.",
    )
    governments: list["Government"] = child_list(
        relation(models.GovernmentMention.article_id, models.GovernmentMention.government_id),
        description="The governments whose approaches are compared, in the order of their first appearance.",
    )
    policy_areas: list["PolicyArea"] = child_list(
        relation(models.PolicyAreaMention.article_id, models.PolicyAreaMention.policy_area_id),
        description="The policy areas whose approaches are compared, in the order of their first appearance.",
    )
    groups: list["Group"] = child_list(
        relation(models.GroupMention.article_id, models.GroupMention.group_id),
        description="The groups with roles, in the order of their first appearance.",
    )
    stances: list["Stance"] = child_list(models.Stance.article_id, description="The stances in reading order.")
    measures: list["Measure"] = child_list(models.Measure.article_id, description="The measures in reading order.")
    approaches: list["Approach"] = child_list(
        models.Approach.article_id, description="The approaches in reading order."
    )
    roles: list["Role"] = child_list(models.Role.article_id, description="The roles in reading order.")
    challenges: list["Challenge"] = child_list(
        models.Challenge.article_id, description="The challenges in reading order."
    )
    proposed_solutions: list["ProposedSolution"] = child_list(
        models.ProposedSolution.article_id, description="The proposed solutions in reading order."
    )
    points: list["Point"] = child_list(
        models.Point.article_id,
        description="The items of all lists in reading order.",
        filters={"kind": (Argument(PointKind | None, "Return only points of this kind."), models.Point.kind)},
    )


@strawberry.type(description=PAGE_DESCRIPTION)
class ArticleConnection(Connection[Article]):
    counts: list[Count] = article_facets()


@table_type(
    models.Section,
    key=models.Section.key,
    key_prefix=key_prefix(models.Section.article_id, models.Article.slug),
    description="A part of an article under one heading.",
)
class Section(Node):
    article: Article = referenced_object(models.Section.article_id, "The article that contains it.")
    slug: str = column(
        models.Section.slug,
        "Identifies the section in its article, for example as an anchor. A repeated heading gets -2, -3. "
        "The text before the first heading has `_top`.",
    )
    heading: str | None = column(models.Section.heading, "The heading. Null for the text before the first heading.")
    level: int = column(
        models.Section.level, "The level of the heading: from 2 for ## to 6. 1 for the text before the first heading."
    )
    source: Source = source_location("article_id", "The position in the file.")
    blocks: list["Block"] = child_list(models.Block.section_id, description="The content in reading order.")


@table_type(models.Image, description="An image in a paragraph.")
class Image:
    src: str = column(models.Image.src, "The address, as in the article or as served by the site.")
    alt: str = column(models.Image.alt, "The description. Empty if the image is decoration.")
    title: str | None = column(models.Image.title, "The title, if any.")


@table_type(
    models.Block,
    key=models.Block.key,
    discriminator=models.Block.type,
    description="A block that is no list or table. The field html keeps its markup.",
)
class Paragraph(Node):
    kind: ParagraphKind = column(models.Block.kind, "The kind of block.")
    code_language: str | None = column(models.Block.code_language, "The language of a code block, if it names one.")
    images: list[Image] = child_list(models.Image.block_id, description="The images in reading order.")
    section: Section = referenced_object(models.Block.section_id, "The section that contains it.")
    text: str = column(models.Block.text, "The text without markup.")
    html: str = column(
        models.Block.html, "The whole block as sanitized HTML.", default=models.Block.text, around=("<p>", "</p>")
    )
    source: Source = source_location("article_id", "The position in the file.")


@table_type(models.Block, key=models.Block.key, discriminator=models.Block.type, description="A list.")
class PointList(Node):
    kind: PointKind = column(models.Block.kind, "The kind of its items.")
    section: Section = referenced_object(models.Block.section_id, "The section that contains it.")
    ordered: bool = column(models.Block.is_ordered, "Whether the items are numbered.")
    start: int | None = column(models.Block.start, "The first number, if the items are numbered.")
    lead_in: str | None = column(
        models.Block.lead_in, "The paragraph directly before the list, if it ends with a colon."
    )
    points: list["Point"] = child_list(models.Point.block_id, description="The items in reading order.")
    source: Source = source_location("article_id", "The position in the file.")


@table_type(
    models.Block, key=models.Block.key, discriminator=models.Block.type, description="A table with all of its cells."
)
class Table(Node):
    contents: TableContents = column(models.Block.contents, "The kind of statements in its rows.")
    columns: list[str] = column(models.Block.columns, "The cells of the header row as plain text.")
    rows: list[list[str]] = column(
        models.Block.cells, "The cells of the other rows as plain text. Each row is as long as the header."
    )
    html_rows: list[list[str]] = column(
        models.Block.html_cells,
        "The cells of the other rows as sanitized inline HTML. Each row is as long as the header.",
        default=models.Block.cells,
    )
    column_alignments: list[ColumnAlignment] = column(models.Block.column_alignments, "The alignment of each column.")
    html: str = table_html(
        models.Block.html,
        models.Block.columns,
        models.Block.html_cells,
        models.Block.cells,
        "The table as sanitized HTML.",
    )
    section: Section = referenced_object(models.Block.section_id, "The section that contains it.")
    statements: list[Statement] = child_list(
        models.Stance.block_id,
        models.Measure.block_id,
        models.Approach.block_id,
        models.Role.block_id,
        models.Challenge.block_id,
        models.ProposedSolution.block_id,
        description="The statements of the rows, in order. Empty if contents is OTHER. A challenge that occurs in "
        "several rows is returned once, for the first of them.",
    )
    source: Source = source_location("article_id", "The position in the file.")


Block = Annotated[Paragraph | PointList | Table, strawberry.union("Block", description="A block of a section.")]


@table_type(
    models.Party,
    key=models.Party.slug,
    description="A person, administration or community that takes a stance. All articles share one object for it.",
)
class Party(Node):
    slug: str = entity_slug(models.Party.slug)
    name: str = entity_name(models.Party.name)
    aliases: list[str] = entity_aliases(models.Party.aliases)
    current_stance: str | None = column(
        models.Party.current_stance, "The stance in the newest article that states one."
    )
    stances: "StanceConnection" = connection(
        models.Stance.party_id, "The stances of the party, newest first by default."
    )
    measures: "MeasureConnection" = connection(
        models.Measure.party_id, "The measures of the party, newest first by default."
    )
    articles: "ArticleConnection" = mentioning_articles(models.PartyMention.party_id)


@strawberry.type(description=PAGE_DESCRIPTION)
class PartyConnection(Connection[Party]):
    counts: list[Count] = entity_facets(PARTY)


@table_type(
    models.Government,
    key=models.Government.slug,
    description="A government whose approaches are compared, such as that of a city or a country.",
)
class Government(Node):
    slug: str = entity_slug(models.Government.slug)
    name: str = entity_name(models.Government.name)
    aliases: list[str] = entity_aliases(models.Government.aliases)
    approaches: "ApproachConnection" = connection(
        models.Approach.government_id, "The approaches of the government, newest first by default."
    )
    articles: "ArticleConnection" = mentioning_articles(models.GovernmentMention.government_id)


@strawberry.type(description=PAGE_DESCRIPTION)
class GovernmentConnection(Connection[Government]):
    counts: list[Count] = entity_facets(GOVERNMENT)


@table_type(
    models.PolicyArea, key=models.PolicyArea.slug, description="A field of policy in which approaches are compared."
)
class PolicyArea(Node):
    slug: str = entity_slug(models.PolicyArea.slug)
    name: str = entity_name(models.PolicyArea.name)
    aliases: list[str] = entity_aliases(models.PolicyArea.aliases)
    approaches: "ApproachConnection" = connection(
        models.Approach.policy_area_id, "The approaches in the policy area, newest first by default."
    )
    articles: "ArticleConnection" = mentioning_articles(models.PolicyAreaMention.policy_area_id)


@strawberry.type(description=PAGE_DESCRIPTION)
class PolicyAreaConnection(Connection[PolicyArea]):
    counts: list[Count] = entity_facets(POLICY_AREA)


@table_type(models.Group, key=models.Group.slug, description="A group of people with a function in the dispute.")
class Group(Node):
    slug: str = entity_slug(models.Group.slug)
    name: str = entity_name(models.Group.name)
    aliases: list[str] = entity_aliases(models.Group.aliases)
    current_function: str | None = column(
        models.Group.current_function, "The function in the newest article that states one."
    )
    current_core_message: str | None = column(
        models.Group.current_core_message, "The core message in the newest article that states one."
    )
    roles: "RoleConnection" = connection(models.Role.group_id, "The roles of the group, newest first by default.")
    articles: "ArticleConnection" = mentioning_articles(models.GroupMention.group_id)


@strawberry.type(description=PAGE_DESCRIPTION)
class GroupConnection(Connection[Group]):
    counts: list[Count] = entity_facets(GROUP)


@table_type(models.Stance, key=models.Stance.key, description="The position of a party in one article.")
class Stance(Statement):
    party: Party = referenced_object(models.Stance.party_id, "The party that takes the stance.")
    text: str = column(models.Stance.text, "The stance.")
    html: str = inline_html(models.Stance.html, models.Stance.text)
    measures: list["Measure"] = child_list(
        models.Measure.stance_id, description="The measures of the party in the same row of the table."
    )


@strawberry.type(description=PAGE_DESCRIPTION)
class StanceConnection(Connection[Stance]):
    counts: list[Count] = statement_facets(models.Stance)


@table_type(models.Measure, key=models.Measure.key, description="An action of a party.")
class Measure(Statement):
    party: Party = referenced_object(models.Measure.party_id, "The party that took the measure.")
    stance: Stance = referenced_object(models.Measure.stance_id, "The stance in the same row of the table.")
    text: str = column(models.Measure.text, "The measure.")
    html: str = inline_html(models.Measure.html, models.Measure.text)


@strawberry.type(description=PAGE_DESCRIPTION)
class MeasureConnection(Connection[Measure]):
    counts: list[Count] = statement_facets(models.Measure)


@table_type(models.Approach, key=models.Approach.key, description="How a government handles a policy area.")
class Approach(Statement):
    policy_area: PolicyArea = referenced_object(models.Approach.policy_area_id, "The policy area.")
    government: Government = referenced_object(models.Approach.government_id, "The government.")
    text: str = column(models.Approach.text, "The approach.")
    html: str = inline_html(models.Approach.html, models.Approach.text)


@strawberry.type(description=PAGE_DESCRIPTION)
class ApproachConnection(Connection[Approach]):
    counts: list[Count] = statement_facets(models.Approach)


@table_type(models.Role, key=models.Role.key, description="The function and core message of a group in one article.")
class Role(Statement):
    group: Group = referenced_object(models.Role.group_id, "The group.")
    function: str = column(models.Role.function, "The function of the group.")
    function_html: str = inline_html(models.Role.function_html, models.Role.function)
    core_message: str = column(models.Role.core_message, "The core message of the group.")
    core_message_html: str = inline_html(models.Role.core_message_html, models.Role.core_message)


@strawberry.type(description=PAGE_DESCRIPTION)
class RoleConnection(Connection[Role]):
    counts: list[Count] = statement_facets(models.Role)


@table_type(models.Challenge, key=models.Challenge.key, description="A problem that an article describes.")
class Challenge(Statement):
    text: str = column(models.Challenge.text, "The problem.")
    html: str = inline_html(models.Challenge.html, models.Challenge.text)
    proposed_solutions: list["ProposedSolution"] = child_list(
        models.ProposedSolution.challenge_id, description="The proposed solutions in reading order."
    )


@strawberry.type(description=PAGE_DESCRIPTION)
class ChallengeConnection(Connection[Challenge]):
    counts: list[Count] = statement_facets(models.Challenge)


@table_type(
    models.ProposedSolution,
    key=models.ProposedSolution.key,
    description="A solution that an article proposes for a challenge.",
)
class ProposedSolution(Statement):
    challenge: Challenge = referenced_object(models.ProposedSolution.challenge_id, "The challenge.")
    text: str = column(models.ProposedSolution.text, "The proposal.")
    html: str = inline_html(models.ProposedSolution.html, models.ProposedSolution.text)
    anticipated_benefit: str = column(
        models.ProposedSolution.anticipated_benefit, "The benefit that the solution is expected to have."
    )
    anticipated_benefit_html: str = inline_html(
        models.ProposedSolution.anticipated_benefit_html, models.ProposedSolution.anticipated_benefit
    )


@strawberry.type(description=PAGE_DESCRIPTION)
class ProposedSolutionConnection(Connection[ProposedSolution]):
    counts: list[Count] = statement_facets(models.ProposedSolution)


@table_type(models.Point, key=models.Point.key, description="An item of a list.")
class Point(Statement):
    kind: PointKind = column(models.Point.kind, "The kind of the list.")
    label: str | None = column(models.Point.label, "The words before the colon, if the item has a label.")
    text: str = column(models.Point.text, "The text without label and markup.")
    html: str = column(
        models.Point.html,
        "The item without label as sanitized HTML: inline, followed by blocks if the item contains some.",
        default=models.Point.text,
    )


@strawberry.type(description=PAGE_DESCRIPTION)
class PointConnection(Connection[Point]):
    counts: list[Count] = statement_facets(models.Point)


@table_type(models.Revision, description="The state of all content. Responses are equal while the id is equal.")
class Revision:
    id: ID = column(
        models.Revision.id, "Derived from the paths and contents of all files and the version of the parser."
    )
    article_count: int = column(models.Revision.article_count, "The number of articles.")
