"""What can be asked."""

import strawberry

from counterpoint.api import orderings
from counterpoint.api.connections import Connection
from counterpoint.api.fields import by_id, by_ids, connection, lookup, single
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
    description="What can be asked. What one article holds is a plain list; what grows with the number of articles is "
    "a connection, read page by page."
)
class Query:
    node: Node | None = by_id(description="The object with this id, or null.")
    nodes: list[Node | None] = by_ids(
        description="The objects with these ids, in their order; null where there is none. At most 100, unless the "
        "server is set otherwise."
    )
    revision: Revision = single(description="The state of all content.")
    article: Article | None = lookup(models.Article.slug, description="The article with this slug, or null.")
    party: Party | None = lookup(models.Party.slug, description="The party with this slug, or null.")
    government: Government | None = lookup(
        models.Government.slug, description="The government with this slug, or null."
    )
    policy_area: PolicyArea | None = lookup(
        models.PolicyArea.slug, description="The policy area with this slug, or null."
    )
    group: Group | None = lookup(models.Group.slug, description="The group with this slug, or null.")
    articles: Connection[Article] = connection(orderings.published(), description="All articles.")
    parties: Connection[Party] = connection(orderings.by_name(models.Party), description="All parties.")
    governments: Connection[Government] = connection(
        orderings.by_name(models.Government), description="All governments."
    )
    policy_areas: Connection[PolicyArea] = connection(
        orderings.by_name(models.PolicyArea), description="All policy areas."
    )
    groups: Connection[Group] = connection(orderings.by_name(models.Group), description="All groups.")
    stances: StanceConnection = connection(orderings.newest(models.Stance), description="All stances.")
    measures: MeasureConnection = connection(orderings.newest(models.Measure), description="All measures.")
    approaches: ApproachConnection = connection(orderings.newest(models.Approach), description="All approaches.")
    roles: RoleConnection = connection(orderings.newest(models.Role), description="All roles.")
    challenges: Connection[Challenge] = connection(orderings.newest(models.Challenge), description="All challenges.")
    proposed_solutions: Connection[ProposedSolution] = connection(
        orderings.newest(models.ProposedSolution), description="All proposed solutions."
    )
    points: PointConnection = connection(orderings.newest(models.Point), description="All points.")
    search: SearchConnection = search(
        description="Full-text search over names, titles, headings, prose, list items and table cells; best first."
    )
