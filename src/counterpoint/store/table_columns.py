"""Columns of values to insert, as both databases' drivers take them.

A bulk insert bypasses SQLAlchemy, so the values of some types are converted here: lists to JSON, dates to ISO 8601.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from operator import itemgetter
from typing import Any, get_args

from sqlalchemy import JSON, Boolean, Column, Date

from counterpoint.store import models
from counterpoint.store.id_allocator import ModelRow, ModelRows
from counterpoint.store.models import sql_table

Columns = list[Sequence[Any]]
"""The values of a table's rows by column, in the order of the table."""

ModelColumns = dict[type[models.Base], Columns]


@cache
def list_column_names(model: type[models.Base]) -> tuple[str, ...]:
    """Return the columns of a table in its order."""
    return tuple(sql_table(model).c.keys())


def to_columns(model: type[models.Base], rows: Iterable[Mapping[str, Any]]) -> Columns:
    """Return the values of rows by column, converted for the driver."""
    columns: Columns = [*zip(*map(_value_getter(model), rows), strict=True)]
    for index, convert in _converters(model):
        columns[index] = [None if value is None else convert(value) for value in columns[index]]
    return columns


def to_rows(columns: ModelColumns) -> ModelRows:
    """Return the rows of tables as mappings. Their values stay as the driver takes them."""
    return {
        model: [dict(zip(list_column_names(model), values, strict=True)) for values in zip(*model_columns, strict=True)]
        for model, model_columns in columns.items()
    }


def convert_row(model: type[models.Base], row: ModelRow) -> ModelRow:
    """Return a row that SQLAlchemy read with its values as the driver takes them."""
    names = list_column_names(model)
    for index, convert in _converters(model):
        if (value := row[names[index]]) is not None:
            row[names[index]] = convert(value)
    return row


@cache
def _value_getter(model: type[models.Base]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    return itemgetter(*list_column_names(model))


@cache
def _converters(model: type[models.Base]) -> list[tuple[int, Callable[[Any], Any]]]:
    """Return the indexes of the columns whose values the drivers would not take, each with the conversion."""
    converters = enumerate(_find_converter(column, model) for column in sql_table(model).c)
    return [(index, convert) for index, convert in converters if convert]


def _find_converter(column: Column[Any], model: type[models.Base]) -> Callable[[Any], Any] | None:
    match column.type:
        case JSON():
            return json.dumps
        case Date():
            return date.isoformat
        case Boolean():
            return int
    annotation = model.model_fields[column.name].annotation
    is_enum = any(isinstance(part, type) and issubclass(part, StrEnum) for part in (annotation, *get_args(annotation)))
    return str if is_enum else None
