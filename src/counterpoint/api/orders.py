"""In which orders connections can be read. Each order's columns are unique together and indexed."""

from typing import Any

from counterpoint.api.fields import order
from counterpoint.engine.sources import Order
from counterpoint.store import models


def newest(model: Any) -> dict[str, Order]:
    """Order statements from the newest article to the oldest, then as written."""
    return {"NEWEST": order(model.newness, model.position)}


def published(model: Any = models.Article) -> dict[str, Order]:
    """Order articles from the newest to the oldest; a mention carries its article's newness."""
    return {"PUBLISHED_DESC": order(model.newness)}


def by_name(model: Any) -> dict[str, Order]:
    """Order entities by folded name, code point by code point; then by slug."""
    return {"NAME_ASC": order(model.name_key, model.slug)}
