"""The schema, made from the declarations, and what they declare to the engine."""

from datetime import date
from typing import Any

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import StrawberryObjectDefinition

from counterpoint.api import types
from counterpoint.api.columns import sql_column
from counterpoint.api.connections import fill_in_plurals
from counterpoint.api.query import Query
from counterpoint.api.scalars import DATE
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.store import models


def build_schema() -> strawberry.Schema:
    """Make the schema. No resolver runs: content is read by the engine."""
    schema = strawberry.Schema(
        query=Query,
        types=[types.Stance, types.Measure, types.Approach, types.Role, types.Challenge, types.ProposedSolution],
        config=StrawberryConfig(scalar_map={date: DATE}),
    )
    fill_in_plurals(graphql_schema(schema).type_map)
    return schema


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """Give the schema as graphql-core has it."""
    return schema._schema


def schema_mapping(schema: strawberry.Schema) -> SchemaMapping:
    """Collect what the types and fields of a schema declare to the engine."""
    rows = {}
    fields = {}
    conditions = {}
    for name, definition in schema.schema_converter.type_map.items():
        declared: Any = definition.definition
        if isinstance(declared, StrawberryObjectDefinition):
            if found := declared.origin.__dict__.get("__rows__"):
                rows[name] = found
            for field in declared.fields:
                key = name, schema.config.name_converter.from_field(field)
                if source := field.metadata.get("source"):
                    fields[key] = source
                if condition := field.metadata.get("condition"):
                    conditions[key] = condition
    revision = sql_column(models.Revision, "id")
    return SchemaMapping(rows, fields, conditions, revision, owner=types.Article.__name__)
