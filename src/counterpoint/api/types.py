"""The types of the contract: what each field is made of, and what it means to a front end.

One module, since articles, entities and statements all point at each other.
"""

from datetime import date
from enum import Enum
from typing import Annotated

import strawberry
from strawberry import ID

from counterpoint.api import orderings
from counterpoint.api.connections import COUNTS_DESCRIPTION, PAGE_DESCRIPTION, Connection, Count
from counterpoint.api.fields import (
    Argument,
    child_list,
    column,
    connection,
    counts,
    global_id,
    link,
    referenced_object,
    source_location,
    table_type,
)
from counterpoint.engine.mapping import FacetKey
from counterpoint.store import models


@strawberry.enum(description="What the items of a list are.")
class PointKind(Enum):
    """The class that stands before the list in the file."""

    HIGHLIGHT = strawberry.enum_value("HIGHLIGHT", description="What matters most.")
    INITIATIVE = strawberry.enum_value("INITIATIVE", description="What was begun.")
    OBJECTIVE = strawberry.enum_value("OBJECTIVE", description="What is aimed at.")
    RECOMMENDATION = strawberry.enum_value("RECOMMENDATION", description="What is advised.")
    OTHER = strawberry.enum_value("OTHER", description="Anything else.")


@strawberry.enum(description="What the rows of a table state.")
class TableContents(Enum):
    """The header row by which the table is known."""

    STANCES = strawberry.enum_value("STANCES", description="Stances and measures of parties.")
    APPROACHES = strawberry.enum_value("APPROACHES", description="Approaches of governments in policy areas.")
    ROLES = strawberry.enum_value("ROLES", description="Functions and core messages of groups.")
    SOLUTIONS = strawberry.enum_value("SOLUTIONS", description="Challenges and proposed solutions.")
    OTHER = strawberry.enum_value("OTHER", description="Anything else; such a table has no statements.")


@strawberry.interface(
    description="Anything with a global id, which is the same in every database that was seeded from the same files. "
    "Where types of an interface or a union have a field of the same name, its type is the same too, so that one query "
    "can select it from all of them; but what is a list in one may be a connection in another."
)
class Node:
    """Relay's Node."""

    id: ID = global_id()


@strawberry.type(description="Where a thing is written.")
class Source:
    """A line of a file, embedded in whatever it tells the place of."""

    path: str = strawberry.field(description="The file, relative to the seed folder, with `/`.")
    line: int = strawberry.field(description="The line, from 1.")
    sha256: str = strawberry.field(description="SHA-256 of the whole file, lowercase hexadecimal.")


@strawberry.interface(
    description="Something that an article states, in the row of a table or the item of a list. It belongs to one "
    "article and one section, and knows the line that states it."
)
class Statement(Node):
    """What the rows of tables and the items of lists have in common."""

    article: "Article" = referenced_object("article_id", description="The article that states it.")
    section: "Section" = referenced_object("section_id", description="The section that it is in.")
    source: Source = source_location("article_id", description="Where it is written.")


@table_type(models.Article, key=models.Article.slug, description="An article: a file of the seed folder.")
class Article(Node):
    slug: str = column(models.Article.slug, description="Identifies the article in URLs and in article(slug:).")
    title: str = column(models.Article.title, description="The title.")
    subtitle: str | None = column(models.Article.subtitle, description="The subtitle, if any.")
    summary: str | None = column(models.Article.summary, description="One or two sentences that sum it up, if given.")
    authors: list[str] = column(models.Article.authors, description="Who wrote it.")
    language: str = column(
        models.Article.language, description="Its language, as a BCP 47 tag, such as `en` or `pt-BR`."
    )
    published: date | None = column(models.Article.published, description="The day it was first published, if given.")
    updated: date | None = column(models.Article.updated, description="The day it was last changed, if given.")
    url: str | None = column(models.Article.url, description="Where it was first published, if given.")
    source: Source = source_location(None, description="Its file; the line is 1.")
    sections: list["Section"] = child_list(
        link(models.Section.article_id), description="Its text by sections, in reading order."
    )
    parties: list["Party"] = child_list(
        link(models.PartyMention.article_id, models.PartyMention.party_id),
        description="The parties that take a stance in it, in the order in which they first appear.",
    )
    governments: list["Government"] = child_list(
        link(models.GovernmentMention.article_id, models.GovernmentMention.government_id),
        description="The governments whose approaches it compares, in the order in which they first appear.",
    )
    policy_areas: list["PolicyArea"] = child_list(
        link(models.PolicyAreaMention.article_id, models.PolicyAreaMention.policy_area_id),
        description="The policy areas it compares approaches in, in the order in which they first appear.",
    )
    groups: list["Group"] = child_list(
        link(models.GroupMention.article_id, models.GroupMention.group_id),
        description="The groups it describes, in the order in which they first appear.",
    )
    stances: list["Stance"] = child_list(
        link(models.Stance.article_id), description="The stances it states, in reading order."
    )
    measures: list["Measure"] = child_list(
        link(models.Measure.article_id), description="The measures it states, in reading order."
    )
    approaches: list["Approach"] = child_list(
        link(models.Approach.article_id), description="The approaches it states, in reading order."
    )
    roles: list["Role"] = child_list(
        link(models.Role.article_id), description="The roles of groups it states, in reading order."
    )
    challenges: list["Challenge"] = child_list(
        link(models.Challenge.article_id), description="The challenges it states, in reading order."
    )
    proposed_solutions: list["ProposedSolution"] = child_list(
        link(models.ProposedSolution.article_id), description="The solutions it proposes, in reading order."
    )
    points: list["Point"] = child_list(
        link(models.Point.article_id),
        description="The items of its lists, in reading order.",
        narrowed_by={"kind": (Argument(PointKind | None, "Only those of this kind."), models.Point.kind)},
    )


@table_type(models.Section, key=models.Section.key, description="A part of an article under one heading.")
class Section(Node):
    article: Article = referenced_object(models.Section.article_id, description="The article that it is part of.")
    slug: str = column(
        models.Section.slug,
        description="Identifies it within its article, for instance as an anchor. A repeated heading gets -2, -3; "
        "text before the first heading has `_top`.",
    )
    heading: str | None = column(
        models.Section.heading, description="The heading; null for text before the first heading."
    )
    level: int = column(
        models.Section.level,
        description="The level of the heading: 2 for ##, to 6; 1 for text before the first heading.",
    )
    source: Source = source_location("article_id", description="Where it is written.")
    blocks: list["Block"] = child_list(link(models.Block.section_id), description="Its content, in reading order.")


@table_type(
    models.Block,
    discriminator=models.Block.type,
    description="Prose. A block quote, code or an image is a paragraph too, whose html keeps the markup.",
)
class Paragraph:
    text: str = column(models.Block.text, description="Its text without markup.")
    html: str = column(models.Block.html, description="The whole block as sanitised HTML.")
    source: Source = source_location("article_id", description="Where it is written.")


@table_type(models.Block, discriminator=models.Block.type, description="A list.")
class PointList:
    kind: PointKind = column(models.Block.kind, description="What its items are.")
    lead_in: str | None = column(
        models.Block.lead_in, description="The paragraph ending in a colon right before it, if any."
    )
    points: list["Point"] = child_list(link(models.Point.block_id), description="Its items, in reading order.")
    source: Source = source_location("article_id", description="Where it is written.")


@table_type(models.Block, discriminator=models.Block.type, description="A table, cell for cell.")
class Table:
    contents: TableContents = column(models.Block.contents, description="What its rows state.")
    columns: list[str] = column(models.Block.columns, description="The header row, plain text.")
    rows: list[list[str]] = column(
        models.Block.cells, description="The other rows, plain text, each as long as the header."
    )
    html: str = column(models.Block.html, description="The table as sanitised HTML.")
    statements: list[Statement] = child_list(
        link(models.Stance.block_id),
        link(models.Measure.block_id),
        link(models.Approach.block_id),
        link(models.Role.block_id),
        link(models.Challenge.block_id),
        link(models.ProposedSolution.block_id),
        description="What its rows state, row by row; empty if contents is OTHER. A challenge that several rows name "
        "comes once, where the first of them does.",
    )
    source: Source = source_location("article_id", description="Where it is written.")


Block = Annotated[Paragraph | PointList | Table, strawberry.union("Block", description="A piece of a section.")]


@table_type(
    models.Party,
    key=models.Party.slug,
    description="A person, administration or community that takes a stance. It is one, however many articles name it.",
)
class Party(Node):
    slug: str = column(
        models.Party.slug,
        description="Identifies the party in URLs and in party(slug:). Made from its name: names with the "
        "same slug are one party.",
    )
    name: str = column(models.Party.name, description="The name, as the newest article that names it spells it.")
    current_stance: str | None = column(
        models.Party.current_stance, description="Its stance in the newest article that states one."
    )
    stances: "StanceConnection" = connection(
        orderings.newest(models.Stance),
        of=link(models.Stance.party_id),
        description="Its stances, newest first unless orderBy says otherwise.",
    )
    measures: "MeasureConnection" = connection(
        orderings.newest(models.Measure),
        of=link(models.Measure.party_id),
        description="What it did, newest first unless orderBy says otherwise.",
    )
    articles: Connection[Article] = connection(
        orderings.published(models.PartyMention),
        of=link(models.PartyMention.party_id, models.PartyMention.article_id),
        description="The articles that name it, newest first unless orderBy says otherwise.",
    )


@table_type(
    models.Government,
    key=models.Government.slug,
    description="A government whose approaches are compared, such as that of a city or a country.",
)
class Government(Node):
    slug: str = column(
        models.Government.slug,
        description="Identifies the government in URLs and in government(slug:). Made from its name: names with the "
        "same slug are one government.",
    )
    name: str = column(models.Government.name, description="The name, as the newest article that names it spells it.")
    approaches: "ApproachConnection" = connection(
        orderings.newest(models.Approach),
        of=link(models.Approach.government_id),
        description="Its approaches, newest first unless orderBy says otherwise.",
    )
    articles: Connection[Article] = connection(
        orderings.published(models.GovernmentMention),
        of=link(models.GovernmentMention.government_id, models.GovernmentMention.article_id),
        description="The articles that name it, newest first unless orderBy says otherwise.",
    )


@table_type(
    models.PolicyArea,
    key=models.PolicyArea.slug,
    description="A field of policy in which approaches are compared.",
)
class PolicyArea(Node):
    slug: str = column(
        models.PolicyArea.slug,
        description="Identifies the policy area in URLs and in policyArea(slug:). Made from its name: names with the "
        "same slug are one policy area.",
    )
    name: str = column(models.PolicyArea.name, description="The name, as the newest article that names it spells it.")
    approaches: "ApproachConnection" = connection(
        orderings.newest(models.Approach),
        of=link(models.Approach.policy_area_id),
        description="The approaches in it, newest first unless orderBy says otherwise.",
    )
    articles: Connection[Article] = connection(
        orderings.published(models.PolicyAreaMention),
        of=link(models.PolicyAreaMention.policy_area_id, models.PolicyAreaMention.article_id),
        description="The articles that name it, newest first unless orderBy says otherwise.",
    )


@table_type(models.Group, key=models.Group.slug, description="A group of people with a function in the dispute.")
class Group(Node):
    slug: str = column(
        models.Group.slug,
        description="Identifies the group in URLs and in group(slug:). Made from its name: names with the "
        "same slug are one group.",
    )
    name: str = column(models.Group.name, description="The name, as the newest article that names it spells it.")
    current_function: str | None = column(
        models.Group.current_function, description="Its function in the newest article that states one."
    )
    current_core_message: str | None = column(
        models.Group.current_core_message, description="Its core message in the newest article that states one."
    )
    roles: "RoleConnection" = connection(
        orderings.newest(models.Role),
        of=link(models.Role.group_id),
        description="Its roles, newest first unless orderBy says otherwise.",
    )
    articles: Connection[Article] = connection(
        orderings.published(models.GroupMention),
        of=link(models.GroupMention.group_id, models.GroupMention.article_id),
        description="The articles that name it, newest first unless orderBy says otherwise.",
    )


@table_type(models.Stance, key=models.Stance.key, description="Where a party stands, as one article states it.")
class Stance(Statement):
    party: Party = referenced_object(models.Stance.party_id, description="Whose stance it is.")
    text: str = column(models.Stance.text, description="The stance.")
    measures: list["Measure"] = child_list(
        link(models.Measure.stance_id), description="What the party did, from the same row of the table."
    )


@strawberry.type(description=PAGE_DESCRIPTION)
class StanceConnection(Connection[Stance]):
    counts: list[Count] = counts(
        "Stance",
        {
            "PARTY": (FacetKey("party_id", "slug", "name"), "By party."),
            "ARTICLE": (FacetKey("article_id", "slug", "title"), "By article."),
        },
        description=COUNTS_DESCRIPTION,
    )


@table_type(models.Measure, key=models.Measure.key, description="Something a party did.")
class Measure(Statement):
    party: Party = referenced_object(models.Measure.party_id, description="Who did it.")
    stance: Stance = referenced_object(models.Measure.stance_id, description="The stance in the same row of the table.")
    text: str = column(models.Measure.text, description="What was done.")


@strawberry.type(description=PAGE_DESCRIPTION)
class MeasureConnection(Connection[Measure]):
    counts: list[Count] = counts(
        "Measure",
        {
            "PARTY": (FacetKey("party_id", "slug", "name"), "By party."),
            "ARTICLE": (FacetKey("article_id", "slug", "title"), "By article."),
        },
        description=COUNTS_DESCRIPTION,
    )


@table_type(models.Approach, key=models.Approach.key, description="How a government handles a policy area.")
class Approach(Statement):
    policy_area: PolicyArea = referenced_object(models.Approach.policy_area_id, description="The policy area.")
    government: Government = referenced_object(models.Approach.government_id, description="The government.")
    text: str = column(models.Approach.text, description="The approach.")


@strawberry.type(description=PAGE_DESCRIPTION)
class ApproachConnection(Connection[Approach]):
    counts: list[Count] = counts(
        "Approach",
        {
            "POLICY_AREA": (FacetKey("policy_area_id", "slug", "name"), "By policy area."),
            "GOVERNMENT": (FacetKey("government_id", "slug", "name"), "By government."),
            "ARTICLE": (FacetKey("article_id", "slug", "title"), "By article."),
        },
        description=COUNTS_DESCRIPTION,
    )


@table_type(models.Role, key=models.Role.key, description="What a group does and says, as one article states it.")
class Role(Statement):
    group: Group = referenced_object(models.Role.group_id, description="The group.")
    function: str = column(models.Role.function, description="What it does.")
    core_message: str = column(models.Role.core_message, description="What it says.")


@strawberry.type(description=PAGE_DESCRIPTION)
class RoleConnection(Connection[Role]):
    counts: list[Count] = counts(
        "Role",
        {
            "GROUP": (FacetKey("group_id", "slug", "name"), "By group."),
            "ARTICLE": (FacetKey("article_id", "slug", "title"), "By article."),
        },
        description=COUNTS_DESCRIPTION,
    )


@table_type(models.Challenge, key=models.Challenge.key, description="A problem that an article names.")
class Challenge(Statement):
    text: str = column(models.Challenge.text, description="The problem.")
    proposed_solutions: list["ProposedSolution"] = child_list(
        link(models.ProposedSolution.challenge_id), description="What is proposed against it, in reading order."
    )


@table_type(
    models.ProposedSolution,
    key=models.ProposedSolution.key,
    description="What is proposed against a challenge.",
)
class ProposedSolution(Statement):
    challenge: Challenge = referenced_object(models.ProposedSolution.challenge_id, description="The challenge.")
    text: str = column(models.ProposedSolution.text, description="The proposal.")
    anticipated_benefit: str = column(
        models.ProposedSolution.anticipated_benefit, description="What it is expected to bring."
    )


@table_type(models.Point, key=models.Point.key, description="An item of a list.")
class Point(Statement):
    kind: PointKind = column(models.Point.kind, description="What the items of its list are.")
    label: str | None = column(models.Point.label, description="The words before its colon, if it has a label.")
    text: str = column(models.Point.text, description="Its text without label and markup.")
    html: str = column(models.Point.html, description="Its text without label, as sanitised inline HTML.")


@strawberry.type(description=PAGE_DESCRIPTION)
class PointConnection(Connection[Point]):
    counts: list[Count] = counts(
        "Point",
        {
            "KIND": (FacetKey("kind"), "By kind."),
            "ARTICLE": (FacetKey("article_id", "slug", "title"), "By article."),
        },
        description=COUNTS_DESCRIPTION,
    )


@table_type(models.Revision, description="The state of all content. As long as its id is the same, so is every answer.")
class Revision:
    id: ID = column(models.Revision.id, description="Made from the files' paths and contents and the reader's version.")
    article_count: int = column(models.Revision.article_count, description="How many articles there are.")
