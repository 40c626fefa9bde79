"""The compile context: what all compilers of one query share."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from graphql import FieldNode, GraphQLField, GraphQLNamedType, GraphQLObjectType, get_named_type

from counterpoint.engine.document.operations import Argument, SelectionReader
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.engine.sql.builder import SqlBuilder
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.json_text import JsonText
from counterpoint.engine.sql.rows import RowRef

T = TypeVar("T", bound=Hashable)

WriteItem = Callable[[RowRef, GraphQLNamedType, list[FieldNode]], JsonText]
"""Compiles the object of a row, whose declared type may be abstract. Lists and connections get it passed in."""


@dataclass(frozen=True)
class CompileContext:
    """The schema mapping, the selection of one operation, and the builder of its query."""

    mapping: SchemaMapping
    selection: SelectionReader
    builder: SqlBuilder

    @property
    def dialect(self) -> Dialect:
        """The database's dialect."""
        return self.builder.dialect

    def specialize_on(
        self,
        node: FieldNode,
        definition: GraphQLField,
        argument_name: str,
        derive: Callable[[object], T],
    ) -> T:
        """Return `derive` of a field's argument; the plan is then valid only for an equal result."""
        return self.selection.specialize_on(self.selection.find_argument(node, definition, argument_name), derive)

    def is_given(self, argument: Argument) -> bool:
        """Return whether an argument has a value other than null; the plan depends on it."""
        return self.selection.specialize_on(argument, lambda value: value is not None, "given")


def object_type_of(definition: GraphQLField) -> GraphQLObjectType:
    """Return the object type of a field, without list and non-null wrappers."""
    declared = get_named_type(definition.type)
    assert isinstance(declared, GraphQLObjectType)
    return declared
