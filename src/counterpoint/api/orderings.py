"""In which orders connections can be read. Each order's columns are unique together and indexed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import strawberry

from counterpoint.api.columns import sql_column
from counterpoint.api.connections import PLURALS
from counterpoint.engine.mapping import Order
from counterpoint.store import models

ALPHABETICAL = "without regard to case, characters in the order of Unicode (z before é); then by slug."


@dataclass(frozen=True)
class Orderings:
    """What `orderBy` takes for one type, the default first, and the columns that each of its values stands for."""

    enum: Any
    columns: Mapping[str, Order]


def newest(model: type[models.Statement]) -> Orderings:
    """Order statements from the newest article to the oldest, then as written."""
    columns = (sql_column(model, "recency_key"), sql_column(model, "position"))
    described = {
        "NEWEST": "Newest article first (as ArticleOrder.PUBLISHED_DESC); within an article, in reading order.",
        "OLDEST": "The exact reverse of NEWEST.",
    }
    return Orderings(
        _enum(model.__name__, tuple(described.items())),
        {"NEWEST": Order(columns), "OLDEST": Order(columns, descending=True)},
    )


def by_name(model: type[models.Entity]) -> Orderings:
    """Order entities by name."""
    columns = (sql_column(model, "name_key"), sql_column(model, "slug"))
    described = {"NAME_ASC": f"By name, {ALPHABETICAL}", "NAME_DESC": "The exact reverse of NAME_ASC."}
    return Orderings(
        _enum(model.__name__, tuple(described.items())),
        {"NAME_ASC": Order(columns), "NAME_DESC": Order(columns, descending=True)},
    )


def published(mention: type[models.Mention] | None = None) -> Orderings:
    """Order articles: all, or those that mention something, for a mention carries its article's recency key."""
    recency_key = (sql_column(mention or models.Article, "recency_key"),)
    title = (sql_column(models.Article, "title_key"), sql_column(models.Article, "slug"))
    described = {
        "PUBLISHED_DESC": "By the day of publication, newest first, those without one last; then by slug.",
        "PUBLISHED_ASC": "The exact reverse of PUBLISHED_DESC.",
        "TITLE_ASC": f"By title, {ALPHABETICAL}",
        "TITLE_DESC": "The exact reverse of TITLE_ASC.",
    }
    return Orderings(
        _enum("Article", tuple(described.items())),
        {
            "PUBLISHED_DESC": Order(recency_key),
            "PUBLISHED_ASC": Order(recency_key, descending=True),
            "TITLE_ASC": Order(title),
            "TITLE_DESC": Order(title, descending=True),
        },
    )


@cache
def _enum(name: str, described: tuple[tuple[str, str], ...]) -> Any:
    values = {value: strawberry.enum_value(value, description=text) for value, text in described}
    enum = Enum(f"{name}Order", values)  # type: ignore[misc]  # its members are data
    return strawberry.enum(enum, description=f"How {PLURALS[name]} are ordered.")
