"""Search: a connection to the objects whose passages match a search query, best match first.

The hits are a CTE, and the page is read from it as from a table.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from graphql import FieldNode, GraphQLNamedType
from sqlalchemy import Column, Integer, MetaData, Table

from counterpoint.engine.compile.connections import ConnectionQuery, ConnectionSource
from counterpoint.engine.compile.context import CompileContext, CompileItem, SelectedField
from counterpoint.engine.compile.filters import compile_parent_filter
from counterpoint.engine.compile.page_query import parse_page_arguments
from counterpoint.engine.compile.search_matches import PASSAGE_ALIAS, PASSAGE_COLUMNS, SearchMatches
from counterpoint.engine.compile.search_query_parser import Term
from counterpoint.engine.compile.snippets import STEMS, compile_snippet, excerpt_pattern, match_pattern, stem_patterns
from counterpoint.engine.document.operations import Argument
from counterpoint.engine.mapping import Order
from counterpoint.engine.search_mapping import Search, SnippetMarkers
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.engine.sql.expressions import JsonText, dump_json, json_from_sql, quote_literal
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.row_query import RowQuery
from counterpoint.engine.sql.rows import RowRef


def compile_search(
    context: CompileContext, compile_item: CompileItem, search: Search, field: SelectedField
) -> JsonText:
    """Compile the connection to the search hits."""
    where = context.find_argument(field, "where")
    filters, is_one_article = compile_parent_filter(context, where, search.table, "article_id", PASSAGE_ALIAS)
    filters = _kind_conditions(context, context.find_argument(field, "kinds")) + filters
    argument = context.find_argument(field, "query")
    matches = SearchMatches(context, search, argument, filters, is_one_article=is_one_article)
    first, name = matches.add_hits_ctes()
    hits = _hit_table(name, search.table)
    order = Order((hits.c.distance, hits.c.key))
    page = parse_page_arguments(context, field, CursorCodec(field.type.name, "RELEVANCE", order))
    rows = RowQuery(context.dialect, hits, None, order.columns)
    hit = _HitCompiler(context, compile_item, search, matches, first, rows)
    source = ConnectionSource(context, field, rows, page, hit.compile_node, hit)
    depth = Construct.CONNECTION_ITEM + Construct.SEARCH_TYPE_CASE
    return ConnectionQuery(source, None, None, depth).compile()


def _hit_table(name: str, passages: Table) -> Table:
    """Return a table definition for the CTE of the hits: columns of the passages, and the distance."""
    columns = [Column(column, passages.c[column].type) for column in PASSAGE_COLUMNS]
    return Table(name, MetaData(), *columns, Column("distance", Integer))


def _kind_conditions(context: CompileContext, argument: Argument) -> list[str]:
    def names(kinds: list[Any]) -> str:
        return dump_json([str(kind.value) if isinstance(kind, Enum) else kind for kind in kinds])

    if not context.has_value(argument):
        return []
    placeholder = context.builder.bind(lambda variables: names(argument.value(variables)))
    return [f"{PASSAGE_ALIAS}.kind IN ({context.dialect.unnest_texts(placeholder)})"]


@dataclass(frozen=True)
class _HitCompiler:
    """Compiles the items of the search connection, and its counts of all matches, which may be more than the hits."""

    context: CompileContext
    compile_item: CompileItem
    search: Search
    matches: SearchMatches
    first_matches: str
    """The CTE of the first matches."""
    rows: RowQuery

    def all_rows(self) -> RowQuery:
        """Return the query of all matches."""
        name = self.context.builder.add_cte("a", self.matches.select_all("0"), is_materialized=False)
        return replace(self.rows, table=_hit_table(name, self.search.table), order=())

    def count_subquery(self) -> str:
        """Return a subquery that counts all matches."""
        return self.matches.count_subquery(self.first_matches)

    def compile_node(self, row: RowRef, declared: GraphQLNamedType, nodes: list[FieldNode]) -> JsonText:
        """Compile the object that a passage belongs to; the passage's kind determines its type."""
        cases = []
        for type_name in dict.fromkeys(self.search.types_by_kind.values()):
            concrete = self.context.selection.schema.type_map[type_name]
            kinds = ", ".join(f"'{kind}'" for kind, name in self.search.types_by_kind.items() if name == type_name)
            condition = f"{row.column('kind')} IN ({kinds})"
            item = self.compile_item(self._join_object(row, type_name, kinds, condition), concrete, nodes)
            cases.append(f"WHEN {condition} THEN {item.sql()}")
        return json_from_sql(f"CASE {' '.join(cases)} END")

    def compile_edge_field(self, row: RowRef, field: SelectedField) -> JsonText:
        """Compile a field of an edge other than `node` and `cursor`."""
        name = field.nodes[0].name.value
        if name == "kind":
            return JsonText('"', json_from_sql(row.column("kind")), '"')
        if name == "snippet":
            return self._compile_snippet(row)
        column = self.search.edge_rows[name]
        table = self.context.mapping.tables[field.type.name].table
        target = self._join_row(row, name, table, row.column(column), column, "")
        item = self.compile_item(target, field.type, field.nodes).sql()
        return json_from_sql(f"CASE WHEN {target.alias}.id IS NULL THEN 'null' ELSE {item} END")

    def _compile_snippet(self, row: RowRef) -> JsonText:
        dialect, markers, table = self.context.dialect, self.search.markers, self.search.table
        passage = row.source.join(row.alias, table.name, row.column("id"), table)
        stems = self.matches.bind(lambda query: dump_json(stem_patterns(query.ranked_terms)))
        stem_pattern = dialect.json_member(stems, f"{passage}.stem_language")

        def bind_pattern(pattern: Callable[[SnippetMarkers, tuple[Term, ...]], str]) -> str:
            placeholder = self.matches.bind(lambda query: pattern(markers, query.ranked_terms))
            return f"replace({placeholder}, {quote_literal(STEMS)}, coalesce({stem_pattern}, ''))"

        excerpt, match = bind_pattern(excerpt_pattern), bind_pattern(match_pattern)
        snippet = compile_snippet(markers, f"{passage}.{dialect.quote('text')}", excerpt, match)
        return json_from_sql(dialect.encode_text(snippet, nullable=False))

    def _join_object(self, row: RowRef, type_name: str, kinds: str, condition: str) -> RowRef:
        """Join the object of a passage, if the passage is of these kinds."""
        table = self.context.mapping.tables[type_name].table
        node_id = f"CASE WHEN {condition} THEN {row.column('node_id')} END"
        return self._join_row(row, type_name, table, node_id, "node_id", f" WHERE t.kind IN ({kinds})")

    def _join_row(
        self, row: RowRef, name: str, table: Table, row_id: str, column: str, passage_condition: str
    ) -> RowRef:
        """Join the row whose id is `row_id` (SQL): a column of the passages that meet a condition, else null."""
        dialect = self.context.dialect
        passages, quoted_column = dialect.quote(self.search.table.name), dialect.quote(column)
        alias = row.source.join(row.alias, name, row_id, table)

        def select_ids() -> str:
            return (
                f"SELECT DISTINCT t.{quoted_column} AS id FROM {row.get_or_add_ids_cte()} AS u"
                f" {dialect.join} {passages} AS t ON t.id = u.id{passage_condition}"
            )

        return RowRef(row.source, alias, table, select_ids)
