"""Stemming: Snowball's algorithms reduce the forms of a word, such as `raids` and `raided`, to one stem.

A language is known by its primary subtag (BCP 47). Passages store stems, so another release of Snowball, which may
return other stems, needs a higher `PARSER_VERSION`.
"""

import re

import Stemmer

MAX_STEMMED_CHARS = 100
"""Length of the longest word that has a stem."""

_LATIN, _CYRILLIC, _ARABIC = "a-z\u00df-\u02af", "\u0400-\u052f", "\u0620-\u065f\u066e-\u06ef\u06fa-\u06ff"
_DEVANAGARI = "\u0900-\u0963\u0971-\u097f"

_ALGORITHMS = {
    "ar": ("arabic", _ARABIC),
    "ca": ("catalan", _LATIN),
    "cs": ("czech", _LATIN),
    "da": ("danish", _LATIN),
    "de": ("german", _LATIN),
    "el": ("greek", "\u0370-\u03ff"),
    "en": ("english", _LATIN),
    "eo": ("esperanto", _LATIN),
    "es": ("spanish", _LATIN),
    "et": ("estonian", _LATIN),
    "eu": ("basque", _LATIN),
    "fa": ("persian", _ARABIC),
    "fi": ("finnish", _LATIN),
    "fr": ("french", _LATIN),
    "ga": ("irish", _LATIN),
    "hi": ("hindi", _DEVANAGARI),
    "hu": ("hungarian", _LATIN),
    "hy": ("armenian", "\u0561-\u0588"),
    "id": ("indonesian", _LATIN),
    "it": ("italian", _LATIN),
    "lt": ("lithuanian", _LATIN),
    "ne": ("nepali", _DEVANAGARI),
    "nl": ("dutch", _LATIN),
    "no": ("norwegian", _LATIN),
    "pl": ("polish", _LATIN),
    "pt": ("portuguese", _LATIN),
    "ro": ("romanian", _LATIN),
    "ru": ("russian", _CYRILLIC),
    "sr": ("serbian", _LATIN + _CYRILLIC),
    "st": ("sesotho", _LATIN),
    "sv": ("swedish", _LATIN),
    "ta": ("tamil", "\u0b80-\u0be5"),
    "tr": ("turkish", _LATIN),
    "yi": ("yiddish", "\u05d0-\u05f2"),
}
"""Snowball's algorithm for each language, and the letters of the words that it applies to."""

_MACROLANGUAGES = {"nb": "no", "nn": "no"}

# A cache of the stemmer itself is not needed, because texts are tokenized with a cache. Threads may share the objects,
# because a call holds the interpreter lock.
_STEMMERS = {language: Stemmer.Stemmer(algorithm, 0) for language, (algorithm, _) in _ALGORITHMS.items()}
_WORDS = {letters: re.compile(f"[{letters}]+") for _, letters in _ALGORITHMS.values()}


def find_stem_language(tag: str) -> str | None:
    """Return the language whose stemmer applies to a text, by its language tag; None if there is no stemmer."""
    subtag = tag.lower().partition("-")[0]
    language = _MACROLANGUAGES.get(subtag, subtag)
    return language if language in _ALGORITHMS else None


def find_languages(folded: str) -> list[str]:
    """Return the languages whose stemmers apply to a folded word, because it consists of their letters."""
    matching = {letters for letters, words in _WORDS.items() if words.fullmatch(folded)}
    return [language for language, (_, letters) in _ALGORITHMS.items() if letters in matching]


def has_stem(folded: str, language: str) -> bool:
    """Return whether the stemmer of a language applies to a folded word."""
    _, letters = _ALGORITHMS[language]
    return _WORDS[letters].fullmatch(folded) is not None


def find_stem(word: str, language: str) -> str:
    """Return the stem of a word in lower case."""
    stem: str = _STEMMERS[language].stemWord(word)
    return stem
