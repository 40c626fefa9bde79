"""The orderings of connections. The columns of each ordering are unique together and indexed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import strawberry

from counterpoint.api.connections import PLURALS
from counterpoint.engine.mapping import Order
from counterpoint.store import models

ALPHABETICAL = "without regard to case, in the order of Unicode code points (z before é), then by slug."


@dataclass(frozen=True)
class Orderings:
    """The enum of the argument `orderBy` for one type, default first, and the columns of each of its values."""

    enum: Any
    columns: Mapping[str, Order]


def statement_orderings(model: type[models.Statement]) -> Orderings:
    """Return the orderings of statements: by the date of their article, then in reading order."""
    table = models.sql_table(model)
    columns = (table.c["recency_key"], table.c["position"])
    descriptions = {
        "NEWEST": "Newest article first, as in ArticleOrder.PUBLISHED_DESC; in reading order within an article.",
        "OLDEST": "The exact reverse of NEWEST.",
    }
    return Orderings(
        _order_enum(model.__name__, tuple(descriptions.items())),
        {"NEWEST": Order(columns), "OLDEST": Order(columns, descending=True)},
    )


def name_orderings(model: type[models.Entity]) -> Orderings:
    """Return the orderings of entities: by name."""
    table = models.sql_table(model)
    columns = (table.c["name_key"], table.c["slug"])
    descriptions = {"NAME_ASC": f"By name, {ALPHABETICAL}", "NAME_DESC": "The exact reverse of NAME_ASC."}
    return Orderings(
        _order_enum(model.__name__, tuple(descriptions.items())),
        {"NAME_ASC": Order(columns), "NAME_DESC": Order(columns, descending=True)},
    )


def article_orderings(mention: type[models.Mention] | None = None) -> Orderings:
    """Return the orderings of articles. A mention model restricts them to the articles that mention an entity."""
    # Use the copy of the recency key in the mention, because its index returns the articles of an entity in order.
    recency_key = (models.sql_table(mention or models.Article).c["recency_key"],)
    title = (models.sql_table(models.Article).c["title_key"], models.sql_table(models.Article).c["slug"])
    descriptions = {
        "PUBLISHED_DESC": "By date of publication, newest first, articles without a date last; then by slug.",
        "PUBLISHED_ASC": "The exact reverse of PUBLISHED_DESC.",
        "TITLE_ASC": f"By title, {ALPHABETICAL}",
        "TITLE_DESC": "The exact reverse of TITLE_ASC.",
    }
    return Orderings(
        _order_enum("Article", tuple(descriptions.items())),
        {
            "PUBLISHED_DESC": Order(recency_key),
            "PUBLISHED_ASC": Order(recency_key, descending=True),
            "TITLE_ASC": Order(title),
            "TITLE_DESC": Order(title, descending=True),
        },
    )


@cache
def _order_enum(type_name: str, descriptions: tuple[tuple[str, str], ...]) -> Any:
    """Return the enum of a type's orderings: always the same one, because several fields use it."""
    values = {value: strawberry.enum_value(value, description=text) for value, text in descriptions}
    enum = Enum(f"{type_name}Order", values)  # type: ignore[misc]  # its members are data
    return strawberry.enum(enum, description=f"The orders of {PLURALS[type_name]}.")
