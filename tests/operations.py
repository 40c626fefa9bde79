"""Operations to try: any that the served schema allows, with variables, fragments and directives."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_required_argument,
)
from hypothesis import strategies as st

from selections import QUERY, SERVED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ABSENT = object()
"""The value of an argument or a variable that is not given."""


@dataclass(frozen=True)
class Known:
    """What there is to ask for: slugs, ids, and cursors by the name of the type that they are of."""

    slugs: Sequence[str]
    ids: Sequence[str]
    cursors: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Operation:
    """A document, and several sets of values for its variables."""

    document: str
    variables: tuple[dict[str, Any], ...]


@st.composite
def operations(draw: st.DrawFn, known: Known, *, depth: int = 4) -> Operation:
    """Draw an operation that selects so many levels, fragments not counted."""
    # An operation takes more choices than Hypothesis has room for: it chooses where to begin.
    draft = _Draft(Random(draw(st.integers(0, 2**32))), known)
    selected = draft.selection(QUERY, depth)
    declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in draft.variables.items())
    head = f"query Q({declared})" if declared else "query Q"
    document = "\n".join([f"{head} {{ {selected} }}", *draft.fragments.values()])
    return Operation(document, tuple(draft.values() for _ in range(3)))


@dataclass
class _Draft:
    """A document in the making. Keys that arguments or types could make ambiguous are made unique."""

    random: Random
    known: Known
    room: int = 60
    """How many more members may be selected that hold others."""
    variables: dict[str, tuple[str, GraphQLArgument]] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    """By variable: the type whose cursors it takes."""
    fragments: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, GraphQLNamedType] = field(default_factory=dict)
    """By fragment: the type that it is on."""

    def values(self) -> dict[str, Any]:
        """Choose values for all variables, some left out where they may be."""
        chosen = {
            name: self._value(argument, self.items.get(name, "")) for name, (_, argument) in self.variables.items()
        }
        return {name: value for name, value in chosen.items() if value is not ABSENT}

    def selection(self, named: GraphQLNamedType, depth: int) -> str:
        """Select something on a type."""
        members = [self._member(named, depth) for _ in range(self.random.randint(1, 4))]
        return " ".join(members)

    def _member(self, named: GraphQLNamedType, depth: int) -> str:
        self.room -= 1
        if self.room > 0 and self._happens(0.3):
            return self._fragment(named, depth)
        depth = depth if self.room > 0 else 0
        fields = getattr(named, "fields", {})
        within = [name for name, each in fields.items() if depth > 0 or is_leaf_type(get_named_type(each.type))]
        if not within or self._happens(0.1):
            return f"__typename{self._directives()}"
        name = self.random.choice(within)
        return self._field(name, fields[name], depth)

    def _field(self, name: str, asked: GraphQLField, depth: int) -> str:
        inner = get_named_type(asked.type)
        arguments = ", ".join(
            f"{key}: {given}"
            for key, argument in asked.args.items()
            if (given := self._argument(argument, inner)) is not None
        )
        # One key must stand for one field with the same arguments.
        alias = f"{self._fresh()}: " if asked.args or self._happens(0.2) else ""
        below = "" if is_leaf_type(inner) else f" {{ {self.selection(inner, depth - 1)} }}"
        return f"{alias}{name}{f'({arguments})' if arguments else ''}{self._directives()}{below}"

    def _fragment(self, named: GraphQLNamedType, depth: int) -> str:
        fitting = [name for name, condition in self.conditions.items() if condition in _overlapping(named)]
        if fitting and self._happens(0.3):
            return f"...{self.random.choice(fitting)}{self._directives()}"
        condition = self.random.choice(_overlapping(named))
        if self._happens(0.3):
            name = self._fresh("F")
            selected = self.selection(condition, depth)
            self.conditions[name] = condition
            self.fragments[name] = f"fragment {name} on {condition.name} {{ {selected} }}"
            return f"...{name}{self._directives()}"
        if condition is named and self._happens(0.5):
            return f"...{self._directives()} {{ {self.selection(named, depth)} }}"
        return f"... on {condition.name}{self._directives()} {{ {self.selection(condition, depth)} }}"

    def _argument(self, argument: GraphQLArgument, inner: GraphQLNamedType) -> str | None:
        """Write what an argument is given; None if it is left out."""
        item = inner.name.removesuffix("Connection")
        if self._happens(0.5):
            name = self._fresh("v")
            self.variables[name] = (str(argument.type), argument)
            self.items[name] = item
            return f"${name}"
        value = self._value(argument, item, storable=True)
        if value is ABSENT:
            return None
        text = json.dumps(value, ensure_ascii=False)
        return text.strip('"') if isinstance(get_named_type(argument.type), GraphQLEnumType) else text

    def _value(self, argument: GraphQLArgument, item: str, *, storable: bool = False) -> Any:
        if not is_required_argument(argument) and self._happens(0.4):
            return None if not is_non_null_type(argument.type) and self._happens(0.5) else ABSENT
        named = get_named_type(argument.type)
        name = named.name
        if isinstance(named, GraphQLEnumType):
            return self.random.choice(list(named.values))
        if name == "Boolean":
            return self._happens(0.5)
        if name == "Int":
            return self.random.choice([0, 1, 2, 3, 100])
        if name == "ID":
            ids = [*self.known.ids, "", "Party", "Party:", "Nothing:a", "Query:a", "a", "Table:1"]
            ids += [] if storable else ["Party:\0", "Article:\ud800", "Party:" + "a" * 5_000]
            some = [self.random.choice(ids) for _ in range(self.random.randint(0, 6))]
            return some if is_list_type(argument.type.of_type) else self.random.choice(ids)  # type: ignore[union-attr]
        if cursors := self.known.cursors.get(item):
            return self.random.choice(cursors)
        if is_required_argument(argument):
            return self.random.choice([*self.known.slugs, "", "nothing", *([] if storable else ["\0", "\udfff"])])
        return None

    def _directives(self) -> str:
        written = ""
        for directive in ("skip", "include"):
            if self._happens(0.1):
                condition = self.random.choice(["true", "false"])
                if self._happens(0.7):
                    name = self._fresh("v")
                    argument = SERVED.get_directive(directive).args["if"]  # type: ignore[union-attr]
                    self.variables[name] = ("Boolean!", argument)
                    condition = f"${name}"
                written += f" @{directive}(if: {condition})"
        return written

    def _fresh(self, letter: str = "k") -> str:
        self._count = getattr(self, "_count", 0) + 1
        return f"{letter}{self._count}"

    def _happens(self, chance: float) -> bool:
        return self.random.random() < chance


def _overlapping(named: GraphQLNamedType) -> list[GraphQLNamedType]:
    """Give the types that something on this type may turn out to be."""
    if isinstance(named, GraphQLObjectType):
        return [named, *named.interfaces, *(each for each in _unions() if named in each.types)]
    assert isinstance(named, GraphQLInterfaceType | GraphQLUnionType)
    implementing = SERVED.get_implementations(named).interfaces if isinstance(named, GraphQLInterfaceType) else []
    return [named, *implementing, *SERVED.get_possible_types(named)]


def _unions() -> list[GraphQLUnionType]:
    return [named for named in SERVED.type_map.values() if isinstance(named, GraphQLUnionType)]
