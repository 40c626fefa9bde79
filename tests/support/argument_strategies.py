"""Values to give to arguments: such as there are, such as are nearly so, and nasty ones."""

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
    """Stands a variable in for a value, if it likes to."""

ABSENT: Any = object()
"""The value of an argument or a variable that is not given."""

PAGE_SIZES = (0, 1, 2, 3, 5, 100)
DATES = ("0001-01-01", "2019-07-15", "2019-07-16", "2019-07-17", "9999-12-31")
LANGUAGES = ("en", "EN", "pt-br", "\uff50\uff54-BR", "pt", "", "de")
STRAY_TEXTS = ("", " ", "%", "_", "a%", "'", '"', "\\", "*", "\0", "x" * 300, "\U0010ffff", "\ud7ff", "null")
UNSTORABLE_TEXTS = ("\ud800", "a\udfff")
"""What no document can hold, though a variable can."""


@dataclass(frozen=True)
class KnownValues:
    """What there is to ask for: slugs, ids, texts, and cursors by the type that they are of and the order."""

    slugs: Sequence[str]
    ids: Sequence[str]
    texts: Sequence[str]
    cursors: Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class VariableReference:
    """A variable that stands for a value."""

    name: str

    @property
    def written(self) -> str:
        """The variable as a document has it."""
        return f"${self.name}"


class ArgumentGenerator:
    """Draws values for input types; what strings are drawn depends on the name of the argument or key."""

    def __init__(self, random: Random, known: KnownValues) -> None:
        self._random = random
        self._known = known

    def optional(self, declared: GraphQLInputType, name: str, refer: ChooseVariable | None = None) -> Any:
        """Draw a value for a variable or an argument, sometimes null or none at all where that may be."""
        if not is_non_null_type(declared) and self._happens(0.4):
            return self._random.choice([None, ABSENT])
        return self._given(declared, name, refer, depth=3)

    def _given(self, declared: GraphQLInputType, name: str, refer: ChooseVariable | None, depth: int) -> Any:
        """Draw a value that is not null; `refer` also says that a document is to hold it."""
        match declared:
            case GraphQLNonNull():
                return self._given(declared.of_type, name, refer, depth)
            case GraphQLList():
                if self._happens(0.1):
                    return self._given(declared.of_type, name, refer, depth)
                some = range(self._random.choice([0, 1, 1, 2, 2, 3, 6]) if depth > 0 else 1)
                return [self._within(declared.of_type, name, refer, depth) for _ in some]
            case GraphQLInputObjectType():
                return self._object(declared, refer, depth - 1)
            case GraphQLEnumType():
                return self._random.choice(list(declared.values))
        return self._scalar(get_named_type(declared).name, name, in_document=refer is not None)

    def _within(self, declared: GraphQLInputType, name: str, refer: ChooseVariable | None, depth: int) -> Any:
        """Draw a value that stands within another."""
        if refer and (reference := refer(declared, name)):
            return reference
        if not is_non_null_type(declared) and self._happens(0.05):
            return None
        return self._given(declared, name, refer, depth)

    def _object(self, declared: GraphQLInputObjectType, refer: ChooseVariable | None, depth: int) -> dict[str, Any]:
        fields = declared.fields
        leaves = [key for key, each in fields.items() if get_named_type(each.type).name in LEAF_TYPES]
        keys = list(fields) if depth > 0 else leaves
        chosen = self._random.sample(keys, min(len(keys), self._random.choice([0, 1, 1, 1, 2, 2, 3])))
        return {key: self._within(fields[key].type, key, refer, depth) for key in chosen}

    def _scalar(self, type_: str, name: str, *, in_document: bool) -> Any:
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
                choices = [*self._known.ids, "", "Party", "Party:", "Nothing:a", "Query:a", "a", "Table:1"]
                choices += ["Party:\0", *unstorable, "Article:\ud800", "Party:" + "a" * 5_000] if unstorable else []
            case _, "slug":
                choices = [*self._known.slugs, "", "nothing", "\0", *unstorable]
            case _, "language":
                choices = [*LANGUAGES, "\0", *unstorable]
            case _:
                return self._text([*STRAY_TEXTS, *unstorable])
        return self._random.choice(choices)

    def _text(self, strays: Sequence[str]) -> str:
        """Draw a text that there is, or the beginning of one, or one that only looks alike, or a stray."""
        if not self._known.texts or self._happens(0.2):
            return self._random.choice(strays)
        text = self._random.choice(self._known.texts)
        part = text[: self._random.randint(0, len(text))]
        alike = [text.upper(), text.swapcase(), f" {text.replace(' ', '  ')}\n"]
        return self._random.choice([text, text, *alike, part, text[:1], f"{part}%", f"{text} more", text[1:]])

    def _happens(self, chance: float) -> bool:
        return self._random.random() < chance


LEAF_TYPES = ("String", "TextFilter", "DateFilter", "PointKind", "Date")
"""What a filter tells of a thing itself."""


def format_literal(value: Any, declared: GraphQLInputType) -> str:
    """Write a value as a document has it."""
    if isinstance(value, VariableReference):
        return value.written
    if isinstance(declared, GraphQLNonNull):
        return format_literal(value, declared.of_type)
    match value:
        case list():
            assert isinstance(declared, GraphQLList)
            return f"[{', '.join(format_literal(each, declared.of_type) for each in value)}]"
        case dict():
            fields = get_named_type(declared)
            assert isinstance(fields, GraphQLInputObjectType)
            members = (f"{key}: {format_literal(each, fields.fields[key].type)}" for key, each in value.items())
            return f"{{{', '.join(members)}}}"
        case str() if isinstance(get_named_type(declared), GraphQLEnumType):
            return value
    return json.dumps(value, ensure_ascii=False)
