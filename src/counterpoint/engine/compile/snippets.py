"""Snippets: the part of a passage's text around the first match, with all matches in `<mark>`.

The stored text contains markers (`SnippetMarkers`). With them, regular expressions cut the snippet and mark the
matches; both databases evaluate these expressions alike.
"""

from collections.abc import Iterator, Sequence

from counterpoint.engine.compile.search_query_parser import Term
from counterpoint.engine.mapping import SnippetMarkers
from counterpoint.engine.sql.expressions import quote_literal

WORDS_BEFORE_MATCH, WORDS_AFTER_MATCH = 8, 24

MAX_PHRASE_WORDS = 8
"""Words of a phrase that are matched in a snippet."""

MAX_PATTERN_CHARS = 400
"""After this many letters, a pattern takes no further words: PostgreSQL needs seconds for thousands of letters."""


def match_pattern(markers: SnippetMarkers, terms: Sequence[Term]) -> str:
    """Return the regular expression that matches the tokens of a term, as group 1."""
    longest_first = sorted(_limit_terms(terms), key=lambda term: len(term.words), reverse=True)
    return f"({'|'.join(dict.fromkeys(_term_pattern(markers, term) for term in longest_first))})"


def excerpt_pattern(markers: SnippetMarkers, terms: Sequence[Term]) -> str:
    """Return the regular expression that matches the snippet: the first match and some words around it."""
    begin, end = markers.begin, markers.end
    gap = f"[^{begin}]*"
    before = f"(?:^{gap})?(?:{begin}[^{end}]*{end}{gap}){{0,{WORDS_BEFORE_MATCH}}}"
    after = f"(?:{gap}{begin}[^{end}]*{end}){{0,{WORDS_AFTER_MATCH}}}(?:{gap}$)?"
    return f"{before}{match_pattern(markers, terms)}{after}"


def compile_snippet(markers: SnippetMarkers, text: str, excerpt: str, match: str) -> str:
    """Compile the snippet of a text; `excerpt` and `match` are the placeholders of the two patterns."""
    begin, folded, end, edge = markers.begin, markers.folded, markers.end, markers.edge
    snippet = f"coalesce(regexp_substr({text}, {excerpt}), '')"
    for pattern, replacement in (
        (match, r"'<mark>\1</mark>'"),
        (quote_literal(f"^([^{edge}])"), r"'…\1'"),
        (quote_literal(f"([^{edge}])$"), r"'\1…'"),
        (quote_literal(f"{begin}[^{folded}]*{folded}|[{end}{markers.stop}{edge}]"), "''"),
    ):
        snippet = f"regexp_replace({snippet}, {pattern}, {replacement}, 'g')"
    return snippet


def _term_pattern(markers: SnippetMarkers, term: Term) -> str:
    begin, folded, end = markers.begin, markers.folded, markers.end
    # The next word of a phrase is in the same token or in the next one.
    separator = f" (?:{folded}[^{end}]*{end}[^{begin}{markers.stop}]*{begin} )?"
    words = separator.join(term.words) + " " * (not term.is_prefix)
    return f"{begin}[^{folded}]* {words}[^{folded}]*{folded}[^{end}]*{end}"


def _limit_terms(terms: Sequence[Term]) -> Iterator[Term]:
    """Return the terms cut to the limits; the first term has at least one word."""
    chars_left = MAX_PATTERN_CHARS
    for term in terms:
        words: list[str] = []
        for word in term.words[:MAX_PHRASE_WORDS]:
            if chars_left > 0:
                words.append(word)
                chars_left -= len(word)
        if words:
            yield Term(tuple(words), term.is_prefix and len(words) == len(term.words))
