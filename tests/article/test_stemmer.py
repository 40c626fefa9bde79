"""Word forms have stems in the languages that the page for clients lists."""

from __future__ import annotations

import re

import pytest

from counterpoint.article.stemmer import find_stem, find_stem_language
from support.database_helpers import REPOSITORY


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("EN-gb", "en"),
        ("pt-BR", "pt"),
        ("nb", "no"),
        ("nn-NO", "no"),
        ("no-bok", "no"),
        ("sr-Latn", "sr"),
        ("zh-Hant", None),
        ("uk", None),
        ("x-en", None),
        ("eng", None),
    ],
)
def test_stemmer_is_that_of_the_primary_subtag(tag: str, language: str | None) -> None:
    assert find_stem_language(tag) == language


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "raid raids raided raiding"),
        ("de", "abschiebung abschiebungen"),
        ("fr", "élection élections"),
        ("es", "redada redadas"),
        ("it", "tribunale tribunali"),
        ("no", "lov loven lovene"),
        ("ru", "рейд рейды рейдов"),
        ("tr", "okul okullar"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, words: str) -> None:
    assert len({find_stem(word, language) for word in words.split()}) == 1


def test_page_for_clients_lists_all_languages() -> None:
    text = (REPOSITORY / "docs" / "clients" / "search.md").read_text(encoding="utf-8")
    paragraph = text[text.index("These languages have a stemmer:") : text.index("Articles in other languages")]
    listed = set(re.findall("`([a-z]{2})`", paragraph))
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert listed == {first + second for first in letters for second in letters if find_stem_language(first + second)}
