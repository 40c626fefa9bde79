"""Texts are split into words and folded in Python, so every database finds the same words."""

from __future__ import annotations

import sys
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterpoint.article.search_tokenizer import (
    MAX_INDEXED_BYTES,
    MAX_WORD_CHARS,
    build_search_text,
    find_stems,
    token_runs,
    tokenize,
)


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
        ("Ab\N{SOFT HYPHEN}schie\N{SOFT HYPHEN}bung", "abschiebung"),
        ("می\N{ZERO WIDTH NON-JOINER}خواهم a\N{WORD JOINER}b", "میخواهم ab"),
        ("\N{LEFT-TO-RIGHT MARK}a\N{RIGHT-TO-LEFT MARK} \N{ZERO WIDTH JOINER}", "a"),
        ("a\N{ZERO WIDTH SPACE}b", "a b"),
        ("葛\N{VARIATION SELECTOR-17}飾", "葛 飾"),
    ],
)
def test_words_are_split_and_folded(text: str, words: str) -> None:
    assert " ".join(word for token in tokenize(text) for word in token.words) == words


def is_assigned(character: str) -> bool:
    """Return whether Unicode gives a character a meaning."""
    return category(character) not in {"Cn", "Co", "Cs"}


def fold_words(text: str) -> list[str]:
    return [word for token in tokenize(text) for word in token.words]


@pytest.mark.slow
def test_folded_words_of_any_character_fold_to_themselves() -> None:
    folded = {char: fold_words(char) for char in filter(is_assigned, map(chr, range(sys.maxunicode + 1)))}
    words = {word for words in folded.values() for word in words}
    assert {category(char)[0] for char in {*"".join(words)}} <= {"L", "M", "N"}
    # Most words are one of the characters.
    assert [word for word in words if (folded.get(word) or fold_words(word)) != [word]] == []


def test_words_without_a_gap_between_them_form_a_run() -> None:
    assert token_runs("e-mail 東京 1京") == [
        (("e",), 0, 1),
        (("mail",), 2, 6),
        (("東", "京"), 7, 9),
        (("1", "京"), 10, 12),
    ]


def test_search_text_has_words_and_marked_up_html() -> None:
    search_text = build_search_text(["A <b>", None, "", "Café\n&"], None)
    assert search_text
    assert search_text.words == " a b  cafe "
    assert search_text.length == 3
    assert search_text.text == "\6\1 a \2A\3 &lt;\1 b \2b\3&gt; \4· \1 cafe \2Café\3 &amp;\6"
    assert search_text.stems == ""
    assert build_search_text(["!", None], "en") is None


def test_search_text_has_the_stems_that_are_not_among_its_words() -> None:
    search_text = build_search_text(["Raids raid; policies", "the policies"], "en")
    assert search_text
    assert search_text.words == " raids raid policies  the policies "
    assert search_text.stems == " §en  polici "
    assert search_text.text.startswith("\6\1\5raid raids \2Raids\3 \1 raid \2raid\3; \1\5polici policies \2policies\3")


@pytest.mark.parametrize(
    ("word", "language", "stem"),
    [
        ("Raids", "en", "raid"),
        ("raid", "en", None),
        ("élections", "fr", "elect"),
        ("Häusern", "de", "haus"),
        ("Häuser\N{SOFT HYPHEN}n", "de", "haus"),
        ("рейдов", "ru", "реид"),
        ("рейдов", "en", None),
        ("raids", "ru", None),
        ("covid19s", "en", None),
        ("2019", "en", None),
        ("東京", "en", None),
        ("raids, raids", "en", None),
        ("a\u0301" + "\u0301" * 200 + "s", "en", None),
    ],
)
def test_stem_is_made_from_the_letters_of_the_language_and_folded(word: str, language: str, stem: str | None) -> None:
    assert find_stems(word).get(language) == stem


@given(
    st.text(st.characters(categories=["L", "M", "Cf"]), max_size=20),
    st.sampled_from(["en", "de", "tr", "sr", "ru", "el", "ar", "hi", "yi"]),
)
def test_stem_is_one_folded_word_that_the_text_of_a_passage_has_too(word: str, language: str) -> None:
    search_text = build_search_text([word], language)
    stem = find_stems(word).get(language)
    if stem is not None:
        assert search_text
        assert [token.words for token in tokenize(stem)] == [(stem,)]
        assert search_text.stems == f" §{language}  {stem} "
        assert f"\5{stem} {search_text.words.strip()} \2" in search_text.text


@given(st.text())
def test_search_text_has_the_same_words_as_the_tokens(text: str) -> None:
    search_text = build_search_text([text], "de")
    words = [word for token in tokenize(text) for word in token.words]
    assert (search_text.words if search_text else "  ") == f" {' '.join(words)} "


def test_words_of_a_search_text_are_limited_to_what_can_be_indexed() -> None:
    search_text = build_search_text(["é東 word " * 100_000], "en")
    assert search_text
    assert len(search_text.words.encode()) <= MAX_INDEXED_BYTES
    assert search_text.words.startswith(" e 東 word ")
    assert search_text.words.endswith(" ")
