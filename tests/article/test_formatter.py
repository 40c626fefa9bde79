"""Formatting gives one form to every article file, and changes nothing that the file says."""

from __future__ import annotations

from cProfile import Profile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterpoint.article import records
from counterpoint.article.formatter import find_difference, format_article
from counterpoint.article.front_matter import KEYS
from counterpoint.article.parser import parse_article
from counterpoint.errors import InvalidFiles
from support.file_mutations import GOOD_FILES, Mutation, mutations
from support.markdown_strategies import article_texts
from support.record_strategies import fragments

SEED = Path(__file__).parents[2] / "seed"
CASES = sorted((Path(__file__).parent / "cases").glob("*.json"))


def parse(text: str) -> records.Article:
    return parse_article(text, path="a.md", sha256="").article


def parse_if_valid(text: str) -> records.Article | None:
    try:
        return parse(text)
    except InvalidFiles:
        return None


def format_body(body: str) -> str:
    return format_article(parse(f"---\ntitle: T\n---\n{body}")).removeprefix("---\ntitle: T\n---\n\n")


def assert_format_keeps_content(article: records.Article | None) -> None:
    if article is None:
        return
    text = format_article(article)
    again = parse(text)
    assert find_difference(article, again) is None
    assert format_article(again) == text


VALID_FILES = [content for content in GOOD_FILES if parse_if_valid(content.decode())]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_formatted_case_has_the_same_content(path: Path) -> None:
    assert_format_keeps_content(parse(path.with_suffix(".md").read_text(encoding="utf-8")))


def test_articles_in_the_repository_are_formatted() -> None:
    paths = [*SEED.glob("*.md")]
    assert paths
    for path in paths:
        assert format_article(parse(path.read_text(encoding="utf-8"))) == path.read_text(encoding="utf-8")


@given(article_texts())
@settings(deadline=None)
def test_any_construct_in_any_style_keeps_its_content(text: str) -> None:
    assert_format_keeps_content(parse_if_valid(text))


@given(st.lists(fragments, max_size=30).map("".join))
@settings(deadline=None)
def test_any_valid_text_keeps_its_content(text: str) -> None:
    assert_format_keeps_content(parse_if_valid(f"---\ntitle: T\n---\n{text}"))


@given(st.sampled_from(VALID_FILES), st.lists(mutations(), min_size=1, max_size=3))
@settings(deadline=None)
def test_mutated_file_keeps_its_content_if_it_is_valid(content: bytes, mutate: list[Mutation]) -> None:
    for mutation in mutate:
        content = mutation(content)
    assert_format_keeps_content(parse_if_valid(content.decode(errors="replace")))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Heading\n---\n", "## Heading\n"),
        ("##  Heading ##\n", "## Heading\n"),
        ("Sharp #\n---\n", "## Sharp \\#\n"),
        ("Two\nlines\n-\n", "Two\nlines\n---\n"),
        ("With\na pipe |\n-\n", "With\na pipe |\n-\n"),
        ("*a*  \n   b \nc\n", "*a*\\\nb\nc\n"),
        ("a\n    - b\n", "a\n    - b\n"),
        ("* a\n* b\n\n+ c\n", "- a\n- b\n\n* c\n"),
        ("{ .other }\n*  a\n\n   b\n", "{.other}\n- a\n\n  b\n"),
        ("9) a\n9) b\n", "9. a\n10. b\n"),
        ("> - a\n    - b\n", "> - a\n>       - b\n"),
        ("> [a]\n\t- b\n", "> [a]\n>     - b\n"),
        ("> a\n===\n", "> a\n>     ===\n"),
        ("+ --\n", "- \\--\n"),
        ("+ + +\n", "- - +\n"),
        ("- > a\n  >\n  b\n", "- > a\n  >\n  b\n"),
        ("a\n***\n- ***\n", "a\n\n---\n\n- ___\n"),
        ("    a\n    ```\n", "````\na\n```\n````\n"),
        ("~~~~ a`b\nx\n~~~~\n", "~~~a`b\nx\n~~~\n"),
        ("|a|b|\n|:-|-:|\n|`x\\|y`||\n", "| a | b |\n|:---|---:|\n| `x\\|y` | |\n"),
        (
            "[^1] [L]\n[^1]:   a\n\n    - b\n\n[l]:\n  <c d> 'e'\n",
            "[^1] [L]\n\n[^1]: a\n\n    - b\n\n[l]:\n<c d> 'e'\n",
        ),
        ("[^a] [^b]\n\n[^a]: A\n\n[^b]: B\n", "[^a] [^b]\n\n[^a]: A\n[^b]: B\n"),
        ("[^a]\n\n[^a]: - b\n", "[^a]\n\n[^a]:\n    - b\n"),
        ("&nbsp; [x](/東京 't') **b** __c__ \\: \\*", "&nbsp; [x](/東京 't') **b** __c__ \\: \\*\n"),
        ("a\n\u3000\nb\n", "a\n\u3000\nb\n"),
        ("\u3000- a\n", "\u3000- a\n"),
    ],
)
def test_block_has_one_form(body: str, expected: str) -> None:
    assert format_body(body) == expected
    assert format_body(expected) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('subtitle: "a b"', "subtitle: a b"),
        ("subtitle: 'a: b'", 'subtitle: "a: b"'),
        ("subtitle: '1984'", 'subtitle: "1984"'),
        ("subtitle: 1984", 'subtitle: "1984"'),
        ("subtitle: a\n  b", "subtitle: a b"),
        ("subtitle: |\n  a: b\n\n  c", "subtitle: >-\n  a: b c"),
        ("subtitle:", "subtitle:"),
        ("authors:\n- A\n- B, C\n- 1", 'authors: [A, "B, C", "1"]'),
        ("authors: A", "authors: A"),
        ("published: '2019-07-16'", "published: 2019-07-16"),
        ("draft: TRUE", "draft: TRUE"),
        ("subtitle: a  # b", "# b\nsubtitle: a"),
        ("# b\n# c\nsubtitle: >  # d\n  a\n# e", "# b\n# c\n# d\nsubtitle: >-\n  a\n# e"),
        ("authors: [  # b\n  A,  # c\n  B]  # d", "# b\n# c\n# d\nauthors: [A, B]"),
        ("authors: []  # none yet", "# none yet\nauthors: []"),
    ],
)
def test_front_matter_has_one_form_and_keeps_comments(line: str, expected: str) -> None:
    text = format_article(parse(f"---\ntitle: T\n{line}\n---\nText.\n"))
    assert text == f"---\ntitle: T\n{expected}\n---\n\nText.\n"
    assert format_article(parse(text)) == text


def test_keys_are_in_one_order() -> None:
    values = {"authors": "[A]", "language": "en", "published": "2019-07-16", "updated": "2019-07-17", "draft": "true"}
    values |= {"slug": "a", "former_slugs": "[b, c]", "translation_of": "d"}
    lines = [f"{key}: {values.get(key, 'https://example.org')}" for key in KEYS]
    text = format_article(parse("\n".join(["---", *reversed(lines), "---", "Text.\n"])))
    assert text == "\n".join(["---", *lines, "---", "", "Text.\n"])


def test_line_ends_and_byte_order_mark_are_normalized() -> None:
    assert format_article(parse("\ufeff---\r\ntitle: T\r\n---\r\nText\r\n")) == "---\ntitle: T\n---\n\nText\n"


def test_formatting_a_list_does_not_visit_all_lists_before_it() -> None:
    def count_calls(lists: int) -> int:
        article = parse("---\ntitle: T\n---\n\n" + "- a\n\n* b\n\n" * lists)
        profile = Profile()
        profile.runcall(format_article, article)
        return sum(entry.callcount for entry in profile.getstats())

    assert count_calls(200) < 2.2 * count_calls(100)


def test_article_that_would_change_is_refused_with_the_line_of_the_block() -> None:
    # The line === makes a heading, unless it is outside of the quote or indented, which would change the code.
    article = parse("---\ntitle: T\n---\n\nOne.\n\n> `a\n===\nb`\n")
    with pytest.raises(InvalidFiles, match=r"^a\.md:7:1: formatting would change the content here"):
        format_article(article)


def test_difference_is_found_in_front_matter_headings_blocks_and_length() -> None:
    article = parse("---\ntitle: T\n---\n\n## One\n\nTwo.\n\nThree.\n")
    (section,) = article.sections
    assert find_difference(article, replace(article, sha256="0", source_text="")) is None
    assert find_difference(article, replace(article, title="U")) == 1
    assert find_difference(article, replace(article, sections=(replace(section, heading="1"),))) == 5
    assert find_difference(article, replace(article, sections=(replace(section, blocks=section.blocks[:1]),))) == 9
    assert find_difference(article, replace(article, sections=())) == 5
