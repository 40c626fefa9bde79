"""Values for arguments: values from the content, similar ones, and edge cases."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_non_null_type,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    ChooseVariable = Callable[[GraphQLInputType, str], "VariableReference | None"]
    """Returns a variable to use in place of a value, or None."""

ABSENT: Any = object()
"""The value of an omitted argument or variable."""

PAGE_SIZES = (0, 1, 2, 3, 5, 100)
DATES = ("0001-01-01", "2019-07-15", "2019-07-16", "2019-07-17", "9999-12-31")
AUTHORS = ("A. Writer", "a. writer ", "B. Writer", "C. Writer")
LANGUAGES = ("en", "EN", "pt-br", "\uff50\uff54-BR", "pt", "", "de")
STRAY_TEXTS = ("", " ", "%", "_", "a%", "'", '"', "\\", "*", "\0", "x" * 300, "\U0010ffff", "\ud7ff", "null")
UNSTORABLE_TEXTS = ("\ud800", "a\udfff")
"""Texts that a variable can contain and a document cannot."""


@dataclass(frozen=True)
class KnownValues:
    """Values from the content: slugs, ids, texts, authors, and cursors by type and order."""

    slugs: Sequence[str]
    ids: Sequence[str]
    texts: Sequence[str]
    authors: Sequence[str]
    cursors: Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class VariableReference:
    """A variable in place of a value."""

    name: str

    @property
    def text(self) -> str:
        """The GraphQL syntax of the variable."""
        return f"${self.name}"


class ArgumentGenerator:
    """Draws values for input types. The strings depend on the name of the argument or key."""

    def __init__(self, random: Random, values: KnownValues) -> None:
        self._random = random
        self._values = values

    def draw_optional(self, declared: GraphQLInputType, name: str, refer: ChooseVariable | None = None) -> Any:
        """Draw a value, or sometimes null or ABSENT if the type allows null."""
        if not is_non_null_type(declared) and self._chance(0.4):
            return self._random.choice([None, ABSENT])
        return self._draw_value(declared, name, refer, depth=3)

    def draw_object(self, declared: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        """Draw an input object that nests at most so deep, for a variable."""
        return self._draw_object(declared, None, depth)

    def _draw_value(self, declared: GraphQLInputType, name: str, refer: ChooseVariable | None, depth: int) -> Any:
        """Draw a value that is not null. `refer` is None if the value is for a variable."""
        match declared:
            case GraphQLNonNull():
                return self._draw_value(declared.of_type, name, refer, depth)
            case GraphQLList():
                if self._chance(0.1):
                    return self._draw_value(declared.of_type, name, refer, depth)
                indices = range(self._random.choice([0, 1, 1, 2, 2, 3, 6]) if depth > 0 else 1)
                return [self._draw_nested(declared.of_type, name, refer, depth) for _ in indices]
            case GraphQLInputObjectType():
                return self._draw_object(declared, refer, depth - 1)
            case GraphQLEnumType():
                return self._random.choice(list(declared.values))
        return self._draw_scalar(get_named_type(declared).name, name, in_document=refer is not None)

    def _draw_nested(self, declared: GraphQLInputType, name: str, refer: ChooseVariable | None, depth: int) -> Any:
        """Draw a value within a list or an input object."""
        if refer and (reference := refer(declared, name)):
            return reference
        if not is_non_null_type(declared) and self._chance(0.1):
            return None
        return self._draw_value(declared, name, refer, depth)

    def _draw_object(
        self, declared: GraphQLInputObjectType, refer: ChooseVariable | None, depth: int
    ) -> dict[str, Any]:
        fields = declared.fields
        leaves = [key for key, item in fields.items() if get_named_type(item.type).name in LEAF_TYPES]
        keys = list(fields) if depth > 0 else leaves
        selected_keys = self._random.sample(keys, min(len(keys), self._random.choice([0, 1, 1, 1, 2, 2, 3])))
        return {key: self._draw_nested(fields[key].type, key, refer, depth) for key in selected_keys}

    def _draw_scalar(self, type_: str, name: str, *, in_document: bool) -> Any:
        unstorable = () if in_document else UNSTORABLE_TEXTS
        choices: Sequence[Any]
        match type_, name:
            case "Boolean", _:
                choices = (True, False)
            case "Int", _:
                choices = PAGE_SIZES
            case "Date", _:
                choices = DATES
            case "ID", _:
                choices = [*self._values.ids, "", "Party", "Party:", "Nothing:a", "Query:a", "a", "Table:1"]
                choices += ["Party:\0", *unstorable, "Article:\ud800", "Party:" + "a" * 5_000] if unstorable else []
            case _, "slug":
                choices = [*self._values.slugs, "", "nothing", "\0", *unstorable]
            case _, "authors":
                choices = [*AUTHORS, *self._values.authors, "", "\0", *unstorable]
            case _, "language":
                choices = [*LANGUAGES, "\0", *unstorable]
            case _:
                return self._draw_text([*STRAY_TEXTS, *unstorable])
        return self._random.choice(choices)

    def _draw_text(self, strays: Sequence[str]) -> str:
        """Draw a text from the content, its beginning, a similar text, or an edge case."""
        if not self._values.texts or self._chance(0.2):
            return self._random.choice(strays)
        text = self._random.choice(self._values.texts)
        part = text[: self._random.randint(0, len(text))]
        alike = [text.upper(), text.swapcase(), f" {text.replace(' ', '  ')}\n"]
        return self._random.choice([text, text, *alike, part, text[:1], f"{part}%", f"{text} more", text[1:]])

    def _chance(self, chance: float) -> bool:
        return self._random.random() < chance


LEAF_TYPES = ("String", "TextFilter", "DateFilter", "PointKind", "Date")
"""The types of the filter keys that do not reach through a relation."""


def format_literal(value: Any, declared: GraphQLInputType) -> str:
    """Return the GraphQL syntax of a value."""
    if isinstance(value, VariableReference):
        return value.text
    if isinstance(declared, GraphQLNonNull):
        return format_literal(value, declared.of_type)
    match value:
        case list():
            assert isinstance(declared, GraphQLList)
            return f"[{', '.join(format_literal(item, declared.of_type) for item in value)}]"
        case dict():
            fields = get_named_type(declared)
            assert isinstance(fields, GraphQLInputObjectType)
            members = (f"{key}: {format_literal(item, fields.fields[key].type)}" for key, item in value.items())
            return f"{{{', '.join(members)}}}"
        case str() if isinstance(get_named_type(declared), GraphQLEnumType):
            return value
    return json.dumps(value, ensure_ascii=False)
