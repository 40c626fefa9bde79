"""The orderings of connections. The columns of each ordering are unique together and indexed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import Any

import strawberry
from sqlalchemy import Column

from counterpoint.api.connections import PLURALS
from counterpoint.engine.mapping import Order, RankedKey
from counterpoint.store import models

ALPHABETICAL = "without regard to case, in the order of Unicode code points (z before é), then by slug."

_ARTICLE = models.sql_table(models.Article).c
RECENCY = RankedKey(_ARTICLE["recency_key"], _ARTICLE["recency_rank"])
LAST_CHANGE = RankedKey(_ARTICLE["change_key"], _ARTICLE["change_rank"])


@dataclass(frozen=True)
class Orderings:
    """The enum of the argument `orderBy` for one type, default first, and the columns of each of its values."""

    enum: Any
    columns: Mapping[str, Order]


def orderings_of(model: type[models.Base]) -> Orderings:
    """Return the orderings of statements, entities or articles. A mention model orders the articles that mention."""
    if issubclass(model, models.Statement):
        by_recency = "Newest article first, as in ArticleOrder.PUBLISHED_DESC; in reading order within an article."
        columns = _columns(model, "recency_rank", "position")
        return _build_orderings(model.__name__, ("NEWEST", "OLDEST", by_recency, Order(columns, ranked_key=RECENCY)))
    if issubclass(model, models.Entity):
        by_name = Order(_columns(model, "name_key", "slug"))
        return _build_orderings(model.__name__, ("NAME_ASC", "NAME_DESC", f"By name, {ALPHABETICAL}", by_name))
    by_date = "By date of publication, newest first, articles without a date last; then by slug."
    by_change = (
        "By date of the last change, newest first: `updated`, or else `published`. Articles with neither come last; "
        "then by slug."
    )
    return _build_orderings(
        models.Article.__name__,
        ("PUBLISHED_DESC", "PUBLISHED_ASC", by_date, _order_by_key(model, RECENCY)),
        ("UPDATED_DESC", "UPDATED_ASC", by_change, _order_by_key(model, LAST_CHANGE)),
        ("TITLE_ASC", "TITLE_DESC", f"By title, {ALPHABETICAL}", Order(_columns(models.Article, "title_key", "slug"))),
    )


def _order_by_key(model: type[models.Base], ranked_key: RankedKey) -> Order:
    """Order articles by a key. A mention has copies of the rank, so that its indexes return articles in order."""
    if model is models.Article:
        return Order((ranked_key.key,))
    return Order(_columns(model, ranked_key.rank.name), ranked_key=ranked_key)


def _columns(model: type[models.Base], *names: str) -> tuple[Column[Any], ...]:
    return tuple(models.sql_table(model).c[name] for name in names)


def _build_orderings(type_name: str, *orderings: tuple[str, str, str, Order]) -> Orderings:
    """Build orderings from the name of each, the name of its reverse, its description and its columns."""
    descriptions: dict[str, str] = {}
    orders: dict[str, Order] = {}
    for name, reverse_name, description, order in orderings:
        descriptions |= {name: description, reverse_name: f"The exact reverse of {name}."}
        orders |= {name: order, reverse_name: replace(order, descending=True)}
    return Orderings(_order_enum(type_name, tuple(descriptions.items())), orders)


@cache
def _order_enum(type_name: str, descriptions: tuple[tuple[str, str], ...]) -> Any:
    """Return the enum of a type's orderings: always the same one, because several fields use it."""
    values = {value: strawberry.enum_value(value, description=text) for value, text in descriptions}
    enum = Enum(f"{type_name}Order", values)  # type: ignore[misc]  # its members are data
    return strawberry.enum(enum, description=f"The orders of {PLURALS[type_name]}.")
