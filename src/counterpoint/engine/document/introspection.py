"""Introspection: the fields of an operation that read the schema. graphql-core executes them; the SQL does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import orjson
from graphql import GraphQLResolveInfo, GraphQLSchema, execute_sync, print_ast
from graphql.language import ast

from counterpoint.engine.document.operations import GroupedFields, Operation
from counterpoint.errors import BadUserInput, LimitExceeded, RequestErrors

INTROSPECTION_FIELDS = ("__schema", "__type")
"""The root fields that read the schema."""

BYTES_PER_CHAR = 20
"""Approximate memory of a parsed document for each of its characters."""


@dataclass(frozen=True)
class Introspection:
    """The introspection fields of an operation, as a separate document."""

    document: ast.DocumentNode

    @cached_property
    def text(self) -> str:
        """The text of the document."""
        return print_ast(self.document)

    @property
    def size(self) -> int:
        """Approximate memory in bytes."""
        return BYTES_PER_CHAR * len(self.text)

    def execute(self, schema: GraphQLSchema, raw_variables: Mapping[str, Any], max_values: int) -> dict[str, bytes]:
        """Return the result of each root field as JSON, by its response key.

        Raise LimitExceeded for more than `max_values` values, and RequestErrors for variables with invalid values.
        """
        counter = _ValueCounter(max_values)
        result = execute_sync(schema, self.document, variable_values=dict(raw_variables), middleware=[counter])
        if counter.count > max_values:
            raise LimitExceeded("The number of values in an introspection response", max_values)
        if result.errors:
            raise RequestErrors([BadUserInput(error.message) for error in result.errors])
        return {key: orjson.dumps(value) for key, value in (result.data or {}).items()}


def extract_introspection(operation: Operation, fields: GroupedFields) -> Introspection | None:
    """Return the introspection fields of an operation as a separate document, or None if there are none."""
    if not fields:
        return None
    node = operation.node
    definition = ast.OperationDefinitionNode(
        operation=node.operation,
        name=node.name,
        variable_definitions=node.variable_definitions,
        directives=node.directives,
        selection_set=ast.SelectionSetNode(selections=tuple(chain.from_iterable(fields.values()))),
    )
    return Introspection(ast.DocumentNode(definitions=(definition, *operation.fragments.values())))


class _ValueCounter:
    """Middleware for graphql-core that counts resolved values and stops resolving at `max_values`."""

    def __init__(self, max_values: int) -> None:
        self.count = 0
        self._max_values = max_values

    def resolve(self, resolve: Callable[..., Any], source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        """Resolve a field, or return None beyond the maximum. graphql-core calls this method by its name."""
        self.count += 1
        return resolve(source, info, **arguments) if self.count <= self._max_values else None
