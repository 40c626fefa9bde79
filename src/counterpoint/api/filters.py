"""The filter inputs of the schema, and the condition on a column or relation that each field compiles to."""

from collections.abc import Callable
from datetime import date
from typing import Any

import strawberry
from strawberry import UNSET

from counterpoint.api.fields import Attribute, relation
from counterpoint.api.types import PointKind
from counterpoint.engine import mapping
from counterpoint.store import models
from counterpoint.store.models import fold_key

ALL_FIELDS_APPLY = "All fields must match. A field that is null is ignored."


def condition_field(condition: mapping.Condition, *, description: str) -> Any:
    """Declare a field of a filter with its condition for the engine."""
    return strawberry.field(default=UNSET, description=description, metadata={"condition": condition})


def in_list(
    attribute: Attribute, subject: str, *, fold: Callable[[str], str] | None = None, unique: bool = False
) -> Any:
    """Declare a list of values that the column must be in. `fold` normalizes them; `subject` starts the description."""
    return condition_field(
        mapping.InList(attribute.key, fold, unique),
        description=f"{subject} is one of these values. An empty list matches nothing.",
    )


def text_filter(attribute: Attribute, tail: Attribute = None, *, description: str) -> Any:
    """Declare a filter on a text. Its folded form is stored in one column, or in two: an indexed prefix and a tail."""
    if tail is None:
        condition = mapping.FoldedText(attribute.key, None, lambda text: (fold_key(text), ""))
    else:
        condition = mapping.FoldedText(attribute.key, tail.key, models.split_key)
    return condition_field(condition, description=description)


def to_one(foreign_key: Attribute, *, description: str) -> Any:
    """Declare a filter on the object that a foreign key references."""
    return condition_field(mapping.ToOne(foreign_key.key), description=description)


def to_many(parent_column: Attribute, child_column: Attribute = None, *, plural: str) -> Any:
    """Declare a filter that at least one child of the object must match."""
    return condition_field(
        mapping.ToMany(relation(parent_column, child_column)), description=f"At least one of its {plural} matches."
    )


def describe_filter(plural: str) -> str:
    """Return the description of a filter on objects."""
    return f"A filter for {plural}. {ALL_FIELDS_APPLY} A condition on a missing value is false."


def logical(operator: str) -> Any:
    """Declare the field `and`, `or` or `not` of a filter, which combines filters of the same type."""
    descriptions = {
        "and": "All of these filters match. An empty list matches everything.",
        "or": "At least one of these filters matches. An empty list matches nothing.",
        "not": "This filter does not match.",
    }
    return strawberry.field(default=UNSET, name=operator, description=descriptions[operator])


@strawberry.input(
    description="A filter for a text. It ignores case, the amount of white space, and differences between compatible "
    f"Unicode characters (NFKC). {ALL_FIELDS_APPLY}"
)
class TextFilter:
    eq: str | None = strawberry.field(default=UNSET, description="The text equals this one.")
    in_: list[str] | None = strawberry.field(
        default=UNSET, name="in", description="The text is one of these. An empty list matches nothing."
    )
    starts_with: str | None = strawberry.field(default=UNSET, description="The text starts with this one.")


@strawberry.input(description=f"A filter for a date. {ALL_FIELDS_APPLY}")
class DateFilter:
    from_: date | None = strawberry.field(default=UNSET, name="from", description="The date is this day or later.")
    to: date | None = strawberry.field(default=UNSET, description="The date is this day or earlier.")


@strawberry.input(description=describe_filter("articles"))
class ArticleFilter:
    slug: list[str] | None = in_list(models.Article.slug, "Its slug", unique=True)
    language: list[str] | None = in_list(
        models.Article.language_key, "Its language, regardless of case,", fold=fold_key
    )
    title: TextFilter | None = text_filter(models.Article.title_key, description="Its title matches.")
    published: DateFilter | None = condition_field(
        mapping.DateRange("published"), description="The date of first publication matches."
    )
    parties: "PartyFilter | None" = to_many(
        models.PartyMention.article_id, models.PartyMention.party_id, plural="parties"
    )
    governments: "GovernmentFilter | None" = to_many(
        models.GovernmentMention.article_id, models.GovernmentMention.government_id, plural="governments"
    )
    policy_areas: "PolicyAreaFilter | None" = to_many(
        models.PolicyAreaMention.article_id, models.PolicyAreaMention.policy_area_id, plural="policy areas"
    )
    groups: "GroupFilter | None" = to_many(
        models.GroupMention.article_id, models.GroupMention.group_id, plural="groups"
    )
    and_: list["ArticleFilter"] | None = logical("and")
    or_: list["ArticleFilter"] | None = logical("or")
    not_: "ArticleFilter | None" = logical("not")


@strawberry.input(description=describe_filter("parties"))
class PartyFilter:
    slug: list[str] | None = in_list(models.Party.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.Party.name_key, description="Its name matches.")
    stances: "StanceFilter | None" = to_many(models.Stance.party_id, plural="stances")
    measures: "MeasureFilter | None" = to_many(models.Measure.party_id, plural="measures")
    articles: "ArticleFilter | None" = to_many(
        models.PartyMention.party_id, models.PartyMention.article_id, plural="articles"
    )
    and_: list["PartyFilter"] | None = logical("and")
    or_: list["PartyFilter"] | None = logical("or")
    not_: "PartyFilter | None" = logical("not")


@strawberry.input(description=describe_filter("governments"))
class GovernmentFilter:
    slug: list[str] | None = in_list(models.Government.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.Government.name_key, description="Its name matches.")
    approaches: "ApproachFilter | None" = to_many(models.Approach.government_id, plural="approaches")
    articles: "ArticleFilter | None" = to_many(
        models.GovernmentMention.government_id, models.GovernmentMention.article_id, plural="articles"
    )
    and_: list["GovernmentFilter"] | None = logical("and")
    or_: list["GovernmentFilter"] | None = logical("or")
    not_: "GovernmentFilter | None" = logical("not")


@strawberry.input(description=describe_filter("policy areas"))
class PolicyAreaFilter:
    slug: list[str] | None = in_list(models.PolicyArea.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.PolicyArea.name_key, description="Its name matches.")
    approaches: "ApproachFilter | None" = to_many(models.Approach.policy_area_id, plural="approaches")
    articles: "ArticleFilter | None" = to_many(
        models.PolicyAreaMention.policy_area_id, models.PolicyAreaMention.article_id, plural="articles"
    )
    and_: list["PolicyAreaFilter"] | None = logical("and")
    or_: list["PolicyAreaFilter"] | None = logical("or")
    not_: "PolicyAreaFilter | None" = logical("not")


@strawberry.input(description=describe_filter("groups"))
class GroupFilter:
    slug: list[str] | None = in_list(models.Group.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.Group.name_key, description="Its name matches.")
    roles: "RoleFilter | None" = to_many(models.Role.group_id, plural="roles")
    articles: "ArticleFilter | None" = to_many(
        models.GroupMention.group_id, models.GroupMention.article_id, plural="articles"
    )
    and_: list["GroupFilter"] | None = logical("and")
    or_: list["GroupFilter"] | None = logical("or")
    not_: "GroupFilter | None" = logical("not")


@strawberry.input(description=describe_filter("stances"))
class StanceFilter:
    text: TextFilter | None = text_filter(
        models.Stance.text_key, models.Stance.text_key_tail, description="Its text matches."
    )
    party: "PartyFilter | None" = to_one(models.Stance.party_id, description="Its party matches.")
    article: "ArticleFilter | None" = to_one(models.Stance.article_id, description="Its article matches.")
    measures: "MeasureFilter | None" = to_many(models.Measure.stance_id, plural="measures")
    and_: list["StanceFilter"] | None = logical("and")
    or_: list["StanceFilter"] | None = logical("or")
    not_: "StanceFilter | None" = logical("not")


@strawberry.input(description=describe_filter("measures"))
class MeasureFilter:
    text: TextFilter | None = text_filter(
        models.Measure.text_key, models.Measure.text_key_tail, description="Its text matches."
    )
    party: "PartyFilter | None" = to_one(models.Measure.party_id, description="Its party matches.")
    stance: "StanceFilter | None" = to_one(models.Measure.stance_id, description="Its stance matches.")
    article: "ArticleFilter | None" = to_one(models.Measure.article_id, description="Its article matches.")
    and_: list["MeasureFilter"] | None = logical("and")
    or_: list["MeasureFilter"] | None = logical("or")
    not_: "MeasureFilter | None" = logical("not")


@strawberry.input(description=describe_filter("approaches"))
class ApproachFilter:
    text: TextFilter | None = text_filter(
        models.Approach.text_key, models.Approach.text_key_tail, description="Its text matches."
    )
    government: "GovernmentFilter | None" = to_one(models.Approach.government_id, description="Its government matches.")
    policy_area: "PolicyAreaFilter | None" = to_one(
        models.Approach.policy_area_id, description="Its policy area matches."
    )
    article: "ArticleFilter | None" = to_one(models.Approach.article_id, description="Its article matches.")
    and_: list["ApproachFilter"] | None = logical("and")
    or_: list["ApproachFilter"] | None = logical("or")
    not_: "ApproachFilter | None" = logical("not")


@strawberry.input(description=describe_filter("roles"))
class RoleFilter:
    function: TextFilter | None = text_filter(
        models.Role.function_key, models.Role.function_key_tail, description="Its function matches."
    )
    core_message: TextFilter | None = text_filter(
        models.Role.core_message_key, models.Role.core_message_key_tail, description="Its core message matches."
    )
    group: "GroupFilter | None" = to_one(models.Role.group_id, description="Its group matches.")
    article: "ArticleFilter | None" = to_one(models.Role.article_id, description="Its article matches.")
    and_: list["RoleFilter"] | None = logical("and")
    or_: list["RoleFilter"] | None = logical("or")
    not_: "RoleFilter | None" = logical("not")


@strawberry.input(description=describe_filter("challenges"))
class ChallengeFilter:
    text: TextFilter | None = text_filter(
        models.Challenge.text_key, models.Challenge.text_key_tail, description="Its text matches."
    )
    proposed_solutions: "ProposedSolutionFilter | None" = to_many(
        models.ProposedSolution.challenge_id, plural="proposed solutions"
    )
    article: "ArticleFilter | None" = to_one(models.Challenge.article_id, description="Its article matches.")
    and_: list["ChallengeFilter"] | None = logical("and")
    or_: list["ChallengeFilter"] | None = logical("or")
    not_: "ChallengeFilter | None" = logical("not")


@strawberry.input(description=describe_filter("proposed solutions"))
class ProposedSolutionFilter:
    text: TextFilter | None = text_filter(
        models.ProposedSolution.text_key, models.ProposedSolution.text_key_tail, description="Its text matches."
    )
    challenge: "ChallengeFilter | None" = to_one(
        models.ProposedSolution.challenge_id, description="Its challenge matches."
    )
    article: "ArticleFilter | None" = to_one(models.ProposedSolution.article_id, description="Its article matches.")
    and_: list["ProposedSolutionFilter"] | None = logical("and")
    or_: list["ProposedSolutionFilter"] | None = logical("or")
    not_: "ProposedSolutionFilter | None" = logical("not")


@strawberry.input(description=describe_filter("points"))
class PointFilter:
    text: TextFilter | None = text_filter(
        models.Point.text_key, models.Point.text_key_tail, description="Its text matches."
    )
    label: TextFilter | None = text_filter(
        models.Point.label_key, models.Point.label_key_tail, description="Its label matches."
    )
    kind: list[PointKind] | None = in_list(models.Point.kind, "Its kind")
    article: "ArticleFilter | None" = to_one(models.Point.article_id, description="Its article matches.")
    and_: list["PointFilter"] | None = logical("and")
    or_: list["PointFilter"] | None = logical("or")
    not_: "PointFilter | None" = logical("not")
