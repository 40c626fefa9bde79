"""Search queries: parses the argument `query` of `search` to terms that a passage must, or must not, contain.

All words must occur. `"a phrase"` is words side by side, `prefix*` the beginning of a word. `-word` and `-"a phrase"`
must not occur. Every text is a valid query; one without a required word matches nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from counterpoint.engine.mapping import Tokenizer, TokenRun

MAX_SEARCH_TERMS = 16
"""Maximum number of terms to look up, rank and mark: the longest. A passage must still contain all terms."""

MAX_INDEX_EXCLUSIONS = 1_000
"""Excluded words in the full-text query. Other words, and phrases, are tested on the passages that it returns."""

_TOKEN = re.compile(r'(-*)"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True)
class Term:
    """One word, or a phrase of adjacent words. With `is_prefix`, the last word may continue."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def padded_text(self) -> str:
        """The substring to find in a passage's words, which are stored between single spaces."""
        return f" {' '.join(self.words)}{'' if self.is_prefix else ' '}"


@dataclass(frozen=True)
class SearchQuery:
    """The terms that a passage must contain, and the terms that it must not contain."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]

    @property
    def ranked_terms(self) -> tuple[Term, ...]:
        """The terms that determine a passage's rank."""
        return self.terms if len(self.terms) <= MAX_SEARCH_TERMS else _longest(self.terms)

    @property
    def index_terms(self) -> tuple[Term, ...]:
        """The single words of the full-text query. Passages that it returns may lack other terms."""
        words = (Term((word,)) for term in self.ranked_terms for word in term.words[: -1 if term.is_prefix else None])
        prefixes = (Term(term.words[-1:], is_prefix=True) for term in self.ranked_terms if term.is_prefix)
        return _longest(dict.fromkeys([*words, *prefixes]))

    @property
    def post_filter_terms(self) -> tuple[Term, ...]:
        """The terms that the full-text query does not cover."""
        covered = set(self.index_terms)
        return tuple(term for term in self.terms if term not in covered)

    @property
    def index_exclusions(self) -> tuple[Term, ...]:
        """The excluded single words of the full-text query."""
        return tuple(term for term in self.excluded if len(term.words) == 1)[:MAX_INDEX_EXCLUSIONS]

    @property
    def post_filter_exclusions(self) -> tuple[Term, ...]:
        """The excluded terms that the full-text query does not cover."""
        covered = set(self.index_exclusions)
        return tuple(term for term in self.excluded if term not in covered)


@lru_cache(maxsize=8)  # because several parameters of one request parse the same query
def parse_search_query(text: str, tokenize: Tokenizer) -> SearchQuery:
    """Parse a search query; `tokenize` splits it as the passages were split."""
    terms: dict[Term, None] = {}
    excluded: dict[Term, None] = {}
    for is_excluded, term in _parse_terms(text, tokenize):
        (excluded if is_excluded else terms)[term] = None
    return SearchQuery(tuple(terms), tuple(excluded))


def _longest(terms: "Sequence[Term] | dict[Term, None]") -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: len(term.padded_text), reverse=True)[:MAX_SEARCH_TERMS])


def _parse_terms(text: str, tokenize: Tokenizer) -> Iterator[tuple[bool, Term]]:
    """Return each term, with True for an excluded one."""
    for minus, phrase, word in _TOKEN.findall(text):
        if word:
            yield from _parse_word(word, tokenize)
        elif words := _words_in(tokenize(phrase)):
            yield bool(minus), Term(words)


def _parse_word(word: str, tokenize: Tokenizer) -> Iterator[tuple[bool, Term]]:
    """Return the terms of one word of the query: several if it contains separators, such as a/b."""
    stem = word.rstrip("*")
    runs = tokenize(stem)
    if not runs:
        return
    # The operator only applies to a word that it follows directly.
    is_prefix = stem != word and runs[-1][1] == len(stem)
    if word.startswith("-"):
        yield True, Term(_words_in(runs), is_prefix)
    else:
        yield from ((False, Term(words)) for words, _ in runs[:-1])
        yield False, Term(runs[-1][0], is_prefix)


def _words_in(runs: Sequence[TokenRun]) -> tuple[str, ...]:
    return tuple(word for words, _ in runs for word in words)
