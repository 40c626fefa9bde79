"""Documents: parse and validate a GraphQL document, and coerce the variables of its operations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, GraphQLSchema, GraphQLSyntaxError, get_variable_values, parse, validate
from graphql.language import ast
from graphql.validation.validate import ValidationAbortedError

from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import Operation, RequestVariables
from counterpoint.engine.document.validation import is_valid
from counterpoint.engine.document.variable_coercion import Uncoercible
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
"""Part of graphql-core's message for a document that exceeds the token limit."""

VALIDATION_ABORTED = "Validation aborted."
"""graphql-core's message when it stops comparing the fields of a selection, because there are too many."""

NESTED_TOO_DEEPLY = "The document nests too deeply."

BYTES_PER_TOKEN = 350
"""Approximate memory of a parsed document for each of its tokens."""


@dataclass
class Document:
    """A valid document: its approximate memory in bytes and its operations by name."""

    size: int
    operations: dict[str | None, Operation]

    def select_operation(self, name: str | None) -> Operation:
        """Return the operation to execute. Raise OperationResolutionFailure if it is missing or ambiguous."""
        if name is None:
            if len(self.operations) != 1:
                raise OperationResolutionFailure(
                    f"Missing operationName: the document contains {len(self.operations)} operations, expected one."
                )
            return next(iter(self.operations.values()))
        if name not in self.operations:
            raise OperationResolutionFailure(f"Unknown operationName: the document contains no operation {name!r}.")
        return self.operations[name]


def parse_document(schema: GraphQLSchema, text: str, limits: Limits) -> Document:
    """Parse and validate a document. Raise ParseFailed, LimitExceeded, ValidationFailed or RequestErrors."""
    try:
        node = _parse(text, limits)
        if exceeded := limits.find_exceeded(node):
            raise RequestErrors(exceeded)
        if not is_valid(schema, node) and (errors := _validation_errors(schema, text, limits)):
            raise RequestErrors(errors)
    except ValidationAbortedError as error:
        raise _validation_error(error) from None
    except RecursionError:
        # Fragments that spread each other nest, too.
        raise ValidationFailed(NESTED_TOO_DEEPLY) from None
    return Document(len(text) + BYTES_PER_TOKEN * node.token_count, _operations_by_name(schema, text, node))


def _parse(text: str, limits: Limits) -> ast.DocumentNode:
    try:
        # Without locations, because each location keeps all tokens of the document in memory.
        return parse(text, max_tokens=limits.tokens, no_location=True)
    except GraphQLSyntaxError as error:
        if TOO_MANY_TOKENS in error.message:
            raise LimitExceeded("The number of tokens in the document", limits.tokens) from None
        raise _to_request_error(ParseFailed, error) from None
    except RecursionError:
        raise ParseFailed(NESTED_TOO_DEEPLY) from None


def coerce_variables(operation: Operation, raw_variables: dict[str, Any], limits: Limits) -> RequestVariables:
    """Coerce the variables of a request to their declared types. Raise LimitExceeded or RequestErrors."""
    limits.check_variables(raw_variables)
    try:
        return RequestVariables(*operation.variable_coercer.coerce(raw_variables))
    except Uncoercible:
        return _coerce_with_errors(operation, raw_variables, limits)


def _coerce_with_errors(operation: Operation, raw_variables: dict[str, Any], limits: Limits) -> RequestVariables:
    """Coerce the variables with graphql-core, which describes each error."""
    definitions = _variable_definitions_with_locations(operation)
    values = get_variable_values(operation.schema, definitions, raw_variables, limits.errors)
    if isinstance(values, list):
        raise RequestErrors([_to_request_error(BadUserInput, error) for error in values[: limits.errors]])
    return RequestVariables(*values)


def _variable_definitions_with_locations(operation: Operation) -> Sequence[ast.VariableDefinitionNode]:
    """Return the variable definitions of a second parse, because the cached nodes have no locations."""
    nodes = (node for node in parse(operation.text).definitions if isinstance(node, ast.OperationDefinitionNode))
    definitions_by_name = {_name(node): node.variable_definitions or () for node in nodes}
    return definitions_by_name[_name(operation.node)]


def _name(node: ast.OperationDefinitionNode) -> str | None:
    return node.name.value if node.name else None


def _operations_by_name(schema: GraphQLSchema, text: str, document: ast.DocumentNode) -> dict[str | None, Operation]:
    definitions = document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, ast.FragmentDefinitionNode)}
    return {
        _name(node): Operation(schema, text, node, fragments)
        for node in definitions
        if isinstance(node, ast.OperationDefinitionNode)
    }


def _validation_errors(schema: GraphQLSchema, text: str, limits: Limits) -> list[RequestError]:
    """Return the errors of a second validation, because the first parse has no locations."""
    errors = validate(schema, parse(text), max_errors=limits.errors)
    return [_validation_error(error) for error in errors[: limits.errors]]


def _validation_error(error: GraphQLError) -> RequestError:
    if error.message == VALIDATION_ABORTED:
        return ValidationFailed("The document selects the same field too often: select each field once.")
    if isinstance(error.original_error, ValueError):  # because Python converts no more than 4,300 digits
        error.message = "Int cannot represent non 32-bit signed integer value."
    return _to_request_error(ValidationFailed, error)


def _to_request_error(error_type: type[RequestError], error: GraphQLError) -> RequestError:
    return error_type(error.message, [Location(location.line, location.column) for location in error.locations or ()])
