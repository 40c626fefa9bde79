"""The tokenizer of the full-text search: texts to folded words, the same for every database.

A word is a run of letters, marks and digits; in scripts written without spaces, each character is a word. Invisible
characters within a word, such as soft hyphens, are ignored. Words are folded: compared without case and diacritics, by
their first 100 characters. In languages with a stemmer, a word also has a folded stem.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from itertools import chain
from typing import NamedTuple
from unicodedata import category, normalize

from counterpoint.article.stemmer import MAX_STEMMED_CHARS, find_languages, find_stem, has_stem

MAX_WORD_CHARS = 100
"""Length at which folded words are cut."""

MAX_INDEXED_BYTES = 500_000
"""Maximum size of the words of one text in UTF-8, because databases limit the size of an indexed text."""

MAX_MARKED_WORDS = 10_000
MAX_MARKED_LANGUAGES = 8
"""The words that memory holds in the forms of the search text: this number in each of so many languages."""

MARKERS = BEGIN, FOLDED, END, BREAK, STEM, EDGE = ("\1", "\2", "\3", "\4", "\5", "\6")
"""Control characters that mark up `SearchText.text` for snippets. It contains no others."""

LANGUAGE_MARK = "\N{SECTION SIGN}"
"""Begins the language among the stems of a text, because no word begins so. Indexes do not treat it as a separator."""

_ASCII_GAP = r"\x00-/:-@\[-`{-\x7f"
"""The ASCII characters that are neither letters nor digits, for character classes of regular expressions."""
_CANDIDATE = re.compile(rf"[^{_ASCII_GAP}]+")
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00016fe0-\U00018d8f\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
"""A character of a script that is written without spaces."""
_WORD_AND_GAP = re.compile(rf"[^{_ASCII_GAP}]+[{_ASCII_GAP}]*|[{_ASCII_GAP}]+")
"""A match of _CANDIDATE and what follows it up to the next one; or what precedes the first one."""
_GAP = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ZERO_WIDTH_SPACE = "\u200b"

TokenRun = tuple[tuple[str, ...], int, int]
"""Folded words without a gap between them, and the offsets of their start and end in the text."""


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
    stems: str
    """The language after LANGUAGE_MARK, and each stem that is not among the words, all between spaces. So two spaces
    separate two stems. Empty without a language."""
    text: str
    """Escaped HTML with EDGE at both ends and BREAK between parts.

    Each token is BEGIN, STEM and its stem unless that is its word, its words between spaces, FOLDED, the token as it
    appears in the text, END.
    """


class _MarkedWord(NamedTuple):
    """A word of a text with the gap after it. Each of its folded words has a space behind it, a stem at both ends."""

    words: str
    stems: tuple[str, ...]
    text: str


def tokenize(text: str) -> Iterator[TokenSpan]:
    """Yield the tokens of a text in order."""
    for candidate in _CANDIDATE.finditer(text):
        offset = candidate.start()
        for start, end, words in _tokenize_candidate(candidate.group()):
            yield TokenSpan(offset + start, offset + end, words)


def token_runs(text: str) -> list[TokenRun]:
    """Return the folded words of a text, grouped where no gap separates them."""
    runs: list[tuple[list[str], int, int]] = []
    for start, end, words in tokenize(text):
        if runs and runs[-1][2] == start:
            run_words, run_start, _ = runs[-1]
            run_words += words
            runs[-1] = run_words, run_start, end
        else:
            runs.append(([*words], start, end))
    return [(tuple(words), start, end) for words, start, end in runs]


@lru_cache(maxsize=2_000)  # because queries repeat words, and one word has some thirty stems
def find_stems(text: str) -> Mapping[str, str]:
    """Return the stem of a word by language, for the languages in which it differs from the folded word."""
    tokens = list(tokenize(text))
    if len(tokens) != 1 or len(tokens[0].words) != 1 or tokens[0].end - tokens[0].start > MAX_STEMMED_CHARS:
        return {}
    (word,) = tokens[0].words
    lower = _lower(text[tokens[0].start : tokens[0].end])
    stems = {language: find_stem(lower, language) for language in find_languages(word)}
    folded = {stem: _fold_stem(stem, word) for stem in set(stems.values())}
    return {language: other for language, stem in stems.items() if (other := folded[stem]) is not None}


def build_search_text(parts: Iterable[str | None], language: str | None) -> SearchText | None:
    """Build one search text from several parts in a language with a stemmer, or None. Return None without any word."""
    mark_up = _marked_words(language).__getitem__
    words, length = "", 0
    stems: list[tuple[str, ...]] = []
    texts: list[str] = []
    for part in parts:
        if part:
            part_words, part_stems, part_texts = zip(*map(mark_up, _WORD_AND_GAP.findall(part)), strict=True)
            if joined_words := "".join(part_words):
                words += f" {joined_words}"
                length += joined_words.count(" ")
            stems += part_stems
            texts.append("".join(part_texts))
    if not length:
        return None
    text = f"{EDGE}{f' {BREAK}· '.join(texts)}{EDGE}"
    new_stems = "".join([stem for stem in dict.fromkeys(chain.from_iterable(stems)) if stem not in words])
    mark = f" {LANGUAGE_MARK}{language} " if language else ""
    return SearchText(_truncate(words), length, _truncate(mark + new_stems), text)


def _truncate(words: str) -> str:
    """Return as many whole words as MAX_INDEXED_BYTES allows."""
    if len(words) * 4 <= MAX_INDEXED_BYTES or len(encoded := words.encode()) <= MAX_INDEXED_BYTES:
        return words
    return encoded[: encoded.rindex(b" ", 0, MAX_INDEXED_BYTES) + 1].decode()


class _MarkedWords(dict[str, _MarkedWord]):
    """The marked words of a language, kept because most words of a text occur in many others."""

    def __init__(self, language: str | None) -> None:
        self._language = language

    def __missing__(self, word_and_gap: str) -> _MarkedWord:
        if len(self) >= MAX_MARKED_WORDS:
            self.clear()
        marked = self[word_and_gap] = _mark_up(word_and_gap, self._language)
        return marked


_marked_words = lru_cache(maxsize=MAX_MARKED_LANGUAGES)(_MarkedWords)


def _mark_up(word_and_gap: str, language: str | None) -> _MarkedWord:
    """Return a match of _WORD_AND_GAP in the forms of the search text."""
    match = _CANDIDATE.match(word_and_gap)
    candidate = match[0] if match else ""
    words: list[str] = []
    stems: list[str] = []
    text = ""
    offset = 0
    for start, end, token_words in _tokenize_candidate(candidate) if candidate else ():
        token = candidate[start:end]
        stem = _find_stem(token, token_words, language) if language else None
        words += token_words
        stems += [] if stem is None else [f" {stem} "]
        folded = f"{'' if stem is None else STEM + stem} {' '.join(token_words)} "
        text += f"{_escape_gap(candidate[offset:start])}{BEGIN}{folded}{FOLDED}{token}{END}"
        offset = end
    text += _escape_gap(candidate[offset:]) + _escape_gap(word_and_gap[len(candidate) :])
    return _MarkedWord("".join(f"{word} " for word in words), tuple(stems), text)


def _find_stem(token: str, words: tuple[str, ...], language: str) -> str | None:
    """Return the folded stem of a token; None if it has no stem, or its only word."""
    if len(words) != 1 or len(token) > MAX_STEMMED_CHARS or not has_stem(words[0], language):
        return None
    return _fold_stem(find_stem(_lower(token), language), words[0])


def _lower(token: str) -> str:
    """Return a token as stemmers need it: in lower case, with diacritics."""
    if token.isascii():
        return token.lower()
    return normalize("NFKC", "".join(char for char in token if not _is_ignored(char))).lower()


def _fold_stem(stem: str, word: str) -> str | None:
    """Return a stem as one folded word; None if it is that word, or would be none or several."""
    words = (stem,) if stem.isascii() and stem else _fold_words(stem)
    return words[0] if len(words) == 1 and words[0] != word else None


def _tokenize_candidate(candidate: str) -> Iterator[TokenSpan]:
    """Yield the tokens of a match of _CANDIDATE: its only ASCII characters are letters and digits."""
    if candidate.isascii():
        yield TokenSpan(0, len(candidate), (candidate[:MAX_WORD_CHARS].lower(),))
        return
    for start, end in _word_spans(candidate):
        if words := _fold_words(candidate[start:end]):
            yield TokenSpan(start, end, words)


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
            if _is_ignored(char):
                continue
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
    decomposed = normalize("NFKD", folded)
    without_marks = "".join(char for char in decomposed if category(char) != "Mn" and not _is_ignored(char))
    text = normalize("NFKC", without_marks).casefold()
    words = (text[start:end][:MAX_WORD_CHARS] for start, end in _word_spans(text))
    return tuple(word for word in words if _has_letter_or_digit(word))


def _is_ignored(char: str) -> bool:
    """Return whether a character does not end a word: a format character (Unicode Standard Annex 29, rule WB4)."""
    return category(char) == "Cf" and char != _ZERO_WIDTH_SPACE


def _has_letter_or_digit(text: str) -> bool:
    return any(category(char)[0] in "LN" for char in text)
