"""The object compiler: compiles the fields selected on a row to the JSON text of an object.

All recursion passes through this module: lists and connections get `ObjectCompiler.resolve_type_and_compile` as their
`write_item`.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, is_abstract_type

from counterpoint.engine.compile.connections import compile_connection
from counterpoint.engine.compile.context import TYPENAME, CompileContext, SelectedField
from counterpoint.engine.compile.lists import compile_list
from counterpoint.engine.mapping import (
    ChildList,
    Column,
    Connection,
    Constant,
    EmbeddedObject,
    GlobalId,
    ReferencedColumn,
    ReferencedRow,
    Scalar,
)
from counterpoint.engine.sql.expressions import JsonText, json_from_sql, json_object
from counterpoint.engine.sql.rows import RowRef


class ObjectCompiler:
    """Compiles objects, and everything below them, into one query."""

    def __init__(self, context: CompileContext) -> None:
        self._context = context
        self._dialect = context.dialect

    def compile_object(self, row: RowRef, concrete: GraphQLObjectType, nodes: Iterable[FieldNode]) -> JsonText:
        """Compile the object of a row of a concrete type."""
        fields = self._context.selection.collect_subfields(concrete, nodes)
        return json_object(
            (key, self._compile_field(row, concrete, field_nodes)) for key, field_nodes in fields.items()
        )

    def resolve_type_and_compile(self, row: RowRef, declared: GraphQLNamedType, nodes: list[FieldNode]) -> JsonText:
        """Compile the object of a row whose declared type may be abstract: the row then determines the type."""
        types = self._possible_types(declared, row.table.name)
        if len(types) == 1:
            return self.compile_object(row, types[0], nodes)
        discriminator = self._context.mapping.tables[types[0].name].discriminator
        assert discriminator
        cases = self._context.builder.compile_alternatives(
            partial(self._compile_case, row, concrete, nodes) for concrete in types
        )
        return json_from_sql(f"CASE {row.column(discriminator)} {' '.join(cases)} END")

    def _compile_case(self, row: RowRef, concrete: GraphQLObjectType, nodes: list[FieldNode]) -> str:
        return f"WHEN '{concrete.name}' THEN {self.compile_object(row, concrete, nodes).sql()}"

    def _possible_types(self, declared: GraphQLNamedType, table_name: str) -> list[GraphQLObjectType]:
        """Return the concrete types of a declared type whose objects are stored in a table."""
        if isinstance(declared, GraphQLObjectType):
            return [declared]
        assert is_abstract_type(declared)
        tables = self._context.mapping.tables
        return [
            concrete
            for concrete in self._context.selection.schema.get_possible_types(declared)
            if concrete.name in tables and tables[concrete.name].table.name == table_name
        ]

    def _compile_field(self, row: RowRef, concrete: GraphQLObjectType, nodes: list[FieldNode]) -> JsonText:
        name = nodes[0].name.value
        if name == TYPENAME:
            return JsonText(f'"{concrete.name}"')
        mapping = self._context.mapping.fields[concrete.name, name]
        if isinstance(mapping, Scalar):
            return self._compile_scalar(row, concrete.name, mapping)
        field = SelectedField(concrete.fields[name], nodes)
        match mapping:
            case ReferencedRow(foreign_key):
                return self.resolve_type_and_compile(row.referenced_row(foreign_key), field.type, nodes)
            case EmbeddedObject(fields):
                return self._compile_embedded(row, field.object_type, fields, nodes)
            case ChildList() as child_list:
                return compile_list(self._context, self.resolve_type_and_compile, row, child_list, field)
            case Connection() as connection:
                return compile_connection(self._context, self.resolve_type_and_compile, row, connection, field)
            case _:
                raise NotImplementedError(f"{mapping} of {concrete.name}.{name} is only valid for a root field")

    def _compile_embedded(
        self, row: RowRef, embedded: GraphQLObjectType, fields: Mapping[str, Scalar], nodes: list[FieldNode]
    ) -> JsonText:
        def compile_member(name: str) -> JsonText:
            if name == TYPENAME:
                return JsonText(f'"{embedded.name}"')
            return self._compile_scalar(row, embedded.name, fields[name])

        selected = self._context.selection.collect_subfields(embedded, nodes)
        return json_object((key, compile_member(members[0].name.value)) for key, members in selected.items())

    def _compile_scalar(self, row: RowRef, type_name: str, scalar: Scalar) -> JsonText:
        match scalar:
            case Column(name):
                return json_from_sql(self._dialect.encode_value(row.table.c[name], row.column(name)))
            case Constant(value):
                return JsonText(str(value))
            case ReferencedColumn(foreign_key, name):
                return self._compile_scalar(row.referenced_row(foreign_key), type_name, Column(name))
            case GlobalId():
                return self._compile_global_id(row, type_name)

    def _compile_global_id(self, row: RowRef, type_name: str) -> JsonText:
        key = self._context.mapping.tables[type_name].key
        assert key
        # Nothing in a key needs escaping, because keys are slugs and digests.
        return JsonText(f'"{type_name}:', json_from_sql(row.column(key)), '"')
