"""Names that look like one: their authors may mean the same, although their slugs differ.

Names are compared only with those that share a key, so that the time grows with their number and not with its square.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from unicodedata import category, normalize

from counterpoint.article.normalization import fold

_LEADING_ARTICLES = frozenset(
    (
        *("a", "an", "the", "der", "die", "das", "ein", "eine", "den", "det", "en", "ett", "de", "het", "een"),
        *("le", "la", "les", "un", "une", "el", "los", "las", "una", "lo", "il", "gli", "i", "o", "os", "as"),
        *("um", "uma"),
    )
)
"""Articles at the beginning of names, in several languages."""
_MINOR_WORDS = _LEADING_ARTICLES | frozenset(
    (
        *("and", "of", "for", "on", "in", "to", "at", "by", "und", "fur", "von", "y", "e", "del", "des", "du", "da"),
        *("do", "et"),
    )
)
"""Words that initials often leave out."""
_PLURAL = re.compile(r"(?<=\w\w\w)(?:ies|es|e|y|s)$")
"""The ends in which singular and plural differ, in several languages."""
_INITIALS = re.compile(r"[^\W\d_]{2,8}")
_MIN_EDITED_CHARS = 5
"""The length from which a word may be a misspelling of another one: shorter ones differ by one letter too often."""

Pair = tuple[str, str]
"""The slugs of two names, the one that should be settled first."""


@dataclass(frozen=True, slots=True)
class _Name:
    slug: str
    spelling: str
    words: tuple[str, ...]
    """Folded, without diacritics and a leading article."""

    @property
    def text(self) -> str:
        return " ".join(self.words)


def find_similar_names(names: Mapping[str, str], among: Collection[str] | None = None) -> Iterator[Pair]:
    """Yield pairs of names that look like one. `names` holds spellings by slug, all of one kind.

    With `among`, one name of each pair has one of these slugs. Of several names that look alike, each is in one pair.
    """
    forms = [_Name(slug, name, _words(name)) for slug, name in names.items()]
    checked = {form.slug: form for form in forms if among is None or form.slug in among}
    clusters: dict[str, str] = {}
    for first, second in chain(_equal_forms(forms), _initials(forms), _misspellings(forms, checked.values())):
        roots = _root(clusters, first.slug), _root(clusters, second.slug)
        if roots[0] != roots[1] and (first.slug in checked or second.slug in checked):
            clusters[roots[1]] = roots[0]
            yield first.slug, second.slug


def drop_plural_ending(word: str) -> str:
    """Return a word without the end in which its singular and plural differ, if three letters are before it."""
    return _PLURAL.sub("", word)


def _root(clusters: dict[str, str], slug: str) -> str:
    while slug in clusters:
        slug = clusters[slug]
    return slug


def _words(name: str) -> tuple[str, ...]:
    folded = fold(name)
    if not folded.isascii():
        folded = "".join(char for char in normalize("NFKD", folded) if category(char) != "Mn")
    words = "".join(char if char.isalnum() else " " for char in folded.replace("'", "").replace("\u2019", "")).split()
    return tuple(words[1:] if len(words) > 1 and words[0] in _LEADING_ARTICLES else words)


def _equal_forms(names: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Yield names that differ in a leading article, in diacritics, in punctuation, or in singular and plural."""
    groups: dict[str, list[_Name]] = defaultdict(list)
    for name in names:
        stems = (word if _has_digit(word) else drop_plural_ending(word) for word in name.words)
        for key in {"".join(name.words), "".join(stems)}:
            groups[key].append(name)
    for group in groups.values():
        yield from pairwise(group)


def _initials(names: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Yield names with those that are their initials, in capital letters."""
    full_names: dict[str, list[_Name]] = defaultdict(list)
    abbreviations = []
    for name in names:
        letters = name.spelling.replace(".", "").replace(" ", "")
        if letters.isupper() and _INITIALS.fullmatch(letters):
            abbreviations.append((fold(letters), name))
        elif len(name.words) > 1:
            major_words = [word for word in name.words if word not in _MINOR_WORDS]
            for initials in {"".join(word[0] for word in words) for words in (name.words, major_words)}:
                full_names[initials].append(name)
    for letters, name in abbreviations:
        yield from ((full_name, name) for full_name in full_names.get(letters, ()))


def _misspellings(names: Iterable[_Name], checked: Iterable[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Yield names that differ in one letter of a long word, which is missing, added, replaced or exchanged."""
    by_length: dict[int, list[_Name]] = defaultdict(list)
    for name in names:
        by_length[len(name.text)].append(name)
    lengths = {len(name.text) + more for name in checked for more in (0, 1)}
    for length in sorted(lengths & by_length.keys()):
        # Names that differ in one letter have a text in common after one letter of each longer one is removed.
        by_key: dict[str, list[_Name]] = defaultdict(list)
        for name in by_length[length]:
            for key in {name.text[:at] + name.text[at + 1 :] for at in _edited_positions(name)}:
                by_key[key].append(name)
        for group in by_key.values():
            yield from (pair for pair in pairwise(group) if _is_misspelling(pair[0].text, pair[1].text))
        for name in by_length.get(length - 1, ()):
            yield from (
                (longer, name) for longer in by_key.get(name.text, ()) if _is_misspelling(longer.text, name.text)
            )


def _edited_positions(name: _Name) -> Iterator[int]:
    """Yield the positions of letters in words that may be misspelt."""
    position = 0
    for word in name.words:
        if len(word) >= _MIN_EDITED_CHARS and not _has_digit(word):
            yield from range(position, position + len(word))
        position += len(word) + 1


def _is_misspelling(text: str, other: str) -> bool:
    """Return whether two texts differ by one edit, in a word that is long enough and has no digit."""
    start = _count_equal_chars(text, other)
    end = _count_equal_chars(text[start:][::-1], other[start:][::-1])
    edit, other_edit = text[start : len(text) - end], other[start : len(other) - end]
    is_one_edit = max(len(edit), len(other_edit)) <= 1 or (len(edit) == 2 and edit == other_edit[::-1])
    words = _word_at(text, start), _word_at(other, start)
    return is_one_edit and min(map(len, words)) >= _MIN_EDITED_CHARS - 1 and not any(map(_has_digit, words))


def _count_equal_chars(text: str, other: str) -> int:
    """Return how many characters at the beginning of two texts are equal."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((at for at, (one, two) in pairs if one != two), min(len(text), len(other)))


def _word_at(text: str, position: int) -> str:
    begin = text.rfind(" ", 0, position) + 1
    end = text.find(" ", position)
    return text[begin : end if end >= 0 else None]


def _has_digit(word: str) -> bool:
    return not word.isalpha() and any(map(str.isdigit, word))
