"""The filters of the contract: what each key is a condition on."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import strawberry
from strawberry import UNSET

from counterpoint.api.fields import Attribute, link
from counterpoint.api.types import PointKind
from counterpoint.engine import mapping
from counterpoint.store import models
from counterpoint.store.models import fold_key

T = TypeVar("T", bound=type)


def condition(source: mapping.Condition, *, description: str) -> Any:
    """Declare a key that is a condition on the row or on what it is related to."""
    return strawberry.field(default=UNSET, description=description, metadata={"condition": source})


def one_of(attribute: Attribute, what: str, *, fold: Callable[[str], str] | None = None, unique: bool = False) -> Any:
    """Declare a list that holds the column's value."""
    source = mapping.InList(attribute.key, fold, unique)
    return condition(source, description=f"{what} is one of these; an empty list matches nothing.")


def text_filter(attribute: Attribute, rest: Attribute = None, *, description: str) -> Any:
    """Declare a condition on a text, by the column that holds it folded, or by the two that do."""
    if rest is None:
        return condition(
            mapping.FoldedText(attribute.key, None, lambda given: (fold_key(given), "")), description=description
        )
    return condition(mapping.FoldedText(attribute.key, rest.key, models.split_key), description=description)


def to_one(foreign_key: Attribute, *, description: str) -> Any:
    """Declare a condition on the one object that a foreign key points at."""
    return condition(mapping.ToOne(foreign_key.key), description=description)


def to_many(near: Attribute, far: Attribute = None, *, description: str) -> Any:
    """Declare a condition on some of the objects that belong to this one."""
    return condition(mapping.ToMany(link(near, far)), description=f"At least one of its {description} matches.")


KEYS = "All keys given must hold. A null key counts as not given."


def describe(things: str) -> str:
    """Describe a filter."""
    return f"A condition on {things}. {KEYS} A condition on a missing value is false."


def logical(name: str) -> Any:
    """Declare and, or, not: how filters of one type are put together."""
    descriptions = {
        "and": "All of these conditions hold; an empty list matches everything.",
        "or": "At least one of these conditions holds; an empty list matches nothing.",
        "not": "This condition does not hold.",
    }
    return strawberry.field(default=UNSET, name=name, description=descriptions[name])


@strawberry.input(
    description="A condition on a text. Case, the amount of white space and the forms that Unicode has of one "
    f"character (NFKC) make no difference. {KEYS}"
)
class TextFilter:
    eq: str | None = strawberry.field(default=UNSET, description="The text is this.")
    in_: list[str] | None = strawberry.field(
        default=UNSET, name="in", description="The text is one of these; an empty list matches nothing."
    )
    starts_with: str | None = strawberry.field(default=UNSET, description="The text begins with this.")


@strawberry.input(description=f"A condition on a day. {KEYS}")
class DateFilter:
    from_: date | None = strawberry.field(default=UNSET, name="from", description="It is this day or a later one.")
    to: date | None = strawberry.field(default=UNSET, description="It is this day or an earlier one.")


@strawberry.input(description=describe("articles"))
class ArticleFilter:
    slug: list[str] | None = one_of(models.Article.slug, "Its slug", unique=True)
    language: list[str] | None = one_of(
        models.Article.language_key, "Its language, whatever the case of its letters,", fold=fold_key
    )
    title: TextFilter | None = text_filter(models.Article.title_key, description="Its title matches.")
    published: DateFilter | None = condition(
        mapping.DateRange("published"), description="The day it was first published matches."
    )
    parties: "PartyFilter | None" = to_many(
        models.PartyMention.article_id, models.PartyMention.party_id, description="parties"
    )
    governments: "GovernmentFilter | None" = to_many(
        models.GovernmentMention.article_id, models.GovernmentMention.government_id, description="governments"
    )
    policy_areas: "PolicyAreaFilter | None" = to_many(
        models.PolicyAreaMention.article_id, models.PolicyAreaMention.policy_area_id, description="policy areas"
    )
    groups: "GroupFilter | None" = to_many(
        models.GroupMention.article_id, models.GroupMention.group_id, description="groups"
    )
    and_: list["ArticleFilter"] | None = logical("and")
    or_: list["ArticleFilter"] | None = logical("or")
    not_: "ArticleFilter | None" = logical("not")


@strawberry.input(description=describe("parties"))
class PartyFilter:
    slug: list[str] | None = one_of(models.Party.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.Party.name_key, description="Its name matches.")
    stances: "StanceFilter | None" = to_many(models.Stance.party_id, description="stances")
    measures: "MeasureFilter | None" = to_many(models.Measure.party_id, description="measures")
    articles: "ArticleFilter | None" = to_many(
        models.PartyMention.party_id, models.PartyMention.article_id, description="articles"
    )
    and_: list["PartyFilter"] | None = logical("and")
    or_: list["PartyFilter"] | None = logical("or")
    not_: "PartyFilter | None" = logical("not")


@strawberry.input(description=describe("governments"))
class GovernmentFilter:
    slug: list[str] | None = one_of(models.Government.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.Government.name_key, description="Its name matches.")
    approaches: "ApproachFilter | None" = to_many(models.Approach.government_id, description="approaches")
    articles: "ArticleFilter | None" = to_many(
        models.GovernmentMention.government_id, models.GovernmentMention.article_id, description="articles"
    )
    and_: list["GovernmentFilter"] | None = logical("and")
    or_: list["GovernmentFilter"] | None = logical("or")
    not_: "GovernmentFilter | None" = logical("not")


@strawberry.input(description=describe("policy areas"))
class PolicyAreaFilter:
    slug: list[str] | None = one_of(models.PolicyArea.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.PolicyArea.name_key, description="Its name matches.")
    approaches: "ApproachFilter | None" = to_many(models.Approach.policy_area_id, description="approaches")
    articles: "ArticleFilter | None" = to_many(
        models.PolicyAreaMention.policy_area_id, models.PolicyAreaMention.article_id, description="articles"
    )
    and_: list["PolicyAreaFilter"] | None = logical("and")
    or_: list["PolicyAreaFilter"] | None = logical("or")
    not_: "PolicyAreaFilter | None" = logical("not")


@strawberry.input(description=describe("groups"))
class GroupFilter:
    slug: list[str] | None = one_of(models.Group.slug, "Its slug", unique=True)
    name: TextFilter | None = text_filter(models.Group.name_key, description="Its name matches.")
    roles: "RoleFilter | None" = to_many(models.Role.group_id, description="roles")
    articles: "ArticleFilter | None" = to_many(
        models.GroupMention.group_id, models.GroupMention.article_id, description="articles"
    )
    and_: list["GroupFilter"] | None = logical("and")
    or_: list["GroupFilter"] | None = logical("or")
    not_: "GroupFilter | None" = logical("not")


@strawberry.input(description=describe("stances"))
class StanceFilter:
    text: TextFilter | None = text_filter(
        models.Stance.text_key, models.Stance.text_key_tail, description="Its text matches."
    )
    party: "PartyFilter | None" = to_one(models.Stance.party_id, description="Its party matches.")
    article: "ArticleFilter | None" = to_one(models.Stance.article_id, description="Its article matches.")
    measures: "MeasureFilter | None" = to_many(models.Measure.stance_id, description="measures")
    and_: list["StanceFilter"] | None = logical("and")
    or_: list["StanceFilter"] | None = logical("or")
    not_: "StanceFilter | None" = logical("not")


@strawberry.input(description=describe("measures"))
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


@strawberry.input(description=describe("approaches"))
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


@strawberry.input(description=describe("roles"))
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


@strawberry.input(description=describe("challenges"))
class ChallengeFilter:
    text: TextFilter | None = text_filter(
        models.Challenge.text_key, models.Challenge.text_key_tail, description="Its text matches."
    )
    proposed_solutions: "ProposedSolutionFilter | None" = to_many(
        models.ProposedSolution.challenge_id, description="proposed solutions"
    )
    article: "ArticleFilter | None" = to_one(models.Challenge.article_id, description="Its article matches.")
    and_: list["ChallengeFilter"] | None = logical("and")
    or_: list["ChallengeFilter"] | None = logical("or")
    not_: "ChallengeFilter | None" = logical("not")


@strawberry.input(description=describe("proposed solutions"))
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


@strawberry.input(description=describe("points"))
class PointFilter:
    text: TextFilter | None = text_filter(
        models.Point.text_key, models.Point.text_key_tail, description="Its text matches."
    )
    label: TextFilter | None = text_filter(
        models.Point.label_key, models.Point.label_key_tail, description="Its label matches."
    )
    kind: list[PointKind] | None = one_of(models.Point.kind, "Its kind")
    article: "ArticleFilter | None" = to_one(models.Point.article_id, description="Its article matches.")
    and_: list["PointFilter"] | None = logical("and")
    or_: list["PointFilter"] | None = logical("or")
    not_: "PointFilter | None" = logical("not")
