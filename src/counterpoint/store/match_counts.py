"""Match counts: PostgreSQL's table of frequent terms of searches, with the numbers of passages that match.

To count the matches of a very frequent term takes seconds in five million passages. A seeding chooses the terms by the
statistics of the full-text index, and counts their matches once. From then on, triggers keep the numbers exact.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from counterpoint.article.search_tokenizer import LANGUAGE_MARK, find_stems

COUNT_TABLE = "passage_index_count"
"""The table of frequent terms by full-text query. Those with a number of matches are the most frequent."""

FREQUENT_SHARE = 0.15
MIN_FREQUENT_MATCHES = 200_000
"""Share of the passages, and number of them, that a frequent prefix matches at least.

A search then finds its first matches faster in the order of the passages than in the index.
"""

MIN_COUNTED_MATCHES = 750_000
"""Number of matches from which counting them for each search takes too long."""

MAX_COUNTS = 64
"""Maximum number of counts, because each changed passage is compared with all of their terms."""

STEM_MARK = "="
"""Begins each stem in the full-text index, as in a migration."""

_PASSAGES = "SELECT reltuples FROM pg_class WHERE oid = 'passage'::regclass"
"""The estimated number of passages."""

_WORD_FREQUENCIES = """
SELECT t.word, t.frequency
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = 1
JOIN pg_stats AS s ON (s.schemaname, s.tablename, s.attname) = (n.nspname, c.relname, a.attname)
CROSS JOIN unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) AS t(word, frequency)
WHERE c.oid = 'passage_index'::regclass AND t.word IS NOT NULL
"""
"""The most frequent words and stems of the index, each with the estimated share of the passages that contain it.

The frequencies have further items, which belong to no word.
"""


class SearchTerm(NamedTuple):
    """A term of a search: its full-text query, its estimated share of the passages, and its condition on a passage."""

    query: str
    share: float
    condition: str

    @property
    def is_prefix(self) -> bool:
        """Whether the term stands for all words that begin with a text."""
        return self.query.endswith(":*")


def refresh_match_counts(connection: Connection, *, has_new_statistics: bool) -> None:
    """Store the terms that are frequent now, and count the matches of the most frequent.

    Without new statistics, do so only if none is stored, as after the migration that created the table.
    """
    passages = connection.exec_driver_sql(_PASSAGES).scalar_one()
    has_terms = connection.exec_driver_sql(f"SELECT EXISTS (SELECT FROM {COUNT_TABLE})").scalar_one()
    if has_terms and not has_new_statistics:
        return
    rare = f"DELETE FROM {COUNT_TABLE} WHERE row_count IS NULL OR row_count < %s"
    connection.exec_driver_sql(rare, (MIN_COUNTED_MATCHES // 2,))
    if passages < MIN_FREQUENT_MATCHES:
        return
    frequencies = {str(word): float(share) for word, share in connection.exec_driver_sql(_WORD_FREQUENCIES)}
    terms = [term for term in list_terms(frequencies) if term.share * passages >= MIN_FREQUENT_MATCHES]
    stored = set(connection.exec_driver_sql(f"SELECT query FROM {COUNT_TABLE}").scalars())
    new_terms = [term for term in _normalize_queries(connection, terms) if term.query not in stored]
    counted = [term for term in new_terms if term.share * passages >= MIN_COUNTED_MATCHES]
    counted = sorted(counted, key=lambda term: term.share, reverse=True)[: max(0, MAX_COUNTS - len(stored))]
    frequent = [term for term in new_terms if term.is_prefix and term.share >= FREQUENT_SHARE and term not in counted]
    _insert_terms(connection, frequent, [None] * len(frequent))
    _insert_terms(connection, counted, _count_matches(connection, counted))


def _normalize_queries(connection: Connection, terms: Sequence[SearchTerm]) -> list[SearchTerm]:
    """Return the terms with their queries as PostgreSQL writes them."""
    queries = [term.query for term in terms]
    normalized = connection.exec_driver_sql("SELECT unnest(%s::tsquery[])::text", (queries,)).scalars()
    return [term._replace(query=query) for term, query in zip(terms, normalized, strict=True)]


def _count_matches(connection: Connection, terms: Sequence[SearchTerm]) -> Sequence[int]:
    """Count the matches of terms. One scan counts all; the index would be as fast, but read the table for each."""
    if not terms:
        return []
    columns = ", ".join(f"count(*) FILTER (WHERE {term.condition})" for term in terms)
    return connection.exec_driver_sql(f"SELECT {columns} FROM passage").one()


def _insert_terms(connection: Connection, terms: Sequence[SearchTerm], counts: Sequence[int | None]) -> None:
    insert = f"INSERT INTO {COUNT_TABLE} (query, condition, row_count) VALUES (%s, %s, %s)"
    for term, count in zip(terms, counts, strict=True):
        connection.exec_driver_sql(insert, (term.query, term.condition, count))


def list_terms(frequencies: Mapping[str, float]) -> Iterator[SearchTerm]:
    """Yield prefixes, and words in any of their forms, with the full-text queries that `search` has.

    The estimates assume that different words occur independently, and that a word's stem occurs where the word does.
    """
    words = [word for word in frequencies if word[0] not in (STEM_MARK, LANGUAGE_MARK)]
    absences = defaultdict[str, float](lambda: 1)
    for word in words:
        for end in range(1, len(word) + 1):
            absences[word[:end]] *= 1 - frequencies[word]
    for prefix, absence in absences.items():
        yield SearchTerm(f"'{prefix}':*", 1 - absence, _contains("words", f" {prefix}"))
    for word in words:
        yield _any_form(word, frequencies)


def _any_form(word: str, frequencies: Mapping[str, float]) -> SearchTerm:
    """Return the term of a word, which a passage also contains if it has the word's stem in the passage's language."""
    languages_by_stem: dict[str, list[str]] = {}
    for language, stem in find_stems(word).items():
        languages_by_stem.setdefault(stem, []).append(language)
    forms = [_one_form(word, frequencies)]
    for stem, languages in languages_by_stem.items():
        form = _one_form(stem, frequencies)
        marks = " | ".join(f"'{LANGUAGE_MARK}{language}'" for language in languages)
        share = sum(frequencies.get(f"{LANGUAGE_MARK}{language}", 0) for language in languages)
        condition = f"stem_language = ANY ('{{{','.join(languages)}}}') AND ({form.condition})"
        forms.append(SearchTerm(f"({form.query}) & ({marks})", share * form.share, condition))
    return SearchTerm(
        " | ".join(form.query for form in forms),
        max(form.share for form in forms),
        " OR ".join(form.condition for form in forms),
    )


def _one_form(text: str, frequencies: Mapping[str, float]) -> SearchTerm:
    """Return the term for a text among words or stems."""
    share = min(1, frequencies.get(text, 0) + frequencies.get(f"{STEM_MARK}{text}", 0))
    condition = f"{_contains('words', f' {text} ')} OR {_contains('stems', f' {text} ')}"
    return SearchTerm(f"'{text}' | '{STEM_MARK}{text}'", share, condition)


def _contains(column: str, text: str) -> str:
    """Return the condition that a column contains a text, which consists of letters, marks, digits and spaces."""
    return f"strpos({column}, '{text}') > 0"
