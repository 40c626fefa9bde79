"""The compile context: what all compilers of one query share."""

from collections.abc import Callable, Container
from dataclasses import dataclass

from graphql import FieldNode, GraphQLField, GraphQLNamedType, GraphQLObjectType, get_named_type, is_abstract_type

from counterpoint.engine.document.operations import Argument, GroupedFields, SelectionReader
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.builder import SqlBuilder
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.expressions import JsonText, json_object
from counterpoint.engine.sql.rows import RowRef

TYPENAME = "__typename"
"""The meta-field that every composite type has, without a definition in the schema."""

CompileItem = Callable[[RowRef, GraphQLNamedType, list[FieldNode]], JsonText]
"""Compiles the object of a row; the declared type may be abstract. A parameter, to avoid an import cycle."""


CompileField = Callable[[str, list[FieldNode]], JsonText]
"""Compiles the value of a field from its name and nodes."""


def compile_object(object_type: GraphQLObjectType, fields: GroupedFields, compile_field: CompileField) -> JsonText:
    """Compile an object from the fields that are selected on it; `compile_field` never gets `__typename`."""

    def compile_value(nodes: list[FieldNode]) -> JsonText:
        name = nodes[0].name.value
        return JsonText(f'"{object_type.name}"') if name == TYPENAME else compile_field(name, nodes)

    return json_object((key, compile_value(nodes)) for key, nodes in fields.items())


@dataclass(frozen=True)
class SelectedField:
    """A selected field: its definition in the schema, and its nodes, which share a response key."""

    definition: GraphQLField
    nodes: list[FieldNode]

    @property
    def type(self) -> GraphQLNamedType:
        """The field's type without list and non-null wrappers."""
        return get_named_type(self.definition.type)

    @property
    def object_type(self) -> GraphQLObjectType:
        """The field's type, which must be an object type."""
        assert isinstance(self.type, GraphQLObjectType)
        return self.type


@dataclass(frozen=True)
class CompileContext:
    """The selection of one operation, and the builder of its query, which knows the schema mapping."""

    selection: SelectionReader
    builder: SqlBuilder

    @property
    def mapping(self) -> SchemaMapping:
        """The schema mapping."""
        return self.builder.mapping

    @property
    def dialect(self) -> Dialect:
        """The database's dialect."""
        return self.builder.dialect

    def possible_types(
        self, declared: GraphQLNamedType, table_names: Container[str] | None = None
    ) -> list[GraphQLObjectType]:
        """Return the concrete types of a declared type whose objects are stored in one of these tables, or in any."""
        if isinstance(declared, GraphQLObjectType):
            return [declared]
        assert is_abstract_type(declared)
        tables = self.mapping.tables
        return [
            concrete
            for concrete in self.selection.schema.get_possible_types(declared)
            if concrete.name in tables and (table_names is None or tables[concrete.name].table.name in table_names)
        ]

    def collect_subfields(self, field: SelectedField) -> GroupedFields:
        """Merge what is selected on the object of a field, in the order of the response keys."""
        return self.selection.collect_subfields(field.object_type, field.nodes)

    def compile_object(self, field: SelectedField, compile_field: CompileField) -> JsonText:
        """Compile the object of a field from what is selected on it; see the function `compile_object`."""
        return compile_object(field.object_type, self.collect_subfields(field), compile_field)

    def find_argument(self, field: SelectedField, name: str) -> Argument:
        """Return the argument of a field by its name."""
        return self.selection.find_argument(field.nodes[0], field.definition, name)

    def has_value(self, argument: Argument) -> bool:
        """Return whether an argument has a value other than null; the plan depends on it."""
        return self.selection.specialize_on(argument, lambda value: value is not None, "given")
