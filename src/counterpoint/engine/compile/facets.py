"""Facets: the counts of a connection's objects, grouped by a column (`counts` in the GraphQL schema)."""

from graphql import FieldNode

from counterpoint.engine.compile.context import CompileContext, SelectedField
from counterpoint.engine.facet_mapping import EnumFacet, FacetKey, Facets, ReferenceFacet, TextFacet, YearFacet
from counterpoint.engine.mapping import Relation, referenced_table
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.answer_cache_tags import quote_table
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.engine.sql.expressions import JsonText, json_array, json_from_sql, quote_literal
from counterpoint.engine.sql.row_query import ROW_ALIAS, RowQuery
from counterpoint.engine.sql.tag_scopes import TagScope, child_scopes

MAX_FACETS = 100


def compile_facets(
    context: CompileContext, rows: RowQuery, facets: Facets, field: SelectedField, parent: str | None
) -> JsonText:
    """Compile the array of the facets of all rows of a query: highest count first, then by key."""
    by = facets.by[context.selection.specialize_on(context.find_argument(field, "by"), str)]
    dialect = context.dialect

    def compile_field(name: str, nodes: list[FieldNode]) -> JsonText:
        match name:
            case "total":
                return json_from_sql(dialect.as_text("q.total"))
            case "label":
                return json_from_sql(dialect.encode_text(_label(by), nullable=False))
            case _:
                return json_from_sql(dialect.encode_text("q.key", nullable=False))

    item = context.compile_object(field, compile_field)
    aggregate = dialect.join_json_items(item.sql(), ["q.total DESC", "q.key"])
    target_scope, link_scope = _scopes(context.mapping, rows, by)
    groups = _select_groups(dialect, by, _select_counts(rows, by, parent, link_scope), target_scope)
    return json_array(aggregate, f"({groups} ORDER BY total DESC, key LIMIT {MAX_FACETS}) AS q")


def _label(by: FacetKey) -> str:
    match by:
        case ReferenceFacet():
            return "q.label"
        case EnumFacet():
            words = "replace(q.key, '_', ' ')"  # NOT_KNOWN becomes "Not known".
            return f"upper(substr({words}, 1, 1)) || lower(substr({words}, 2))"
        case _:
            return "q.key"


def _scopes(mapping: SchemaMapping, rows: RowQuery, by: FacetKey) -> tuple[TagScope | None, TagScope | None]:
    """Return the tag scopes of the rows that a facet's column references, and of the rows of its join table."""
    match by:
        case ReferenceFacet(column, counted_column=None):
            return rows.scope and rows.scope.of_referenced(mapping, rows.table, column.name), None
        case ReferenceFacet(column, counted_column=counted_column) if counted_column is not None:
            return child_scopes(mapping, rows.scope, Relation(counted_column, column))
        case TextFacet(counted_column=counted_column) if counted_column is not None:
            return None, child_scopes(mapping, rows.scope, Relation(counted_column))[1]
        case _:
            return None, None


def _select_counts(rows: RowQuery, by: FacetKey, parent: str | None, link_scope: TagScope | None) -> str:
    """Select the value that each group shares as g, and its count as n."""
    if isinstance(by, TextFacet | ReferenceFacet) and by.counted_column is not None:
        return rows.select_join_counts(parent, by.counted_column, by.column, link_scope)
    if isinstance(by, TextFacet) and by.foreign_key is not None:
        return _select_referenced_counts(rows, by, by.foreign_key, parent)
    value = f"{ROW_ALIAS}.{rows.dialect.quote(by.column.name)}"
    return rows.select_group_counts(parent, rows.dialect.year_of(value) if isinstance(by, YearFacet) else value)


def _select_referenced_counts(rows: RowQuery, by: TextFacet, foreign_key: str, parent: str | None) -> str:
    """Select each value of a column of the referenced rows as g, and how many rows of a parent refer to it as n."""
    quote = rows.dialect.quote
    counts = rows.select_group_counts(parent, f"{ROW_ALIAS}.{quote(foreign_key)}")
    value, table = f"e.{quote(by.column.name)}", quote(by.column.table.name)
    return f"SELECT {value} AS g, sum(c.n) AS n FROM ({counts}) AS c JOIN {table} AS e ON e.id = c.g GROUP BY {value}"


def _select_groups(dialect: Dialect, by: FacetKey, counts: str, target_scope: TagScope | None) -> str:
    """Select key and total of each group, and the label of those that have a row of their own."""
    quote = dialect.quote
    match by:
        case ReferenceFacet():
            key = f"e.{quote(by.key_column)}"
            if by.key_prefix:
                key = f"{quote_literal(by.key_prefix)} || {key}"
            target = quote_table(dialect, referenced_table(by.column.table, by.column.name), target_scope)
            return (
                f"SELECT {key} AS key, e.{quote(by.label_column)} AS label, c.n AS total"
                f" FROM ({counts}) AS c JOIN {target} AS e ON e.id = c.g"
            )
        case TextFacet():
            text = (
                f"SELECT e.{quote(by.text_column)} FROM {quote(by.column.table.name)} AS e"
                f" WHERE e.{quote(by.column.name)} = c.g ORDER BY e.{quote(by.order_column)} LIMIT 1"
            )
            return f"SELECT ({text}) AS key, c.n AS total FROM ({counts}) AS c"
        case EnumFacet() | YearFacet():
            return f"SELECT c.g AS key, c.n AS total FROM ({counts}) AS c WHERE c.g IS NOT NULL"
