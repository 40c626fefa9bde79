"""The mapping of the full-text search: the table of passages, and how texts are split into words.

Its table has the columns `kind`, `key`, `words`, `word_count`, `stems`, `stem_language` and `text`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table

TokenRun = tuple[tuple[str, ...], int, int]
"""Adjacent words of a text, and the offsets at which the first one starts and the last one ends."""

Tokenizer = Callable[[str], Sequence[TokenRun]]
"""Splits a text into runs of adjacent words."""

StemFinder = Callable[[str], Mapping[str, str]]
"""Returns the stem of a word by language, for the languages in which it differs from the word itself."""


@dataclass(frozen=True)
class SnippetMarkers:
    """The marker characters in a passage's stored text, which is escaped HTML.

    A token is stored as `begin`, its folded words between single spaces, `folded`, its HTML, `end`. Its stem, if it
    differs, is between `stem` and the first space. No phrase continues over `stop`. `edge` is the first and the last
    character of the text.
    """

    begin: str
    folded: str
    end: str
    stop: str
    stem: str
    edge: str


@dataclass(frozen=True)
class Search:
    """A full-text search for passages, best match first.

    `table` holds the passages and `index` is the name of their full-text index. `types_by_kind` gives the type of the
    object that a passage of a kind belongs to. `edge_rows` maps fields of an edge to the passage's column with the id
    of an object, or null. `tokenize` splits the search query as the passages were split, and `find_stems` finds the
    stems that the passages of each language hold. A passage with stems also holds, as a word among its stems,
    `language_mark` with the language, so that the index can tell the languages apart.
    """

    table: Table
    index: str
    types_by_kind: Mapping[str, str]
    edge_rows: Mapping[str, str]
    tokenize: Tokenizer
    find_stems: StemFinder
    language_mark: str
    markers: SnippetMarkers
