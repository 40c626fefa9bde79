"""The words by which the converter recognizes parts of an article, in each language: `words.yaml`."""

import re
from collections import Counter
from functools import cache
from importlib import resources

import yaml

from counterpoint.article.normalization import fold

_PUNCTUATION = " \t.:!…»\u203a→>▶►-\u2013—|•·\u200b*[]()"
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_MIN_SHARE = 0.08
"""The share of a text's words that must be common words of its language."""


@cache
def _words_by_language() -> dict[str, dict[str, list[str]]]:
    """Return the words by language and topic."""
    text = resources.files("counterpoint.convert").joinpath("words.yaml").read_text(encoding="utf-8")
    return {
        language: {topic: [str(word) for word in words] for topic, words in topics.items()}
        for language, topics in yaml.safe_load(text).items()
    }


@cache
def fold_words(topic: str) -> frozenset[str]:
    """Return the words of a topic in all languages, folded."""
    return frozenset(fold(word) for topics in _words_by_language().values() for word in topics.get(topic, []))


@cache
def month_numbers() -> dict[str, int]:
    """Return the numbers of months by their names and by their beginnings of three letters or more."""
    names: dict[str, int] = {}
    beginnings: dict[str, set[int]] = {}
    for topics in _words_by_language().values():
        for number, name in enumerate(map(fold, topics.get("months", [])), start=1):
            names[name] = number
            for end in range(3, len(name)):
                beginnings.setdefault(name[:end], set()).add(number)
    return {name: candidates.pop() for name, candidates in beginnings.items() if len(candidates) == 1} | names


def is_line_of(topic: str, text: str) -> bool:
    """Return whether a line consists of words of a topic, such as `Read more »`."""
    return fold(text).strip(_PUNCTUATION) in fold_words(topic)


@cache
def _beginnings(topic: str) -> re.Pattern[str]:
    """Return the pattern of words that begin with one of a topic. Scripts without spaces have no word start."""
    words = sorted(fold_words(topic), key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![^\W_]){re.escape(word)}\w*" if _has_case(word) else re.escape(word) for word in words)
    )


def find_word(topic: str, text: str) -> tuple[int, str] | None:
    """Return the position of the last word of a text that belongs to a topic, and the word."""
    folded = text.casefold()
    matches = [*_beginnings(topic).finditer(folded)]
    if not matches:
        return None
    start, end = matches[-1].span()
    # The positions are those of the folded text, which may be longer, because ß becomes ss.
    return start, (text if len(text) == len(folded) else folded)[start:end]


def guess_language(text: str) -> str | None:
    """Return the language whose script or common words a text has most of, or None."""
    if len(_KANA.findall(text)) > 0.1 * len(text):
        return "ja"
    if len(_HANGUL.findall(text)) > 0.2 * len(text):
        return "ko"
    if len(_HAN.findall(text)) > 0.2 * len(text):
        return "zh"
    counts = Counter(_WORD.findall(text.casefold()))
    scores = {
        language: sum(counts[word] for word in topics.get("common", ()))
        for language, topics in _words_by_language().items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= max(2, _MIN_SHARE * counts.total()) else None


def _has_case(word: str) -> bool:
    return word.upper() != word.lower()
