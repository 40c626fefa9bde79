"""The filters of the contract: what each key is a condition on."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import strawberry
from strawberry import UNSET

from counterpoint.api.fields import Attribute, link
from counterpoint.api.types import PointKind
from counterpoint.engine import sources
from counterpoint.store import models
from counterpoint.store.models import folded

T = TypeVar("T", bound=type)


def condition(source: sources.Condition, *, description: str) -> Any:
    """Declare a key that is a condition on the row or on what it is related to."""
    return strawberry.field(default=UNSET, description=description, metadata={"condition": source})


def one_of(attribute: Attribute, what: str, *, fold: Callable[[str], str] | None = None, unique: bool = False) -> Any:
    """Declare a list that holds the column's value."""
    source = sources.OneOf(attribute.key, fold, unique)
    return condition(source, description=f"{what} is one of these; an empty list matches nothing.")


def matches(attribute: Attribute, rest: Attribute = None, *, description: str) -> Any:
    """Declare a condition on a text, by the column that holds it folded, or by the two that do."""
    if rest is None:
        return condition(
            sources.Folded(attribute.key, None, lambda given: (folded(given), "")), description=description
        )
    return condition(sources.Folded(attribute.key, rest.key, models.split_folded), description=description)


def of(foreign_key: Attribute, *, description: str) -> Any:
    """Declare a condition on the one object that a foreign key points at."""
    return condition(sources.Of(foreign_key.key), description=description)


def some(near: Attribute, far: Attribute = None, *, description: str) -> Any:
    """Declare a condition on some of the objects that belong to this one."""
    return condition(sources.Some(link(near, far)), description=f"At least one of its {description} matches.")


KEYS = "All keys given must hold. A null key counts as not given."


def on(things: str) -> str:
    """Describe a filter."""
    return f"A condition on {things}. {KEYS} A condition on a missing value is false."


def every(name: str) -> Any:
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


@strawberry.input(description=on("articles"))
class ArticleFilter:
    slug: list[str] | None = one_of(models.Article.slug, "Its slug", unique=True)
    language: list[str] | None = one_of(
        models.Article.language_key, "Its language, whatever the case of its letters,", fold=folded
    )
    title: TextFilter | None = matches(models.Article.title_key, description="Its title matches.")
    published: DateFilter | None = condition(
        sources.Span("published"), description="The day it was first published matches."
    )
    parties: "PartyFilter | None" = some(
        models.PartyMention.article_id, models.PartyMention.party_id, description="parties"
    )
    governments: "GovernmentFilter | None" = some(
        models.GovernmentMention.article_id, models.GovernmentMention.government_id, description="governments"
    )
    policy_areas: "PolicyAreaFilter | None" = some(
        models.PolicyAreaMention.article_id, models.PolicyAreaMention.policy_area_id, description="policy areas"
    )
    groups: "GroupFilter | None" = some(
        models.GroupMention.article_id, models.GroupMention.group_id, description="groups"
    )
    and_: list["ArticleFilter"] | None = every("and")
    or_: list["ArticleFilter"] | None = every("or")
    not_: "ArticleFilter | None" = every("not")


@strawberry.input(description=on("parties"))
class PartyFilter:
    slug: list[str] | None = one_of(models.Party.slug, "Its slug", unique=True)
    name: TextFilter | None = matches(models.Party.name_key, description="Its name matches.")
    stances: "StanceFilter | None" = some(models.Stance.party_id, description="stances")
    measures: "MeasureFilter | None" = some(models.Measure.party_id, description="measures")
    articles: "ArticleFilter | None" = some(
        models.PartyMention.party_id, models.PartyMention.article_id, description="articles"
    )
    and_: list["PartyFilter"] | None = every("and")
    or_: list["PartyFilter"] | None = every("or")
    not_: "PartyFilter | None" = every("not")


@strawberry.input(description=on("governments"))
class GovernmentFilter:
    slug: list[str] | None = one_of(models.Government.slug, "Its slug", unique=True)
    name: TextFilter | None = matches(models.Government.name_key, description="Its name matches.")
    approaches: "ApproachFilter | None" = some(models.Approach.government_id, description="approaches")
    articles: "ArticleFilter | None" = some(
        models.GovernmentMention.government_id, models.GovernmentMention.article_id, description="articles"
    )
    and_: list["GovernmentFilter"] | None = every("and")
    or_: list["GovernmentFilter"] | None = every("or")
    not_: "GovernmentFilter | None" = every("not")


@strawberry.input(description=on("policy areas"))
class PolicyAreaFilter:
    slug: list[str] | None = one_of(models.PolicyArea.slug, "Its slug", unique=True)
    name: TextFilter | None = matches(models.PolicyArea.name_key, description="Its name matches.")
    approaches: "ApproachFilter | None" = some(models.Approach.policy_area_id, description="approaches")
    articles: "ArticleFilter | None" = some(
        models.PolicyAreaMention.policy_area_id, models.PolicyAreaMention.article_id, description="articles"
    )
    and_: list["PolicyAreaFilter"] | None = every("and")
    or_: list["PolicyAreaFilter"] | None = every("or")
    not_: "PolicyAreaFilter | None" = every("not")


@strawberry.input(description=on("groups"))
class GroupFilter:
    slug: list[str] | None = one_of(models.Group.slug, "Its slug", unique=True)
    name: TextFilter | None = matches(models.Group.name_key, description="Its name matches.")
    roles: "RoleFilter | None" = some(models.Role.group_id, description="roles")
    articles: "ArticleFilter | None" = some(
        models.GroupMention.group_id, models.GroupMention.article_id, description="articles"
    )
    and_: list["GroupFilter"] | None = every("and")
    or_: list["GroupFilter"] | None = every("or")
    not_: "GroupFilter | None" = every("not")


@strawberry.input(description=on("stances"))
class StanceFilter:
    text: TextFilter | None = matches(models.Stance.text_key, models.Stance.text_rest, description="Its text matches.")
    party: "PartyFilter | None" = of(models.Stance.party_id, description="Its party matches.")
    article: "ArticleFilter | None" = of(models.Stance.article_id, description="Its article matches.")
    measures: "MeasureFilter | None" = some(models.Measure.stance_id, description="measures")
    and_: list["StanceFilter"] | None = every("and")
    or_: list["StanceFilter"] | None = every("or")
    not_: "StanceFilter | None" = every("not")


@strawberry.input(description=on("measures"))
class MeasureFilter:
    text: TextFilter | None = matches(
        models.Measure.text_key, models.Measure.text_rest, description="Its text matches."
    )
    party: "PartyFilter | None" = of(models.Measure.party_id, description="Its party matches.")
    stance: "StanceFilter | None" = of(models.Measure.stance_id, description="Its stance matches.")
    article: "ArticleFilter | None" = of(models.Measure.article_id, description="Its article matches.")
    and_: list["MeasureFilter"] | None = every("and")
    or_: list["MeasureFilter"] | None = every("or")
    not_: "MeasureFilter | None" = every("not")


@strawberry.input(description=on("approaches"))
class ApproachFilter:
    text: TextFilter | None = matches(
        models.Approach.text_key, models.Approach.text_rest, description="Its text matches."
    )
    government: "GovernmentFilter | None" = of(models.Approach.government_id, description="Its government matches.")
    policy_area: "PolicyAreaFilter | None" = of(models.Approach.policy_area_id, description="Its policy area matches.")
    article: "ArticleFilter | None" = of(models.Approach.article_id, description="Its article matches.")
    and_: list["ApproachFilter"] | None = every("and")
    or_: list["ApproachFilter"] | None = every("or")
    not_: "ApproachFilter | None" = every("not")


@strawberry.input(description=on("roles"))
class RoleFilter:
    function: TextFilter | None = matches(
        models.Role.function_key, models.Role.function_rest, description="Its function matches."
    )
    core_message: TextFilter | None = matches(
        models.Role.core_message_key, models.Role.core_message_rest, description="Its core message matches."
    )
    group: "GroupFilter | None" = of(models.Role.group_id, description="Its group matches.")
    article: "ArticleFilter | None" = of(models.Role.article_id, description="Its article matches.")
    and_: list["RoleFilter"] | None = every("and")
    or_: list["RoleFilter"] | None = every("or")
    not_: "RoleFilter | None" = every("not")


@strawberry.input(description=on("challenges"))
class ChallengeFilter:
    text: TextFilter | None = matches(
        models.Challenge.text_key, models.Challenge.text_rest, description="Its text matches."
    )
    proposed_solutions: "ProposedSolutionFilter | None" = some(
        models.ProposedSolution.challenge_id, description="proposed solutions"
    )
    article: "ArticleFilter | None" = of(models.Challenge.article_id, description="Its article matches.")
    and_: list["ChallengeFilter"] | None = every("and")
    or_: list["ChallengeFilter"] | None = every("or")
    not_: "ChallengeFilter | None" = every("not")


@strawberry.input(description=on("proposed solutions"))
class ProposedSolutionFilter:
    text: TextFilter | None = matches(
        models.ProposedSolution.text_key, models.ProposedSolution.text_rest, description="Its text matches."
    )
    challenge: "ChallengeFilter | None" = of(models.ProposedSolution.challenge_id, description="Its challenge matches.")
    article: "ArticleFilter | None" = of(models.ProposedSolution.article_id, description="Its article matches.")
    and_: list["ProposedSolutionFilter"] | None = every("and")
    or_: list["ProposedSolutionFilter"] | None = every("or")
    not_: "ProposedSolutionFilter | None" = every("not")


@strawberry.input(description=on("points"))
class PointFilter:
    text: TextFilter | None = matches(models.Point.text_key, models.Point.text_rest, description="Its text matches.")
    label: TextFilter | None = matches(
        models.Point.label_key, models.Point.label_rest, description="Its label matches."
    )
    kind: list[PointKind] | None = one_of(models.Point.kind, "Its kind")
    article: "ArticleFilter | None" = of(models.Point.article_id, description="Its article matches.")
    and_: list["PointFilter"] | None = every("and")
    or_: list["PointFilter"] | None = every("or")
    not_: "PointFilter | None" = every("not")
