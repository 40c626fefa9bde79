"""The root type of the schema."""

import strawberry

from counterpoint.api import orderings
from counterpoint.api.connections import Connection
from counterpoint.api.fields import connection, lookup, node_by_id, nodes_by_ids, singleton
from counterpoint.api.search import SearchConnection, search
from counterpoint.api.types import (
    ApproachConnection,
    Article,
    Challenge,
    Government,
    Group,
    MeasureConnection,
    Node,
    Party,
    PointConnection,
    PolicyArea,
    ProposedSolution,
    Revision,
    RoleConnection,
    StanceConnection,
)
from counterpoint.store import models


@strawberry.type(
    description="The entry points of the API. A list that belongs to one article is a plain list. A list that grows "
    "with the number of articles is a connection with pages."
)
class Query:
    node: Node | None = node_by_id(description="The object with this global id, or null.")
    nodes: list[Node | None] = nodes_by_ids(
        description="The objects with these global ids, in the same order, with null for an unknown id. The maximum is "
        "100 ids, unless the server has other settings."
    )
    revision: Revision = singleton(description="The current state of all content.")
    article: Article | None = lookup(models.Article.slug, description="The article with this slug, or null.")
    party: Party | None = lookup(models.Party.slug, description="The party with this slug, or null.")
    government: Government | None = lookup(
        models.Government.slug, description="The government with this slug, or null."
    )
    policy_area: PolicyArea | None = lookup(
        models.PolicyArea.slug, description="The policy area with this slug, or null."
    )
    group: Group | None = lookup(models.Group.slug, description="The group with this slug, or null.")
    articles: Connection[Article] = connection(orderings.article_orderings(), description="All articles.")
    parties: Connection[Party] = connection(orderings.name_orderings(models.Party), description="All parties.")
    governments: Connection[Government] = connection(
        orderings.name_orderings(models.Government), description="All governments."
    )
    policy_areas: Connection[PolicyArea] = connection(
        orderings.name_orderings(models.PolicyArea), description="All policy areas."
    )
    groups: Connection[Group] = connection(orderings.name_orderings(models.Group), description="All groups.")
    stances: StanceConnection = connection(orderings.statement_orderings(models.Stance), description="All stances.")
    measures: MeasureConnection = connection(orderings.statement_orderings(models.Measure), description="All measures.")
    approaches: ApproachConnection = connection(
        orderings.statement_orderings(models.Approach), description="All approaches."
    )
    roles: RoleConnection = connection(orderings.statement_orderings(models.Role), description="All roles.")
    challenges: Connection[Challenge] = connection(
        orderings.statement_orderings(models.Challenge), description="All challenges."
    )
    proposed_solutions: Connection[ProposedSolution] = connection(
        orderings.statement_orderings(models.ProposedSolution), description="All proposed solutions."
    )
    points: PointConnection = connection(orderings.statement_orderings(models.Point), description="All points.")
    search: SearchConnection = search(
        description="Full-text search in names, titles, headings, paragraphs, list items and table cells, best match "
        "first."
    )
