"""The tokenizer of the full-text search: texts to folded words, the same for every database.

A word is a run of letters, marks and digits; in scripts written without spaces, each character is a word. Words are
folded: compared without case and diacritics, by their first 100 characters.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import NamedTuple
from unicodedata import category, normalize

MAX_WORD_CHARS = 100
"""Length at which folded words are cut."""

MAX_INDEXED_BYTES = 500_000
"""Maximum size of the words of one text in UTF-8, because databases limit the size of an indexed text."""

MARKERS = BEGIN, FOLDED, END, BREAK, EDGE = ("\1", "\2", "\3", "\4", "\6")
"""Control characters that mark up `SearchText.text` for snippets. It contains no others."""

_CANDIDATE = re.compile(r"([0-9A-Za-z\x80-\U0010ffff]+)")
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00016fe0-\U00018d8f\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
"""A character of a script that is written without spaces."""
_GAP = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")

TokenRun = tuple[tuple[str, ...], int]
"""Folded words without a gap between them, and the offset of their end in the text."""


class TokenSpan(NamedTuple):
    """A part of a text and its folded words. One character, such as ½, may be several words."""

    start: int
    end: int
    words: tuple[str, ...]


class SearchText(NamedTuple):
    """A text prepared for the search index and for snippets."""

    words: str
    """The folded words between single spaces, or two spaces where a phrase must not match across."""
    length: int
    """The number of words."""
    text: str
    """Escaped HTML with EDGE at both ends and BREAK between parts.

    Each token is BEGIN, its words between spaces, FOLDED, the token as it appears in the text, END.
    """


def tokenize(text: str) -> Iterator[TokenSpan]:
    """Yield the tokens of a text in order."""
    for candidate in _CANDIDATE.finditer(text):
        offset = candidate.start()
        for start, end, words in _tokenize_candidate(candidate.group()):
            yield TokenSpan(offset + start, offset + end, words)


def token_runs(text: str) -> list[TokenRun]:
    """Return the folded words of a text, grouped where no gap separates them."""
    runs: list[TokenRun] = []
    for start, end, words in tokenize(text):
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0] + words, end)
        else:
            runs.append((words, end))
    return runs


def build_search_text(parts: Iterable[str | None]) -> SearchText | None:
    """Build one search text from several parts. Return None if they contain no word."""
    words: list[str] = []
    texts: list[str] = []
    length = 0
    for part in parts:
        if part:
            part_words, marked_up = _mark_up_part(part)
            words.append(f" {' '.join(part_words)} " if part_words else "")
            texts.append(marked_up)
            length += len(part_words)
    if not length:
        return None
    return SearchText(_truncate("".join(words)), length, f"{EDGE}{f' {BREAK}· '.join(texts)}{EDGE}")


def _truncate(words: str) -> str:
    """Return as many whole words as MAX_INDEXED_BYTES allows."""
    if len(words) * 4 <= MAX_INDEXED_BYTES or len(encoded := words.encode()) <= MAX_INDEXED_BYTES:
        return words
    return encoded[: encoded.rindex(b" ", 0, MAX_INDEXED_BYTES) + 1].decode()


def _mark_up_part(part: str) -> tuple[list[str], str]:
    """Return the folded words of a part, and the part as HTML with markers."""
    gaps_and_candidates = _CANDIDATE.split(part)
    gaps, candidates = gaps_and_candidates[::2], gaps_and_candidates[1::2]
    marked_up = [_mark_up(candidate) for candidate in candidates]
    words = [word for candidate_words, _ in marked_up for word in candidate_words]
    texts = [text + _escape_gap(gap) for (_, text), gap in zip(marked_up, gaps[1:], strict=True)]
    return words, _escape_gap(gaps[0]) + "".join(texts)


# Cached because most words of a text occur in many others.
@lru_cache(maxsize=20_000)
def _mark_up(candidate: str) -> tuple[list[str], str]:
    """Return the folded words of a candidate, and the candidate as HTML with markers."""
    words: list[str] = []
    texts: list[str] = []
    offset = 0
    for start, end, token_words in _tokenize_candidate(candidate):
        words += token_words
        folded = f" {' '.join(token_words)} "
        texts += _escape_gap(candidate[offset:start]), BEGIN, folded, FOLDED, candidate[start:end], END
        offset = end
    return words, "".join(texts) + _escape_gap(candidate[offset:])


def _tokenize_candidate(candidate: str) -> Iterator[TokenSpan]:
    """Yield the tokens of a match of _CANDIDATE: its only ASCII characters are letters and digits."""
    if candidate.isascii():
        yield TokenSpan(0, len(candidate), (candidate[:MAX_WORD_CHARS].lower(),))
        return
    for start, end in _word_spans(candidate):
        if words := _fold_words(candidate[start:end]):
            yield TokenSpan(start, end, words)


@lru_cache(maxsize=10_000)
def _escape_gap(gap: str) -> str:
    """Return the text between two words as HTML, with single spaces."""
    return escape(_GAP.sub(" ", gap))


def _word_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of letters, marks and digits, and of each unspaced character with its marks."""
    start: int | None = None
    was_unspaced = False
    for offset, char in enumerate(text):
        kind = category(char)[0]
        if kind not in "LMN":
            if start is not None:
                yield start, offset
            start = None
        elif start is None:
            start, was_unspaced = offset, bool(UNSPACED.match(char))
        elif kind != "M":
            is_unspaced = bool(UNSPACED.match(char))
            if is_unspaced or was_unspaced:
                yield start, offset
                start = offset
            was_unspaced = is_unspaced
    if start is not None:
        yield start, len(text)


def _fold_words(token: str) -> tuple[str, ...]:
    """Return the folded words of a token."""
    folded = normalize("NFKC", normalize("NFKC", token).casefold())
    without_marks = "".join(char for char in normalize("NFKD", folded) if category(char) != "Mn")
    text = normalize("NFKC", without_marks).casefold()
    words = (text[start:end][:MAX_WORD_CHARS] for start, end in _word_spans(text))
    return tuple(word for word in words if _has_letter_or_digit(word))


def _has_letter_or_digit(text: str) -> bool:
    return any(category(char)[0] in "LN" for char in text)
