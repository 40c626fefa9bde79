"""The cache tags of an answer: which content it depends on, read off the plan's SQL."""

from dataclasses import dataclass

from counterpoint.cache_tags import object_tag, type_tag
from counterpoint.engine.document.operations import Variables
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.engine.sql.builder import OwnerKey
from counterpoint.engine.sql.owner_marks import find_unmarked_tables

MAX_OWNER_TAGS = 10
"""Owners that are tagged one by one. For more of them, the tag of their type is used."""


@dataclass(frozen=True)
class AnswerTags:
    """The tags that all answers of one plan share, and the functions that return the owners' keys for a request."""

    type_tags: tuple[str, ...]
    owner: str
    owner_keys: tuple[OwnerKey, ...]

    def resolve(self, variables: Variables) -> tuple[str, ...]:
        """Return the tags of one request's answer, sorted and without duplicates."""
        if not self.owner_keys:
            return self.type_tags
        keys = {key for owner_key in self.owner_keys if (key := owner_key(variables)) is not None}
        if len(keys) > MAX_OWNER_TAGS:
            # A change of one owner also changes the tag of its type.
            owner_tags = {type_tag(self.owner)}
        else:
            owner_tags = {object_tag(self.owner, key) for key in keys}
        return tuple(sorted(owner_tags.union(self.type_tags)))


def read_answer_tags(marked_sql: str, mapping: SchemaMapping, owner_keys: list[OwnerKey]) -> AnswerTags:
    """Derive the tags from SQL that still contains its owner marks."""
    tables = find_unmarked_tables(marked_sql)
    types = {type_tag(type_name) for table in tables for type_name in mapping.types_by_table.get(table, ())}
    return AnswerTags(tuple(sorted(types)), mapping.owner, tuple(owner_keys))
