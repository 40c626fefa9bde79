"""Snippets: what of a passage's text is shown, and where in it the words found stand.

A text comes ready made (`Signs`), so that regular expressions, which both databases read alike, do the rest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from counterpoint.engine.compile.search_query import Term
from counterpoint.engine.sql.dialects import Dialect, quote_literal

WORDS_BEFORE, WORDS_AFTER = 8, 24
"""How many words are shown before the first one found, and how many after."""

MAX_PHRASE_WORDS = 8
"""How many words of a phrase are marked."""

MAX_PATTERN_CHARS = 400
"""How many letters of what is found are marked: PostgreSQL takes seconds for expressions of thousands."""

MARKED = r"<mark>\1</mark>"
MORE = "…"


@dataclass(frozen=True)
class SnippetMarkers:
    """The signs in a text of escaped HTML.

    Each piece is `begin`, its words between single spaces, `folded`, itself, `end`. No phrase goes on over `stop`;
    `edge` is at both ends.
    """

    begin: str
    folded: str
    end: str
    stop: str
    edge: str

    def found(self, terms: Sequence[Term]) -> str:
        """Match the pieces that are the words found, as group 1."""
        longest_first = sorted(_limit_terms(terms), key=lambda term: len(term.words), reverse=True)
        return f"({'|'.join(dict.fromkeys(self._term(term) for term in longest_first))})"

    def excerpt(self, terms: Sequence[Term]) -> str:
        """Match what is shown: the first of the words found, and some pieces on both sides."""
        begin, end = self.begin, self.end
        gap = f"[^{begin}]*"
        before = f"(?:^{gap})?(?:{begin}[^{end}]*{end}{gap}){{0,{WORDS_BEFORE}}}"
        after = f"(?:{gap}{begin}[^{end}]*{end}){{0,{WORDS_AFTER}}}(?:{gap}$)?"
        return f"{before}{self.found(terms)}{after}"

    def shown(self, dialect: Dialect, text: str, excerpt: str, found: str) -> str:
        """Write a snippet as SQL; `excerpt` and `found` are bound patterns."""
        cut = f"coalesce({dialect.matched(text, excerpt)}, '')"
        marked = dialect.replaced(cut, found, quote_literal(MARKED))
        begun = dialect.replaced(marked, quote_literal(f"^([^{self.edge}])"), quote_literal(rf"{MORE}\1"))
        ended = dialect.replaced(begun, quote_literal(f"([^{self.edge}])$"), quote_literal(rf"\1{MORE}"))
        unseen = f"{self.begin}[^{self.folded}]*{self.folded}|[{self.end}{self.stop}{self.edge}]"
        return dialect.replaced(ended, quote_literal(unseen), "''")

    def _term(self, term: Term) -> str:
        begin, folded, end = self.begin, self.folded, self.end
        # The next word is of the same piece, or of the next one.
        between = f" (?:{folded}[^{end}]*{end}[^{begin}{self.stop}]*{begin} )?"
        words = between.join(term.words) + " " * (not term.is_prefix)
        return f"{begin}[^{folded}]* {words}[^{folded}]*{folded}[^{end}]*{end}"


def _limit_terms(terms: Sequence[Term]) -> Iterator[Term]:
    """Give as many terms, and as many words of each, as there is room for; one word at least."""
    room = MAX_PATTERN_CHARS
    for term in terms:
        words: list[str] = []
        for word in term.words[:MAX_PHRASE_WORDS]:
            if room > 0:
                words.append(word)
                room -= len(word)
        if words:
            yield Term(tuple(words), term.is_prefix and len(words) == len(term.words))
