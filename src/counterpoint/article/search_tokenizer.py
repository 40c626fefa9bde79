"""The tokenizer of the full-text search: texts to folded words, the same for every database.

A word is a run of letters, marks and digits; in scripts written without spaces, each character is a word. Invisible
characters within a word, such as soft hyphens, are ignored. Words are folded: compared without case and diacritics, by
their first 100 characters. In languages with a stemmer, a word also has a folded stem.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape
from typing import NamedTuple
from unicodedata import category, normalize

from counterpoint.article.stemmer import MAX_STEMMED_CHARS, find_languages, find_stem, has_stem

MAX_WORD_CHARS = 100
"""Length at which folded words are cut."""

MAX_INDEXED_BYTES = 500_000
"""Maximum size of the words of one text in UTF-8, because databases limit the size of an indexed text."""

MARKERS = BEGIN, FOLDED, END, BREAK, STEM, EDGE = ("\1", "\2", "\3", "\4", "\5", "\6")
"""Control characters that mark up `SearchText.text` for snippets. It contains no others."""

_CANDIDATE = re.compile(r"([0-9A-Za-z\x80-\U0010ffff]+)")
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00016fe0-\U00018d8f\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
"""A character of a script that is written without spaces."""
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
    """Each stem that is not among the words, between spaces, so that two spaces separate two stems."""
    text: str
    """Escaped HTML with EDGE at both ends and BREAK between parts.

    Each token is BEGIN, STEM and its stem unless that is its word, its words between spaces, FOLDED, the token as it
    appears in the text, END.
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
        if runs and runs[-1][2] == start:
            runs[-1] = (runs[-1][0] + words, runs[-1][1], end)
        else:
            runs.append((words, start, end))
    return runs


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
    texts: list[str] = []
    stems: list[str] = []
    words = ""
    length = 0
    for part in parts:
        if part:
            part_words, part_stems, marked_up = _mark_up_part(part, language)
            if part_words:
                words += f" {' '.join(part_words)} "
            texts.append(marked_up)
            stems += part_stems
            length += len(part_words)
    if not length:
        return None
    text = f"{EDGE}{f' {BREAK}· '.join(texts)}{EDGE}"
    padded_stems = [f" {stem} " for stem in dict.fromkeys(stems)]
    new_stems = "".join([stem for stem in padded_stems if stem not in words])
    return SearchText(_truncate(words), length, _truncate(new_stems), text)


def _truncate(words: str) -> str:
    """Return as many whole words as MAX_INDEXED_BYTES allows."""
    if len(words) * 4 <= MAX_INDEXED_BYTES or len(encoded := words.encode()) <= MAX_INDEXED_BYTES:
        return words
    return encoded[: encoded.rindex(b" ", 0, MAX_INDEXED_BYTES) + 1].decode()


def _mark_up_part(part: str, language: str | None) -> tuple[list[str], list[str], str]:
    """Return the folded words of a part, the stems that differ from their words, and the part as HTML with markers."""
    gaps_and_candidates = _CANDIDATE.split(part)
    gaps, candidates = gaps_and_candidates[::2], gaps_and_candidates[1::2]
    marked_up = [_mark_up(candidate, language) for candidate in candidates]
    words = [word for candidate_words, _, _ in marked_up for word in candidate_words]
    stems = [stem for _, candidate_stems, _ in marked_up for stem in candidate_stems] if language else []
    texts = [text + _escape_gap(gap) for (_, _, text), gap in zip(marked_up, gaps[1:], strict=True)]
    return words, stems, _escape_gap(gaps[0]) + "".join(texts)


# Cached because most words of a text occur in many others.
@lru_cache(maxsize=20_000)
def _mark_up(candidate: str, language: str | None) -> tuple[list[str], list[str], str]:
    """Return the folded words of a candidate, their stems that differ, and the candidate as HTML with markers."""
    words: list[str] = []
    stems: list[str] = []
    texts: list[str] = []
    offset = 0
    for start, end, token_words in _tokenize_candidate(candidate):
        token = candidate[start:end]
        stem = _find_stem(token, token_words, language) if language else None
        words += token_words
        stems += [] if stem is None else [stem]
        folded = f"{'' if stem is None else STEM + stem} {' '.join(token_words)} "
        texts += _escape_gap(candidate[offset:start]), BEGIN, folded, FOLDED, token, END
        offset = end
    return words, stems, "".join(texts) + _escape_gap(candidate[offset:])


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
