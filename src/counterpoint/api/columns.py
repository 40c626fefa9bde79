"""The table's columns behind the models, which are typed as the values that they hold."""

from typing import Any

from sqlalchemy import Column

from counterpoint.store import models


def sql_column(model: type[models.Base], name: str) -> "Column[object]":
    """Give a column of a model by its name."""
    column: Column[object] = models.sql_table(model).c[name]
    return column


def column_of(attribute: Any) -> "Column[object]":
    """Give the column behind a model's attribute."""
    return sql_column(attribute.class_, attribute.key)
