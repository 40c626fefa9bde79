"""The GraphQL schema and its mapping to tables."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry
from graphql import GraphQLSchema, print_schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types.base import StrawberryObjectDefinition

from counterpoint.api import types
from counterpoint.api.connections import fill_in_plurals
from counterpoint.api.query import Query
from counterpoint.api.scalars import DATE
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.store import models
from counterpoint.store.statement_kinds import ENTITY_KINDS

DESCRIPTION = """\
Counterpoint publishes articles on policy disputes, and what they state as data: who takes which position, what each \
side did, and what is proposed.

- **Read**: `article` and `articles` return the text as sections with paragraphs, lists and tables, in reading order.
- **Compare**: `party`, `government`, `policyArea` and `group` lead to all statements about one of them; `stances`, \
`measures`, `approaches`, `roles`, `challenges` and `proposedSolutions` list those of all articles.
- **Find**: `search` returns the passages that match, best first. Connections are filtered by `where`, and their \
`counts` are the facets.

A list that grows with the number of articles is a connection with pages: request a page with `first`, and the next \
page with `after` and the last cursor. Articles and all their parts have a global `id`, which `node` accepts. Ids and \
cursors are opaque, and stay when other content changes. There are no mutations: content changes only when the editors \
publish, and `revision` changes with it.
"""
"""The introduction to the API, in Markdown: explorers show it above the root types."""


@dataclass(frozen=True)
class Schema:
    """The schema as graphql-core has it, without resolvers because the engine answers the fields, and its mapping."""

    graphql: GraphQLSchema
    mapping: SchemaMapping

    def print_sdl(self) -> str:
        """Return the schema in the schema definition language (SDL)."""
        return print_schema(self.graphql)


def build_schema() -> Schema:
    """Build the schema from the declarations of its types."""
    declared = strawberry.Schema(
        query=Query,
        types=[types.Stance, types.Measure, types.Approach, types.Role, types.Challenge, types.ProposedSolution],
        config=StrawberryConfig(scalar_map={date: DATE}),
    )
    graphql = declared._schema
    graphql.description = DESCRIPTION.strip()  # Strawberry has no argument for it, and does not print it.
    fill_in_plurals(graphql.type_map)
    return Schema(graphql, _collect_mappings(declared))


def _collect_mappings(schema: strawberry.Schema) -> SchemaMapping:
    """Return the mappings that the types, fields and filters of a schema declare."""
    tables = {}
    fields = {}
    conditions = {}
    for type_name, definition in schema.schema_converter.type_map.items():
        declared: Any = definition.definition
        if isinstance(declared, StrawberryObjectDefinition):
            if table_mapping := declared.origin.__dict__.get("__table_mapping__"):
                tables[type_name] = table_mapping
            for field in declared.fields:
                key = type_name, schema.config.name_converter.from_field(field)
                if field_mapping := field.metadata.get("mapping"):
                    fields[key] = field_mapping
                if condition := field.metadata.get("condition"):
                    conditions[key] = condition
    revision = models.sql_table(models.Revision).c["id"]
    entities = tuple(kind.model.__name__ for kind in ENTITY_KINDS)
    entity_tags = models.sql_table(models.Article).c["entity_tags"]
    return SchemaMapping(tables, fields, conditions, revision, types.Article.__name__, entities, entity_tags)
