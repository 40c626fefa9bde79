"""The words of generated articles: ready sentences of each language, and the n-th name of each kind."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

LANGUAGES = ("en", "es", "fr", "de", "uk", "ja")


@dataclass(frozen=True)
class Phrases:
    """What can be said in one language."""

    language: str
    sentences: Sequence[str]
    stances: Sequence[str]
    measures: Sequence[str]
    labels: Sequence[str]
    lead_ins: Sequence[str]


@dataclass(frozen=True)
class Names:
    """What names are made of. Each number gives another name."""

    parts: dict[str, list[str]]

    def party(self, number: int) -> str:
        """Give a person, a body, a campaign or a union; every tenth one in another script."""
        kind, rest = number % 10, number // 10
        if kind == 9:
            return self._spell(rest, "unions")
        if kind in (3, 6, 8):
            return self._spell(3 * rest + (3, 6, 8).index(kind), "places", "bodies")
        if kind == 5:
            return self._spell(rest, "people", "causes", between=" for ")
        return self._spell(6 * rest + (0, 1, 2, 4, 7).index(kind), "first", "last", "titles", person=True)

    def government(self, number: int) -> str:
        """Give a place, or the federation."""
        return self._spell(number - 1, "places") if number else "Federal Government"

    def policy_area(self, number: int) -> str:
        """Give a topic's aspect."""
        return self._spell(number, "topics", "aspects")

    def group(self, number: int) -> str:
        """Give a kind of people."""
        return self._spell(number, "manners", "groups")

    def author(self, number: int) -> str:
        """Give a person."""
        return self._spell(number, "first", "last")

    def _spell(self, number: int, *pools: str, between: str = " ", person: bool = False) -> str:
        """Read a number as one word from each pool, the first turning fastest; what is left over stands last."""
        words: list[str] = []
        for at, pool in enumerate(pools):
            number, digit = divmod(number, len(self.parts[pool]))
            # Stepping with the words before lets near numbers differ in more than their first word.
            words.append(self.parts[pool][(digit + at * len(words[0]) if at else digit) % len(self.parts[pool])])
        if person:
            words.insert(0, words.pop())
        return between.join(words) + (f" {number + 1}" if number else "")


def read_vocabulary() -> tuple[Names, dict[str, Phrases]]:
    """Read the words beside this file."""
    words = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return Names(words["names"]), {language: _phrases(language, words[language]) for language in LANGUAGES}


def _phrases(language: str, words: dict[str, list[str]]) -> Phrases:
    joint, stop = "".join(words["joint"]), "".join(words["stop"])
    return Phrases(
        language=language,
        sentences=[joint.join(pieces) + stop for pieces in product(words["actors"], words["acts"], words["aims"])],
        stances=[_begun(joint.join(pieces)) for pieces in product(words["acts"], words["aims"])],
        measures=[joint.join(pieces) for pieces in product(words["did"], words["what"])],
        labels=words["labels"],
        lead_ins=words["lead_ins"],
    )


def _begun(text: str) -> str:
    return text[0].upper() + text[1:]
