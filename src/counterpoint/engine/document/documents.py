"""Documents: parsed and validated once, then remembered with their operations and plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    VariableDefinitionNode,
    get_variable_values,
    parse,
    validate,
)

from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import Operation, Variables
from counterpoint.errors import (
    BadUserInput,
    LimitExceeded,
    Location,
    OperationResolutionFailure,
    ParseFailed,
    RequestError,
    RequestErrors,
    ValidationFailed,
)

TOO_MANY_TOKENS = "tokens. Parsing aborted"
VALIDATION_ABORTED = "Validation aborted."

BYTES_PER_TOKEN = 350
"""Bytes that a parsed document takes for each of its tokens, about."""


@dataclass
class Document:
    """A valid document: how many bytes it takes, about, and its operations by name."""

    size: int
    operations: dict[str | None, Operation]

    def operation(self, name: str | None) -> Operation:
        """Choose the operation to execute."""
        if name is None:
            if len(self.operations) != 1:
                raise OperationResolutionFailure(
                    f"The document holds {len(self.operations)} operations: say by operationName which to execute."
                )
            return next(iter(self.operations.values()))
        if name not in self.operations:
            raise OperationResolutionFailure(f"The document holds no operation named {name!r}.")
        return self.operations[name]


def parse_document(schema: GraphQLSchema, text: str, limits: Limits) -> Document:
    """Parse and validate a document. Raise ParseFailed, LimitExceeded or RequestErrors, telling all that is wrong."""
    try:
        node = _parse(text, limits)
        if exceeded := limits.check(node):
            raise RequestErrors(exceeded)
        if validate(schema, node, max_errors=limits.errors):
            raise RequestErrors(_to_errors(schema, text, limits))
    except RecursionError:
        # Fragments that spread each other nest as well.
        raise ValidationFailed("The document nests too deeply.") from None
    return Document(len(text) + BYTES_PER_TOKEN * node.token_count, _operations(schema, text, node))


def _parse(text: str, limits: Limits) -> DocumentNode:
    try:
        # With its place each node would keep all tokens in memory, and what is kept of a document for a plan all of it.
        return parse(text, max_tokens=limits.tokens, no_location=True)
    except GraphQLSyntaxError as error:
        if TOO_MANY_TOKENS in error.message:
            raise LimitExceeded("The number of a document's tokens", limits.tokens) from None
        raise _to_error(ParseFailed, error) from None
    except RecursionError:
        raise ParseFailed("The document nests too deeply.") from None


def coerce_variables(operation: Operation, given: dict[str, Any], limits: Limits) -> Variables:
    """Coerce a request's variables to what the operation declares. Raise LimitExceeded or RequestErrors."""
    limits.check_variables(given)
    values = get_variable_values(operation.schema, operation.node.variable_definitions or (), given, limits.errors)
    if isinstance(values, list):
        values = get_variable_values(operation.schema, _variables_with_locations(operation), given, limits.errors)
        assert isinstance(values, list)
        raise RequestErrors([_to_error(BadUserInput, error) for error in values[: limits.errors]])
    return Variables(*values)


def _variables_with_locations(operation: Operation) -> Sequence[VariableDefinitionNode]:
    """Give an operation's variable definitions with their places in the document."""
    nodes = (each for each in parse(operation.text).definitions if isinstance(each, OperationDefinitionNode))
    names = ((node.name and node.name.value, node) for node in nodes)
    own = operation.node.name and operation.node.name.value
    return next(node.variable_definitions or () for name, node in names if name == own)


def _operations(schema: GraphQLSchema, text: str, document: DocumentNode) -> dict[str | None, Operation]:
    definitions = document.definitions
    fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
    return {
        each.name.value if each.name else None: Operation(schema, text, each, fragments)
        for each in definitions
        if isinstance(each, OperationDefinitionNode)
    }


def _to_errors(schema: GraphQLSchema, text: str, limits: Limits) -> list[RequestError]:
    """Validate a document again, to tell where its mistakes are."""
    errors = validate(schema, parse(text), max_errors=limits.errors)
    return [_invalid(error) for error in errors[: limits.errors]]


def _invalid(error: GraphQLError) -> RequestError:
    if error.message == VALIDATION_ABORTED:
        # graphql-core compares the fields of a selection with each other, and gives up where they are too many.
        return ValidationFailed("The document selects the same too often to be checked: select each field once.")
    return _to_error(ValidationFailed, error)


def _to_error(kind: type[RequestError], error: GraphQLError) -> RequestError:
    return kind(error.message, [Location(place.line, place.column) for place in error.locations or ()])
