"""The shape of a search query: what the plan of a search depends on."""

from collections.abc import Callable
from typing import NamedTuple

from counterpoint.engine.compile.search_query_parser import SearchQuery
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.errors import LimitExceeded


class SearchShape(NamedTuple):
    """The part of a search query that determines the SQL."""

    is_single_term: bool
    ranked_terms: int
    ranked_words: int
    ranked_phrases: int
    has_unranked_phrases: bool
    has_unranked_words: bool
    has_exact_exclusions: bool
    has_few_phrases: bool
    has_word_sequences: bool
    has_prefixes: bool
    is_short: bool
    has_excluded_words: bool
    has_unindexed_exclusions: bool
    has_excluded_stems: bool

    def is_indexed(self, dialect: Dialect) -> bool:
        """Whether the full-text index can decide what matches."""
        has_phrases = self.ranked_phrases or self.has_unranked_phrases or self.has_exact_exclusions
        knows_phrases = self.has_few_phrases and (dialect.knows_word_order or not self.has_word_sequences)
        return not (self.has_unranked_words or self.has_unindexed_exclusions) and (knows_phrases or not has_phrases)


def find_shape(text: str, parse: Callable[[str], SearchQuery], max_chars: int) -> SearchShape:
    """Return the shape of a search query. Raise LimitExceeded if it is too long."""
    if len(text) > max_chars:  # Tokenizing takes microseconds for each character.
        raise LimitExceeded("The number of characters in a search query", max_chars, len(text))
    query = parse(text)
    return SearchShape(
        is_single_term=len(query.terms) == 1 and not query.excluded,
        ranked_terms=len(query.ranked_terms),
        ranked_words=len(query.ranked_words),
        ranked_phrases=len(query.ranked_phrases),
        has_unranked_phrases=bool(query.unranked_phrases),
        has_unranked_words=bool(query.unranked_words),
        has_exact_exclusions=bool(query.exact_exclusions),
        has_few_phrases=query.has_few_phrases,
        has_word_sequences=any(len(term.words) > 1 for term in (*query.exact_terms, *query.exact_exclusions)),
        has_prefixes=any(term.is_prefix for term in query.ranked_terms),
        is_short=query.is_short,
        has_excluded_words=bool(query.excluded_words),
        has_unindexed_exclusions=bool(query.unindexed_exclusions),
        has_excluded_stems=bool(query.excluded_stems),
    )
