"""What is searched for: the small language of `search`, read into what a passage must hold and what it must not.

Words must all occur; `"a phrase"` with its words side by side; `prefix*` as a word's beginning; `-word` and
`-"a phrase"` must not occur. Every text is of the language; one without a word that must occur finds nothing.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

Runs = Callable[[str], Sequence[tuple[tuple[str, ...], int]]]
"""Cuts a text into runs of words that nothing stands between, each with the place where it ends."""

MAX_SEARCH_TERMS = 16
"""How many terms are looked up, weighed and marked; whatever others there are, the longest."""

MAX_INDEX_EXCLUSIONS = 1_000
"""How many words the index leaves out; others, and phrases, are looked for in what was looked up."""

TOKEN = re.compile(r'(-*)"([^"]*)"?|([^\s"]+)')
STAR = "*"


@dataclass(frozen=True)
class Term:
    """Words side by side, the last of which may be a beginning only."""

    words: tuple[str, ...]
    is_prefix: bool = False

    @property
    def text(self) -> str:
        """The term as it occurs in a passage's words, which stand between single spaces."""
        return f" {' '.join(self.words)}{'' if self.is_prefix else ' '}"


@dataclass(frozen=True)
class SearchQuery:
    """What a passage must hold, `terms`, and what it must not, `excluded`."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...]

    @property
    def chosen(self) -> tuple[Term, ...]:
        """The terms that passages are weighed by."""
        if len(self.terms) <= MAX_SEARCH_TERMS:
            return self.terms
        return tuple(sorted(self.terms, key=lambda term: len(term.text), reverse=True)[:MAX_SEARCH_TERMS])

    @property
    def indexed(self) -> tuple[Term, ...]:
        """The words that passages are looked up by: whatever is found holds them, and may lack others."""
        single = (Term((word,)) for term in self.chosen for word in term.words[: -1 if term.is_prefix else None])
        last = (Term(term.words[-1:], is_prefix=True) for term in self.chosen if term.is_prefix)
        words = dict.fromkeys([*single, *last])
        return tuple(sorted(words, key=lambda term: len(term.text), reverse=True)[:MAX_SEARCH_TERMS])

    @property
    def unindexed(self) -> tuple[Term, ...]:
        """The terms that must be looked for in what was looked up."""
        indexed = set(self.indexed)
        return tuple(term for term in self.terms if term not in indexed)

    @property
    def left_out(self) -> tuple[Term, ...]:
        """The excluded words that the index leaves out."""
        return tuple(term for term in self.excluded if len(term.words) == 1)[:MAX_INDEX_EXCLUSIONS]

    @property
    def sorted_out(self) -> tuple[Term, ...]:
        """The excluded terms that must be looked for in what was looked up."""
        left_out = set(self.left_out)
        return tuple(term for term in self.excluded if term not in left_out)


@lru_cache(maxsize=8)
def parse_search_query(text: str, runs: Runs) -> SearchQuery:
    """Read what is searched for; `runs` cuts texts into words."""
    terms: dict[Term, None] = {}
    excluded: dict[Term, None] = {}
    for is_excluded, term in _terms(text, runs):
        (excluded if is_excluded else terms)[term] = None
    return SearchQuery(tuple(terms), tuple(excluded))


def _terms(text: str, runs: Runs) -> Iterator[tuple[bool, Term]]:
    for minus, phrase, word in TOKEN.findall(text):
        if not word:
            if words := _words(runs(phrase)):
                yield bool(minus), Term(words)
            continue
        bare = word.rstrip(STAR)
        found = runs(bare)
        if not found:
            continue
        # A star belongs to the word that it stands right behind.
        is_prefix = bare != word and found[-1][1] == len(bare)
        if word.startswith("-"):
            yield True, Term(_words(found), is_prefix)
        else:
            yield from ((False, Term(words)) for words, _ in found[:-1])
            yield False, Term(found[-1][0], is_prefix)


def _words(runs: Sequence[tuple[tuple[str, ...], int]]) -> tuple[str, ...]:
    return tuple(word for words, _ in runs for word in words)
