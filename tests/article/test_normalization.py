"""Slugs and folded texts are the same on every machine, and normalizing them again changes nothing."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.article.normalization import fold, is_visible, slugify

if TYPE_CHECKING:
    from collections.abc import Callable

GUIDE = Path(__file__).parents[2] / "docs" / "articles.md"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Chicago\u2019s Approach", "chicago-s-approach"),
        ("  --Mayor  Lori_Lightfoot!", "mayor-lori-lightfoot"),
        ("東京都", "東京都"),
        ("Straße", "strasse"),
        ("\uff26\uff35LL\u3000\uff57idth ①", "full-width-1"),
        ("E\u0301cole", "école"),
        ("Ab\N{SOFT HYPHEN}schie\N{SOFT HYPHEN}bung", "abschiebung"),
        ("می\N{ZERO WIDTH NON-JOINER}خواهم", "می-خواهم"),
        ("\N{BLACK TELEPHONE}\N{VARIATION SELECTOR-16} Mayor \N{BLACK TELEPHONE}\N{VARIATION SELECTOR-16}", "mayor"),
        ("葛\N{VARIATION SELECTOR-17}城", "葛城"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("½ a", "1-2-a"),
        ("\u0301", ""),
        ("…!?", ""),
        ("", ""),
    ],
)
def test_slug_keeps_letters_marks_and_digits(name: str, expected: str) -> None:
    assert slugify(name) == expected


def test_slugs_in_the_guide_are_correct() -> None:
    names_and_slugs = re.findall(r"\*([^*\n]+)\* \(`([^`\n]+)`\)", GUIDE.read_text(encoding="utf-8"))
    assert len(names_and_slugs) == 8
    assert [(name, slugify(name)) for name, _ in names_and_slugs] == names_and_slugs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" A  b\t\n", "a b"),
        ("Straße\u00a0\uff21\uff22", "strasse ab"),
        ("\u2028", ""),
        ("don\u2019t", "don\u2019t"),
        ("\ufeffe\N{SOFT HYPHEN}\u0301\N{WORD JOINER}t", "ét"),
    ],
)
def test_fold_ignores_case_width_and_white_space(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize("text", ["", " \t\n\u00a0\u3000", "\u200b\u200e\ufeff", "\N{SOFT HYPHEN}\u2060"])
def test_white_space_and_invisible_characters_are_not_visible(text: str) -> None:
    assert not is_visible(text)
    assert is_visible(f"{text}.")


@pytest.mark.parametrize("normalize", [fold, slugify])
def test_normalizing_every_character_twice_equals_once(normalize: Callable[[str], str]) -> None:
    characters = (char for char in map(chr, range(sys.maxunicode + 1)) if category(char) not in ("Cn", "Co", "Cs"))
    once = normalize("\n".join(characters))
    assert normalize(once) == once


@pytest.mark.slow
@given(st.text())
def test_normalizing_any_text_twice_equals_once(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_slug_consists_of_letters_marks_digits_and_single_hyphens(text: str) -> None:
    words = slugify(text).split("-")
    assert words == [""] or all(word and {category(char)[0] for char in word} <= set("LMN") for word in words)


@given(st.text(st.characters(codec="ascii")))
def test_ascii_shortcut_equals_the_general_case(text: str) -> None:
    assert (slugify(f"{text} é"), fold(f"{text} é")) == (
        f"{slugify(text)}-é".lstrip("-"),
        f"{fold(text)} é".lstrip(),
    )
