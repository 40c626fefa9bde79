"""The tags of an answer: read off its statement, in which every table stands after FROM or JOIN.

So no table can be forgotten. What is read of one owner alone, of the article that was asked for by its slug, is the
exception: there the compiler marks the table, and the owner's own tag takes the place of its types.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from counterpoint.cache_tags import object_tag, type_tag
from counterpoint.engine.document.operations import Variables
from counterpoint.engine.mapping import SchemaMapping

MAX_OWNER_TAGS = 10
"""How many owners are told one by one; for more of them, their type is."""

_READ = re.compile(r'\b(?:FROM|JOIN) "?(\w+)')
_MARK = "own:"
_MARKED = re.compile(rf"\b(FROM|JOIN) {_MARK}")

OwnerKey = Callable[[Variables], str | None]
"""How the key of an owner is had from a request's variables; None if no owner can have it."""


@dataclass(frozen=True)
class AnswerTags:
    """What the answers of one plan depend on: types, and owners, by their keys."""

    types: tuple[str, ...] = ()
    owner: str = ""
    keys: tuple[OwnerKey, ...] = ()

    def under(self, variables: Variables) -> tuple[str, ...]:
        """Give the tags of the answer to a request, sorted."""
        if not self.keys:
            return self.types
        keys = {found for key in self.keys if (found := key(variables)) is not None}
        # Whatever changes one owner changes their type too.
        owners = (
            {object_tag(self.owner, key) for key in keys} if len(keys) <= MAX_OWNER_TAGS else {type_tag(self.owner)}
        )
        return tuple(sorted(owners.union(self.types)))


def mark_owner_rows(table: str, *, is_own: bool) -> str:
    """Write a table's name after FROM or JOIN; `is_own`: the owner's own rows alone are read there."""
    return _MARK + table if is_own else table


def strip_marks(statement: str) -> str:
    """Give a statement as the database takes it."""
    return _MARKED.sub(r"\1 ", statement)


def read_answer_tags(statement: str, graph: SchemaMapping, keys: list[OwnerKey]) -> AnswerTags:
    """Read what a statement depends on, while its marks are in it."""
    tables = set(_READ.findall(statement))
    types = {type_tag(named) for table in tables for named in graph.types.get(table, ())}
    return AnswerTags(tuple(sorted(types)), graph.owner, tuple(keys))
