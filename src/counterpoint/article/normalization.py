"""What makes two names the same, their slug, and two texts the same to a reader, their folded form.

Both are idempotent, and the same on every machine and in every database.
"""

import re
from unicodedata import category, normalize

_ASCII_GAP = re.compile(r"[^a-z0-9]+")


MAX_KEY_BYTES = 1_000
"""How many bytes of UTF-8 a slug or a folded name may have: databases index no longer ones."""


def name_problem(name: str) -> str | None:
    """What keeps a name from being one: no letter or digit, or more than can be looked up or sorted by."""
    key = slugify(name)
    if not key:
        return "has no letter or digit"
    return length_problem(key) or length_problem(fold(name))


def length_problem(folded: str) -> str | None:
    """What keeps a folded text from being sorted by."""
    return f"is too long: {MAX_KEY_BYTES} bytes are the most" if len(folded.encode()) > MAX_KEY_BYTES else None


def slugify(name: str) -> str:
    """The name's letters, marks and digits, case folded, hyphens between; empty without letter or digit."""
    if name.isascii():
        return _ASCII_GAP.sub("-", name.lower()).strip("-")
    kept = "".join(char if category(char)[0] in "LMN" else " " for char in _casefold(name))
    if not any(category(char)[0] in "LN" for char in kept):
        return ""
    return "-".join(kept.split())


def fold(text: str) -> str:
    """The text as it is compared, sorted and searched: NFKC, case folded, white space made single spaces."""
    folded = text.lower() if text.isascii() else _casefold(text)
    return " ".join(folded.split())


def _casefold(text: str) -> str:
    # Folding can undo the normal form and the other way round; a second NFKC is stable for every code point.
    return normalize("NFKC", normalize("NFKC", text).casefold())
