"""Variable coercion: functions, compiled from the declarations of an operation, that coerce the values of a request.

They give the result of graphql-core's `get_variable_values`, which interprets the declarations again for every request.
For every value that they do not accept they raise Uncoercible, so that all error messages come from graphql-core.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from graphql import (
    GraphQLError,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource
from graphql.language import ast
from graphql.pyutils import Undefined
from graphql.type import assert_leaf_type, is_required_input_field
from graphql.utilities.coerce_input_value import coerce_default_value

MAX_DEPTH = 16
"""Input objects within each other that are coerced here. It must stay far below graphql-core's limit on nesting."""

Coercer = Callable[[Any, int], Any]
"""Returns the coerced value at a depth of input objects. Raises Uncoercible."""


class Uncoercible(Exception):
    """A value that is invalid, or nests deeper than MAX_DEPTH."""


class VariableCoercer:
    """Coerces the variables of one operation."""

    def __init__(self, schema: GraphQLSchema, definitions: Sequence[ast.VariableDefinitionNode]) -> None:
        """Compile the declarations of an operation that is valid for the schema."""
        self._variables = [_Variable(schema, definition) for definition in definitions]

    def coerce(self, raw_variables: Mapping[str, Any]) -> VariableValues:
        """Return the coerced values and their sources. Raise Uncoercible."""
        sources: dict[str, VariableValueSource] = {}
        coerced: dict[str, Any] = {}
        for variable in self._variables:
            name = variable.name
            if name in raw_variables:
                value = raw_variables[name]
                sources[name] = VariableValueSource(variable.signature, value)
                coerced[name] = variable.coerce(value, 0)
            elif variable.is_required:
                raise Uncoercible
            else:
                sources[name] = variable.source_if_absent
                if variable.default is not Undefined:
                    coerced[name] = variable.default
        return VariableValues(sources, coerced)


class _Variable:
    """One declared variable. `default` is its coerced default value, or Undefined."""

    def __init__(self, schema: GraphQLSchema, definition: ast.VariableDefinitionNode) -> None:
        signature = get_variable_signature(schema, definition)
        assert not isinstance(signature, GraphQLError)
        self.name = signature.name
        self.signature = signature
        self.source_if_absent = VariableValueSource(signature)
        self.default = coerce_default_value(signature)
        self.is_required = isinstance(signature.type, GraphQLNonNull) and self.default is Undefined
        self.coerce = _compile(signature.type)


class _Field(NamedTuple):
    """A field of an input object type. `out_name` is its key in the coerced value."""

    name: str
    out_name: str
    coerce: Coercer
    is_required: bool
    default: Any


class _InputObjectCoercer:
    """Coerces the values of one input object type. The first value compiles its fields, because types are cyclic."""

    def __init__(self, declared: GraphQLInputObjectType) -> None:
        self._declared = declared

    @cached_property
    def _fields(self) -> list[_Field]:
        return [_compile_field(name, field) for name, field in self._declared.fields.items()]

    def __call__(self, value: Any, depth: int) -> Any:
        declared = self._declared
        if not isinstance(value, dict) or not value.keys() <= declared.fields.keys():
            raise Uncoercible
        if depth >= MAX_DEPTH or declared.is_one_of:
            raise Uncoercible
        coerced = {}
        for name, out_name, coerce, is_required, default in self._fields:
            if name in value:
                coerced[out_name] = coerce(value[name], depth + 1)
            elif is_required:
                raise Uncoercible
            elif default is not Undefined:
                coerced[out_name] = default
        return declared.out_type(coerced)


def _compile(declared: GraphQLInputType) -> Coercer:
    """Return the coercer of a type."""
    if isinstance(declared, GraphQLNonNull):
        return _compile_non_null(_compile_nullable(declared.of_type))
    coerce = _compile_nullable(declared)
    return lambda value, depth: None if value is None else coerce(value, depth)


def _compile_non_null(coerce: Coercer) -> Coercer:
    def coerce_non_null(value: Any, depth: int) -> Any:
        if value is None:
            raise Uncoercible
        return coerce(value, depth)

    return coerce_non_null


def _compile_nullable(declared: GraphQLInputType) -> Coercer:
    """Return the coercer of the values of a nullable type other than null."""
    if isinstance(declared, GraphQLList):
        return _compile_list(_compile(declared.of_type))
    if isinstance(declared, GraphQLInputObjectType):
        return _input_object_coercer(declared)
    return _compile_leaf(assert_leaf_type(declared).coerce_input_value)


def _compile_list(coerce_item: Coercer) -> Coercer:
    def coerce_list(value: Any, depth: int) -> list[Any]:
        items = value if isinstance(value, list) else [value]
        return [coerce_item(item, depth) for item in items]

    return coerce_list


def _compile_leaf(coerce_value: Callable[[Any], Any]) -> Coercer:
    def coerce_leaf(value: Any, _: int) -> Any:
        try:
            return coerce_value(value)
        except Exception:
            raise Uncoercible from None

    return coerce_leaf


def _compile_field(name: str, field: GraphQLInputField) -> _Field:
    is_required = is_required_input_field(field)
    return _Field(name, field.out_name or name, _compile(field.type), is_required, coerce_default_value(field))


_input_object_coercer = lru_cache(maxsize=256)(_InputObjectCoercer)
