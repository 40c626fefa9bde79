"""Plain lists: bounded by their parent, in reading order."""

from functools import partial
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, get_named_type, is_abstract_type

from counterpoint.engine.mapping import ChildList, Relation
from counterpoint.engine.sql.builder import RowRef, RowSource, referenced_table
from counterpoint.engine.sql.json_text import JsonText
from counterpoint.engine.sql.row_query import ROW_ALIAS, RowQuery

if TYPE_CHECKING:
    from counterpoint.engine.compile.objects import Compiler


ASSUMED_LIST_ROWS = 10
"""How many rows a list that an article bounds is taken to have."""

ARRAY = 15
CHOICE = 5
MERGED = 22
"""Symbols that a parser keeps in mind while it reads an item: of one table, more for a choice of types; of several."""


def compile_list(
    compiler: "Compiler", scope: RowRef, source: ChildList, concrete: GraphQLObjectType, nodes: list[FieldNode]
) -> JsonText:
    """Write the array of the objects that belong to a row."""
    declared = get_named_type(concrete.fields[nodes[0].name.value].type)
    compiler.statement.spend(scope.level.rows * ASSUMED_LIST_ROWS)
    conditions = _argument_filters(compiler, source, concrete, nodes[0])
    listings = [_listing(compiler, scope, link, conditions) for link in source.links]

    def write(parent: str, depth: int) -> str:
        if len(listings) == 1:
            return _array(compiler, scope, listings[0], declared, nodes, parent, depth)
        return _merged(compiler, scope, listings, declared, nodes, parent, depth)

    symbols = MERGED if len(listings) > 1 else ARRAY + CHOICE * is_abstract_type(declared)
    return compiler.within(scope, symbols, write)


def _listing(compiler: "Compiler", scope: RowRef, link: Relation, conditions: list[str]) -> RowQuery:
    table = link.near.table if link.far is None else referenced_table(link.near.table, link.far.name)
    is_own = scope.is_own and link.near.table.name in compiler.graph.parts
    return RowQuery(compiler.dialect, table, link, (link.near.table.c["position"],), conditions, is_own)


def _argument_filters(
    compiler: "Compiler", source: ChildList, concrete: GraphQLObjectType, node: FieldNode
) -> list[str]:
    conditions: list[str] = []
    for name, column in source.narrowed_by.items():
        argument = compiler.reading.find_argument(node, concrete.fields[node.name.value], name)
        if compiler.reading.specialize_on(argument, lambda value: value is not None, "given"):
            slot = compiler.statement.bind(argument.value)
            quoted = compiler.dialect.name(column)
            conditions.append(f"{ROW_ALIAS}.{quoted} = {slot}")
    return conditions


def list_scope(compiler: "Compiler", scope: RowRef, listing: RowQuery, depth: int) -> RowRef:
    """Begin a level of all rows of a listing under a scope."""
    level = RowSource(compiler.statement, listing.table, depth, rows=scope.level.rows * ASSUMED_LIST_ROWS)

    def identities() -> str:
        return listing.identities(scope.ids(), lambda parent: listing.ordered(parent, ["id"]))

    return RowRef(level, level.alias, listing.table, identities, listing.lists_own)


def _array(
    compiler: "Compiler",
    scope: RowRef,
    listing: RowQuery,
    declared: GraphQLNamedType,
    nodes: list[FieldNode],
    parent: str,
    depth: int,
) -> str:
    row = list_scope(compiler, scope, listing, depth)
    item = compiler.row(row, declared, nodes).sql()
    rows = row.level.source(listing.ordered(parent, row.level.columns))
    gathered = compiler.dialect.gather(item, [f"{row.alias}.o0"])
    return f"'[' || coalesce((SELECT {gathered} FROM {rows}), '') || ']'"


def _merged(
    compiler: "Compiler",
    scope: RowRef,
    listings: list[RowQuery],
    declared: GraphQLNamedType,
    nodes: list[FieldNode],
    parent: str,
    depth: int,
) -> str:
    """Write one array of the rows of several tables, each with its own types."""

    def arm(listing: RowQuery) -> str:
        row = list_scope(compiler, scope, listing, depth)
        (concrete,) = compiler.types_of(declared, listing.table.name)
        item = compiler.object(row, concrete, nodes).sql()
        rows = row.level.source(listing.ordered(parent, row.level.columns))
        return f"SELECT {row.alias}.o0 AS o, {item} AS v FROM {rows}"

    arms = compiler.statement.either(partial(arm, listing) for listing in listings)
    gathered = compiler.dialect.gather("m.v", ["m.o"])
    return f"'[' || coalesce((SELECT {gathered} FROM ({' UNION ALL '.join(arms)} ORDER BY o) AS m), '') || ']'"
