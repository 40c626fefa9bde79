"""What of a text can be searched for: its words, cut and folded the same for every database.

A word is a run of letters, marks and digits; where a script is written without spaces, each character is a word. Words
are compared without case and diacritics, by their first 100 characters.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import NamedTuple
from unicodedata import category, normalize

MAX_WORD_CHARS = 100
"""How many characters of a word are compared."""

MAX_INDEXED_BYTES = 500_000
"""How many bytes of a text's words can be searched: databases index no more of one text."""

MARKERS = BEGIN, FOLDED, END, BREAK, EDGE = ("\1", "\2", "\3", "\4", "\6")
"""Signs in a text made ready for snippets (`Searchable.text`), which holds no other control characters."""

_CANDIDATE = re.compile(r"([0-9A-Za-z\x80-\U0010ffff]+)")
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00016fe0-\U00018d8f\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
_GAP = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


TokenRun = tuple[tuple[str, ...], int]
"""Words that nothing stands between, and the place where they end."""


class TokenSpan(NamedTuple):
    """A piece of a text and the words that it is to a reader: nearly always one."""

    start: int
    end: int
    words: tuple[str, ...]


class SearchText(NamedTuple):
    """A text as it is searched. `words` stand between single spaces, with two where a phrase can't go on.

    `text` is escaped HTML, each piece as BEGIN, its words between spaces, FOLDED, itself, END; EDGE at both ends.
    """

    words: str
    length: int
    text: str


def tokenize(text: str) -> Iterator[TokenSpan]:
    """Cut a text into the pieces that are words."""
    for candidate in _CANDIDATE.finditer(text):
        at = candidate.start()
        for start, end, words in _cut(candidate.group()):
            yield TokenSpan(at + start, at + end, words)


def token_runs(text: str) -> list[TokenRun]:
    """Give the words of a text, those together that nothing stands between, with the place where they end."""
    found: list[TokenRun] = []
    for start, end, words in tokenize(text):
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0] + words, end)
        else:
            found.append((words, end))
    return found


def build_search_text(parts: Iterable[str | None]) -> SearchText | None:
    """Make the parts of a text ready to be searched as one; None if there is no word in them."""
    words: list[str] = []
    texts: list[str] = []
    length = 0
    for part in parts:
        if part:
            cut, text = _part(part)
            words.append(f" {' '.join(cut)} " if cut else "")
            texts.append(text)
            length += len(cut)
    joined = "".join(words)
    if not length:
        return None
    return SearchText(_truncate(joined), length, f"{EDGE}{f' {BREAK}· '.join(texts)}{EDGE}")


def _truncate(words: str) -> str:
    """Keep as many whole words as can be indexed."""
    if len(words) * 4 <= MAX_INDEXED_BYTES or len(encoded := words.encode()) <= MAX_INDEXED_BYTES:
        return words
    return encoded[: encoded.rindex(b" ", 0, MAX_INDEXED_BYTES) + 1].decode()


def _part(part: str) -> tuple[list[str], str]:
    """Give the words of a part, and the part as it is made ready for snippets."""
    cut = _CANDIDATE.split(part)
    marked = [_mark_up(candidate) for candidate in cut[1::2]]
    words = [word for found, _ in marked for word in found]
    texts = [text + _escape_gap(gap) for (_, text), gap in zip(marked, cut[2::2], strict=True)]
    return words, _escape_gap(cut[0]) + "".join(texts)


@lru_cache(maxsize=20_000)
def _mark_up(candidate: str) -> tuple[list[str], str]:
    """Give the words of what may be some, and the same made ready for snippets. Most words occur again and again."""
    words: list[str] = []
    marked: list[str] = []
    at = 0
    for start, end, found in _cut(candidate):
        words += found
        marked += _escape_gap(candidate[at:start]), BEGIN, f" {' '.join(found)} ", FOLDED, candidate[start:end], END
        at = end
    return words, "".join(marked) + _escape_gap(candidate[at:])


def _cut(candidate: str) -> Iterator[TokenSpan]:
    """Cut what has no other characters of ASCII than letters and digits."""
    if candidate.isascii():
        yield TokenSpan(0, len(candidate), (candidate[:MAX_WORD_CHARS].lower(),))
        return
    for start, end in _spans(candidate):
        if words := _folded(candidate[start:end]):
            yield TokenSpan(start, end, words)


@lru_cache(maxsize=10_000)
def _escape_gap(gap: str) -> str:
    """Write what stands between words as HTML."""
    return escape(_GAP.sub(" ", gap))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Find the runs of letters, marks and digits; a character of an unspaced script is alone with its marks."""
    start: int | None = None
    was_alone = False
    for at, char in enumerate(text):
        kind = category(char)[0]
        if kind not in "LMN":
            if start is not None:
                yield start, at
            start = None
        elif start is None:
            start, was_alone = at, bool(_UNSPACED.match(char))
        elif kind != "M":
            is_alone = bool(_UNSPACED.match(char))
            if is_alone or was_alone:
                yield start, at
                start = at
            was_alone = is_alone
    if start is not None:
        yield start, len(text)


def _folded(piece: str) -> tuple[str, ...]:
    """Fold a piece; what is one character to the eye may be several words."""
    folded = normalize("NFKC", normalize("NFKC", piece).casefold())
    bare = "".join(char for char in normalize("NFKD", folded) if category(char) != "Mn")
    whole = normalize("NFKC", bare).casefold()
    return tuple(word for start, end in _spans(whole) if _is_word(word := whole[start:end][:MAX_WORD_CHARS]))


def _is_word(text: str) -> bool:
    return any(category(char)[0] in "LN" for char in text)
