"""Slugs, which identify names, and folded texts, which are compared, sorted and searched.

`slugify` and `fold` are idempotent and independent of any database's collation.
"""

import re
from functools import lru_cache
from unicodedata import category, normalize

MAX_INDEXED_TEXT_BYTES = 1_000
"""Maximum length of a slug or a folded name in UTF-8, because databases limit the length of indexed texts."""

# Soft hyphen, word joiner and zero width no-break space are hints for line breaks. Variation selectors choose a glyph,
# such as the colored form of an emoji. Unicode's case folding for comparison (NFKC_Casefold) removes both. The zero
# width joiners, which it also removes, are part of some spellings.
_HINTS = re.compile("[\u00ad\u180b-\u180d\u180f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")

_VISIBLE = re.compile("[^\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

_ASCII_SEPARATORS = re.compile(r"[^a-z0-9]+")


def describe_name_problem(name: str) -> str | None:
    """Return what is wrong with a name, as the end of a message that begins with its subject; None if it is valid."""
    slug = slugify(name)
    if not slug:
        return "has no letter or digit"
    return describe_length_problem(slug) or describe_length_problem(fold(name))


def describe_length_problem(folded: str) -> str | None:
    """Return the end of a message about a slug or folded text that is too long for an index; None if it is not."""
    size = len(folded.encode())
    if size <= MAX_INDEXED_TEXT_BYTES:
        return None
    return f"is too long: {size} bytes after normalization, expected at most {MAX_INDEXED_TEXT_BYTES}"


@lru_cache(maxsize=10_000)  # because articles repeat names
def slugify(name: str) -> str:
    """Return the name case-folded, with one hyphen between its runs of letters, marks and digits.

    Return an empty text for a name without letters and digits.
    """
    if name.isascii():
        return _ASCII_SEPARATORS.sub("-", name.lower()).strip("-")
    words = "".join(char if category(char)[0] in "LMN" else " " for char in _casefold(name))
    if not any(category(char)[0] in "LN" for char in words):
        return ""
    return "-".join(words.split())


def is_visible(text: str) -> bool:
    """Return whether a text has more than white space and invisible characters, such as the zero width space."""
    return _VISIBLE.search(text) is not None


def fold(text: str) -> str:
    """Return the text in NFKC, case-folded, with single spaces as white space."""
    folded = text.lower() if text.isascii() else _casefold(text)
    return " ".join(folded.split())


def _casefold(text: str) -> str:
    # NFKC is applied again because case folding can undo it. The result is stable for every code point.
    return normalize("NFKC", normalize("NFKC", _HINTS.sub("", text)).casefold())
