"""Matches: the SQL for the passages that match a search query, with their distances, and for the number of all.

At most `Limits.search_hits` passages are hits, because reading more takes too long; the names that match are always
among them. The number of all matches comes from the full-text index alone where the index can decide what matches.
"""

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import Any

from counterpoint.engine.compile.context import CompileContext
from counterpoint.engine.compile.search_query_parser import SearchQuery, Term, parse_search_query
from counterpoint.engine.compile.search_shape import find_shape
from counterpoint.engine.document.operations import Argument
from counterpoint.engine.search_mapping import Search
from counterpoint.engine.sql import index_slices, match_counts
from counterpoint.engine.sql.expressions import dump_json
from counterpoint.engine.sql.fulltext import IndexTerm, IndexWord

PASSAGE_ALIAS = "s"

PASSAGE_COLUMNS = ("id", "kind", "key", "article_id", "section_id", "node_id")
"""The columns of the passages that hits have."""

MAX_TERM_DISTANCE = "CAST(10000000 AS BIGINT)"
"""The distance that a term adds to a passage in which it occurs in other forms only."""

MAX_LENGTH_DISTANCE = 500
"""The distance that its length adds to a passage: less than any exact occurrence of a term takes away."""

_WORDS = f"{PASSAGE_ALIAS}.words"
_STEM_LANGUAGE = f"{PASSAGE_ALIAS}.stem_language"
_WORDS_AND_STEMS = f"{PASSAGE_ALIAS}.stems || {_WORDS}"

Terms = Callable[[SearchQuery], tuple[Term, ...]]
"""Selects terms of a search query."""


class SearchMatches:
    """The passages that match the argument `query` and further conditions.

    The plan depends on the shape of the argument's value only. `is_one_article` if the conditions leave one article.
    """

    def __init__(
        self, context: CompileContext, search: Search, argument: Argument, filters: list[str], *, is_one_article: bool
    ) -> None:
        self._context = context
        self._search = search
        self._argument = argument
        self._filters = filters
        # The passages of one article are fewer than those that the full-text index may return.
        self._has_index = not is_one_article
        # Guards and parameters outlive the compiler, so they must not refer to it.
        self._parse = parse = partial(parse_search_query, tokenize=search.tokenize, find_stems=search.find_stems)
        read_shape = partial(find_shape, parse=parse, max_chars=context.builder.limits.search_chars)
        self._shape = context.selection.specialize_on(argument, read_shape, "shape")
        self._columns = ", ".join(f"{PASSAGE_ALIAS}.{context.dialect.quote(column)}" for column in PASSAGE_COLUMNS)

    def add_hits_ctes(self) -> tuple[str, str]:
        """Add the CTEs of the first matches, and of the hits: these and names. Return the names of the CTEs."""
        builder, limit = self._context.builder, self._context.builder.limits.search_hits
        if not self._shape.ranked_terms:
            return (builder.add_cte("m", self.select_all("0")),) * 2
        distance = self._distance(self._shape.ranked_terms)
        first = builder.add_cte("h", f"{self._select_first(distance)} LIMIT {limit}")
        # The cross join has no rows unless the hits reach their limit, so nothing else is read then.
        names = (
            f"SELECT {self._columns}, {distance} AS distance"
            f" FROM (SELECT 1 FROM {first} LIMIT 1 OFFSET {limit - 1}) AS f CROSS JOIN {self._table} AS {PASSAGE_ALIAS}"
            f" WHERE {PASSAGE_ALIAS}.article_id IS NULL"
            f" AND {PASSAGE_ALIAS}.id NOT IN (SELECT id FROM {first})"
            f" AND {' AND '.join([*self._filters, *self._conditions(has_index=False)])}"
        )
        return first, builder.add_cte("m", f"SELECT * FROM {first} UNION ALL {names}", is_materialized=False)

    def select_all(self, distance: str) -> str:
        """Select all matches with this SQL as their distances."""
        select = f"SELECT {self._columns}, {distance} AS distance FROM"
        if not self._shape.ranked_terms:
            return f"{select} {self._table} AS {PASSAGE_ALIAS} WHERE FALSE"
        return f"{select} {self._all_matches}"

    def _select_first(self, distance: str) -> str:
        """Select all matches like `select_all`, but such that a LIMIT saves time if most passages may match."""
        may_be_frequent_prefix = self._may_have_stored_count and self._shape.has_prefixes
        if not (may_be_frequent_prefix or (self._is_divisible and self._shape.is_short)):
            return self.select_all(distance)
        _, match = self._match_candidates()
        if may_be_frequent_prefix:
            from_item = match_counts.select_first(self._table, PASSAGE_ALIAS, match, self._index_query)
        else:
            from_item = index_slices.select_first(self._table, PASSAGE_ALIAS, match)
        conditions = " AND ".join(self._conditions(has_index=True))
        return f"SELECT {self._columns}, {distance} AS distance FROM {from_item} WHERE {conditions}"

    @property
    def _is_divisible(self) -> bool:
        """Whether to look up parts of the matches.

        Not with filters, because they make the SQL long, nor with prefixes, because the index reads all words of a
        prefix for each part anew.
        """
        has_index = self._has_index and self._context.dialect.has_index_slices
        return has_index and not self._filters and not self._shape.has_prefixes

    @property
    def _is_indexed(self) -> bool:
        """Whether the full-text index can decide what matches."""
        return self._has_index and self._shape.is_indexed(self._context.dialect)

    @property
    def _may_have_stored_count(self) -> bool:
        """Whether the number of matches is stored if there are many."""
        is_one_term = self._shape.is_single_term and not self._filters
        return is_one_term and self._is_indexed and self._context.dialect.has_match_counts

    def count_subquery(self, first: str) -> str:
        """Return a subquery that counts all matches; `first` is the CTE of the first of them."""
        count, limit = f"(SELECT count(*) FROM {first})", self._context.builder.limits.search_hits
        if not self._shape.ranked_terms:
            return count
        matches = self._indexed_matches() if self._is_indexed else self._all_matches
        select = f"SELECT count(*) FROM {matches}"
        if self._is_divisible:
            select = index_slices.select_count(PASSAGE_ALIAS, matches)
        total = f"({select})"
        if self._may_have_stored_count:
            total = f"coalesce({match_counts.select_stored(self._index_query)}, {total})"
        return f"CASE WHEN {count} < {limit} THEN {count} ELSE {total} END"

    def bind(self, derive: Callable[[SearchQuery], Any]) -> str:
        """Bind a value that is derived from the request's search query."""
        argument, parse = self._argument, self._parse
        return self._context.builder.bind(lambda variables: derive(parse(argument.value(variables))))

    @property
    def _table(self) -> str:
        return self._context.dialect.quote(self._search.table.name)

    @cached_property
    def _all_matches(self) -> str:
        """FROM and WHERE clause of the matches: candidates from the index, compared with the terms."""
        from_clause, filters = f"{self._table} AS {PASSAGE_ALIAS}", self._filters
        if self._has_index:
            from_clause, match = self._match_candidates()
            filters = [*filters, match]
        return f"{from_clause} WHERE {' AND '.join([*filters, *self._conditions(has_index=self._has_index)])}"

    def _match_candidates(self) -> tuple[str, str]:
        """Return FROM clause and condition for the candidates."""
        dialect, search, conditions = self._context.dialect, self._search, self._shape.ranked_terms
        terms = self.bind(
            lambda query: dialect.fulltext_candidates(
                [*map(_index_words, query.index_terms), *(_index_phrases(query) if dialect.knows_word_order else ())],
                [IndexWord(term.words[0]) for term in query.index_exclusions],
                conditions,
            )
        )
        return dialect.candidate_match(search.table, PASSAGE_ALIAS, search.index, terms, conditions)

    def _indexed_matches(self) -> str:
        """Return FROM and WHERE clause of the matches if the index decides what matches."""
        search = self._search
        from_clause, match = self._context.dialect.fulltext_match(
            search.table, PASSAGE_ALIAS, search.index, self._index_query, has_columns=bool(self._filters)
        )
        return f"{from_clause} WHERE {' AND '.join([*self._filters, match])}"

    @cached_property
    def _index_query(self) -> str:
        """The placeholder of the full-text query for the matches."""
        dialect, mark = self._context.dialect, self._search.language_mark
        return self.bind(
            lambda query: dialect.fulltext_query(
                [_indexed_forms(term, mark) for term in (*query.ranked_words, *query.exact_terms)],
                [
                    form
                    for term in (*query.index_exclusions, *query.exact_exclusions)
                    for form in _indexed_forms(term, mark)
                ],
            )
        )

    def _conditions(self, *, has_index: bool) -> Iterator[str]:
        """Yield the conditions on a passage that the full-text index does not check, or all without the index."""
        shape = self._shape
        for index in range(shape.ranked_words):
            yield self._contains_word(index)
        for index in range(shape.ranked_phrases):
            yield self._contains_phrase(index)
        if shape.has_unranked_phrases:
            yield self._no_term_position(_WORDS, lambda query: query.unranked_phrases, "= 0")
        if shape.has_unranked_words:
            yield self._no_term_position(_WORDS_AND_STEMS, lambda query: query.unranked_words, "= 0")
        if shape.has_exact_exclusions:
            yield self._no_term_position(_WORDS, lambda query: query.exact_exclusions, "> 0")
        if shape.has_excluded_stems:
            yield self._contains_no_stem()
        if shape.has_unindexed_exclusions and has_index:
            yield self._no_term_position(_WORDS_AND_STEMS, lambda query: query.unindexed_exclusions, "> 0")
        elif shape.has_excluded_words and not has_index:
            yield self._no_term_position(_WORDS_AND_STEMS, lambda query: query.excluded_words, "> 0")

    def _contains_word(self, index: int) -> str:
        """Return the condition that a ranked word occurs in a passage, in any form."""
        dialect = self._context.dialect
        word = self.bind(lambda query: query.ranked_words[index].padded_text)
        stems = self.bind(lambda query: dump_json(query.ranked_words[index].padded_stems))
        stem_position = dialect.text_position(_WORDS_AND_STEMS, dialect.json_member(stems, _STEM_LANGUAGE))
        positions = (dialect.text_position(f"{PASSAGE_ALIAS}.{column}", word) for column in ("words", "stems"))
        return f"({' OR '.join(f'{position} > 0' for position in (*positions, f'coalesce({stem_position}, 0)'))})"

    def _contains_phrase(self, index: int) -> str:
        """Return the condition that a ranked phrase or prefix occurs in a passage."""
        phrase = self.bind(lambda query: query.ranked_phrases[index].padded_text)
        return f"{self._context.dialect.text_position(_WORDS, phrase)} > 0"

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
        size = self._context.dialect.size_function
        weighted_length = f"(300 + 36 * {PASSAGE_ALIAS}.word_count)"

        def distance(index: int) -> str:
            term = self.bind(lambda query: query.ranked_terms[index].padded_text)
            occurrences = f"(({size}({_WORDS}) - {size}(replace({_WORDS}, {term}, ''))) / {size}({term}))"
            return f"{MAX_TERM_DISTANCE} * {weighted_length} / (1000 * {occurrences} + {weighted_length})"

        length_distance = f"{MAX_LENGTH_DISTANCE} * {weighted_length} / (1000 + {weighted_length})"
        return " + ".join([*map(distance, range(ranked_terms)), length_distance])


def _index_words(term: Term) -> IndexTerm:
    """Return the words of the index of which a passage with a term contains one."""
    words = dict.fromkeys([term.words[0], *term.stems.values()])
    return [IndexWord(word, term.is_prefix, is_exact=not term.is_word) for word in words]


def _index_phrases(query: SearchQuery) -> list[IndexTerm]:
    phrases = query.exact_terms if query.has_few_phrases else ()
    return [[_index_phrase(term)] for term in phrases if len(term.words) > 1]


def _index_phrase(term: Term) -> IndexWord:
    return IndexWord(" ".join(term.words), term.is_prefix, is_exact=True)


def _indexed_forms(term: Term, language_mark: str) -> IndexTerm:
    """Return the word of a term, and its stems, each with the languages in which it is the stem; or the phrase."""
    if not term.is_word:
        return [_index_phrase(term)]
    languages: dict[str, list[str]] = {}
    for language, stem in term.stems.items():
        languages.setdefault(stem, []).append(f"{language_mark}{language}")
    stems = (IndexWord(stem, language_words=tuple(marked)) for stem, marked in languages.items())
    return [IndexWord(term.words[0]), *stems]
