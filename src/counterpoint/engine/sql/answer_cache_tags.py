"""The cache tags of an answer: which content it depends on, derived from the plan's SQL.

In the finished SQL every table follows FROM or JOIN, so that no table can be forgotten. The exception are rows of one
owner that the query looks up by its key. There the compiler marks the table's name with a prefix, and the owner's own
tag replaces the tags of its types. A missing mark only makes the tags broader, never wrong.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Table

from counterpoint.cache_tag_format import object_tag, type_tag
from counterpoint.engine.document.operations import RequestVariables
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.engine.sql.dialects import Dialect

MAX_OWNER_TAGS = 10
"""Maximum number of owners with a tag each. An answer with more owners has the tag of their type instead."""

_MARK = "own:"
_UNMARKED_TABLE = re.compile(r'\b(?:FROM|JOIN) "?(\w+)')

KeyFunction = Callable[[RequestVariables], str | None]
"""A function that returns the key of a looked-up owner; None if no owner can have that key."""


@dataclass(frozen=True)
class PlanTags:
    """The tags that all answers of one plan share, and the functions that return the owners' keys for a request."""

    type_tags: tuple[str, ...]
    owner_type: str
    owner_key_functions: tuple[KeyFunction, ...]

    def resolve(self, variables: RequestVariables) -> tuple[str, ...]:
        """Return the tags of one request's answer, sorted and without duplicates."""
        if not self.owner_key_functions:
            return self.type_tags
        keys = {key for owner_key in self.owner_key_functions if (key := owner_key(variables)) is not None}
        if len(keys) > MAX_OWNER_TAGS:
            # A change of one owner also changes the tag of its type.
            owner_tags = {type_tag(self.owner_type)}
        else:
            owner_tags = {object_tag(self.owner_type, key) for key in keys}
        return tuple(sorted(owner_tags.union(self.type_tags)))


def read_plan_tags(marked_sql: str, mapping: SchemaMapping, owner_key_functions: list[KeyFunction]) -> PlanTags:
    """Derive the tags from SQL that still contains its owner marks."""
    tables = set(_UNMARKED_TABLE.findall(marked_sql))
    types = {type_tag(type_name) for table in tables for type_name in mapping.types_by_table.get(table, ())}
    return PlanTags(tuple(sorted(types)), mapping.owner, tuple(owner_key_functions))


def quote_table(dialect: Dialect, table: Table, *, is_within_owner: bool) -> str:
    """Return a table's name for FROM or JOIN, marked if only rows of the looked-up owner are read there."""
    return _MARK * is_within_owner + dialect.quote(table.name)


def strip_owner_marks(sql: str) -> str:
    """Remove the marks, which no database understands."""
    return sql.replace(f"FROM {_MARK}", "FROM ").replace(f"JOIN {_MARK}", "JOIN ")
