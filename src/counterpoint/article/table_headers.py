"""The headers of known tables, in many languages: which statements a table holds, and for whom."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from counterpoint.article.normalization import fold
from counterpoint.article.records import TableContents

GOVERNMENT = "{government}"
"""The placeholder for the government's name in the pattern of an approach column."""
FALLBACK_LANGUAGE = "en"
"""The language whose headers are known in every article."""

APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
_TO_STRAIGHT_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_PATTERN_PARTS = re.compile(rf"\s+|[{APOSTROPHES}]|[:\uff1a]|.", re.DOTALL)
_POSSESSIVE = re.compile(rf"(.+?)(?:\s*[{APOSTROPHES}]\s*s|(?<=s)[{APOSTROPHES}])", re.DOTALL | re.IGNORECASE)


class HeaderMatch(NamedTuple):
    """The type of statement in a table's rows, and the governments in the header of an approach table."""

    contents: TableContents
    governments: tuple[str, ...] = ()


PLAIN_TABLE = HeaderMatch(TableContents.OTHER)


@dataclass(frozen=True)
class KnownHeader:
    """A known header in one language: for each column, the alternative texts as written in the declaration.

    The second column of an approach table holds patterns, which match one column or more.
    """

    contents: TableContents
    language: str
    columns: tuple[tuple[str, ...], ...]

    @cached_property
    def normalized_columns(self) -> tuple[frozenset[str], ...]:
        """The texts of each column, normalized for comparison."""
        return tuple(frozenset(normalize_header(text) for text in column) for column in self.columns)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns of an approach column, the longest first because it leaves the shortest name."""
        return tuple(_compile_pattern(text) for text in sorted(self.columns[1], key=len, reverse=True))

    def match(self, columns: tuple[str, ...]) -> HeaderMatch | None:
        """Return what a header declares if it equals this one, ignoring case, white space and kinds of apostrophes."""
        if self.contents is not TableContents.APPROACHES:
            is_equal = len(columns) == len(self.columns) and all(
                normalize_header(cell) in texts for cell, texts in zip(columns, self.normalized_columns, strict=True)
            )
            return HeaderMatch(self.contents) if is_equal else None
        if len(columns) < 2 or normalize_header(columns[0]) not in self.normalized_columns[0]:
            return None
        governments = [self.government_in(cell) for cell in columns[1:]]
        names = tuple(name for name in governments if name is not None)
        return HeaderMatch(self.contents, names) if len(names) == len(governments) else None

    def government_in(self, cell: str) -> str | None:
        """Return the government that an approach column names, or None if the cell fits no pattern."""
        for text in (cell, normalize("NFKC", cell)):
            for pattern in self.patterns:
                if match := pattern.fullmatch(text):
                    return match[1]
        return None

    def has_column(self, index: int, cell: str) -> bool:
        """Return whether the header may have this cell in the column with this index."""
        if self.contents is TableContents.APPROACHES and index > 0:
            return self.government_in(cell) is not None
        return index < len(self.columns) and normalize_header(cell) in self.normalized_columns[index]

    def __str__(self) -> str:
        return " | ".join(column[0].replace(GOVERNMENT, "…") for column in self.columns)


@dataclass(frozen=True)
class TableHeaders:
    """The known headers by language tag, in lower case."""

    by_language: Mapping[str, tuple[KnownHeader, ...]]

    def of(self, language: str) -> Iterator[KnownHeader]:
        """Yield the headers that an article in a language may use: its own, from `pt-br` to `pt`, and the English."""
        tag = language.lower()
        while tag:
            if tag != FALLBACK_LANGUAGE:
                yield from self.by_language.get(tag, ())
            tag = tag.rpartition("-")[0]
        yield from self.by_language.get(FALLBACK_LANGUAGE, ())

    def classify(self, columns: tuple[str, ...], language: str) -> HeaderMatch:
        """Return what a header declares in an article of this language; a plain table if it is not a known one."""
        for header in self.of(language):
            if match := header.match(columns):
                return match
        return PLAIN_TABLE

    def find_foreign(self, columns: tuple[str, ...]) -> KnownHeader | None:
        """Return the header of any language that equals this one."""
        every_header = (header for headers in self.by_language.values() for header in headers)
        return next((header for header in every_header if header.match(columns)), None)

    def government_in(self, cell: str, language: str) -> str:
        """Return the government in a header cell of a declared approach table: a name, with or without a possessive."""
        for header in self.of(language):
            if header.contents is TableContents.APPROACHES and (name := header.government_in(cell)):
                return name
        possessive = _POSSESSIVE.fullmatch(cell)
        return possessive[1] if possessive else cell

    def merge(self, other: "TableHeaders") -> "TableHeaders":
        """Return the headers of both; those of the other are preferred."""
        tags = [*self.by_language, *other.by_language]
        return TableHeaders({tag: (*other.by_language.get(tag, ()), *self.by_language.get(tag, ())) for tag in tags})


def normalize_header(cell: str) -> str:
    """Return a header cell for comparison, without case, white space and differences between apostrophes."""
    return fold(cell).translate(_TO_STRAIGHT_APOSTROPHE).replace(" ", "")


def _compile_pattern(text: str) -> re.Pattern[str]:
    before, _, after = normalize("NFKC", text).partition(GOVERNMENT)
    # White space counts only beside the name, because it separates the name from another word there.
    before_source = _literal_source(before.rstrip()) + (r"\s+" if before[-1:].isspace() else r"\s*")
    after_source = (r"\s+" if after[:1].isspace() else r"\s*") + _literal_source(after.lstrip())
    if before.rstrip().endswith(":"):
        before_source = _literal_source(before.rstrip()) + r"\s*"
    return re.compile(f"{before_source}(.*?){after_source}", re.DOTALL | re.IGNORECASE)


def _literal_source(text: str) -> str:
    return "".join(_literal_part(match.group()) for match in _PATTERN_PARTS.finditer(text))


def _literal_part(part: str) -> str:
    if part.isspace():
        return r"\s*"
    if part in APOSTROPHES:
        return rf"\s*[{APOSTROPHES}]\s*"
    return r"\s*[:\uff1a]" if part == ":" else re.escape(part)
