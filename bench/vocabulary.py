"""Vocabulary of generated articles: sentences in several languages, and numbered names of entities."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

LANGUAGES = ("en", "es", "fr", "de", "uk", "ja")


@dataclass(frozen=True)
class Phrases:
    """Ready phrases of one language."""

    language: str
    sentences: Sequence[str]
    stances: Sequence[str]
    measures: Sequence[str]
    labels: Sequence[str]
    lead_ins: Sequence[str]


@dataclass(frozen=True)
class Names:
    """Names of entities by number. Different numbers give different names."""

    words: dict[str, list[str]]

    def party(self, number: int) -> str:
        """Return the name of a person, body, campaign or union. Every tenth is a union in a non-Latin script."""
        kind, rest = number % 10, number // 10
        if kind == 9:
            return self._combine(rest, "unions")
        if kind in (3, 6, 8):
            return self._combine(3 * rest + (3, 6, 8).index(kind), "places", "bodies")
        if kind == 5:
            return self._combine(rest, "people", "causes", separator=" for ")
        person = 6 * rest + (0, 1, 2, 4, 7).index(kind)
        return self._combine(person, "first_names", "last_names", "titles", is_last_word_first=True)

    def government(self, number: int) -> str:
        """Return the name of a place, or of the federal government for number 0."""
        return self._combine(number - 1, "places") if number else "Federal Government"

    def policy_area(self, number: int) -> str:
        """Return a topic with an aspect."""
        return self._combine(number, "topics", "aspects")

    def group(self, number: int) -> str:
        """Return a group of people with a quality."""
        return self._combine(number, "group_qualities", "groups")

    def author(self, number: int) -> str:
        """Return a first and a last name."""
        return self._combine(number, "first_names", "last_names")

    def _combine(self, number: int, *lists: str, separator: str = " ", is_last_word_first: bool = False) -> str:
        """Return one word of each list; the digits of the number choose them. Append what remains of the number."""
        parts: list[str] = []
        for position, name in enumerate(lists):
            words = self.words[name]
            number, digit = divmod(number, len(words))
            # Add the length of the first word, because close numbers would otherwise differ in the first word only.
            offset = position * len(parts[0]) if position else 0
            parts.append(words[(digit + offset) % len(words)])
        if is_last_word_first:
            parts.insert(0, parts.pop())
        return separator.join(parts) + (f" {number + 1}" if number else "")


def read_vocabulary() -> tuple[Names, dict[str, Phrases]]:
    """Read `vocabulary.toml`. Return the names, and the phrases by language."""
    words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return Names(words["names"]), {language: _build_phrases(language, words[language]) for language in LANGUAGES}


def _build_phrases(language: str, words: dict[str, list[str]]) -> Phrases:
    separator, full_stop = "".join(words["separator"]), "".join(words["full_stop"])

    def combine(*lists: str) -> list[str]:
        return [separator.join(parts) for parts in product(*(words[name] for name in lists))]

    return Phrases(
        language=language,
        sentences=[text + full_stop for text in combine("subjects", "predicates", "reasons")],
        stances=[text[0].upper() + text[1:] for text in combine("predicates", "reasons")],
        measures=combine("measure_verbs", "measure_objects"),
        labels=words["labels"],
        lead_ins=words["lead_ins"],
    )
