"""Introspection: what of an operation asks for the schema itself, answered by graphql-core beside the statement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from graphql import (
    DocumentNode,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
    print_ast,
)

from counterpoint.engine.document.operations import GroupedFields, Operation
from counterpoint.errors import BadUserInput, LimitExceeded, RequestErrors

INTROSPECTION_FIELDS = ("__schema", "__type")
"""The fields of the query that ask for the schema."""

BYTES_PER_CHAR = 20
"""Bytes that a document takes for each of its characters, about."""


@dataclass(frozen=True)
class Introspection:
    """The fields of an operation that ask for the schema, as a document of their own."""

    document: DocumentNode

    @cached_property
    def text(self) -> str:
        """The document as it is written."""
        return print_ast(self.document)

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        return BYTES_PER_CHAR * len(self.text)

    def answer(self, schema: GraphQLSchema, given: Mapping[str, Any], most: int) -> dict[str, bytes]:
        """Answer each field, by its response key, as JSON.

        Raise LimitExceeded for more than so many values, and RequestErrors for arguments that variables make wrong.
        """
        counting = _ValueCounter(most)
        result = execute_sync(schema, self.document, variable_values=dict(given), middleware=[counting])
        if counting.values > most:
            raise LimitExceeded("The number of values in an introspection response", most)
        if result.errors:
            raise RequestErrors([BadUserInput(error.message) for error in result.errors])
        return {key: orjson.dumps(value) for key, value in (result.data or {}).items()}


def extract_introspection(operation: Operation, fields: GroupedFields) -> Introspection | None:
    """Take the fields that ask for the schema out of an operation; None if there are none."""
    if not fields:
        return None
    whole = operation.node
    asked = OperationDefinitionNode(
        operation=whole.operation,
        name=whole.name,
        variable_definitions=whole.variable_definitions,
        directives=whole.directives,
        selection_set=SelectionSetNode(selections=tuple(node for same in fields.values() for node in same)),
    )
    return Introspection(DocumentNode(definitions=(asked, *operation.fragments.values())))


class _ValueCounter:
    """Counts the values that are resolved, and resolves no more of them than so many."""

    def __init__(self, most: int) -> None:
        self.values = 0
        self._most = most

    def resolve(self, resolve: Callable[..., Any], source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        """Resolve a field (middleware as graphql-core calls it)."""
        self.values += 1
        return resolve(source, info, **arguments) if self.values <= self._most else None
