"""Plain lists: bounded by their parent, in reading order."""

from functools import partial
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, get_named_type, is_abstract_type

from counterpoint.engine.json_text import JsonText
from counterpoint.engine.listings import LISTED, Listing
from counterpoint.engine.sources import Children, Link
from counterpoint.engine.statements import Level, Scope, target_of

if TYPE_CHECKING:
    from counterpoint.engine.compiling import Compiler


USUAL = 10
"""How many rows a list that an article bounds is taken to have."""

ARRAY = 15
CHOICE = 5
MERGED = 22
"""Symbols that a parser keeps in mind while it reads an item: of one table, more for a choice of types; of several."""


def children(
    compiler: "Compiler", scope: Scope, source: Children, concrete: GraphQLObjectType, nodes: list[FieldNode]
) -> JsonText:
    """Write the array of the objects that belong to a row."""
    declared = get_named_type(concrete.fields[nodes[0].name.value].type)
    compiler.statement.spend(scope.level.rows * USUAL)
    conditions = _narrowed(compiler, source, concrete, nodes[0])
    listings = [_listing(compiler, scope, link, conditions) for link in source.links]

    def write(parent: str, depth: int) -> str:
        if len(listings) == 1:
            return _array(compiler, scope, listings[0], declared, nodes, parent, depth)
        return _merged(compiler, scope, listings, declared, nodes, parent, depth)

    symbols = MERGED if len(listings) > 1 else ARRAY + CHOICE * is_abstract_type(declared)
    return compiler.within(scope, symbols, write)


def _listing(compiler: "Compiler", scope: Scope, link: Link, conditions: list[str]) -> Listing:
    table = link.near.table if link.far is None else target_of(link.near.table, link.far.name)
    is_own = scope.is_own and link.near.table.name in compiler.graph.parts
    return Listing(compiler.dialect, table, link, (link.near.table.c["position"],), conditions, is_own)


def _narrowed(compiler: "Compiler", source: Children, concrete: GraphQLObjectType, node: FieldNode) -> list[str]:
    conditions: list[str] = []
    for name, column in source.narrowed_by.items():
        argument = compiler.reading.argument(node, concrete.fields[node.name.value], name)
        if compiler.reading.look(argument, lambda value: value is not None, "given"):
            slot = compiler.statement.bind(argument.value)
            quoted = compiler.dialect.name(column)
            conditions.append(f"{LISTED}.{quoted} = {slot}")
    return conditions


def listed(compiler: "Compiler", scope: Scope, listing: Listing, depth: int) -> Scope:
    """Begin a level of all rows of a listing under a scope."""
    level = Level(compiler.statement, listing.table, depth, rows=scope.level.rows * USUAL)

    def identities() -> str:
        return listing.identities(scope.ids(), lambda parent: listing.ordered(parent, ["id"]))

    return Scope(level, level.alias, listing.table, identities, listing.lists_own)


def _array(
    compiler: "Compiler",
    scope: Scope,
    listing: Listing,
    declared: GraphQLNamedType,
    nodes: list[FieldNode],
    parent: str,
    depth: int,
) -> str:
    row = listed(compiler, scope, listing, depth)
    item = compiler.row(row, declared, nodes).sql()
    rows = row.level.source(listing.ordered(parent, row.level.columns))
    gathered = compiler.dialect.gather(item, [f"{row.alias}.o0"])
    return f"'[' || coalesce((SELECT {gathered} FROM {rows}), '') || ']'"


def _merged(
    compiler: "Compiler",
    scope: Scope,
    listings: list[Listing],
    declared: GraphQLNamedType,
    nodes: list[FieldNode],
    parent: str,
    depth: int,
) -> str:
    """Write one array of the rows of several tables, each with its own types."""

    def arm(listing: Listing) -> str:
        row = listed(compiler, scope, listing, depth)
        (concrete,) = compiler.types_of(declared, listing.table.name)
        item = compiler.object(row, concrete, nodes).sql()
        rows = row.level.source(listing.ordered(parent, row.level.columns))
        return f"SELECT {row.alias}.o0 AS o, {item} AS v FROM {rows}"

    arms = compiler.statement.either(partial(arm, listing) for listing in listings)
    gathered = compiler.dialect.gather("m.v", ["m.o"])
    return f"'[' || coalesce((SELECT {gathered} FROM ({' UNION ALL '.join(arms)} ORDER BY o) AS m), '') || ']'"
