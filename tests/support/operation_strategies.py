"""Hypothesis strategies for operations that the schema allows, with variables, fragments and directives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
)
from hypothesis import strategies as st

from support.argument_strategies import ABSENT, ArgumentGenerator, KnownValues, VariableReference, format_literal
from support.selections import CONNECTION_FIELDS, QUERY_TYPE, SERVED_SCHEMA

EXCLUDED_FIELDS = {"search"}
"""Fields of the query that other tests cover."""


@dataclass(frozen=True)
class Operation:
    """A document, and several sets of values for its variables."""

    document: str
    variables: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Variable:
    """The declared type of a variable, and a function that chooses its value from those of earlier variables."""

    declared: str
    choose: Callable[[Mapping[str, Any]], Any]


@st.composite
def operations(draw: st.DrawFn, values: KnownValues, *, depth: int = 4) -> Operation:
    """Draw an operation of at most this depth, fragments not counted."""
    draft = _new_builder(draw, values)
    return draft.operation(draft.draw_selections(QUERY_TYPE, depth))


@st.composite
def connection_operations(draw: st.DrawFn, values: KnownValues) -> Operation:
    """Draw an operation that selects every connection with drawn arguments."""
    draft = _new_builder(draw, values)
    return draft.operation(" ".join(draft.connection(name, field) for name, field in CONNECTION_FIELDS.items()))


def _new_builder(draw: st.DrawFn, values: KnownValues) -> _OperationBuilder:
    # Hypothesis draws only a seed, because it limits the number of choices, and an operation takes more.
    random = Random(draw(st.integers(0, 2**32)))
    return _OperationBuilder(random, values, ArgumentGenerator(random, values))


@dataclass
class _OperationBuilder:
    """Builds a document. Response keys are unique where arguments or types could make them ambiguous."""

    random: Random
    values: KnownValues
    generator: ArgumentGenerator
    remaining_objects: int = 60
    """The number of selections with subselections that may still be drawn."""
    variables: dict[str, Variable] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, GraphQLNamedType] = field(default_factory=dict)
    """The type condition of each fragment."""

    def operation(self, selected: str) -> Operation:
        """Build the operation from its selections."""
        declared = ", ".join(f"${name}: {item.declared}" for name, item in self.variables.items())
        head = f"query Q({declared})" if declared else "query Q"
        document = "\n".join([f"{head} {{ {selected} }}", *self.fragments.values()])
        return Operation(document, tuple(self.draw_variables() for _ in range(2)))

    def draw_variables(self) -> dict[str, Any]:
        """Choose values for all variables. Some that may be omitted are."""
        drawn_values: dict[str, Any] = {}
        for name, variable in self.variables.items():
            value = variable.choose(drawn_values)
            if value is not ABSENT:
                drawn_values[name] = value
        return drawn_values

    def draw_selections(self, graphql_type: GraphQLNamedType, depth: int) -> str:
        """Draw one to four selections on a type."""
        members = [self._draw_selection(graphql_type, depth) for _ in range(self.random.randint(1, 4))]
        return " ".join(members)

    def connection(self, name: str, graphql_field: GraphQLField) -> str:
        """Draw a connection with all its fields."""
        connection = get_named_type(graphql_field.type)
        assert isinstance(connection, GraphQLObjectType)
        info = "{ hasNextPage hasPreviousPage startCursor endCursor }"
        members = [f"edges {{ cursor node {{ id }} }} totalCount pageInfo {info}"]
        if "counts" in connection.fields:
            by = get_named_type(connection.fields["counts"].args["by"].type)
            assert isinstance(by, GraphQLEnumType)
            members += (f"{key}: counts(by: {key}) {{ key label total }}" for key in by.values)
        arguments = self._format_arguments(self._connection_arguments(graphql_field, connection))
        return f"{name}{arguments} {{ {' '.join(members)} }}"

    @staticmethod
    def _format_arguments(arguments: Mapping[str, str]) -> str:
        return f"({', '.join(f'{key}: {value}' for key, value in arguments.items())})" if arguments else ""

    def _draw_selection(self, graphql_type: GraphQLNamedType, depth: int) -> str:
        self.remaining_objects -= 1
        if self.remaining_objects > 0 and self._chance(0.3):
            return self._draw_fragment(graphql_type, depth)
        depth = depth if self.remaining_objects > 0 else 0
        fields = getattr(graphql_type, "fields", {})
        within = [
            name
            for name, item in fields.items()
            if name not in EXCLUDED_FIELDS and (depth > 0 or is_leaf_type(get_named_type(item.type)))
        ]
        if not within or self._chance(0.1):
            return f"__typename{self._draw_directives()}"
        name = self.random.choice(within)
        return self._draw_field(name, fields[name], depth)

    def _draw_field(self, name: str, graphql_field: GraphQLField, depth: int) -> str:
        inner = get_named_type(graphql_field.type)
        arguments = (
            self._connection_arguments(graphql_field, inner)
            if "orderBy" in graphql_field.args
            else self._draw_arguments(graphql_field.args)
        )
        # Fields with arguments get an alias, because one key must not have two sets of arguments. So does `kind`,
        # because its type differs between blocks.
        alias = f"{self._new_name()}: " if graphql_field.args or name == "kind" or self._chance(0.2) else ""
        below = "" if is_leaf_type(inner) else f" {{ {self.draw_selections(inner, depth - 1)} }}"
        return f"{alias}{name}{self._format_arguments(arguments)}{self._draw_directives()}{below}"

    def _draw_fragment(self, graphql_type: GraphQLNamedType, depth: int) -> str:
        fitting = [name for name, condition in self.conditions.items() if condition in _overlapping_types(graphql_type)]
        if fitting and self._chance(0.3):
            return f"...{self.random.choice(fitting)}{self._draw_directives()}"
        condition = self.random.choice(_overlapping_types(graphql_type))
        if self._chance(0.3):
            name = self._new_name("F")
            selected = self.draw_selections(condition, depth)
            self.conditions[name] = condition
            self.fragments[name] = f"fragment {name} on {condition.name} {{ {selected} }}"
            return f"...{name}{self._draw_directives()}"
        if condition is graphql_type and self._chance(0.5):
            return f"...{self._draw_directives()} {{ {self.draw_selections(graphql_type, depth)} }}"
        return f"... on {condition.name}{self._draw_directives()} {{ {self.draw_selections(condition, depth)} }}"

    def _draw_arguments(self, arguments: Mapping[str, GraphQLArgument]) -> dict[str, str]:
        """Draw the arguments of a field, without those that are omitted."""
        literals = {key: self._draw_argument(key, argument) for key, argument in arguments.items()}
        return {key: literal for key, literal in literals.items() if literal is not None}

    def _draw_argument(self, name: str, argument: GraphQLArgument) -> str | None:
        if self._chance(0.5):
            return self._declare_reference(argument.type, name).text
        value = self.generator.draw_optional(argument.type, name, self._maybe_declare_reference)
        return None if value is ABSENT else format_literal(value, argument.type)

    def _connection_arguments(self, graphql_field: GraphQLField, inner: GraphQLNamedType) -> dict[str, str]:
        """Draw the arguments of a connection. Its cursors belong to the order that is drawn."""
        declared = get_named_type(graphql_field.args["orderBy"].type)
        assert isinstance(declared, GraphQLEnumType)
        arguments = {}
        order, variable = next(iter(declared.values)), ""
        if self._chance(0.3):
            order = arguments["orderBy"] = self.random.choice(list(declared.values))
        elif self._chance(0.3):
            variable = self._declare_variable(declared.name, lambda _: self.random.choice([*declared.values, ABSENT]))
            arguments["orderBy"] = f"${variable}"
        cursors = self.values.cursors.get(inner.name.removesuffix("Connection"), {})

        def cursor(drawn_values: Mapping[str, Any]) -> str | None:
            return self.random.choice([*cursors.get(drawn_values.get(variable, order), ()), None])

        for key in ("after", "before"):
            if self._chance(0.3):
                arguments[key] = f"${self._declare_variable('String', cursor)}"
        size = self.random.choice(["first", "last", None])
        if size:
            arguments |= self._draw_arguments({size: graphql_field.args[size]})
        return arguments | self._draw_arguments({"where": graphql_field.args["where"]})

    def _declare_reference(self, declared: GraphQLInputType, name: str) -> VariableReference:
        """Declare a variable to use in place of a value."""
        return VariableReference(
            self._declare_variable(str(declared), lambda _: self.generator.draw_optional(declared, name))
        )

    def _maybe_declare_reference(self, declared: GraphQLInputType, name: str) -> VariableReference | None:
        return self._declare_reference(declared, name) if self._chance(0.15) else None

    def _declare_variable(self, declared: str, choose: Callable[[Mapping[str, Any]], Any]) -> str:
        name = self._new_name("v")
        self.variables[name] = Variable(declared, choose)
        return name

    def _draw_directives(self) -> str:
        directives = ""
        for directive in ("skip", "include"):
            if self._chance(0.1):
                condition = self.random.choice(["true", "false"])
                if self._chance(0.7):
                    name = self._declare_variable("Boolean!", lambda _: self._chance(0.5))
                    condition = f"${name}"
                directives += f" @{directive}(if: {condition})"
        return directives

    def _new_name(self, letter: str = "k") -> str:
        self._count = getattr(self, "_count", 0) + 1
        return f"{letter}{self._count}"

    def _chance(self, chance: float) -> bool:
        return self.random.random() < chance


def _overlapping_types(graphql_type: GraphQLNamedType) -> list[GraphQLNamedType]:
    """Return the types that an object of this type may have, or that may contain it."""
    if isinstance(graphql_type, GraphQLObjectType):
        return [
            graphql_type,
            *graphql_type.interfaces,
            *(item for item in _union_types() if graphql_type in item.types),
        ]
    assert isinstance(graphql_type, GraphQLInterfaceType | GraphQLUnionType)
    implementing = (
        SERVED_SCHEMA.get_implementations(graphql_type).interfaces
        if isinstance(graphql_type, GraphQLInterfaceType)
        else []
    )
    return [graphql_type, *implementing, *SERVED_SCHEMA.get_possible_types(graphql_type)]


def _union_types() -> list[GraphQLUnionType]:
    return [
        graphql_type for graphql_type in SERVED_SCHEMA.type_map.values() if isinstance(graphql_type, GraphQLUnionType)
    ]
