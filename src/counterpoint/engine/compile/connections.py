"""Connections: edges, nodes, page info, counts and total of one page (GraphQL Cursor Connections Specification)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from graphql import FieldNode, get_named_type

from counterpoint.engine.compile.context import CompileContext, CompileItem, SelectedField
from counterpoint.engine.compile.facets import compile_facets
from counterpoint.engine.compile.filters import compile_filter
from counterpoint.engine.compile.page_query import PageArguments, PageQuery, parse_page_arguments
from counterpoint.engine.facet_mapping import Facets
from counterpoint.engine.mapping import Connection
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.engine.sql.expressions import JsonText, json_array, json_from_sql
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.row_query import ROW_ALIAS, RowQuery
from counterpoint.engine.sql.rows import FromClauseBuilder, RowRef


class Hits(Protocol):
    """The parts of a connection that only a search has. Its rows may be fewer than its matches."""

    def compile_edge_field(self, row: RowRef, field: SelectedField) -> JsonText:
        """Compile a field of an edge other than `node` and `cursor`."""

    def all_rows(self) -> RowQuery:
        """Return the query of all matches."""

    def count_subquery(self) -> str:
        """Return a subquery that counts all matches."""


def compile_connection(
    context: CompileContext,
    compile_item: CompileItem,
    parent: RowRef | None,
    connection: Connection,
    field: SelectedField,
) -> JsonText:
    """Compile a connection. With a parent, it contains the children of that row; without one, all rows of the table."""
    item_type = get_named_type(field.object_type.fields["nodes"].type)
    order_name = context.selection.specialize_on(context.find_argument(field, "orderBy"), str)
    order = connection.orders[order_name]
    page = parse_page_arguments(context, field, CursorCodec(item_type.name, order_name, order))
    table = context.mapping.tables[item_type.name].table
    where = context.find_argument(field, "where")
    scope, link_scope = parent.child_scopes(connection.relation) if parent and connection.relation else (None, None)
    has_counts = any(nodes[0].name.value == "counts" for nodes in context.collect_subfields(field).values())
    outer_symbols = Construct.COUNTS if has_counts else 0
    conditions, scope = compile_filter(context, where, table, ROW_ALIAS, scope, outer_symbols)
    rows = RowQuery(context.dialect, table, connection.relation, order.columns, conditions, scope, link_scope)
    source = ConnectionSource(context, field, rows, page, compile_item)
    if parent is None:
        return ConnectionQuery(source, None, None, Construct.CONNECTION_ITEM).compile()
    filter_symbols = Construct.CONNECTION_FILTER if conditions else 0

    def compile_for(parent_id: str, stack_depth: int) -> JsonText:
        return ConnectionQuery(source, parent, parent_id, stack_depth).compile()

    return parent.compile_inline_or_in_cte(compile_for, Construct.CONNECTION_ITEM, filter_symbols)


@dataclass(frozen=True)
class ConnectionSource:
    """The parts of a connection that do not depend on its parent. Only search has `hits`."""

    context: CompileContext
    field: SelectedField
    rows: RowQuery
    page: PageArguments
    compile_item: CompileItem
    hits: Hits | None = None


class ConnectionQuery:
    """The query of one connection for one parent. `depth` is the parser stack depth of the items."""

    def __init__(self, source: ConnectionSource, parent: RowRef | None, parent_id: str | None, depth: int) -> None:
        self._context = context = source.context
        self._source = source
        self._parent = parent
        self._depth = depth
        self._columns: dict[str, None] = {}
        cte = context.builder.new_alias("p")
        self._page_query = PageQuery(source.rows, source.page, parent_id, cte if self._is_materialized else None)

    @property
    def _is_materialized(self) -> bool:
        """Whether the page becomes a CTE. Without filter or search, reading rows again from the index costs less."""
        names = [nodes[0].name.value for nodes in self._context.collect_subfields(self._source.field).values()]
        is_read_again = len(names) > 1 or "pageInfo" in names
        return is_read_again and bool(self._source.rows.conditions or self._source.hits)

    def compile(self) -> JsonText:
        """Compile the connection's object."""
        connection = self._context.compile_object(self._source.field, self._compile_field)
        page = self._page_query
        if page.cte is None:
            return connection
        return json_from_sql(f"(WITH {page.cte} AS ({page.select_cte(self._columns)}) SELECT {connection.sql()})")

    def _compile_field(self, name: str, nodes: list[FieldNode]) -> JsonText:
        connection_type = self._source.field.object_type
        field = SelectedField(connection_type.fields[name], nodes)
        match name:
            case "nodes":
                return self._compile_array(lambda row: self._source.compile_item(row, field.type, nodes))
            case "edges":
                return self._compile_array(lambda row: self._compile_edge(row, field))
            case "pageInfo":
                return self._compile_page_info(field)
            case "counts":
                facets = self._context.mapping.fields[connection_type.name, name]
                assert isinstance(facets, Facets)
                rows = self._source.hits.all_rows() if self._source.hits else self._source.rows
                return compile_facets(self._context, rows, facets, field, self._page_query.parent)
            case _:
                total = (self._source.hits or self._page_query).count_subquery()
                return json_from_sql(self._context.dialect.as_text(total))

    def _compile_array(self, write: Callable[[RowRef], JsonText]) -> JsonText:
        """Compile the array of what `write` returns for each row of the page."""
        table, page = self._source.rows.table, self._source.page
        # A hit joins the objects of all types that it may belong to.
        left_join = self._source.hits is not None
        source = FromClauseBuilder(self._context.builder, table, self._depth, left_join=left_join)
        item = write(RowRef(source, source.alias, table, self._select_ids, self._source.rows.scope)).sql()
        self._columns.update(source.columns)
        rows = self._page_query.select_items(source.columns)
        order = self._page_query.order_by(f"{source.alias}.", descending=page.is_order_descending)
        return json_array(self._context.dialect.join_json_items(item, order.split(", ")), source.from_clause(rows))

    def _compile_edge(self, row: RowRef, field: SelectedField) -> JsonText:
        edge = field.object_type

        def compile_field(name: str, nodes: list[FieldNode]) -> JsonText:
            match name:
                case "node":
                    return self._source.compile_item(row, get_named_type(edge.fields["node"].type), nodes)
                case "cursor":
                    return self._compile_cursor(row.alias)
                case _:
                    assert self._source.hits
                    return self._source.hits.compile_edge_field(row, SelectedField(edge.fields[name], nodes))

        return self._context.compile_object(field, compile_field)

    def _compile_page_info(self, field: SelectedField) -> JsonText:
        def compile_field(name: str, nodes: list[FieldNode]) -> JsonText:
            if name in ("hasNextPage", "hasPreviousPage"):
                return self._has_more(backward=name == "hasPreviousPage")
            return self._boundary_cursor(is_last=name == "endCursor")

        return self._context.compile_object(field, compile_field)

    def _has_more(self, *, backward: bool) -> JsonText:
        condition = self._page_query.has_more_condition(backward=backward)
        return json_from_sql(self._context.dialect.encode_boolean(condition)) if condition else JsonText("false")

    def _boundary_cursor(self, *, is_last: bool) -> JsonText:
        """Compile the cursor of the page's first or last row; null for an empty page."""
        if self._source.page.size == 0:
            return JsonText("null")
        cursor = self._compile_cursor("q").sql()
        rows = self._page_query.select_boundary_rows(is_last=is_last)
        cursors = ", ".join(f"(SELECT {cursor} FROM ({row}) AS q)" for row in rows)
        return json_from_sql(f"coalesce({cursors}, 'null')")

    def _compile_cursor(self, alias: str) -> JsonText:
        columns = [f"{alias}.{column}" for column in self._page_query.order_aliases]
        return self._source.page.codec.compile_cursor(self._context.dialect, columns)

    def _select_ids(self) -> str:
        """Select the ids of the page's rows for all parents."""
        if self._parent is None:
            return f"SELECT id FROM ({self._page_query.select_ids()}) AS t"
        return self._source.rows.select_ids_for_parents(self._parent.get_or_add_ids_cte(), self._page_query.select_ids)
