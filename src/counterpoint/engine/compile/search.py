"""Search: a connection to the objects whose passages match a search query, best match first.

The matching passages are a CTE, and the page is read from it as from a table. The CTE is not materialized, because a
page needs only the nearest of many passages, and a total needs no distances.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLNamedType
from sqlalchemy import Column, Integer, MetaData, String, Table

from counterpoint.engine.compile.connections import ConnectionQuery, ConnectionSource
from counterpoint.engine.compile.context import CompileContext, CompileItem, SelectedField
from counterpoint.engine.compile.filters import compile_parent_filter
from counterpoint.engine.compile.page_query import parse_page_arguments
from counterpoint.engine.compile.search_query_parser import SearchQuery, Term, parse_search_query
from counterpoint.engine.compile.snippets import compile_snippet, excerpt_pattern, match_pattern
from counterpoint.engine.document.operations import Argument
from counterpoint.engine.mapping import Order, Search
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.engine.sql.dialects import FulltextWord
from counterpoint.engine.sql.expressions import JsonText, dump_json, json_from_sql
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.row_query import RowQuery
from counterpoint.engine.sql.rows import RowRef

PASSAGE_ALIAS = "s"

MAX_TERM_DISTANCE = "CAST(10000000 AS BIGINT)"
"""The distance that a term adds to a passage in which it does not occur."""

Terms = Callable[[SearchQuery], tuple[Term, ...]]
"""Selects terms of a search query."""


def compile_search(
    context: CompileContext, compile_item: CompileItem, search: Search, field: SelectedField
) -> JsonText:
    """Compile the connection to the search hits."""
    passages = SearchCompiler(context, search, context.find_argument(field, "query"))
    where = context.find_argument(field, "where")
    conditions, is_one_article = compile_parent_filter(context, where, search.table, "article_id", PASSAGE_ALIAS)
    kind_conditions = _kind_conditions(context, context.find_argument(field, "kinds"))
    select = passages.select_hits(kind_conditions + conditions, is_one_article=is_one_article)
    hits = _hit_table(context.builder.add_cte("m", select, is_materialized=False))
    order = Order((hits.c.distance, hits.c.key))
    page = parse_page_arguments(context, field, CursorCodec(field.type.name, "RELEVANCE", order))
    context.builder.add_cost(page.size)
    hit = _HitCompiler(context, compile_item, search, passages)
    rows = RowQuery(context.dialect, hits, None, order.columns)
    source = ConnectionSource(context, field, rows, page, hit.compile_node, hit.compile_edge_field)
    depth = Construct.CONNECTION_ITEM + Construct.SEARCH_TYPE_CASE
    return json_from_sql(ConnectionQuery(source, None, None, depth).compile())


def _hit_table(name: str) -> Table:
    """Return a table definition for the CTE of the hits."""
    columns = (Column("id", Integer), Column("kind", String), Column("key", String), Column("node_id", Integer))
    return Table(name, MetaData(), *columns, Column("distance", Integer))


def _kind_conditions(context: CompileContext, argument: Argument) -> list[str]:
    def names(kinds: list[Any]) -> str:
        return dump_json([str(kind.value) if isinstance(kind, Enum) else kind for kind in kinds])

    if not context.has_value(argument):
        return []
    placeholder = context.builder.bind(lambda variables: names(argument.value(variables)))
    return [f"{PASSAGE_ALIAS}.kind IN ({context.dialect.unnest_texts(placeholder)})"]


class SearchCompiler:
    """Compiles the SQL that depends on the argument `query`: conditions, distance and bound terms.

    The plan depends on the shape of the argument's value only.
    """

    def __init__(self, context: CompileContext, search: Search, argument: Argument) -> None:
        self._context = context
        self._search = search
        self._argument = argument
        # Guards and parameters outlive the compiler, so they must not refer to it.
        self._parse = parse = partial(parse_search_query, tokenize=search.tokenize)
        self._shape = context.selection.specialize_on(argument, lambda text: _shape(parse(text)), "shape")

    def select_hits(self, conditions: list[str], *, is_one_article: bool) -> str:
        """Select the passages that match the search query and further conditions, with their distances."""
        quote = self._context.dialect.quote
        ranked_terms, has_post_filter_terms, has_exclusions, has_post_filter_exclusions = self._shape
        columns = ", ".join(f"{PASSAGE_ALIAS}.{quote(column)}" for column in ("id", "kind", "key", "node_id"))
        from_clause = f"{quote(self._search.table.name)} AS {PASSAGE_ALIAS}"
        if not ranked_terms:
            return f"SELECT {columns}, 0 AS distance FROM {from_clause} WHERE FALSE"
        conditions = [*conditions]
        if is_one_article:
            # The passages of one article are fewer than those that the full-text index may return.
            conditions.append(self._contains_all(lambda query: query.terms))
            if has_exclusions:
                conditions.append(self._contains_none(lambda query: query.excluded))
        else:
            from_clause, match = self._match_index()
            conditions.append(match)
            if has_post_filter_terms:
                conditions.append(self._contains_all(lambda query: query.post_filter_terms))
            if has_post_filter_exclusions:
                conditions.append(self._contains_none(lambda query: query.post_filter_exclusions))
        distance = self._distance(ranked_terms)
        return f"SELECT {columns}, {distance} AS distance FROM {from_clause} WHERE {' AND '.join(conditions)}"

    def bind(self, derive: Callable[[SearchQuery], Any]) -> str:
        """Bind a value that is derived from the request's search query."""
        argument, parse = self._argument, self._parse
        return self._context.builder.bind(lambda variables: derive(parse(argument.value(variables))))

    def _match_index(self) -> tuple[str, str]:
        dialect = self._context.dialect
        query = self.bind(
            lambda query: dialect.fulltext_query(
                _fulltext_words(query.index_terms), _fulltext_words(query.index_exclusions)
            )
        )
        return dialect.fulltext_match(self._search.table, PASSAGE_ALIAS, self._search.index, query)

    def _contains_all(self, terms: Terms) -> str:
        return self._no_term_position(terms, "= 0")

    def _contains_none(self, terms: Terms) -> str:
        return self._no_term_position(terms, "> 0")

    def _no_term_position(self, terms: Terms, comparison: str) -> str:
        """Return the condition that no term has such a position in a passage: from 1, or 0 if it does not occur."""
        dialect = self._context.dialect
        texts = dialect.unnest_texts(self.bind(lambda query: dump_json([term.padded_text for term in terms(query)])))
        position = dialect.text_position(f"{PASSAGE_ALIAS}.words", "e.value")
        return f"NOT EXISTS (SELECT 1 FROM ({texts}) AS e WHERE {position} {comparison})"

    def _distance(self, ranked_terms: int) -> str:
        """Return the distance of a passage: the smaller, the more often the terms occur in the fewer words.

        Each term counts as in BM25, but by this passage alone, so that other content never changes a passage's rank.
        """
        words = f"{PASSAGE_ALIAS}.words"
        weighted_length = f"(300 + 36 * {PASSAGE_ALIAS}.word_count)"

        def distance(index: int) -> str:
            term = self.bind(lambda query: query.ranked_terms[index].padded_text)
            occurrences = f"((length({words}) - length(replace({words}, {term}, ''))) / length({term}))"
            return f"{MAX_TERM_DISTANCE} * {weighted_length} / (1000 * {occurrences} + {weighted_length})"

        return " + ".join(map(distance, range(ranked_terms)))


@dataclass(frozen=True)
class _HitCompiler:
    """Compiles the items of the search connection: the object of a passage, and the fields of its edge."""

    context: CompileContext
    compile_item: CompileItem
    search: Search
    passages: SearchCompiler

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

    def compile_edge_field(self, row: RowRef, name: str) -> JsonText:
        """Compile `kind` or `snippet` of an edge."""
        if name == "kind":
            return JsonText('"', json_from_sql(row.column("kind")), '"')
        dialect, markers, table = self.context.dialect, self.search.markers, self.search.table
        excerpt = self.passages.bind(lambda query: excerpt_pattern(markers, query.ranked_terms))
        match = self.passages.bind(lambda query: match_pattern(markers, query.ranked_terms))
        passage = row.source.join(row.alias, table.name, row.column("id"), table)
        snippet = compile_snippet(markers, f"{passage}.{dialect.quote('text')}", excerpt, match)
        return json_from_sql(dialect.encode_text(snippet, nullable=False))

    def _join_object(self, row: RowRef, type_name: str, kinds: str, condition: str) -> RowRef:
        """Join the object of a passage, if the passage is of these kinds."""
        table = self.context.mapping.tables[type_name].table
        node_id = f"CASE WHEN {condition} THEN {row.column('node_id')} END"
        alias = row.source.join(row.alias, type_name, node_id, table)

        def select_ids() -> str:
            passages = self.context.dialect.quote(self.search.table.name)
            return (
                f"SELECT DISTINCT t.node_id AS id FROM {row.get_or_add_ids_cte()} AS u"
                f" {self.context.dialect.join} {passages} AS t ON t.id = u.id WHERE t.kind IN ({kinds})"
            )

        return RowRef(row.source, alias, table, select_ids)


def _shape(query: SearchQuery) -> tuple[int, bool, bool, bool]:
    """Return the part of a search query that determines the SQL."""
    has_terms, has_exclusions = bool(query.post_filter_terms), bool(query.post_filter_exclusions)
    return len(query.ranked_terms), has_terms, bool(query.excluded), has_exclusions


def _fulltext_words(terms: Sequence[Term]) -> list[FulltextWord]:
    return [(term.words[0], term.is_prefix) for term in terms]
