"""The cache tags of an answer: which content it depends on, derived from the plan's SQL.

In the finished SQL every table follows FROM or JOIN, so that no table can be forgotten. A table leads to the tags of
its types. The exception are rows that the tags of looked-up objects cover: there the compiler marks the table's name
with its scope, and the objects' own tags replace those of the types. A missing mark only makes the tags broader, never
wrong. The keys of the entities that an owner mentions are known only with the answer, so the query returns them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Table

from counterpoint.cache_tag_format import MAX_TAGS_PER_TYPE, object_tag, type_tag
from counterpoint.engine.document.operations import RequestVariables
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.tag_scopes import TagScope

_TABLE = re.compile(r'\b(?:FROM|JOIN) (?:(\w+)(\.mentioned)?:)?"?(\w+)')
_MARK = re.compile(r'\b(FROM|JOIN) \w+(?:\.mentioned)?:(?=["\w])')

MAX_MENTIONS = MAX_TAGS_PER_TYPE**2
"""Maximum number of mentions that a query returns for the tags of one type."""

Keys = Callable[[RequestVariables], Sequence[str]]
"""A function that returns the keys of looked-up objects, as far as objects can have them."""


@dataclass(frozen=True)
class LookedUpObjects:
    """Objects of one type that a query finds by their keys. `select_ids` returns a query for their ids."""

    type_name: str
    keys: Keys
    select_ids: Callable[[], str]


@dataclass(frozen=True)
class PlanTags:
    """The parts of the tags that all answers of one plan share.

    `types_by_scope` holds the types of the rows that the tags of a type's objects cover: the answer has the tags of
    these types if it depends on too many objects. `looked_up` holds types of objects with their keys. `mentioned_types`
    are the types of entities whose keys the query returns, one column for each.
    """

    types: frozenset[str]
    types_by_scope: Mapping[str, frozenset[str]]
    looked_up: tuple[tuple[str, Keys], ...]
    mentioned_types: tuple[str, ...]

    def resolve(self, variables: RequestVariables) -> "AnswerTags":
        """Return the tags of one request's answer, as far as they are known before its execution."""
        keys: dict[str, set[str]] = defaultdict(set)
        for type_name, keys_of_type in self.looked_up:
            keys[type_name].update(keys_of_type(variables))
        return AnswerTags(self, keys)


@dataclass(frozen=True)
class AnswerTags:
    """The tags of one request's answer. `keys` are those of the looked-up objects by type."""

    plan: PlanTags
    keys: Mapping[str, set[str]]

    def complete(self, mention_columns: Sequence[bytes]) -> tuple[str, ...]:
        """Return the tags, sorted, without duplicates. `mention_columns` are the keys that the query returned.

        A tag is lowercase ASCII without space or comma: the name of a type, or an object's type and key.
        """
        tags = {type_name: {object_tag(type_name, key) for key in keys} for type_name, keys in self.keys.items()}
        types = set(self.plan.types)
        for type_name, column in zip(self.plan.mentioned_types, mention_columns, strict=True):
            if column:
                mentions = (_mention_tag(type_name, key) for key in column.split(b","))
                tags.setdefault(type_name, set()).update(mentions)
            if column.count(b",") >= MAX_MENTIONS:
                types |= self.plan.types_by_scope[type_name]
        for type_name, objects in tags.items():
            if len(objects) > MAX_TAGS_PER_TYPE:
                objects.clear()
                types |= self.plan.types_by_scope.get(type_name, frozenset())
        return tuple(sorted({type_tag(type_name) for type_name in types}.union(*tags.values())))


@lru_cache(maxsize=10_000)  # because many articles mention the same entities; keys in content have a maximum size
def _mention_tag(type_name: str, key: bytes) -> str:
    return object_tag(type_name, key.decode())


def read_plan_tags(marked_sql: str, mapping: SchemaMapping, looked_up: Sequence[LookedUpObjects]) -> PlanTags:
    """Derive the tags from SQL that still contains its marks."""
    types: dict[str, set[str]] = defaultdict(set)
    mentioned_types: set[str] = set()
    for scope, is_mentioned, table in set(_TABLE.findall(marked_sql)):
        types[scope].update(mapping.types_by_table.get(table, ()))
        if is_mentioned:
            mentioned_types.add(scope)
    by_scope = {scope: frozenset(names) for scope, names in types.items() if scope}
    # A plan must not keep `select_ids`, which refers to the compiler.
    keys = tuple((objects.type_name, objects.keys) for objects in looked_up)
    return PlanTags(frozenset(types[""]), by_scope, keys, tuple(sorted(mentioned_types)))


def mention_columns(
    dialect: Dialect, mapping: SchemaMapping, mentioned_types: Sequence[str], looked_up: Sequence[LookedUpObjects]
) -> Iterator[str]:
    """Yield an SQL expression for each of these types: the keys of the entities that the looked-up owners mention.

    The keys are separated by commas, with duplicates, because DISTINCT would take most of the time. If there are more
    than MAX_MENTIONS, there are too many owners, or one owner mentions too many entities.
    """
    owners = [objects.select_ids() for objects in looked_up if mentioned_types and objects.type_name == mapping.owner]
    owner_ids = strip_marks(" UNION ALL ".join(owners))
    quote = dialect.quote
    for type_name in mentioned_types:
        entities, relation = mapping.tables[type_name], mapping.mentions[type_name]
        assert entities.key
        assert relation.child_column is not None
        keys = (
            f"SELECT e.{quote(entities.key)} AS key FROM ({owner_ids}) AS a"
            f" {dialect.join} {quote(relation.parent_column.table.name)} AS m"
            f" ON m.{quote(relation.parent_column.name)} = a.id"
            f" {dialect.join} {quote(entities.table.name)} AS e ON e.id = m.{quote(relation.child_column.name)}"
            f" LIMIT {MAX_MENTIONS + 1}"
        )
        column = f"coalesce((SELECT {dialect.join_json_items('k.key', ['k.key'])} FROM ({keys}) AS k), '')"
        yield f"{column} AS {type_tag(type_name)}_keys"


def quote_table(dialect: Dialect, table: Table, scope: TagScope | None) -> str:
    """Return a table's name for FROM or JOIN, marked with the scope that covers all rows that the query needs of it."""
    if scope is None:
        return dialect.quote(table.name)
    return f"{scope.type_name}{'.mentioned' * scope.is_mentioned}:{dialect.quote(table.name)}"


def strip_marks(sql: str) -> str:
    """Remove the marks, which no database understands."""
    return _MARK.sub(r"\1 ", sql)
