"""Search: passages found by their words, as a page of the objects that they are of.

What is found is a common table of its own; the page is read off it like any other. It is never made as a whole: a
page needs the nearest few of what may be many, and a total needs no distances.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType, get_named_type
from sqlalchemy import Column, Integer, MetaData, String, Table

from counterpoint.engine.compile.connections import PAGE, ConnectionQuery, parse_page_arguments
from counterpoint.engine.compile.filters import ParentFilter, compile_parent_filter
from counterpoint.engine.compile.search_query import SearchQuery, Term, parse_search_query
from counterpoint.engine.document.operations import Argument, Variables
from counterpoint.engine.mapping import Order, Search
from counterpoint.engine.sql.builder import RowRef
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.engine.sql.json_text import JsonText, sql_text
from counterpoint.engine.sql.row_query import RowQuery

if TYPE_CHECKING:
    from counterpoint.engine.compile.objects import Compiler

CHOICE = 7
"""Symbols that a parser keeps in mind for the choice of a type."""

PASSAGE_ALIAS = "s"
"""The alias of a passage that is looked at."""

MAX_TERM_DISTANCE = "CAST(10000000 AS BIGINT)"
"""How far from what is sought a passage without one of its terms would be."""


def compile_search(compiler: "Compiler", source: Search, query: GraphQLObjectType, nodes: list[FieldNode]) -> JsonText:
    """Write the page of what is found."""
    definition = query.fields[nodes[0].name.value]
    declared = get_named_type(definition.type)
    assert isinstance(declared, GraphQLObjectType)
    sought = SearchCompiler(compiler, source, compiler.reading.find_argument(nodes[0], definition, "query"))
    where = compiler.reading.find_argument(nodes[0], definition, "where")
    kinds = compiler.reading.find_argument(nodes[0], definition, "kinds")
    articles = compile_parent_filter(compiler, where, source.table, "article_id", PASSAGE_ALIAS)
    selected = sought.select(_of_kinds(compiler, kinds), articles)
    found = _found_table(compiler.statement.common("m", selected, once=False))
    order = Order((found.c.distance, found.c.key))
    window = parse_page_arguments(compiler, definition, nodes[0], CursorCodec(declared.name, "RELEVANCE", order))
    compiler.statement.spend(window.size)
    listing = RowQuery(compiler.dialect, found, None, order.columns)
    page = HitsQuery(compiler, None, listing, window, None, PAGE + CHOICE)
    page.source, page.sought = source, sought
    return sql_text(page.written(declared, get_named_type(declared.fields["nodes"].type), nodes))


def _found_table(name: str) -> Table:
    columns = (Column("id", Integer), Column("kind", String), Column("key", String), Column("node_id", Integer))
    return Table(name, MetaData(), *columns, Column("distance", Integer))


def _of_kinds(compiler: "Compiler", argument: Argument) -> list[str]:
    def names(value: list[Any]) -> str:
        return _json([str(kind.value) if isinstance(kind, Enum) else kind for kind in value])

    if not compiler.reading.specialize_on(argument, lambda value: value is not None, "given"):
        return []
    slot = compiler.statement.bind(lambda variables: names(argument.value(variables)))
    return [f"{PASSAGE_ALIAS}.kind IN ({compiler.dialect.items(slot)})"]


class SearchCompiler:
    """What is searched for, as parts of a statement."""

    def __init__(self, compiler: "Compiler", source: Search, argument: Argument) -> None:
        self._compiler = compiler
        self._source = source
        self._argument = argument
        # What is kept with a plan must not hold the compiler, and with it all that was compiled.
        self._read = read = partial(parse_search_query, runs=source.runs)
        self._shape = compiler.reading.specialize_on(argument, lambda text: _shape(read(text)), "shape")

    def select(self, conditions: list[str], articles: ParentFilter) -> str:
        """Select the passages that are found."""
        name = self._compiler.dialect.name
        weighed, has_unindexed, has_excluded, has_sorted_out = self._shape
        columns = ", ".join(f"{PASSAGE_ALIAS}.{name(column)}" for column in ("id", "kind", "key", "node_id"))
        source = f"{name(self._source.table.name)} AS {PASSAGE_ALIAS}"
        if not weighed:
            return f"SELECT {columns}, 0 AS distance FROM {source} WHERE FALSE"
        held = [*conditions, *articles.conditions]
        if articles.is_one:
            # One article's passages are fewer than those that an index of all words may give.
            held.append(self._all(lambda sought: sought.terms))
            if has_excluded:
                held.append(self._none(lambda sought: sought.excluded))
        else:
            source, found = self._looked_up()
            held.append(found)
            if has_unindexed:
                held.append(self._all(lambda sought: sought.unindexed))
            if has_sorted_out:
                held.append(self._none(lambda sought: sought.sorted_out))
        return f"SELECT {columns}, {self._distance(weighed)} AS distance FROM {source} WHERE {' AND '.join(held)}"

    def bind(self, part: Callable[[SearchQuery], Any]) -> str:
        """Bind a part of what is sought."""
        argument, read = self._argument, self._read

        def value(variables: Variables) -> Any:
            return part(read(argument.value(variables)))

        return self._compiler.statement.bind(value)

    def _looked_up(self) -> tuple[str, str]:
        dialect = self._compiler.dialect
        index = self.bind(lambda sought: dialect.look_up(_words(sought.indexed), _words(sought.left_out)))
        return dialect.looked_up(self._source.table, PASSAGE_ALIAS, self._source.index, index)

    def _all(self, terms: Callable[[SearchQuery], tuple[Term, ...]]) -> str:
        return f"NOT EXISTS (SELECT 1 FROM {self._texts(terms)} = 0)"

    def _none(self, terms: Callable[[SearchQuery], tuple[Term, ...]]) -> str:
        return f"NOT EXISTS (SELECT 1 FROM {self._texts(terms)} > 0)"

    def _texts(self, terms: Callable[[SearchQuery], tuple[Term, ...]]) -> str:
        """Give terms as rows, and where each stands in a passage, from 1."""
        dialect = self._compiler.dialect
        slot = self.bind(lambda sought: _json([term.text for term in terms(sought)]))
        return f"({dialect.items(slot)}) AS e WHERE {dialect.place(f'{PASSAGE_ALIAS}.words', 'e.value')}"

    def _distance(self, weighed: int) -> str:
        """Write how far a passage is from what is sought, from 0: nearer the oftener its terms occur in fewer words.

        Each term counts as in BM25, but by the passage alone: whatever else there is, a passage keeps its place.
        """
        terms = []
        length = f"(300 + 36 * {PASSAGE_ALIAS}.word_count)"
        for number in range(weighed):
            term = self.bind(lambda sought, number=number: sought.chosen[number].text)  # type: ignore[misc]
            often = (
                f"(length({PASSAGE_ALIAS}.words) - length(replace({PASSAGE_ALIAS}.words, {term}, ''))) / length({term})"
            )
            terms.append(f"{MAX_TERM_DISTANCE} * {length} / (1000 * ({often}) + {length})")
        return " + ".join(terms)


class HitsQuery(ConnectionQuery):
    """A page of what is found."""

    source: Search
    sought: SearchCompiler
    outer = True
    dear = True

    def item(self, row: RowRef, declared: GraphQLNamedType, nodes: list[FieldNode]) -> JsonText:
        """Write the object that a passage is of."""
        schema = self.compiler.reading.schema
        cases = []
        for named in dict.fromkeys(self.source.kinds.values()):
            concrete = schema.type_map[named]
            assert isinstance(concrete, GraphQLObjectType)
            kinds = ", ".join(f"'{kind}'" for kind, of in self.source.kinds.items() if of == named)
            is_one = f"{row.column('kind')} IN ({kinds})"
            text = self.compiler.object(self._node(row, concrete, kinds, is_one), concrete, nodes)
            cases.append(f"WHEN {is_one} THEN {text.sql()}")
        return sql_text(f"CASE {' '.join(cases)} END")

    def member(self, edge: GraphQLObjectType, row: RowRef, name: str) -> JsonText:
        """Write a field of an edge that only search has."""
        dialect = self.compiler.dialect
        if name == "kind":
            return JsonText('"', sql_text(row.column("kind")), '"')
        if name != "snippet":
            return super().member(edge, row, name)
        signs = self.source.signs
        excerpt = self.sought.bind(lambda sought: signs.excerpt(sought.chosen))
        found = self.sought.bind(lambda sought: signs.found(sought.chosen))
        table = self.source.table
        passage = row.level.parent(row.alias, row.column("id"), table, table.name)
        text = f"{passage}.{dialect.name('text')}"
        return sql_text(dialect.text(signs.shown(dialect, text, excerpt, found), nullable=False))

    def _node(self, row: RowRef, concrete: GraphQLObjectType, kinds: str, is_one: str) -> RowRef:
        """Join the row that a passage is of, if it is of this type."""
        table = self.compiler.rows(concrete).table
        identity = f"CASE WHEN {is_one} THEN {row.column('node_id')} END"
        alias = row.level.parent(row.alias, identity, table, concrete.name)

        def identities() -> str:
            passages = self.compiler.dialect.name(self.source.table.name)
            return (
                f"SELECT DISTINCT t.node_id AS id FROM {row.ids()} AS u"
                f" {self.compiler.dialect.join} {passages} AS t ON t.id = u.id WHERE t.kind IN ({kinds})"
            )

        return RowRef(row.level, alias, table, identities)


def _shape(sought: SearchQuery) -> tuple[int, bool, bool, bool]:
    return len(sought.chosen), bool(sought.unindexed), bool(sought.excluded), bool(sought.sorted_out)


def _words(terms: Sequence[Term]) -> list[tuple[str, bool]]:
    """Give single words as an index takes them, each with whether it is a beginning only."""
    return [(term.words[0], term.is_prefix) for term in terms]


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
