"""Texts as bound values: which of them a database can store, and the range of texts that share a prefix."""

MAX_CODE_POINT = chr(0x10FFFF)
FIRST_SURROGATE, LAST_SURROGATE, AFTER_SURROGATES = 0xD800, 0xDFFF, 0xE000

MAX_INDEXED_CHARS = 1_001
"""One more than the characters of the longest indexed text."""


def none_if_unstorable(text: str) -> str | None:
    """Return the text, or None, which equals nothing, if no database can store it: U+0000 or a lone surrogate."""
    if "\0" in text:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return None
    return text


def prefix_upper_bound(prefix: str) -> str:
    """Return the least text that is greater than all texts with this prefix, compared by code points."""
    stem = prefix.rstrip(MAX_CODE_POINT)
    if not stem:
        return MAX_CODE_POINT * MAX_INDEXED_CHARS
    next_code_point = ord(stem[-1]) + 1
    if FIRST_SURROGATE <= next_code_point <= LAST_SURROGATE:
        next_code_point = AFTER_SURROGATES
    return stem[:-1] + chr(next_code_point)
