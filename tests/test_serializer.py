"""Serialized articles parse to the same records."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bench.serializer import serialize_article
from hypothesis import given, settings

from counterpoint.article import records
from counterpoint.article.normalization import slugify
from counterpoint.article.parser import parse_article
from support.record_strategies import articles, lists, paragraphs, tables, without_source_details

SEED = Path(__file__).parents[1] / "seed"
# Points of several blocks, and a point that is only an image, can't be serialized.
LOSSY_CASES = {"multi-block-points", "labels", "no-misreadings"}
CASES = [
    path
    for path in sorted((Path(__file__).parent / "article" / "cases").glob("*.json"))
    if path.stem not in LOSSY_CASES
]


@pytest.mark.slow
@given(articles(paragraphs | lists | tables))
@settings(deadline=None)
def test_any_serialized_article_parses_to_the_same_article(article: records.Article) -> None:
    text = serialize_article(article)
    assert without_source_details(parse_article(text, path=article.path, sha256="").article) == article


_BLOCK_MARKUP = [
    "a: b",
    "a:",
    "a\\:",
    "a #",
    "# a",
    "{.other}",
    "- a",
    "+ a",
    "1. a",
    "12) a",
    "> a",
    "~~~",
    "---",
    "| a |",
    "a | b",
]
_INLINE_MARKUP = [
    "*a*",
    "_a_",
    "`a`",
    "[a](b)",
    "![a](b)",
    "<a>",
    "&amp;",
    "&#0;",
    "\\",
    "a\\",
    "\\|",
    "**a:** b",
    "[a]: b",
    "=",
    "a  b",
]
_SPECIAL_CHARACTERS = [
    "a\n\nb",
    "a\rb",
    "a\n- b",
    "a\n===",
    "a\tb",
    "a\u2028b",
    "a\u000bb",
    "\u0001",
    "\u200fא",
    "https://a.b",
]


@pytest.mark.parametrize("text", [*_BLOCK_MARKUP, *_INLINE_MARKUP, *_SPECIAL_CHARACTERS])
def test_text_that_looks_like_markup_stays_text_everywhere(text: str) -> None:
    points = [records.Point(None, text, "", 0), records.Point(text, text, "", 0)]
    plain = records.Table(
        records.TableContents.OTHER,
        (text, text),
        (("", text),),
        "",
        (),
        (records.ColumnAlignment.NONE,) * 2,
        (),
        (),
        (),
        0,
    )
    blocks = (
        records.Paragraph(text, "", 0),
        records.PointList(records.PointKind.OTHER, None, tuple(points), 0),
        records.PointList(records.PointKind.OTHER, f"{text}:", tuple(points), 0),
        plain,
    )
    template = parse_article("---\ntitle: T\n---\nText.\n", path="a.md", sha256="").article
    sections = [records.Section("_top", None, 1, blocks, 0)]
    if slugify(text):
        sections.append(records.Section(slugify(text), text, 2, blocks, 0))
    article = replace(template, title=" ".join(text.split()), sections=tuple(sections))
    assert without_source_details(parse_article(serialize_article(article), path="a.md", sha256="").article) == article


@pytest.mark.parametrize("path", [path.with_suffix(".md") for path in CASES], ids=lambda path: path.stem)
def test_serialized_case_parses_to_the_same_article(path: Path) -> None:
    article = parse_article(path.read_text(encoding="utf-8"), path=path.name, sha256="").article
    again = parse_article(serialize_article(article), path=path.name, sha256="").article
    assert without_source_details(again) == without_source_details(article)


def test_serialized_seed_article_has_the_same_headings_lists_and_tables() -> None:
    path = SEED / "chicago-immigration-standoff.md"
    text = path.read_text(encoding="utf-8")
    article = parse_article(text, path=path.name, sha256="").article
    serialized = serialize_article(article)
    assert without_source_details(
        parse_article(serialized, path=path.name, sha256="").article
    ) == without_source_details(article)
    assert structure_lines(serialized) == structure_lines(text)


def structure_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(("##", "{", "- ", "|"))]
