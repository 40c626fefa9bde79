"""Snippets: the part of a passage's text around the first match, with all matches in `<mark>`.

The stored text contains markers (`SnippetMarkers`). With them, regular expressions cut the snippet and mark the
matches; both databases evaluate these expressions alike.
"""

from collections.abc import Sequence

from counterpoint.engine.compile.search_query_parser import Term
from counterpoint.engine.search_mapping import SnippetMarkers
from counterpoint.engine.sql.expressions import quote_literal

STEMS = "\7"
"""The place in a pattern for the stems of words in the passage's language, which `stem_patterns` returns."""

WORDS_BEFORE_MATCH, WORDS_AFTER_MATCH = 8, 24

MAX_PHRASE_WORDS = 8
"""Words of a phrase that are matched in a snippet."""

MAX_PATTERN_CHARS = 400
"""After this many letters, a pattern takes no further words: PostgreSQL needs seconds for thousands of letters."""


def match_pattern(markers: SnippetMarkers, terms: Sequence[Term]) -> str:
    """Return the regular expression that matches the tokens of a term, as group 1."""
    exact_terms, words = _limit_terms(terms)
    longest_first = sorted(exact_terms, key=lambda term: len(term.words), reverse=True)
    patterns = [_exact_pattern(markers, term) for term in longest_first]
    if words:
        alternatives = "|".join(dict.fromkeys(term.words[0] for term in words))
        begin, folded, end = markers.begin, markers.folded, markers.end
        before = f"{begin}[^{folded}]*[{markers.stem} ]"
        patterns.append(f"{before}(?:{alternatives}{STEMS}) [^{folded}]*{folded}[^{end}]*{end}")
    return f"({'|'.join(dict.fromkeys(patterns))})"


def stem_patterns(terms: Sequence[Term]) -> dict[str, str]:
    """Return the text to put in place of STEMS, by language."""
    _, words = _limit_terms(terms)
    patterns: dict[str, str] = {}
    for term in words:
        for language, stem in term.stems.items():
            patterns[language] = f"{patterns.get(language, '')}|{stem}"
    return patterns


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


def _exact_pattern(markers: SnippetMarkers, term: Term) -> str:
    begin, folded, end = markers.begin, markers.folded, markers.end
    # The next word of a phrase is in the same token or in the next one, after that token's stem.
    separator = f" (?:{folded}[^{end}]*{end}[^{begin}{markers.stop}]*{begin}[^ ]* )?"
    words = separator.join(term.words) + " " * (not term.is_prefix)
    return f"{begin}[^{folded}]* {words}[^{folded}]*{folded}[^{end}]*{end}"


def _limit_terms(terms: Sequence[Term]) -> tuple[list[Term], list[Term]]:
    """Return the exact terms and the words, cut to the limits. Together they have at least one word."""
    chars_left = MAX_PATTERN_CHARS
    exact_terms: list[Term] = []
    words: list[Term] = []
    for term in terms:
        if chars_left <= 0:
            break
        if term.is_word:
            words.append(term)
            chars_left -= len(term.words[0])
        else:
            exact_terms.append(_cut_phrase(term, chars_left))
            chars_left -= sum(map(len, exact_terms[-1].words))
    return exact_terms, words


def _cut_phrase(term: Term, max_chars: int) -> Term:
    """Return the first words of a term, until they have the maximum of characters."""
    words: list[str] = []
    for word in term.words[:MAX_PHRASE_WORDS]:
        if max_chars > 0:
            words.append(word)
            max_chars -= len(word)
    return Term(tuple(words), term.is_prefix and len(words) == len(term.words))
