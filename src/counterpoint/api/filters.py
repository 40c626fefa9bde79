"""The filter inputs of the schema, and the condition on a column or relation that each field compiles to."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import strawberry
from strawberry import UNSET

from counterpoint.api.fields import Attribute, alias_slugs, column_of, relation
from counterpoint.api.types import PointKind
from counterpoint.article.normalization import fold
from counterpoint.engine import mapping
from counterpoint.store import models

T = TypeVar("T", bound=type)

ALL_FIELDS_APPLY = "All fields must match. A field that is null is ignored, and so is one that holds only nulls."


def filter_input(plural: str) -> Callable[[T], T]:
    """Declare a class as a filter input, and add the fields `and`, `or` and `not`."""

    def declare(cls: T) -> T:
        several = f"list[{cls.__name__}] | None"
        operators = {
            "and": (several, "All of these filters match. An empty list is ignored."),
            "or": (
                several,
                "At least one of these filters matches. An empty list matches nothing. A filter in which nothing is "
                "given matches everything.",
            ),
            "not": (f"{cls.__name__} | None", "This filter does not match."),
        }
        for operator, (annotation, description) in operators.items():
            cls.__annotations__[f"{operator}_"] = annotation
            setattr(cls, f"{operator}_", strawberry.field(default=UNSET, name=operator, description=description))
        description = f"A filter for {plural}. {ALL_FIELDS_APPLY} A condition on a missing value is false."
        return strawberry.input(cls, description=description)

    return declare


def condition_field(condition: mapping.Condition, description: str) -> Any:
    """Declare a field of a filter with its condition for the engine."""
    return strawberry.field(default=UNSET, description=description, metadata={"condition": condition})


def in_list(attribute: Attribute, *, subject: str | None = None, fold: Callable[[str], str] | None = None) -> Any:
    """Declare a list of values that the column must be in. `fold` normalizes them; `subject` starts the description."""
    return _in_list(mapping.InList(attribute.key, fold), subject or f"Its {attribute.key}")


def slug_in_list(slug: Attribute) -> Any:
    """Declare a list of slugs that the object's slug must be in, or the slug of an alias."""
    alternatives = alias_slugs(slug.class_)
    subject = "Its slug, or the slug of an alias," if alternatives else "Its slug"
    return _in_list(mapping.InList(slug.key, unique=True, alternatives=alternatives), subject)


def _in_list(condition: mapping.InList, subject: str) -> Any:
    return condition_field(condition, f"{subject} is one of these values. An empty list matches nothing.")


def text_filter(model: type[models.Base], name: str) -> Any:
    """Declare a filter on a text. Its folded form is stored in one column, or in two: an indexed prefix and a tail."""
    key, tail = f"{name}_key", f"{name}_key_tail"
    if tail in models.sql_table(model).c:
        condition = mapping.FoldedText(key, tail, models.split_key)
    else:
        condition = mapping.FoldedText(key, None, lambda text: (fold(text), ""))
    return condition_field(condition, f"Its {name.replace('_', ' ')} matches.")


def to_one(foreign_key: Attribute) -> Any:
    """Declare a filter on the object that a foreign key references."""
    name = foreign_key.key.removesuffix("_id").replace("_", " ")
    return condition_field(mapping.ToOne(foreign_key.key), f"Its {name} matches.")


def to_many(parent_column: Attribute, child_column: Attribute = None, *, plural: str) -> Any:
    """Declare a filter that at least one child of the object must match."""
    children = mapping.ToMany(relation(parent_column, child_column))
    return condition_field(children, f"At least one of its {plural} matches.")


def to_mentioned(entity_id: Attribute, plural: str) -> Any:
    """Declare a filter that at least one entity that the article mentions must match."""
    return to_many(entity_id.class_.article_id, entity_id, plural=plural)


def to_mentioning_articles(entity_id: Attribute) -> Any:
    """Declare a filter that at least one article that mentions the entity must match."""
    return to_many(entity_id, entity_id.class_.article_id, plural="articles")


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


@filter_input("articles")
class ArticleFilter:
    slug: list[str] | None = slug_in_list(models.Article.slug)
    language: list[str] | None = in_list(
        models.Article.language_key, subject="Its language, regardless of case,", fold=fold
    )
    path: list[str] | None = in_list(models.Article.path, subject="The path of its file")
    title: TextFilter | None = text_filter(models.Article, "title")
    published: DateFilter | None = condition_field(
        mapping.DateRange("published"), "The date of first publication matches."
    )
    updated: DateFilter | None = condition_field(
        mapping.DateRange("updated"), "The date in the field updated matches. It is missing if there was no update."
    )
    authors: list[str] | None = condition_field(
        mapping.ToManyInList(column_of(models.ArticleAuthor.article_id), mapping.InList("name_key", fold)),
        "At least one of its authors is one of these, regardless of case, the amount of white space, and differences "
        "between compatible Unicode characters (NFKC). An empty list matches nothing.",
    )
    parties: "PartyFilter | None" = to_mentioned(models.PartyMention.party_id, "parties")
    governments: "GovernmentFilter | None" = to_mentioned(models.GovernmentMention.government_id, "governments")
    policy_areas: "PolicyAreaFilter | None" = to_mentioned(models.PolicyAreaMention.policy_area_id, "policy areas")
    groups: "GroupFilter | None" = to_mentioned(models.GroupMention.group_id, "groups")


@filter_input("parties")
class PartyFilter:
    slug: list[str] | None = slug_in_list(models.Party.slug)
    name: TextFilter | None = text_filter(models.Party, "name")
    stances: "StanceFilter | None" = to_many(models.Stance.party_id, plural="stances")
    measures: "MeasureFilter | None" = to_many(models.Measure.party_id, plural="measures")
    articles: "ArticleFilter | None" = to_mentioning_articles(models.PartyMention.party_id)


@filter_input("governments")
class GovernmentFilter:
    slug: list[str] | None = slug_in_list(models.Government.slug)
    name: TextFilter | None = text_filter(models.Government, "name")
    approaches: "ApproachFilter | None" = to_many(models.Approach.government_id, plural="approaches")
    articles: "ArticleFilter | None" = to_mentioning_articles(models.GovernmentMention.government_id)


@filter_input("policy areas")
class PolicyAreaFilter:
    slug: list[str] | None = slug_in_list(models.PolicyArea.slug)
    name: TextFilter | None = text_filter(models.PolicyArea, "name")
    approaches: "ApproachFilter | None" = to_many(models.Approach.policy_area_id, plural="approaches")
    articles: "ArticleFilter | None" = to_mentioning_articles(models.PolicyAreaMention.policy_area_id)


@filter_input("groups")
class GroupFilter:
    slug: list[str] | None = slug_in_list(models.Group.slug)
    name: TextFilter | None = text_filter(models.Group, "name")
    roles: "RoleFilter | None" = to_many(models.Role.group_id, plural="roles")
    articles: "ArticleFilter | None" = to_mentioning_articles(models.GroupMention.group_id)


@filter_input("stances")
class StanceFilter:
    text: TextFilter | None = text_filter(models.Stance, "text")
    party: "PartyFilter | None" = to_one(models.Stance.party_id)
    article: "ArticleFilter | None" = to_one(models.Stance.article_id)
    measures: "MeasureFilter | None" = to_many(models.Measure.stance_id, plural="measures")


@filter_input("measures")
class MeasureFilter:
    text: TextFilter | None = text_filter(models.Measure, "text")
    party: "PartyFilter | None" = to_one(models.Measure.party_id)
    stance: "StanceFilter | None" = to_one(models.Measure.stance_id)
    article: "ArticleFilter | None" = to_one(models.Measure.article_id)


@filter_input("approaches")
class ApproachFilter:
    text: TextFilter | None = text_filter(models.Approach, "text")
    government: "GovernmentFilter | None" = to_one(models.Approach.government_id)
    policy_area: "PolicyAreaFilter | None" = to_one(models.Approach.policy_area_id)
    article: "ArticleFilter | None" = to_one(models.Approach.article_id)


@filter_input("roles")
class RoleFilter:
    function: TextFilter | None = text_filter(models.Role, "function")
    core_message: TextFilter | None = text_filter(models.Role, "core_message")
    group: "GroupFilter | None" = to_one(models.Role.group_id)
    article: "ArticleFilter | None" = to_one(models.Role.article_id)


@filter_input("challenges")
class ChallengeFilter:
    text: TextFilter | None = text_filter(models.Challenge, "text")
    proposed_solutions: "ProposedSolutionFilter | None" = to_many(
        models.ProposedSolution.challenge_id, plural="proposed solutions"
    )
    article: "ArticleFilter | None" = to_one(models.Challenge.article_id)


@filter_input("proposed solutions")
class ProposedSolutionFilter:
    text: TextFilter | None = text_filter(models.ProposedSolution, "text")
    challenge: "ChallengeFilter | None" = to_one(models.ProposedSolution.challenge_id)
    article: "ArticleFilter | None" = to_one(models.ProposedSolution.article_id)


@filter_input("points")
class PointFilter:
    text: TextFilter | None = text_filter(models.Point, "text")
    label: TextFilter | None = text_filter(models.Point, "label")
    kind: list[PointKind] | None = in_list(models.Point.kind)
    article: "ArticleFilter | None" = to_one(models.Point.article_id)
