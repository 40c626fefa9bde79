"""Compiled coercion of variables and literals: the results are those of graphql-core, and so are the errors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_variable_values,
    is_input_type,
    parse,
    parse_value,
)
from graphql import build_schema as build_schema_from_sdl
from graphql.execution.get_variable_signature import GraphQLVariableSignature
from graphql.execution.values import VariableValues, VariableValueSource
from graphql.language import ast
from graphql.pyutils import Undefined
from graphql.utilities.coerce_input_value import coerce_input_literal, coerce_input_value
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from counterpoint.api.schema import build_schema
from counterpoint.engine.document.documents import coerce_variables, parse_document
from counterpoint.engine.document.literal_coercion import compile_literal
from counterpoint.engine.document.variable_coercion import MAX_DEPTH, Uncoercible, VariableCoercer
from counterpoint.errors import RequestErrors
from support.database_helpers import UNLIMITED_LIMITS
from support.property_profiles import scale_examples
from support.variants import sample

CONTENT_SCHEMA = build_schema().graphql

# Covers what the schema of the content does not use: required fields, defaults of fields, and one-of types.
OTHER_SCHEMA = build_schema_from_sdl(
    """
    type Query { field(a: Range, b: Choice, c: [[Int!]]): String }
    enum Color { RED GREEN }
    input Range { low: Int!, high: Int = 7, colors: [Color!]! = [RED], inner: Range, ratio: Float = 0.5 }
    input Choice @oneOf { number: Int, range: Range }
    """
)

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda values: st.lists(values, max_size=2) | st.dictionaries(st.text(max_size=5), values, max_size=2),
    max_leaves=4,
)
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "Int": st.integers(-(2**31), 2**31 - 1) | st.sampled_from([2**31, 1.0, 1.5]),
    "Float": st.floats() | st.integers(),
    "Boolean": st.booleans(),
    "Date": st.dates().map(str) | st.sampled_from(["2024-02-30", "20240101"]),
}
TEXTS = st.text(max_size=5)


def values_of(declared: GraphQLInputType, depth: int = 0) -> st.SearchStrategy[Any]:
    """Return values of a type, with a few invalid ones at every depth."""
    values: st.SearchStrategy[Any]
    match declared:
        case GraphQLNonNull():
            values = values_of(declared.of_type, depth)
        case GraphQLList():
            values = st.lists(values_of(declared.of_type, depth), max_size=3) | values_of(declared.of_type, depth)
        case GraphQLInputObjectType():
            values = st.deferred(lambda: objects_of(declared, depth + 1))
        case GraphQLEnumType():
            values = st.sampled_from([*declared.values, "NONE"])
        case GraphQLScalarType():
            values = SCALARS.get(declared.name, TEXTS)
    return st.integers(0, 15).flatmap(lambda number: {0: JSON_VALUES, 1: st.none()}.get(number, values))


def objects_of(declared: GraphQLInputObjectType, depth: int) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with some of the fields of a type, seldom with an unknown one."""
    names = st.lists(st.sampled_from([*declared.fields]), max_size=max(0, 4 - depth), unique=True)
    required = [name for name, field in declared.fields.items() if isinstance(field.type, GraphQLNonNull)]

    def objects_with(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({name: values_of(declared.fields[name].type, depth) for name in names})

    known = names.flatmap(lambda some: objects_with([*dict.fromkeys([*required, *some])]))
    return st.integers(0, 15).flatmap(lambda number: known if number else known.map(lambda value: {**value, "zz": 1}))


def declare(schema: GraphQLSchema, declaration: str) -> tuple[VariableCoercer, Any]:
    """Return the compiled coercion of one variable, and its definition."""
    (operation,) = parse(f"query ($v: {declaration}) {{ __typename }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    definitions = operation.variable_definitions or ()
    return VariableCoercer(schema, definitions), definitions


def coerce_or_none(coercer: VariableCoercer, variables: dict[str, Any]) -> VariableValues | None:
    try:
        return coercer.coerce(variables)
    except Uncoercible:
        return None


INPUT_TYPES = [
    (schema, name)
    for schema in (CONTENT_SCHEMA, OTHER_SCHEMA)
    for name, declared in schema.type_map.items()
    if is_input_type(declared)
]


@pytest.mark.parametrize(("schema", "name"), sample(INPUT_TYPES, 2), ids=[name for _, name in INPUT_TYPES])
@settings(max_examples=scale_examples(8), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_compiled_coercion_agrees_with_graphql_core(schema: GraphQLSchema, name: str, data: st.DataObject) -> None:
    wrapper = data.draw(st.sampled_from(["{}", "{}!", "[{}]", "[{}!]!", "[[{}!]]"]))
    coercer, definitions = declare(schema, wrapper.format(name))
    named: Any = schema.type_map[name]
    nestings = [
        values_of(named),
        st.lists(values_of(named), max_size=3),
        st.lists(st.lists(values_of(named), max_size=2), max_size=2),
    ]
    variables = data.draw(st.fixed_dictionaries({}, optional={"v": st.one_of(nestings), "w": JSON_VALUES}))
    expected = get_variable_values(schema, definitions, variables)
    is_one_of = getattr(named, "is_one_of", False)
    actual = coerce_or_none(coercer, variables)
    if isinstance(expected, list) or (actual is None and is_one_of):
        assert actual is None
    else:
        assert repr(actual) == repr(expected)  # because NaN and -0.0 compare otherwise
        assert actual is not None
        assert type(actual.coerced.get("v")) is type(expected.coerced.get("v"))


@pytest.mark.parametrize(
    "declaration",
    [
        "Int = 3",
        "Int! = 3",
        "Int = null",
        "[Int!] = 3",
        "Range = {low: 1, colors: GREEN}",
        "[Range!]! = [{low: 1, inner: {low: 2}}]",
        "Choice = {number: 4}",
    ],
)
@pytest.mark.parametrize("variables", [{}, {"v": None}, {"v": 5}, {"v": {"low": 3}}])
def test_default_of_a_variable_is_coerced(declaration: str, variables: dict[str, Any]) -> None:
    coercer, definitions = declare(OTHER_SCHEMA, declaration)
    expected = get_variable_values(OTHER_SCHEMA, definitions, variables)
    actual = coerce_or_none(coercer, variables)
    if isinstance(expected, list):
        assert actual is None
    else:
        assert actual is not None
        assert (actual.coerced, source_values(actual)) == (expected.coerced, source_values(expected))


def source_values(variables: VariableValues) -> dict[str, Any]:
    return {name: source.value for name, source in variables.sources.items()}


class LiteralBuilder:
    """Writes values as literals in which some parts are variables, and collects the values of these variables."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data
        self.variables = VariableValues({}, {})

    def build(self, value: Any, declared: GraphQLInputType) -> ast.ValueNode:
        """Return the literal of a value, or a variable in place of it."""
        if self._data.draw(st.integers(0, 3)) == 0:
            return self._build_variable(value, declared)
        declared = declared.of_type if isinstance(declared, GraphQLNonNull) else declared
        match value, declared:
            case list(), GraphQLList():
                return ast.ListValueNode(values=tuple(self.build(item, declared.of_type) for item in value))
            case dict(), GraphQLInputObjectType():
                return ast.ObjectValueNode(
                    fields=tuple(
                        ast.ObjectFieldNode(
                            name=ast.NameNode(value=name), value=self.build(item, declared.fields[name].type)
                        )
                        for name, item in value.items()
                    )
                )
            case str(), GraphQLEnumType():
                return ast.EnumValueNode(value=value)
            case value, GraphQLList() if value is not None:
                return self.build(value, declared.of_type)
        return parse_value(json.dumps(value, ensure_ascii=False).replace("\x7f", ""))

    def _build_variable(self, value: Any, declared: GraphQLInputType) -> ast.VariableNode:
        name = f"v{self._data.draw(st.integers(0, 99))}"
        if name not in self.variables.sources:
            self.variables.sources[name] = VariableValueSource(GraphQLVariableSignature(name, declared, None))
            kind = self._data.draw(st.sampled_from(["value", "value", "null", "missing"]))
            if kind == "value":
                self.variables.coerced[name] = coerce_input_value(value, declared)
            elif kind == "null":
                self.variables.coerced[name] = None
        return ast.VariableNode(name=ast.NameNode(value=name))


@pytest.mark.parametrize(("schema", "name"), sample(INPUT_TYPES, 2), ids=[name for _, name in INPUT_TYPES])
@settings(max_examples=scale_examples(8), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_compiled_literal_agrees_with_graphql_core(schema: GraphQLSchema, name: str, data: st.DataObject) -> None:
    named: Any = schema.type_map[name]
    wrapped = [named, GraphQLNonNull(named), GraphQLList(named), GraphQLList(GraphQLNonNull(named))]
    declared = data.draw(st.sampled_from(wrapped))
    value = data.draw(values_of(declared))
    assume(coerce_input_value(value, declared) is not Undefined)
    builder = LiteralBuilder(data)
    node = builder.build(value, declared)
    expected = coerce_input_literal(node, declared, builder.variables)
    coerce = compile_literal(node, declared)
    assert repr(coerce(builder.variables)) == repr(expected)
    assert repr(coerce(builder.variables)) == repr(expected)  # because a constant part is shared between requests


@pytest.mark.parametrize(
    ("name", "literal"),
    [
        ("Range", "{low: 1, high: $v}"),
        ("Range", "{low: $v}"),
        ("Range", "{low: 1, inner: {low: $v, high: $v}}"),
        ("Choice", "{number: $v}"),
    ],
)
@pytest.mark.parametrize("coerced", [{}, {"v": None}, {"v": 5}])
def test_omitted_variable_of_a_literal_leaves_its_field_to_the_default(
    name: str, literal: str, coerced: dict[str, Any]
) -> None:
    declared: Any = OTHER_SCHEMA.type_map[name]
    node, variables = parse_value(literal), VariableValues({}, coerced)
    assert compile_literal(node, declared)(variables) == coerce_input_literal(node, declared, variables)


DEEP_DOCUMENT = "query ($where: MeasureFilter) { measures(where: $where) { totalCount } }"


def nested_filter(depth: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(depth):
        value = {"not": value}
    return value


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 150])
def test_deep_values_are_coerced_by_graphql_core(depth: int) -> None:
    operation = parse_document(CONTENT_SCHEMA, DEEP_DOCUMENT, UNLIMITED_LIMITS).select_operation(None)
    variables = {"where": nested_filter(depth)}
    assert coerce_variables(operation, variables, UNLIMITED_LIMITS).coerced == variables


def test_value_that_nests_too_deeply_is_a_mistake_of_the_client() -> None:
    operation = parse_document(CONTENT_SCHEMA, DEEP_DOCUMENT, UNLIMITED_LIMITS).select_operation(None)
    with pytest.raises(RequestErrors, match="nested too deeply"):
        coerce_variables(operation, {"where": nested_filter(500)}, UNLIMITED_LIMITS)
