"""The cache tags of an answer: which content it depends on, derived from the plan's SQL.

In the finished SQL every table follows FROM or JOIN, so that no table can be forgotten. A table leads to the tags of
its types. The exception are rows that the tags of looked-up objects cover: there the compiler marks the table's name
with its scope, and the objects' own tags replace those of the types. A missing mark only makes the tags broader, never
wrong. The entities that an owner mentions are known only with the answer, so the query returns their tags.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Table

from counterpoint.cache_tag_format import MAX_TAGS_PER_TYPE, format_object_tag, format_type_tag
from counterpoint.engine.document.operations import RequestVariables
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.tag_scopes import TagScope

_TABLE = re.compile(r'\b(?:FROM|JOIN) (?:(\w+)(\.mentioned)?:)?"?(\w+)')
_MARK = re.compile(r'\b(FROM|JOIN) \w+(?:\.mentioned)?:(?=["\w])')

Keys = Callable[[RequestVariables], Sequence[str]]
"""A function that returns the keys of looked-up objects, as far as objects can have them."""


@dataclass(frozen=True)
class LookedUpObjects:
    """Objects of one type that a query finds by their keys. `select` returns a query for a column of them."""

    type_name: str
    keys: Keys
    select: Callable[[str], str]


@dataclass(frozen=True)
class PlanTags:
    """The parts of the tags that all answers of one plan share.

    `types_by_scope` holds the types of the rows that the tags of a type's objects cover: the answer has the tags of
    these types if it depends on too many objects. `looked_up` holds types of objects with their keys. `mentioned_types`
    are the types of entities that the answer reads because an owner of the type `owner` mentions them, by their tags.
    """

    types: frozenset[str]
    types_by_scope: Mapping[str, frozenset[str]]
    looked_up: tuple[tuple[str, Keys], ...]
    mentioned_types: Mapping[str, str]
    owner: str

    @cached_property
    def type_tags(self) -> frozenset[str]:
        """The tags of `types`."""
        return frozenset(map(format_type_tag, self.types))

    @cached_property
    def mentioned_starts(self) -> tuple[str, ...]:
        """The beginnings of the tags of `mentioned_types` in a list, with the comma before them."""
        return tuple(f",{tag}:" for tag in self.mentioned_types)

    def resolve(self, variables: RequestVariables) -> "AnswerTags":
        """Return the tags of one request's answer, as far as they are known before its execution."""
        return AnswerTags(self, [(type_name, keys(variables)) for type_name, keys in self.looked_up])


class AnswerTags(NamedTuple):
    """The tags of one request's answer. `keys` are those of the looked-up objects, with their types."""

    plan: PlanTags
    keys: Sequence[tuple[str, Sequence[str]]]

    def complete(self, entity_tags: bytes) -> tuple[str, ...]:
        """Return the tags, sorted, without duplicates. `entity_tags` are those that the query returned.

        A tag is lowercase ASCII without space or comma: the name of a type, or an object's type and key.
        """
        looked_up = [format_object_tag(type_name, key) for type_name, keys in self.keys for key in keys]
        text = f",{entity_tags.decode()}" if entity_tags else ""
        counts = [text.count(start) for start in self.plan.mentioned_starts]
        if len(looked_up) + max(counts, default=0) > MAX_TAGS_PER_TYPE or sum(counts) < text.count(","):
            return self._complete_within_limits(entity_tags)
        return tuple(sorted(self.plan.type_tags.union(looked_up, text[1:].split(",") if text else ())))

    def _complete_within_limits(self, entity_tags: bytes) -> tuple[str, ...]:
        """Return the tags, with the tags of types in place of those of too many objects."""
        keys: dict[str, set[str]] = defaultdict(set)
        for type_name, keys_of_type in self.keys:
            keys[type_name].update(keys_of_type)
        tags = {type_name: {format_object_tag(type_name, key) for key in keys[type_name]} for type_name in keys}
        types = set(self.plan.types)
        for tag in entity_tags.decode().split(",") if entity_tags else ():
            mentioned_type = self.plan.mentioned_types.get(tag.partition(":")[0])
            if mentioned_type:
                tags.setdefault(mentioned_type, set()).add(tag)
        if len(keys[self.plan.owner]) > MAX_TAGS_PER_TYPE:  # the query did not read the tags of all
            types.update(*(self.plan.types_by_scope[type_name] for type_name in self.plan.mentioned_types.values()))
        for type_name, objects in tags.items():
            if len(objects) > MAX_TAGS_PER_TYPE:
                objects.clear()
                types |= self.plan.types_by_scope.get(type_name, frozenset())
        return tuple(sorted({format_type_tag(type_name) for type_name in types}.union(*tags.values())))


def read_plan_tags(marked_sql: str, mapping: SchemaMapping, looked_up: Sequence[LookedUpObjects]) -> PlanTags:
    """Derive the tags from SQL that still contains its marks."""
    types: dict[str, set[str]] = defaultdict(set)
    mentioned_types: set[str] = set()
    for scope, is_mentioned, table in set(_TABLE.findall(marked_sql)):
        types[scope].update(mapping.types_by_table.get(table, ()))
        if is_mentioned:
            mentioned_types.add(scope)
    by_scope = {scope: frozenset(names) for scope, names in types.items() if scope}
    # A plan must not keep `select`, which refers to the compiler.
    keys = tuple((objects.type_name, objects.keys) for objects in looked_up)
    return PlanTags(
        frozenset(types[""]),
        by_scope,
        keys,
        {format_type_tag(name): name for name in sorted(mentioned_types)},
        mapping.owner,
    )


def compile_entity_tags(dialect: Dialect, mapping: SchemaMapping, looked_up: Sequence[LookedUpObjects]) -> str:
    """Compile the tags of all entities that the looked-up owners mention, separated by commas."""
    column = mapping.entity_tags
    owners = [objects.select(column.name) for objects in looked_up if objects.type_name == mapping.owner]
    tags = f"SELECT * FROM ({strip_marks(' UNION ALL '.join(owners))}) AS o LIMIT {MAX_TAGS_PER_TYPE}"
    name = f"k.{dialect.quote(column.name)}"
    return f"coalesce((SELECT {dialect.join_json_items(name, [name])} FROM ({tags}) AS k), '') AS entity_tags"


def quote_table(dialect: Dialect, table: Table, scope: TagScope | None) -> str:
    """Return a table's name for FROM or JOIN, marked with the scope that covers all rows that the query needs of it."""
    if scope is None:
        return dialect.quote(table.name)
    return f"{scope.type_name}{'.mentioned' * scope.is_mentioned}:{dialect.quote(table.name)}"


def strip_marks(sql: str) -> str:
    """Remove the marks, which no database understands."""
    return _MARK.sub(r"\1 ", sql)
