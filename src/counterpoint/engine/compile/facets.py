"""How many objects of a connection there are, by what they point at."""

from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLObjectType, get_named_type

from counterpoint.engine.mapping import FacetKey, Facets
from counterpoint.engine.sql.builder import referenced_table
from counterpoint.engine.sql.json_text import JsonText, json_object, sql_text
from counterpoint.engine.sql.row_query import RowQuery

if TYPE_CHECKING:
    from counterpoint.engine.compile.objects import Compiler

MAX_FACETS = 100


def compile_facets(
    compiler: "Compiler", listing: RowQuery, connection: GraphQLObjectType, nodes: list[FieldNode], parent: str | None
) -> JsonText:
    """Write the counts of all that a listing holds: most first, then by key."""
    definition = connection.fields[nodes[0].name.value]
    source = compiler.graph.fields[connection.name, nodes[0].name.value]
    assert isinstance(source, Facets)
    by = source.by[compiler.reading.specialize_on(compiler.reading.find_argument(nodes[0], definition, "by"), str)]
    count = get_named_type(definition.type)
    assert isinstance(count, GraphQLObjectType)
    item = json_object(
        (key, _member(compiler, count.name, fields[0].name.value))
        for key, fields in compiler.reading.collect_subfields(count, nodes).items()
    )
    gathered = compiler.dialect.gather(item.sql(), ["q.total DESC", "q.key"])
    rows = f"{_counted(compiler, listing, by, parent)} ORDER BY total DESC, key LIMIT {MAX_FACETS}"
    return sql_text(f"'[' || coalesce((SELECT {gathered} FROM ({rows}) AS q), '') || ']'")


def _counted(compiler: "Compiler", listing: RowQuery, by: FacetKey, parent: str | None) -> str:
    """Select key, label and total of each count."""
    numbers = listing.numbers(parent, by.name)
    name = compiler.dialect.name
    if by.key is None or by.label is None:
        return f"SELECT c.g AS key, {compiler.dialect.in_words('c.g')} AS label, c.n AS total FROM ({numbers}) AS c"
    target = referenced_table(listing.table, by.name)
    return (
        f"SELECT e.{name(by.key)} AS key, e.{name(by.label)} AS label, c.n AS total"
        f" FROM ({numbers}) AS c JOIN {name(target.name)} AS e ON e.id = c.g"
    )


def _member(compiler: "Compiler", count: str, field: str) -> JsonText:
    match field:
        case "key" | "label":
            return sql_text(compiler.dialect.text(f"q.{field}", nullable=False))
        case "total":
            return sql_text(compiler.dialect.number("q.total"))
        case _:
            return JsonText(f'"{count}"')
