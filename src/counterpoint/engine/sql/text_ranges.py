"""What can be done to a text that is to be compared in the database."""

MAX_CODE_POINT = chr(0x10FFFF)

MAX_INDEXED_CHARS = 1_001
"""More characters than any indexed text has."""


def storable(text: str) -> str | None:
    """Give a text as it can be bound; None, which equals nothing, if no database could hold it."""
    if "\0" in text:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return text


def prefix_upper_bound(prefix: str) -> str:
    """Give the least text above all that begin with a prefix, code point by code point."""
    kept = prefix.rstrip(MAX_CODE_POINT)
    if not kept:
        return MAX_CODE_POINT * MAX_INDEXED_CHARS
    following = ord(kept[-1]) + 1
    # Surrogates are no characters, so none stands in a text.
    return kept[:-1] + chr(0xE000 if 0xD800 <= following <= 0xDFFF else following)
