"""Search queries: parses the argument `query` of `search` to terms that a passage must, or must not, contain.

All words must occur. `"a phrase"` is words side by side, `prefix*` the beginning of a word. `-word` and `-"a phrase"`
must not occur. Every text is a valid query; one without a required word matches nothing.

A word also stands for its other forms: it occurs in a passage if the word, or its stem in the passage's language,
equals a word of the passage or the stem of one. Phrases and prefixes are exact, and so is a word in quotation marks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from counterpoint.engine.search_mapping import StemFinder, Tokenizer, TokenRun

MAX_SEARCH_TERMS = 16
"""Maximum number of terms to look up, rank and mark: the longest. A passage must still contain all terms.

Only these, and as many excluded words, have stems.
"""

MAX_INDEX_EXCLUSIONS = 1_000
"""Excluded words in the full-text query. Other words, and phrases, are tested on the passages that it returns."""

MAX_INDEX_PHRASES = 16
MAX_INDEX_PHRASE_WORDS = 16
"""Phrases and prefixes, and words of each, up to which the full-text query can contain them all."""

MAX_SHORT_WORD_CHARS = 4
"""Characters of a short word. The words that are in most texts are short: articles, conjunctions, prepositions."""

_TOKEN = re.compile(r'(-*)"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True)
class Term:
    """One word, or a phrase of adjacent words. With `is_prefix`, the last word may continue.

    `text` is a word without quotation marks as the query has it, in lower case; it is empty for any other term. `stems`
    has the word's stem for each language in which it is another text.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    text: str = ""
    stems: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def is_word(self) -> bool:
        """Whether the term stands for all forms of a word."""
        return bool(self.text)

    @property
    def padded_text(self) -> str:
        """The substring to find in a passage's words, which are stored between single spaces."""
        return f" {' '.join(self.words)}{'' if self.is_prefix else ' '}"

    @property
    def padded_stems(self) -> dict[str, str]:
        """The substrings to find in a passage's words or stems, by language."""
        return {language: f" {stem} " for language, stem in self.stems.items()}


@dataclass(frozen=True)
class SearchQuery:
    """The terms that a passage must contain, and the terms that it must not contain."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]

    @cached_property
    def ranked_terms(self) -> tuple[Term, ...]:
        """The terms that determine a passage's rank."""
        return _longest(self.terms)

    @cached_property
    def ranked_words(self) -> tuple[Term, ...]:
        """The ranked terms that stand for all forms of a word."""
        return tuple(term for term in self.ranked_terms if term.is_word)

    @cached_property
    def ranked_phrases(self) -> tuple[Term, ...]:
        """The ranked phrases and prefixes."""
        return tuple(term for term in self.ranked_terms if not term.is_word)

    @cached_property
    def index_terms(self) -> tuple[Term, ...]:
        """The single words of the full-text query. Passages that it returns may lack any term."""
        words = (
            term if term.is_word else Term((word,))
            for term in self.ranked_terms
            for word in term.words[: -1 if term.is_prefix else None]
        )
        prefixes = (Term(term.words[-1:], is_prefix=True) for term in self.ranked_terms if term.is_prefix)
        return _longest(tuple(dict.fromkeys([*words, *prefixes])))

    @cached_property
    def exact_terms(self) -> tuple[Term, ...]:
        """The phrases and prefixes."""
        return tuple(term for term in self.terms if not term.is_word)

    @cached_property
    def has_few_phrases(self) -> bool:
        """Whether the full-text query can contain all phrases and prefixes, also the excluded ones."""
        phrases = (*self.exact_terms, *self.exact_exclusions)
        return len(phrases) <= MAX_INDEX_PHRASES and all(len(term.words) <= MAX_INDEX_PHRASE_WORDS for term in phrases)

    @cached_property
    def is_short(self) -> bool:
        """Whether the only term consists of short words. Most passages may contain it, as they contain `the`."""
        return len(self.terms) == 1 and all(len(word) <= MAX_SHORT_WORD_CHARS for word in self.terms[0].words)

    @cached_property
    def unranked_phrases(self) -> tuple[Term, ...]:
        """The phrases and prefixes beyond the ranked ones."""
        ranked = set(self.ranked_phrases)
        return tuple(term for term in self.exact_terms if term not in ranked)

    @cached_property
    def unranked_words(self) -> tuple[Term, ...]:
        """The words beyond the ranked ones. Their own stems are not looked up."""
        ranked = set(self.ranked_terms)
        return tuple(term for term in self.terms if term.is_word and term not in ranked)

    @cached_property
    def exact_exclusions(self) -> tuple[Term, ...]:
        """The excluded phrases and prefixes."""
        return tuple(term for term in self.excluded if not term.is_word)

    @cached_property
    def excluded_words(self) -> tuple[Term, ...]:
        """The excluded words."""
        return tuple(term for term in self.excluded if term.is_word)

    @cached_property
    def index_exclusions(self) -> tuple[Term, ...]:
        """The excluded words of the full-text query, which returns no passage that contains them or has their stems."""
        return self.excluded_words[:MAX_INDEX_EXCLUSIONS]

    @cached_property
    def unindexed_exclusions(self) -> tuple[Term, ...]:
        """The excluded words beyond those of the full-text query."""
        return self.excluded_words[MAX_INDEX_EXCLUSIONS:]

    @cached_property
    def excluded_stems(self) -> tuple[Term, ...]:
        """The excluded words that have other stems, which must not occur either."""
        return tuple(term for term in self.excluded if term.stems)


@lru_cache(maxsize=50)  # because several parameters of one request, which may have 50 root fields, parse a query
def parse_search_query(text: str, tokenize: Tokenizer, find_stems: StemFinder) -> SearchQuery:
    """Parse a search query; `tokenize` and `find_stems` treat it as the passages were treated."""
    terms: dict[Term, None] = {}
    excluded: dict[Term, None] = {}
    for is_excluded, term in _parse_terms(text, tokenize):
        (excluded if is_excluded else terms)[term] = None
    excluded_words = [term for term in excluded if term.is_word]
    return SearchQuery(
        _add_stems(terms, _longest(tuple(terms)), find_stems),
        _add_stems(excluded, excluded_words[:MAX_SEARCH_TERMS], find_stems),
    )


def _add_stems(terms: Iterable[Term], with_stems: Iterable[Term], find_stems: StemFinder) -> tuple[Term, ...]:
    stemmed = {term for term in with_stems if term.is_word}
    return tuple(replace(term, stems=find_stems(term.text)) if term in stemmed else term for term in terms)


def _longest(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Return the terms, without the shortest ones where there are too many."""
    if len(terms) <= MAX_SEARCH_TERMS:
        return tuple(terms)
    return tuple(sorted(terms, key=lambda term: len(term.padded_text), reverse=True)[:MAX_SEARCH_TERMS])


def _parse_terms(text: str, tokenize: Tokenizer) -> Iterator[tuple[bool, Term]]:
    """Yield each term, with True for an excluded one."""
    for minus, phrase, word in _TOKEN.findall(text):
        if word:
            yield from _parse_word(word, tokenize)
        elif words := _words_in(tokenize(phrase)):
            yield bool(minus), Term(words)


def _parse_word(word: str, tokenize: Tokenizer) -> Iterator[tuple[bool, Term]]:
    """Yield the terms of one word of the query: several if it contains separators, such as a/b."""
    before_star = word.rstrip("*")
    runs = tokenize(before_star)
    if not runs:
        return
    # The operator only applies to a word that it follows directly.
    is_prefix = before_star != word and runs[-1][2] == len(before_star)
    if word.startswith("-"):
        if len(runs) > 1 or is_prefix:
            yield True, Term(_words_in(runs), is_prefix)
        else:
            yield True, _word_term(before_star, runs[0])
        return
    yield from ((False, _word_term(before_star, run)) for run in runs[:-1])
    yield False, Term(runs[-1][0], is_prefix=True) if is_prefix else _word_term(before_star, runs[-1])


def _word_term(text: str, run: TokenRun) -> Term:
    """Return the term of a run of adjacent words, which is a phrase if there are several."""
    words, start, end = run
    return Term(words, text=text[start:end].lower()) if len(words) == 1 else Term(words)


def _words_in(runs: Sequence[TokenRun]) -> tuple[str, ...]:
    return tuple(word for words, _, _ in runs for word in words)
