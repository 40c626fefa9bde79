"""The object compiler: compiles the fields selected on a row to the JSON text of an object.

All recursion passes through this module: lists and connections get `ObjectCompiler.resolve_type_and_compile` as their
`compile_item`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType

from counterpoint.engine import mapping
from counterpoint.engine.compile.connections import compile_connection
from counterpoint.engine.compile.context import CompileContext, SelectedField, compile_object
from counterpoint.engine.compile.lists import compile_list
from counterpoint.engine.sql.expressions import JsonText, dump_json, json_from_sql, quote_literal
from counterpoint.engine.sql.rows import RowRef


@dataclass(frozen=True)
class ObjectCompiler:
    """Compiles objects, and everything below them, into one query."""

    context: CompileContext

    def compile_object(self, row: RowRef, concrete: GraphQLObjectType, nodes: list[FieldNode]) -> JsonText:
        """Compile the object of a row of a concrete type."""
        fields = self.context.selection.collect_subfields(concrete, nodes)
        return compile_object(concrete, fields, partial(self._compile_field, row, concrete))

    def resolve_type_and_compile(self, row: RowRef, declared: GraphQLNamedType, nodes: list[FieldNode]) -> JsonText:
        """Compile the object of a row whose declared type may be abstract: the row then determines the type."""
        types = self.context.possible_types(declared, {row.table.name})
        if len(types) == 1:
            return self.compile_object(row, types[0], nodes)
        discriminator = self.context.mapping.tables[types[0].name].discriminator
        assert discriminator
        cases = (self._compile_case(row, concrete, nodes) for concrete in types)
        return json_from_sql(f"CASE {row.column(discriminator)} {' '.join(cases)} END")

    def _compile_case(self, row: RowRef, concrete: GraphQLObjectType, nodes: list[FieldNode]) -> str:
        return f"WHEN '{concrete.name}' THEN {self.compile_object(row, concrete, nodes).sql()}"

    def _compile_field(self, row: RowRef, concrete: GraphQLObjectType, name: str, nodes: list[FieldNode]) -> JsonText:
        source = self.context.mapping.fields[concrete.name, name]
        if isinstance(source, mapping.Scalar):
            return self._compile_scalar(row, concrete.name, source)
        field = SelectedField(concrete.fields[name], nodes)
        match source:
            case mapping.ReferencedRow(foreign_key):
                return self.resolve_type_and_compile(row.referenced_row(foreign_key), field.type, nodes)
            case mapping.EmbeddedObject(fields):
                return self._compile_embedded(row, field, fields)
            case mapping.ChildList():
                return compile_list(self.context, self.resolve_type_and_compile, row, source, field)
            case mapping.Connection():
                return compile_connection(self.context, self.resolve_type_and_compile, row, source, field)
            case _:
                raise NotImplementedError(f"{source} of {concrete.name}.{name} is only valid for a root field")

    def _compile_embedded(self, row: RowRef, field: SelectedField, scalars: Mapping[str, mapping.Scalar]) -> JsonText:
        type_name = field.object_type.name
        return self.context.compile_object(field, lambda name, _: self._compile_scalar(row, type_name, scalars[name]))

    def _compile_scalar(self, row: RowRef, type_name: str, scalar: mapping.Scalar) -> JsonText:
        match scalar:
            case mapping.Column(name, default, around):
                value = row.column(name)
                if default:
                    other = row.column(default)
                    if around:
                        other = f"{quote_literal(around[0])} || {other} || {quote_literal(around[1])}"
                    value = f"coalesce({value}, {other})"
                return json_from_sql(self.context.dialect.encode_value(row.table.c[default or name], value))
            case mapping.Template(name, parts):
                default = " || ".join(self._compile_part(row, part) for part in parts)
                value = f"coalesce({row.column(name)}, {default})"
                return json_from_sql(self.context.dialect.encode_value(row.table.c[name], value))
            case mapping.Constant(value):
                return JsonText(str(value))
            case mapping.ReferencedColumn(foreign_key, name):
                return self._compile_scalar(row.referenced_row(foreign_key), type_name, mapping.Column(name))
            case mapping.GlobalId():
                return self._compile_global_id(row, type_name)

    def _compile_part(self, row: RowRef, part: str | mapping.JoinedTexts) -> str:
        """Return SQL for a part of a template. An array is joined by replacements in its JSON, which leave one text."""
        if isinstance(part, str):
            return quote_literal(part)
        columns = [row.column(name) for name in (part.name, part.default) if name]
        array = self.context.dialect.as_text(columns[0] if len(columns) == 1 else f"coalesce({', '.join(columns)})")
        levels = len(part.separators)
        for depth, separator in enumerate(part.separators, start=1):
            between = '"' + "]" * (levels - depth) + ", " + "[" * (levels - depth) + '"'
            array = f"replace({array}, {quote_literal(between)}, {quote_literal(dump_json(separator)[1:-1])})"
        return self.context.dialect.first_text(array, levels)

    def _compile_global_id(self, row: RowRef, type_name: str) -> JsonText:
        key = self.context.mapping.tables[type_name].key
        assert key
        # Nothing in a key needs escaping, because keys are slugs and digests.
        return JsonText(f'"{type_name}:', json_from_sql(row.column(key)), '"')
