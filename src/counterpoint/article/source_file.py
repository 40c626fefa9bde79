"""A file's text, the places in it, and the problems found so far: bytes become text here."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Self

from counterpoint.errors import InvalidFiles, Place, Problem

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""What no database keeps: NUL and lone surrogates."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """An article's text by lines, and the list that collects its problems."""

    path: str
    text: str
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, path: str) -> Self:
        """The source of this text; characters that can't be stored are reported and stand as U+FFFD."""
        text = _normalize_newlines(text)
        if _is_storable(text):
            return cls(path, text, text.split("\n"))
        source = cls(path, UNSTORABLE.sub("\ufffd", text), text.split("\n"))
        for line, content in enumerate(source.lines, start=1):
            if found := UNSTORABLE.search(content):
                source.report(describe_unstorable(found.group()), line, found.start() + 1, hint="remove it")
        return source

    def report(self, message: str, line: int, column: int = 1, *, hint: str | None = None) -> None:
        """Add a problem; lines and columns count from 1, columns in characters."""
        self.problems.append(Problem(Place(self.path, line, column), message, hint))

    def report_at(self, offset: int, message: str, *, hint: str | None = None) -> None:
        """Add a problem that is known by its offset in the text."""
        self.report(message, *_line_and_column(self.text[:offset]), hint=hint)


def decode(data: bytes, *, path: str) -> str:
    """The text of a file in UTF-8, without byte order mark, its lines ended by LF. Raises `ProblemsFound`."""
    try:
        return _normalize_newlines(data.decode())
    except UnicodeDecodeError as error:
        readable = _normalize_newlines(data[: error.start].decode())
        place = Place(path, *_line_and_column(readable))
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        raise InvalidFiles([Problem(place, message, "save the file as UTF-8")]) from error


def describe_unstorable(char: str) -> str:
    """What is wrong with a character that can't be stored."""
    name = "NUL" if char == "\0" else f"the lone surrogate U+{ord(char):04X}"
    return f"{name} can't be stored"


def shorten_and_quote(text: str) -> str:
    """The text as a message shows it: on one line, in quotes, not too long."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


def did_you_mean(wrong: str, known: list[str]) -> str:
    """The hint for a word that isn't one of these."""
    nearest = get_close_matches(wrong.lower(), known, n=1)
    return f"did you mean {nearest[0]}?" if nearest else f"one of {', '.join(known)}"


def _is_storable(text: str) -> bool:
    # Asking the encoder is ten times as fast as searching a long text for surrogates.
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _normalize_newlines(text: str) -> str:
    text = text.removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _line_and_column(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - before.rfind("\n")
