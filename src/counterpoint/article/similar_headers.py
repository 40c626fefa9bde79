"""Headers that are nearly known: their authors probably meant a known one."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache
from unicodedata import category, normalize

from counterpoint.article.normalization import fold
from counterpoint.article.records import TableContents
from counterpoint.article.similar_names import drop_plural_ending
from counterpoint.article.table_headers import GOVERNMENT, KnownHeader, TableHeaders, normalize_header

_MIN_RATIO = 0.75
"""The similarity, from 0 to 1, from which a text counts as a misspelling of another."""


@lru_cache(maxsize=1_000)
def _similarity(columns: tuple[str, ...], header: KnownHeader) -> int:
    """Return how many columns a header shares with a known one, equal ones counted twice; 0 if it is not similar."""
    if header.contents is TableContents.APPROACHES:
        return _approach_similarity(columns, header)
    equal, close = _count_matches(columns, header)
    expected, received = len(header.columns), len(columns)
    is_similar = {
        expected - 1: close == received and equal >= 1,
        expected: (close >= expected - 1 and equal >= 1) or close == expected,
        expected + 1: close == expected,
        expected + 2: equal == expected,
    }
    return equal + close if is_similar.get(received, False) else 0


def find_similar(columns: tuple[str, ...], language: str, headers: TableHeaders) -> KnownHeader | None:
    """Return the known header of the language, or in English, that a header is most similar to, or None."""
    best = max(headers.of(language), key=lambda header: _similarity(columns, header), default=None)
    return best if best and _similarity(columns, best) else None


def differs_in_one_column(columns: tuple[str, ...], header: KnownHeader) -> bool:
    """Return whether a header that is similar to a known one differs in one column, or in spelling and order only."""
    if header.contents is TableContents.APPROACHES:
        return True
    equal, close = _count_matches(columns, header)
    return equal >= len(header.columns) - 1 or close == min(len(columns), len(header.columns))


def _count_matches(columns: tuple[str, ...], header: KnownHeader) -> tuple[int, int]:
    """Return how many known columns the header has, in any order: as equal texts, and as equal or similar ones."""
    remaining = list(columns)
    equal = 0
    missing = []
    for texts, normalized in zip(header.columns, header.normalized_columns, strict=True):
        match = next((cell for cell in remaining if normalize_header(cell) in normalized), None)
        if match is None:
            missing.append(texts)
        else:
            remaining.remove(match)
            equal += 1
    close = equal
    for texts in missing:
        match = next((cell for cell in remaining if _is_similar_to_any(cell, texts)), None)
        if match is not None:
            remaining.remove(match)
            close += 1
    return equal, close


def _approach_similarity(columns: tuple[str, ...], header: KnownHeader) -> int:
    """Compare with an approach header: a policy area and a column like an approach, or all but one are approaches."""
    if len(columns) < 2:
        return 0
    areas = [_is_similar_to_any(cell, header.columns[0]) for cell in columns]
    fits = [header.government_in(cell) is not None for cell in columns]
    likes = [fit or _names_an_approach(cell, header) for cell, fit in zip(columns, fits, strict=True)]
    if any(areas) and any(like for like, area in zip(likes, areas, strict=True) if not area):
        return sum(areas) + sum(fits) + sum(likes)
    return sum(fits) + sum(likes) if all(fits[1:]) else 0


def _names_an_approach(cell: str, header: KnownHeader) -> bool:
    folded = fold(cell)
    for pattern in header.columns[1]:
        word = max(fold(pattern.replace(GOVERNMENT, " ").replace("'", " ")).split(), key=len)
        if word in folded or any(_is_misspelt(token, word) for token in folded.split()):
            return True
    return False


def _is_similar_to_any(cell: str, texts: Iterable[str]) -> bool:
    folded = _simplify(cell)
    return bool(folded) and any(_is_similar(folded, _simplify(text)) for text in texts)


def _is_similar(cell: str, text: str) -> bool:
    """Return whether half of the words are equal, or the texts are spelled alike."""
    words, expected = ({drop_plural_ending(word) for word in value.split()} for value in (cell, text))
    return 2 * len(words & expected) >= max(len(words), len(expected)) or _is_misspelt(cell, text)


def _is_misspelt(text: str, expected: str) -> bool:
    matcher = SequenceMatcher(None, text, expected, autojunk=False)
    return matcher.real_quick_ratio() >= _MIN_RATIO and matcher.ratio() >= _MIN_RATIO


def _simplify(text: str) -> str:
    """Return the folded text without diacritics and punctuation, for a tolerant comparison."""
    chars = (char for char in normalize("NFKD", fold(text)) if category(char) != "Mn")
    return " ".join("".join(char if category(char)[0] in "LMN" else " " for char in chars).split())
