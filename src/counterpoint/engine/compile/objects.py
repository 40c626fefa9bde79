"""From the fields selected on a row to the JSON text of an object, down to the last list."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, get_named_type, is_abstract_type

from counterpoint.engine.compile.connections import compile_connection
from counterpoint.engine.compile.plain_lists import compile_list
from counterpoint.engine.document.operations import SelectionReader
from counterpoint.engine.mapping import (
    ChildList,
    Column,
    Connection,
    Constant,
    EmbeddedObject,
    FieldMapping,
    GlobalId,
    ReferencedColumn,
    ReferencedRow,
    Scalar,
    SchemaMapping,
    TableMapping,
)
from counterpoint.engine.sql.builder import RowRef, SqlBuilder
from counterpoint.engine.sql.json_text import JsonText, json_object, sql_text

TYPENAME = "__typename"

ROOT = 14
"""Symbols that a parser keeps in mind while it reads a field of the query."""


class Compiler:
    """Compiles one operation under one shape of its variables."""

    def __init__(self, graph: SchemaMapping, reading: SelectionReader, statement: SqlBuilder) -> None:
        """Compile into a statement."""
        self.graph = graph
        self.reading = reading
        self.statement = statement
        self.dialect = statement.dialect

    def object(self, scope: RowRef, concrete: GraphQLObjectType, nodes: Iterable[FieldNode]) -> JsonText:
        """Write the object that a row is under a type."""
        return json_object(
            (key, self._field(scope, concrete, selected))
            for key, selected in self.reading.collect_subfields(concrete, nodes).items()
        )

    def row(self, scope: RowRef, declared: GraphQLNamedType, nodes: list[FieldNode]) -> JsonText:
        """Write the object that a row is, whose type may depend on the row."""
        if isinstance(declared, GraphQLObjectType):
            return self.object(scope, declared, nodes)
        choices = self.types_of(declared, scope.table.name)
        if len(choices) == 1:
            return self.object(scope, choices[0], nodes)
        discriminator = self.graph.rows[choices[0].name].discriminator
        assert discriminator
        cases = self.statement.either(partial(self._case, scope, choice, nodes) for choice in choices)
        return sql_text(f"CASE {scope.column(discriminator)} {' '.join(cases)} END")

    def _case(self, scope: RowRef, choice: GraphQLObjectType, nodes: list[FieldNode]) -> str:
        return f"WHEN '{choice.name}' THEN {self.object(scope, choice, nodes).sql()}"

    def types_of(self, declared: GraphQLNamedType, table: str) -> list[GraphQLObjectType]:
        """Give the concrete types of a declared type whose objects are rows of a table."""
        if isinstance(declared, GraphQLObjectType):
            return [declared]
        assert is_abstract_type(declared)
        possible = self.reading.schema.get_possible_types(declared)
        return [
            choice for choice in possible if choice.name in self.graph.rows and self.rows(choice).table.name == table
        ]

    def rows(self, concrete: GraphQLNamedType) -> TableMapping:
        """Give the rows that the objects of a type are."""
        return self.graph.rows[concrete.name]

    def within(self, scope: RowRef, symbols: int, write: Callable[[str, int], str], needed: int = 0) -> JsonText:
        """Write a list under a row: `write` takes the row's id as SQL, and the depth at which its items stand.

        `symbols` are those that the parser keeps in mind while it reads an item, and `needed` while it reads what
        else belongs to the list. Where they would be too many, the list is computed apart, for all rows that the
        scope stands for, and found by the row's id.
        """
        depth = scope.level.depth + symbols
        if self.dialect.stack is None or scope.level.depth + max(symbols, needed) <= self.dialect.stack:
            return sql_text(write(scope.id, depth))
        written = write("u.id", ROOT + symbols)
        apart = self.statement.common("d", f"SELECT u.id AS up, {written} AS v FROM {scope.ids()} AS u")
        return sql_text(f"(SELECT v FROM {apart} WHERE up = {scope.id})")

    def _field(self, scope: RowRef, concrete: GraphQLObjectType, nodes: list[FieldNode]) -> JsonText:
        name = nodes[0].name.value
        if name == TYPENAME:
            return JsonText(f'"{concrete.name}"')
        definition = concrete.fields[name]
        declared = get_named_type(definition.type)
        source = self.graph.fields[concrete.name, name]
        match source:
            case ReferencedRow(foreign_key):
                return self.row(scope.parent(foreign_key), declared, nodes)
            case EmbeddedObject(fields):
                assert isinstance(declared, GraphQLObjectType)
                return self._embedded(scope, declared, fields, nodes)
            case ChildList():
                return compile_list(self, scope, source, concrete, nodes)
            case Connection():
                assert isinstance(declared, GraphQLObjectType)
                return compile_connection(self, scope, source, concrete, nodes)
            case Column() | Constant() | GlobalId() | ReferencedColumn():
                return self._scalar(scope, concrete.name, source)
            case _:
                raise NotImplementedError(f"{source} of {concrete.name}.{name} belongs at the root")

    def _embedded(
        self, scope: RowRef, embedded: GraphQLObjectType, fields: Mapping[str, Scalar], nodes: list[FieldNode]
    ) -> JsonText:
        selected = self.reading.collect_subfields(embedded, nodes)
        return json_object(
            (
                key,
                JsonText(f'"{embedded.name}"')
                if member[0].name.value == TYPENAME
                else self._scalar(scope, embedded.name, fields[member[0].name.value]),
            )
            for key, member in selected.items()
        )

    def _scalar(self, scope: RowRef, type_name: str, source: FieldMapping) -> JsonText:
        match source:
            case Column(name):
                return sql_text(self.dialect.value(scope.definition(name), scope.column(name)))
            case Constant(value):
                return JsonText(str(value))
            case ReferencedColumn(foreign_key, name):
                return self._scalar(scope.parent(foreign_key), type_name, Column(name))
            case GlobalId():
                key = self.graph.rows[type_name].key
                assert key
                # Keys are slugs and digests: nothing in them needs escaping.
                text = JsonText(f'"{type_name}:')
                text.add_sql(scope.column(key))
                text.add('"')
                return text
            case _:
                raise NotImplementedError(source)
