"""The fields of the query itself: look-ups, objects by global id, and connections over everything."""

from collections.abc import Callable
from typing import Any

import orjson
from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, get_named_type

from counterpoint.engine.answer_tags import OwnerKey, mark_owner_rows
from counterpoint.engine.compile.connections import compile_connection
from counterpoint.engine.compile.objects import ROOT, Compiler
from counterpoint.engine.compile.plain_lists import MERGED
from counterpoint.engine.compile.search import compile_search
from counterpoint.engine.document.operations import Argument, Variables
from counterpoint.engine.mapping import Connection, Lookup, NodeById, NodesByIds, SchemaMapping, Search, SingletonRow
from counterpoint.engine.sql.builder import RowRef, RowSource
from counterpoint.engine.sql.json_text import JsonText, sql_text
from counterpoint.engine.sql.row_query import ROW_ALIAS
from counterpoint.engine.sql.text_ranges import storable
from counterpoint.errors import LimitExceeded


def compile_root_field(compiler: Compiler, query: GraphQLObjectType, nodes: list[FieldNode]) -> JsonText:
    """Write the value of a field of the query."""
    name = nodes[0].name.value
    definition = query.fields[name]
    declared = get_named_type(definition.type)
    source = compiler.graph.fields[query.name, name]
    match source:
        case Connection():
            return compile_connection(compiler, None, source, query, nodes)
        case Search():
            return compile_search(compiler, source, query, nodes)
        case SingletonRow():
            return _compile_row(compiler, declared, nodes)
        case Lookup(column):
            slug = compiler.reading.find_argument(nodes[0], definition, column)
            return _compile_row(compiler, declared, nodes, column, lambda variables: storable(slug.value(variables)))
        case NodeById():
            return _compile_node(compiler, compiler.reading.find_argument(nodes[0], definition, "id"), nodes)
        case NodesByIds():
            return _compile_nodes(compiler, compiler.reading.find_argument(nodes[0], definition, "ids"), nodes)
        case _:
            raise NotImplementedError(f"{source} has no place at the root")


def _compile_row(
    compiler: Compiler,
    declared: GraphQLNamedType,
    nodes: list[FieldNode],
    column: str | None = None,
    key: OwnerKey | None = None,
) -> JsonText:
    """Write the row whose column has some value, or the only row there is."""
    assert isinstance(declared, GraphQLObjectType)
    rows, statement = compiler.rows(declared), compiler.statement
    table = rows.table
    name = compiler.dialect.name
    where = f" WHERE {ROW_ALIAS}.{name(column)} = {statement.bind(key)}" if column and key else ""
    is_own = key is not None and declared.name == compiler.graph.owner and column == rows.key
    if is_own and key:
        statement.owners.append(key)

    def select(columns: list[str]) -> str:
        selected = ", ".join(f"{ROW_ALIAS}.{name(each)}" for each in columns) or "1 AS one"
        return f"SELECT {selected} FROM {mark_owner_rows(name(table.name), is_own=is_own)} AS {ROW_ALIAS}{where}"

    level = RowSource(statement, table, ROOT)
    row = RowRef(level, level.alias, table, lambda: select(["id"]), is_own)
    text = compiler.object(row, declared, nodes).sql()
    return sql_text(f"coalesce((SELECT {text} FROM {level.source(select(level.columns))}), 'null')")


def _compile_node(compiler: Compiler, argument: Argument, nodes: list[FieldNode]) -> JsonText:
    def key(variables: Variables) -> str:
        return str(argument.value(variables)).partition(":")[2]

    # What is kept with a plan must not hold the compiler, and with it all that was compiled.
    graph = compiler.graph
    named = compiler.reading.specialize_on(argument, lambda value: _type_in_id(graph, value), "type")
    if named is None:
        return JsonText("null")
    declared = compiler.reading.schema.type_map[named]
    return _compile_row(compiler, declared, nodes, compiler.rows(declared).key, key)


def _type_in_id(graph: SchemaMapping, identity: str) -> str | None:
    """Give the type that a global id begins with; None for an id that can't be one."""
    named, colon, key = identity.partition(":")
    rows = graph.rows.get(named)
    return named if rows and rows.key and colon and storable(key) else None


def _compile_nodes(compiler: Compiler, argument: Argument, nodes: list[FieldNode]) -> JsonText:
    graph = compiler.graph

    def types(identities: list[str]) -> tuple[str, ...]:
        return tuple(sorted({_type_in_id(graph, each) or "" for each in identities}))

    number = compiler.reading.specialize_on(argument, len, "number")
    if number > compiler.statement.limits.node_ids:
        raise LimitExceeded("The number of ids", compiler.statement.limits.node_ids, number)
    compiler.statement.spend(number)
    arms = []
    for named in compiler.reading.specialize_on(argument, types, "types"):
        members = compiler.dialect.members(compiler.statement.bind(_keys_by_position(graph, argument, named)), number)
        arms.append(_select_by_keys(compiler, named, members, nodes, number) if named else _select_nulls(members))
    if not arms:
        return JsonText("[]")
    gathered = compiler.dialect.gather("m.v", ["m.o"])
    return sql_text(f"(SELECT '[' || {gathered} || ']' FROM ({' UNION ALL '.join(arms)} ORDER BY o) AS m)")


def _keys_by_position(graph: SchemaMapping, argument: Argument, named: str) -> Callable[[Variables], str]:
    """Bind the keys of the ids of one type, as a JSON object from their place to the key."""

    def keys(variables: Variables) -> str:
        identities: list[Any] = argument.value(variables)
        places = {
            str(place): identity.partition(":")[2] if named else ""
            for place, identity in enumerate(identities)
            if (_type_in_id(graph, identity) or "") == named
        }
        return orjson.dumps(places).decode()

    return keys


def _select_by_keys(compiler: Compiler, named: str, members: str, nodes: list[FieldNode], rows_at_most: int) -> str:
    declared = compiler.reading.schema.type_map[named]
    assert isinstance(declared, GraphQLObjectType)
    rows = compiler.rows(declared)
    name = compiler.dialect.name
    table = name(rows.table.name)
    key = name(rows.key or "")
    level = RowSource(compiler.statement, rows.table, ROOT + MERGED, rows=rows_at_most, outer=True)

    def identities() -> str:
        return f"SELECT DISTINCT k.id FROM {members} AS e JOIN {table} AS k ON k.{key} = e.value"

    text = compiler.object(RowRef(level, level.alias, rows.table, identities), declared, nodes).sql()
    return (
        f"SELECT CAST(e.key AS INTEGER) AS o, CASE WHEN {level.alias}.id IS NULL THEN 'null' ELSE {text} END AS v"
        f" FROM {members} AS e LEFT JOIN {table} AS {level.alias} ON {level.alias}.{key} = e.value{level.joins}"
    )


def _select_nulls(members: str) -> str:
    return f"SELECT CAST(e.key AS INTEGER) AS o, 'null' AS v FROM {members} AS e"
