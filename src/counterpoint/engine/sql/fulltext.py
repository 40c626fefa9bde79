"""Full-text queries in the languages of SQLite (FTS5) and PostgreSQL (tsquery), and the choice of terms to look up."""

from collections.abc import Sequence
from typing import NamedTuple

from counterpoint.engine.sql.expressions import dump_json

FREQUENCY_TABLE = "passage_index_frequency"
"""SQLite's table of frequent words and in how many rows the index has each. The empty word stands for all rows.

The figures may be outdated, because they only decide which terms the index looks up.
"""

FEW_ROWS = 1_000
"""Number of rows below which FREQUENCY_TABLE need not contain a word."""

PREFIX_ROWS_PER_CANDIDATE = 20
"""Rows that the look-up of a prefix may read for each row with a rarer term, because it reads all rows at once.

To compare a row with the prefix takes as long as to read so many.
"""

STEM_MARK = "="
"""Begins each stem in PostgreSQL's index, as in a migration, because no word begins so."""

NO_WORD = "§§"
"""A word that is in no index."""

_LAST_CHARACTER = "\U0010ffff"


class IndexWord(NamedTuple):
    """A word to look up in a full-text index, or adjacent words. With `is_prefix`, the last one may continue.

    With `is_exact`, it is looked up among words only, not among stems. Only SQLite's index knows which words are
    adjacent.
    With `language_words`, a row must also contain one of these words, each of which stands for a language.
    """

    text: str
    is_prefix: bool = False
    is_exact: bool = False
    language_words: tuple[str, ...] = ()


IndexTerm = Sequence[IndexWord]
"""Words of which a row must contain one."""


def fts5_query(terms: Sequence[IndexTerm], excluded: IndexTerm) -> str:
    """Return the FTS5 query for rows that contain all terms and none of the excluded words."""
    return f"({' AND '.join(map(_fts5_term, terms))}){_fts5_exclusion(excluded)}"


def fts5_terms(terms: Sequence[IndexTerm], excluded: IndexTerm) -> str:
    """Return JSON from which `fts5_rarest_first` builds a query.

    A term is its query, whether it is a prefix, and the ranges of words that it reads.
    """
    items = [
        (
            _fts5_term(term),
            any(word.is_prefix for word in term),
            [bounds for word in term for bounds in _word_ranges(word)],
        )
        for term in terms
    ]
    return dump_json({"terms": items, "open": "(" * len(terms), "excluded": _fts5_exclusion(excluded)})


def fts5_rarest_first(placeholder: str) -> str:
    """Return SQL for the query for bound `fts5_terms` which reads the rarest term first.

    FTS5 looks up all terms of an AND for each row of any. Its NOT is the barrier that keeps two operators apart: then
    the right term is looked up only for the rows with the left ones. A prefix is left out if it is much more frequent.
    """
    frequency = (
        "SELECT coalesce(sum(f.row_count), 0) FROM json_each(j.value, '$[2]') AS w"
        f" CROSS JOIN {FREQUENCY_TABLE} AS f ON f.word BETWEEN w.value ->> 0 AND w.value ->> 1"
    )
    terms = (
        f"SELECT j.value ->> 0 AS query, j.value ->> 1 AS is_prefix, ({frequency}) AS row_count"
        f" FROM json_each({placeholder}, '$.terms') AS j"
    )
    max_rows = f"{PREFIX_ROWS_PER_CANDIDATE} * max({FEW_ROWS}, (SELECT min(row_count) FROM t))"
    ordered = f"SELECT query FROM t WHERE NOT is_prefix OR row_count <= {max_rows} ORDER BY row_count"
    nested = (
        f"""substr({placeholder} ->> 'open', 1, count(*)) || group_concat(query, ') NOT "{NO_WORD}" AND ') || ')'"""
    )
    return f"(WITH t AS MATERIALIZED ({terms}) SELECT {nested} || ({placeholder} ->> 'excluded') FROM ({ordered}))"


def tsquery(terms: Sequence[IndexTerm], excluded: IndexTerm) -> str:
    """Return the tsquery for rows that contain all terms and none of the excluded words."""
    required = " & ".join(map(_tsquery_term, terms))
    return f"{required} & !{_tsquery_term(excluded)}" if excluded else required


def tsqueries(terms: Sequence[IndexTerm], excluded: IndexTerm, count: int) -> str:
    """Return a JSON array of `count` tsqueries. Rows that match all contain all terms and none of the excluded words.

    The first ones have the longest words, because these tend to be rare, and an index scan reads the first query fully.
    """
    longest_first = sorted(terms, key=lambda term: len(term[0].text), reverse=True)
    groups = [longest_first[number::count] or terms[:1] for number in range(count)]
    return dump_json([*(tsquery(group, ()) for group in groups[:-1]), tsquery(groups[-1], excluded)])


def _word_ranges(word: IndexWord) -> list[tuple[str, str]]:
    """Return the first and the last word of each range that a look-up reads."""
    *words, last = word.text.split(" ")
    return [*((text, text) for text in words), (last, last + _LAST_CHARACTER * word.is_prefix)]


def _fts5_exclusion(words: IndexTerm) -> str:
    return f" NOT {_fts5_term(words)}" if words else ""


def _fts5_term(words: IndexTerm) -> str:
    return f"({' OR '.join(map(_fts5_word, words))})"


def _fts5_word(word: IndexWord) -> str:
    query = f'{"words : " * word.is_exact}"{word.text}"{" *" * word.is_prefix}'
    languages = " OR ".join(f'"{language}"' for language in word.language_words)
    return f"({query} AND ({languages}))" if languages else query


def _tsquery_term(words: IndexTerm) -> str:
    return f"({' | '.join(map(_tsquery_word, words))})"


def _tsquery_word(word: IndexWord) -> str:
    query = f"'{word.text}'{':*' * word.is_prefix}"
    if not word.is_exact:
        query = f"{query} | '{STEM_MARK}{word.text}'"
    languages = " | ".join(f"'{language}'" for language in word.language_words)
    return f"({query}) & ({languages})" if languages else query
