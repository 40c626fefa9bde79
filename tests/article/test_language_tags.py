"""Language tags are checked against BCP 47, and hints name the tag that was probably meant."""

from __future__ import annotations

import pytest

from counterpoint.article.language_tags import is_language_tag, suggest_language_tag

VALID_TAGS = ["en", "EN", "pt-BR", "zh-Hant", "zh-Hant-TW", "sr-Latn-RS", "es-419", "de-1996", "yue", "x-private"]
RARE_TAGS = ["i-klingon", "sgn-BE-FR", "zh-min-nan", "en-u-ca-buddhist", "sl-rozaj-biske-1994"]


@pytest.mark.parametrize("tag", [*VALID_TAGS, *RARE_TAGS])
def test_tag_is_valid(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("English", "en"),
        ("english (US)", "en"),
        ("Español", "es"),
        ("日本語", "ja"),
        ("eng", "en"),
        ("fra-CA", "fr-CA"),
        ("en_US", "en-US"),
        ("en_UK", "en-GB"),
        ("zh_hant", "zh-hant"),
        ("jp", "ja"),
        ("cn", "zh"),
        ("e", None),
        ("Klingon", None),
        ("", None),
        ("zz", None),
    ],
)
def test_invalid_tag_gets_a_suggestion(text: str, tag: str | None) -> None:
    assert not is_language_tag(text)
    assert suggest_language_tag(text) == tag
