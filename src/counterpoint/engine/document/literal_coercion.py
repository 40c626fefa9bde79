"""Literal coercion: functions, compiled from literals of a valid document, that coerce them with a request's variables.

They give the result of graphql-core's `coerce_input_literal`, which visits each field of an input object type again for
every request. Parts without variables are coerced once.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import GraphQLInputField, GraphQLInputObjectType, GraphQLInputType, GraphQLList, GraphQLNonNull
from graphql.execution.values import VariableValues
from graphql.language import ast
from graphql.pyutils import Undefined
from graphql.type import is_required_input_field
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_literal

LiteralCoercer = Callable[[VariableValues], Any]
"""Returns the coerced literal for a request's variables; Undefined if it is invalid."""


def contains_variable(node: ast.ValueNode) -> bool:
    """Return whether a variable is a part of the literal, or the literal itself."""
    match node:
        case ast.VariableNode():
            return True
        case ast.ListValueNode():
            return any(contains_variable(value) for value in node.values)
        case ast.ObjectValueNode():
            return any(contains_variable(field.value) for field in node.fields)
        case _:
            return False


def compile_literal(node: ast.ValueNode, declared: GraphQLInputType) -> LiteralCoercer:
    """Compile a literal of a type."""
    if not contains_variable(node):
        constant = coerce_input_literal(node, declared)
        return lambda _: constant
    nullable = declared.of_type if isinstance(declared, GraphQLNonNull) else declared
    match node, nullable:
        case ast.VariableNode(), _:
            return _compile_variable(node.name.value, is_nullable=nullable is declared)
        case ast.ListValueNode(), GraphQLList():
            return _compile_list(node, nullable.of_type)
        case _, GraphQLList():
            return _compile_single_item(compile_literal(node, nullable.of_type))
        case ast.ObjectValueNode(), GraphQLInputObjectType(is_one_of=False):
            return _compile_object(node, nullable)
    return partial(coerce_input_literal, node, declared)


def _compile_variable(name: str, *, is_nullable: bool) -> LiteralCoercer:
    def coerce(variables: VariableValues) -> Any:
        value = variables.coerced.get(name, Undefined)
        return Undefined if value is None and not is_nullable else value

    return coerce


def _compile_single_item(coerce_item: LiteralCoercer) -> LiteralCoercer:
    """Compile an item that stands for a list of one."""

    def coerce(variables: VariableValues) -> Any:
        item = coerce_item(variables)
        return Undefined if item is Undefined else [item]

    return coerce


def _compile_list(node: ast.ListValueNode, item_type: GraphQLInputType) -> LiteralCoercer:
    is_nullable = not isinstance(item_type, GraphQLNonNull)
    items = [
        # A missing variable is null within a list.
        (compile_literal(item, item_type), None if is_nullable and isinstance(item, ast.VariableNode) else Undefined)
        for item in node.values
    ]

    def coerce(variables: VariableValues) -> Any:
        values = []
        for coerce_item, value_if_undefined in items:
            value = coerce_item(variables)
            if value is Undefined:
                value = value_if_undefined
                if value is Undefined:
                    return Undefined
            values.append(value)
        return values

    return coerce


def _compile_object(node: ast.ObjectValueNode, declared: GraphQLInputObjectType) -> LiteralCoercer:
    nodes = {field.name.value: field.value for field in node.fields}
    members = [
        (field.out_name or name, _compile_member(nodes.get(name), field))
        for name, field in declared.fields.items()
        if name in nodes or is_required_input_field(field) or coerce_default_value(field) is not Undefined
    ]

    def coerce(variables: VariableValues) -> Any:
        values = {}
        for name, coerce_member in members:
            value = coerce_member(variables)
            if value is Undefined:
                return Undefined
            if value is not _ABSENT:
                values[name] = value
        return declared.out_type(values)

    return coerce


_ABSENT = object()
"""The value of a member that a request omits."""


def _compile_member(node: ast.ValueNode | None, field: GraphQLInputField) -> LiteralCoercer:
    """Compile a member of an object. If it is omitted, it has its default value, or it is absent."""
    default = coerce_default_value(field)
    value_if_omitted: Any = _ABSENT if default is Undefined else default
    if is_required_input_field(field):
        value_if_omitted = Undefined
    if node is None:
        return lambda _: value_if_omitted
    coerce_member = compile_literal(node, field.type)
    if not isinstance(node, ast.VariableNode):
        return coerce_member
    name = node.name.value
    return lambda variables: coerce_member(variables) if name in variables.coerced else value_if_omitted
