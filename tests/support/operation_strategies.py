"""Operations to try: any that the served schema allows, with variables, fragments and directives."""

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
"""GroupedFields of the query with tests of their own."""


@dataclass(frozen=True)
class Operation:
    """A document, and several sets of values for its variables."""

    document: str
    variables: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Variable:
    """A variable: its type as declared, and how to choose its value, given those of the variables before it."""

    declared: str
    choose: Callable[[Mapping[str, Any]], Any]


@st.composite
def operations(draw: st.DrawFn, known: KnownValues, *, depth: int = 4) -> Operation:
    """Draw an operation that selects so many levels, fragments not counted."""
    draft = _new_builder(draw, known)
    return draft.operation(draft.selection(QUERY_TYPE, depth))


@st.composite
def connection_operations(draw: st.DrawFn, known: KnownValues) -> Operation:
    """Draw an operation that asks for a page of every list, each with arguments of its own."""
    draft = _new_builder(draw, known)
    return draft.operation(" ".join(draft.page(name, field) for name, field in CONNECTION_FIELDS.items()))


def _new_builder(draw: st.DrawFn, known: KnownValues) -> _OperationBuilder:
    # An operation takes more choices than Hypothesis has room for: it chooses where to begin.
    random = Random(draw(st.integers(0, 2**32)))
    return _OperationBuilder(random, known, ArgumentGenerator(random, known))


@dataclass
class _OperationBuilder:
    """A document in the making. Keys that arguments or types could make ambiguous are made unique."""

    random: Random
    known: KnownValues
    draw: ArgumentGenerator
    room: int = 60
    """How many more members may be selected that hold others."""
    variables: dict[str, Variable] = field(default_factory=dict)
    fragments: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, GraphQLNamedType] = field(default_factory=dict)
    """By fragment: the type that it is on."""

    def operation(self, selected: str) -> Operation:
        """Finish the document."""
        declared = ", ".join(f"${name}: {each.declared}" for name, each in self.variables.items())
        head = f"query Q({declared})" if declared else "query Q"
        document = "\n".join([f"{head} {{ {selected} }}", *self.fragments.values()])
        return Operation(document, tuple(self.values() for _ in range(2)))

    def values(self) -> dict[str, Any]:
        """Choose values for all variables, some left out where they may be."""
        chosen: dict[str, Any] = {}
        for name, variable in self.variables.items():
            value = variable.choose(chosen)
            if value is not ABSENT:
                chosen[name] = value
        return chosen

    def selection(self, named: GraphQLNamedType, depth: int) -> str:
        """Select something on a type."""
        members = [self._member(named, depth) for _ in range(self.random.randint(1, 4))]
        return " ".join(members)

    def page(self, name: str, asked: GraphQLField) -> str:
        """Select all that a page tells."""
        connection = get_named_type(asked.type)
        assert isinstance(connection, GraphQLObjectType)
        info = "{ hasNextPage hasPreviousPage startCursor endCursor }"
        members = [f"edges {{ cursor node {{ id }} }} totalCount pageInfo {info}"]
        if "counts" in connection.fields:
            by = get_named_type(connection.fields["counts"].args["by"].type)
            assert isinstance(by, GraphQLEnumType)
            members += (f"{key}: counts(by: {key}) {{ key label total }}" for key in by.values)
        return f"{name}{self._parenthesised(self._page(asked, connection))} {{ {' '.join(members)} }}"

    @staticmethod
    def _parenthesised(arguments: Mapping[str, str]) -> str:
        return f"({', '.join(f'{key}: {given}' for key, given in arguments.items())})" if arguments else ""

    def _member(self, named: GraphQLNamedType, depth: int) -> str:
        self.room -= 1
        if self.room > 0 and self._happens(0.3):
            return self._fragment(named, depth)
        depth = depth if self.room > 0 else 0
        fields = getattr(named, "fields", {})
        within = [
            name
            for name, each in fields.items()
            if name not in EXCLUDED_FIELDS and (depth > 0 or is_leaf_type(get_named_type(each.type)))
        ]
        if not within or self._happens(0.1):
            return f"__typename{self._directives()}"
        name = self.random.choice(within)
        return self._field(name, fields[name], depth)

    def _field(self, name: str, asked: GraphQLField, depth: int) -> str:
        inner = get_named_type(asked.type)
        written = self._page(asked, inner) if "orderBy" in asked.args else self._arguments(asked.args)
        # One key must stand for one field with the same arguments.
        alias = f"{self._fresh()}: " if asked.args or self._happens(0.2) else ""
        below = "" if is_leaf_type(inner) else f" {{ {self.selection(inner, depth - 1)} }}"
        return f"{alias}{name}{self._parenthesised(written)}{self._directives()}{below}"

    def _fragment(self, named: GraphQLNamedType, depth: int) -> str:
        fitting = [name for name, condition in self.conditions.items() if condition in _overlapping_types(named)]
        if fitting and self._happens(0.3):
            return f"...{self.random.choice(fitting)}{self._directives()}"
        condition = self.random.choice(_overlapping_types(named))
        if self._happens(0.3):
            name = self._fresh("F")
            selected = self.selection(condition, depth)
            self.conditions[name] = condition
            self.fragments[name] = f"fragment {name} on {condition.name} {{ {selected} }}"
            return f"...{name}{self._directives()}"
        if condition is named and self._happens(0.5):
            return f"...{self._directives()} {{ {self.selection(named, depth)} }}"
        return f"... on {condition.name}{self._directives()} {{ {self.selection(condition, depth)} }}"

    def _arguments(self, arguments: Mapping[str, GraphQLArgument]) -> dict[str, str]:
        """Write what arguments are given, those that are."""
        written = {key: self._argument(key, argument) for key, argument in arguments.items()}
        return {key: given for key, given in written.items() if given is not None}

    def _argument(self, name: str, argument: GraphQLArgument) -> str | None:
        if self._happens(0.5):
            return self._refer(argument.type, name).written
        value = self.draw.optional(argument.type, name, self._sometimes_refer)
        return None if value is ABSENT else format_literal(value, argument.type)

    def _page(self, asked: GraphQLField, inner: GraphQLNamedType) -> dict[str, str]:
        """Write the arguments of a connection: its cursors are of the order that is asked for."""
        declared = get_named_type(asked.args["orderBy"].type)
        assert isinstance(declared, GraphQLEnumType)
        written = {}
        order, variable = next(iter(declared.values)), ""
        if self._happens(0.3):
            order = written["orderBy"] = self.random.choice(list(declared.values))
        elif self._happens(0.3):
            variable = self._declare(declared.name, lambda _: self.random.choice([*declared.values, ABSENT]))
            written["orderBy"] = f"${variable}"
        cursors = self.known.cursors.get(inner.name.removesuffix("Connection"), {})

        def cursor(chosen: Mapping[str, Any]) -> str | None:
            return self.random.choice([*cursors.get(chosen.get(variable, order), ()), None])

        for key in ("after", "before"):
            if self._happens(0.3):
                written[key] = f"${self._declare('String', cursor)}"
        size = self.random.choice(["first", "last", None])
        if size:
            written |= self._arguments({size: asked.args[size]})
        return written | self._arguments({"where": asked.args["where"]})

    def _refer(self, declared: GraphQLInputType, name: str) -> VariableReference:
        """Stand a variable in for a value."""
        return VariableReference(self._declare(str(declared), lambda _: self.draw.optional(declared, name)))

    def _sometimes_refer(self, declared: GraphQLInputType, name: str) -> VariableReference | None:
        return self._refer(declared, name) if self._happens(0.15) else None

    def _declare(self, declared: str, choose: Callable[[Mapping[str, Any]], Any]) -> str:
        name = self._fresh("v")
        self.variables[name] = Variable(declared, choose)
        return name

    def _directives(self) -> str:
        written = ""
        for directive in ("skip", "include"):
            if self._happens(0.1):
                condition = self.random.choice(["true", "false"])
                if self._happens(0.7):
                    name = self._declare("Boolean!", lambda _: self._happens(0.5))
                    condition = f"${name}"
                written += f" @{directive}(if: {condition})"
        return written

    def _fresh(self, letter: str = "k") -> str:
        self._count = getattr(self, "_count", 0) + 1
        return f"{letter}{self._count}"

    def _happens(self, chance: float) -> bool:
        return self.random.random() < chance


def _overlapping_types(named: GraphQLNamedType) -> list[GraphQLNamedType]:
    """Give the types that something on this type may turn out to be."""
    if isinstance(named, GraphQLObjectType):
        return [named, *named.interfaces, *(each for each in _unions() if named in each.types)]
    assert isinstance(named, GraphQLInterfaceType | GraphQLUnionType)
    implementing = (
        SERVED_SCHEMA.get_implementations(named).interfaces if isinstance(named, GraphQLInterfaceType) else []
    )
    return [named, *implementing, *SERVED_SCHEMA.get_possible_types(named)]


def _unions() -> list[GraphQLUnionType]:
    return [named for named in SERVED_SCHEMA.type_map.values() if isinstance(named, GraphQLUnionType)]
