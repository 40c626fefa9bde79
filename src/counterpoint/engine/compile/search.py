"""Search: a connection to the objects whose passages match a search query, best match first.

The matching passages are a CTE, and the page is read from it as from a table. The CTE is not materialized, because a
page needs only the nearest of many passages, and a total needs no distances.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from graphql import FieldNode, GraphQLNamedType
from sqlalchemy import Column, Integer, MetaData, Table

from counterpoint.engine.compile.connections import ConnectionQuery, ConnectionSource
from counterpoint.engine.compile.context import CompileContext, CompileItem, SelectedField
from counterpoint.engine.compile.filters import compile_parent_filter
from counterpoint.engine.compile.page_query import parse_page_arguments
from counterpoint.engine.compile.search_query_parser import SearchQuery, Term, parse_search_query
from counterpoint.engine.compile.snippets import STEMS, compile_snippet, excerpt_pattern, match_pattern, stem_patterns
from counterpoint.engine.document.operations import Argument
from counterpoint.engine.mapping import Order
from counterpoint.engine.search_mapping import Search, SnippetMarkers
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.engine.sql.dialects import FulltextWord
from counterpoint.engine.sql.expressions import JsonText, dump_json, json_from_sql, quote_literal
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.row_query import RowQuery
from counterpoint.engine.sql.rows import RowRef

PASSAGE_ALIAS = "s"

PASSAGE_COLUMNS = ("id", "kind", "key", "article_id", "section_id", "node_id")
"""The columns of the passages that hits have."""

MAX_TERM_DISTANCE = "CAST(10000000 AS BIGINT)"
"""The distance that a term adds to a passage in which it occurs in other forms only."""

MAX_LENGTH_DISTANCE = 500
"""The distance that its length adds to a passage: less than any exact occurrence of a term takes away."""

_STEM_LANGUAGE = f"{PASSAGE_ALIAS}.stem_language"
_WORDS_AND_STEMS = f"{PASSAGE_ALIAS}.stems || {PASSAGE_ALIAS}.words"

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
    hits = _hit_table(context.builder.add_cte("m", select, is_materialized=False), search.table)
    order = Order((hits.c.distance, hits.c.key))
    page = parse_page_arguments(context, field, CursorCodec(field.type.name, "RELEVANCE", order))
    hit = _HitCompiler(context, compile_item, search, passages)
    rows = RowQuery(context.dialect, hits, None, order.columns)
    source = ConnectionSource(context, field, rows, page, hit.compile_node, hit.compile_edge_field)
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


class SearchCompiler:
    """Compiles the SQL that depends on the argument `query`: conditions, distance and bound terms.

    The plan depends on the shape of the argument's value only.
    """

    def __init__(self, context: CompileContext, search: Search, argument: Argument) -> None:
        self._context = context
        self._search = search
        self._argument = argument
        # Guards and parameters outlive the compiler, so they must not refer to it.
        self._parse = parse = partial(parse_search_query, tokenize=search.tokenize, find_stems=search.find_stems)
        self._shape = context.selection.specialize_on(argument, lambda text: _shape(parse(text)), "shape")

    def select_hits(self, conditions: list[str], *, is_one_article: bool) -> str:
        """Select the passages that match the search query and further conditions, with their distances."""
        quote = self._context.dialect.quote
        columns = ", ".join(f"{PASSAGE_ALIAS}.{quote(column)}" for column in PASSAGE_COLUMNS)
        from_clause = f"{quote(self._search.table.name)} AS {PASSAGE_ALIAS}"
        if not self._shape.ranked_terms:
            return f"SELECT {columns}, 0 AS distance FROM {from_clause} WHERE FALSE"
        conditions = [*conditions]
        # The passages of one article are fewer than those that the full-text index may return.
        if not is_one_article:
            from_clause, match = self._match_index()
            conditions.append(match)
        conditions += self._conditions(has_index=not is_one_article)
        distance = self._distance(self._shape.ranked_terms)
        return f"SELECT {columns}, {distance} AS distance FROM {from_clause} WHERE {' AND '.join(conditions)}"

    def bind(self, derive: Callable[[SearchQuery], Any]) -> str:
        """Bind a value that is derived from the request's search query."""
        argument, parse = self._argument, self._parse
        return self._context.builder.bind(lambda variables: derive(parse(argument.value(variables))))

    def _match_index(self) -> tuple[str, str]:
        dialect = self._context.dialect
        query = self.bind(
            lambda query: dialect.fulltext_query(
                [_index_words(term) for term in query.index_terms],
                [(term.words[0], False) for term in query.index_exclusions],
            )
        )
        return dialect.fulltext_match(self._search.table, PASSAGE_ALIAS, self._search.index, query)

    def _conditions(self, *, has_index: bool) -> Iterator[str]:
        """Yield the conditions on a passage that the full-text index does not check, or all without the index."""
        shape, words, words_and_stems = self._shape, f"{PASSAGE_ALIAS}.words", _WORDS_AND_STEMS
        for index in range(shape.ranked_words):
            yield self._contains_word(index)
        if shape.has_exact_terms:
            yield self._no_term_position(words, lambda query: query.exact_terms, "= 0")
        if shape.has_unranked_words:
            yield self._no_term_position(words_and_stems, lambda query: query.unranked_words, "= 0")
        if shape.has_exact_exclusions:
            yield self._no_term_position(words, lambda query: query.exact_exclusions, "> 0")
        if shape.has_excluded_stems:
            yield self._contains_no_stem()
        if shape.has_unindexed_exclusions and has_index:
            yield self._no_term_position(words_and_stems, lambda query: query.unindexed_exclusions, "> 0")
        elif shape.has_excluded_words and not has_index:
            yield self._no_term_position(words_and_stems, lambda query: query.excluded_words, "> 0")

    def _contains_word(self, index: int) -> str:
        """Return the condition that a ranked word occurs in a passage, in any form."""
        dialect = self._context.dialect
        word = self.bind(lambda query: query.ranked_words[index].padded_text)
        stems = self.bind(lambda query: dump_json(query.ranked_words[index].padded_stems))
        stem_position = dialect.text_position(_WORDS_AND_STEMS, dialect.json_member(stems, _STEM_LANGUAGE))
        positions = (dialect.text_position(f"{PASSAGE_ALIAS}.{column}", word) for column in ("words", "stems"))
        return f"({' OR '.join(f'{position} > 0' for position in (*positions, f'coalesce({stem_position}, 0)'))})"

    def _contains_no_stem(self) -> str:
        """Return the condition that no stem of the excluded words occurs in a passage."""
        dialect = self._context.dialect
        stems = dialect.unnest_texts(
            self.bind(lambda query: dump_json([dump_json(term.padded_stems) for term in query.excluded_stems]))
        )
        position = dialect.text_position(_WORDS_AND_STEMS, dialect.json_member("e.value", _STEM_LANGUAGE))
        return f"NOT EXISTS (SELECT 1 FROM ({stems}) AS e WHERE {position} > 0)"

    def _no_term_position(self, text: str, terms: Terms, comparison: str) -> str:
        """Return the condition that no term has such a position in a text: from 1, or 0 if it does not occur."""
        dialect = self._context.dialect
        texts = dialect.unnest_texts(self.bind(lambda query: dump_json([term.padded_text for term in terms(query)])))
        position = dialect.text_position(text, "e.value")
        return f"NOT EXISTS (SELECT 1 FROM ({texts}) AS e WHERE {position} {comparison})"

    def _distance(self, ranked_terms: int) -> str:
        """Return the distance of a passage: the smaller, the more often the terms occur exactly in the fewer words.

        Each term counts as in BM25, but by this passage alone, so that other content never changes a passage's rank. Of
        passages with other forms only, the shorter is nearer.
        """
        words = f"{PASSAGE_ALIAS}.words"
        weighted_length = f"(300 + 36 * {PASSAGE_ALIAS}.word_count)"

        def distance(index: int) -> str:
            term = self.bind(lambda query: query.ranked_terms[index].padded_text)
            occurrences = f"((length({words}) - length(replace({words}, {term}, ''))) / length({term}))"
            return f"{MAX_TERM_DISTANCE} * {weighted_length} / (1000 * {occurrences} + {weighted_length})"

        length_distance = f"{MAX_LENGTH_DISTANCE} * {weighted_length} / (1000 + {weighted_length})"
        return " + ".join([*map(distance, range(ranked_terms)), length_distance])


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
        stems = self.passages.bind(lambda query: dump_json(stem_patterns(query.ranked_terms)))
        stem_pattern = dialect.json_member(stems, f"{passage}.stem_language")

        def bind_pattern(pattern: Callable[[SnippetMarkers, tuple[Term, ...]], str]) -> str:
            placeholder = self.passages.bind(lambda query: pattern(markers, query.ranked_terms))
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


class _Shape(NamedTuple):
    """The part of a search query that determines the SQL."""

    ranked_terms: int
    ranked_words: int
    has_exact_terms: bool
    has_unranked_words: bool
    has_exact_exclusions: bool
    has_excluded_words: bool
    has_unindexed_exclusions: bool
    has_excluded_stems: bool


def _shape(query: SearchQuery) -> _Shape:
    return _Shape(
        len(query.ranked_terms),
        len(query.ranked_words),
        bool(query.exact_terms),
        bool(query.unranked_words),
        bool(query.exact_exclusions),
        bool(query.excluded_words),
        bool(query.unindexed_exclusions),
        bool(query.excluded_stems),
    )


def _index_words(term: Term) -> list[FulltextWord]:
    """Return the words of the index that a passage with a term may contain."""
    return [(word, term.is_prefix) for word in dict.fromkeys([term.words[0], *term.stems.values()])]
