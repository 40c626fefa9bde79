"""Parts of messages: numbers with nouns, quotations and suggestions."""

from difflib import get_close_matches


def describe_unstorable(char: str) -> str:
    """Return the message for a character that can't be stored."""
    name = "the NUL character" if char == "\0" else f"the lone surrogate U+{ord(char):04X}"
    return f"{name} is not allowed"


def shorten_and_quote(text: str) -> str:
    """Return the text for use in a message: quoted, on one line, with at most 60 characters."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


def did_you_mean(word: str, expected: list[str]) -> str:
    """Return the hint for an unknown word: the closest expected one, or all of them."""
    closest = get_close_matches(word.lower(), expected, n=1)
    return f"did you mean {closest[0]}?" if closest else f"expected one of {', '.join(expected)}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, in the plural if it is not 1."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
