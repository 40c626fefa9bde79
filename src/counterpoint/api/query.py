"""The root type of the schema."""

import strawberry

from counterpoint.api import types
from counterpoint.api.fields import Argument, all_objects, alternative_keys, entity_lookup, lookup, mapped_field
from counterpoint.api.search import SearchConnection, search
from counterpoint.engine import mapping
from counterpoint.store import models


@strawberry.type(
    description="The entry points of the API. A list that belongs to one article is a plain list. A list that grows "
    "with the number of articles is a connection with pages."
)
class Query:
    node: types.Node | None = mapped_field(
        mapping.NodeById(),
        "The object with this global id, or null.",
        {"id": Argument(strawberry.ID, "The global id.")},
    )
    nodes: list[types.Node | None] = mapped_field(
        mapping.NodesByIds(),
        "The objects with these global ids, in the same order, with null for an unknown id. The maximum is 100 ids, "
        "unless the server has other settings.",
        {"ids": Argument(list[strawberry.ID], "The global ids.")},
    )
    revision: types.Revision = mapped_field(mapping.SingletonRow(), "The current state of all content.")
    article: types.Article | None = lookup(
        models.Article.slug,
        alternative_keys(models.FormerSlug.slug, models.FormerSlug.article_id),
        "The article with this slug, now or formerly, or null. If the slug of the answer is another one, "
        "redirect to it.",
    )
    party: types.Party | None = entity_lookup(models.Party.slug)
    government: types.Government | None = entity_lookup(models.Government.slug)
    policy_area: types.PolicyArea | None = entity_lookup(models.PolicyArea.slug)
    group: types.Group | None = entity_lookup(models.Group.slug)
    articles: types.ArticleConnection = all_objects(models.Article)
    parties: types.PartyConnection = all_objects(models.Party)
    governments: types.GovernmentConnection = all_objects(models.Government)
    policy_areas: types.PolicyAreaConnection = all_objects(models.PolicyArea)
    groups: types.GroupConnection = all_objects(models.Group)
    stances: types.StanceConnection = all_objects(models.Stance)
    measures: types.MeasureConnection = all_objects(models.Measure)
    approaches: types.ApproachConnection = all_objects(models.Approach)
    roles: types.RoleConnection = all_objects(models.Role)
    challenges: types.ChallengeConnection = all_objects(models.Challenge)
    proposed_solutions: types.ProposedSolutionConnection = all_objects(models.ProposedSolution)
    points: types.PointConnection = all_objects(models.Point)
    search: SearchConnection = search(
        description="Full-text search in names, titles, headings, paragraphs, list items and table cells, best match "
        "first."
    )
