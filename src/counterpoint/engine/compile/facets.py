"""Facets: the counts of a connection's objects, grouped by a column (`counts` in the GraphQL schema)."""

from graphql import FieldNode

from counterpoint.engine.compile.context import CompileContext, SelectedField, compile_object
from counterpoint.engine.mapping import FacetKey, Facets, referenced_table
from counterpoint.engine.sql.expressions import JsonText, json_array, json_from_sql
from counterpoint.engine.sql.row_query import RowQuery

MAX_FACETS = 100


def compile_facets(
    context: CompileContext, rows: RowQuery, facets: Facets, field: SelectedField, parent: str | None
) -> JsonText:
    """Compile the array of the facets of all rows of a query: highest count first, then by key."""
    by = facets.by[context.selection.specialize_on(context.find_argument(field, "by"), str)]

    def compile_field(name: str, nodes: list[FieldNode]) -> JsonText:
        if name == "total":
            return json_from_sql(context.dialect.as_text("q.total"))
        return json_from_sql(context.dialect.encode_text(f"q.{name}", nullable=False))

    facet = context.selection.collect_subfields(field.object_type, field.nodes)
    item = compile_object(field.object_type, facet, compile_field)
    aggregate = context.dialect.join_json_items(item.sql(), ["q.total DESC", "q.key"])
    groups = f"{_select_groups(context, rows, by, parent)} ORDER BY total DESC, key LIMIT {MAX_FACETS}"
    return json_array(aggregate, f"({groups}) AS q")


def _select_groups(context: CompileContext, rows: RowQuery, by: FacetKey, parent: str | None) -> str:
    """Select key, label and total of each group."""
    counts = rows.select_group_counts(parent, by.column)
    quote = context.dialect.quote
    if by.key_column is None or by.label_column is None:
        # The name of an enum value, in words: NOT_KNOWN becomes "Not known".
        words = "replace(c.g, '_', ' ')"
        label = f"upper(substr({words}, 1, 1)) || lower(substr({words}, 2))"
        return f"SELECT c.g AS key, {label} AS label, c.n AS total FROM ({counts}) AS c"
    target = quote(referenced_table(rows.table, by.column).name)
    return (
        f"SELECT e.{quote(by.key_column)} AS key, e.{quote(by.label_column)} AS label, c.n AS total"
        f" FROM ({counts}) AS c JOIN {target} AS e ON e.id = c.g"
    )
