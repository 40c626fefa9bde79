"""Words are cut and folded once, in Python, so that no database has a say in what is found."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.article.tokenizer import MAX_INDEXED_BYTES, MAX_WORD_CHARS, build_search_text, token_runs, tokenize


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Mayor's", "the mayor s"),
        ("Café CAFE\u0301 \uff23\uff21\uff26\uff25", "cafe cafe cafe"),
        ("straße STRASSE", "strasse strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁrm ½ ﷺ", "firm 1 2 صلى الله عليه وسلم"),
        ("東京都abc", "東 京 都 abc"),
        ("ｶﾞ ガ か゛", "カ カ か"),
        ("한국어", "한국어"),
        ("हिन्दी", "हिनदी"),
        ("snake_case 2019-07-16", "snake case 2019 07 16"),
        ("\0 \ud800 \u0301 😀 !", ""),
        ("é" * 150, "e" * MAX_WORD_CHARS),
    ],
)
def test_words_are_folded(text: str, words: str) -> None:
    assert " ".join(word for piece in tokenize(text) for word in piece.words) == words


def test_words_of_any_character_are_words() -> None:
    for code in range(sys.maxunicode + 1):
        for piece in tokenize(chr(code)):
            for word in piece.words:
                assert {category(char)[0] for char in word} <= {"L", "M", "N"}
                assert [found for again in tokenize(word) for found in again.words] == [word]


def test_runs_are_words_with_nothing_between() -> None:
    assert token_runs("e-mail 東京 1京") == [(("e",), 1), (("mail",), 6), (("東", "京"), 9), (("1", "京"), 12)]


def test_text_is_made_ready_for_snippets() -> None:
    made = build_search_text(["A <b>", None, "", "Café\n&"])
    assert made
    assert made.words == " a b  cafe "
    assert made.length == 3
    assert made.text == "\6\1 a \2A\3 &lt;\1 b \2b\3&gt; \4· \1 cafe \2Café\3 &amp;\6"
    assert build_search_text(["!", None]) is None


@given(st.text())
def test_parts_of_a_text_are_cut_alike(text: str) -> None:
    made = build_search_text([text])
    words = [word for piece in tokenize(text) for word in piece.words]
    assert (made.words if made else "  ") == f" {' '.join(words)} "


def test_no_more_words_are_kept_than_can_be_indexed() -> None:
    made = build_search_text(["é東 word " * 100_000])
    assert made
    assert len(made.words.encode()) <= MAX_INDEXED_BYTES
    assert made.words.startswith(" e 東 word ")
    assert made.words.endswith(" ")
