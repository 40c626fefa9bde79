"""Every file in `cases/` reads as stated beside it: records as JSON, or the problems as an author sees them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from counterpoint.article import records
from counterpoint.article.parser import parse_article
from counterpoint.article.source_file import UNSTORABLE, decode
from counterpoint.errors import InvalidFiles, Problem
from support.record_strategies import fragments

CASES = Path(__file__).parent / "cases"
README = Path(__file__).parents[2] / "README.md"
HEAD = "---\ntitle: T\n---\n"


def told(path: Path) -> str:
    """What reading a case gives, as the file beside it should have it."""
    text = decode(path.read_bytes(), path=path.name)
    try:
        article = parse_article(text, path=path.name, sha256="")
    except InvalidFiles as found:
        return f"{found}\n"
    return json.dumps(asdict(article), ensure_ascii=False, indent=1, default=str) + "\n"


def sections_or_problems(text: str) -> tuple[records.Section, ...] | list[Problem]:
    try:
        return parse_article(text, path="a.md", sha256="").sections
    except InvalidFiles as found:
        return found.problems


def problems(text: str, path: str = "a.md") -> list[str]:
    with pytest.raises(InvalidFiles) as found:
        parse_article(text, path=path, sha256="")
    return [str(problem) for problem in found.value.problems]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_case_reads_as_stated(case: Path) -> None:
    (stated,) = [path for path in (case.with_suffix(".json"), case.with_suffix(".problems")) if path.exists()]
    assert told(case) == stated.read_text(encoding="utf-8")


def test_readme_tells_a_problem_as_it_is_printed() -> None:
    table = (
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| Mayor | Opposes raids | |\n| Sheriff | Undecided |\n"
    )
    (printed,) = problems(f"{HEAD}\n## Who\n\nSome do this,\n\nothers that.\n\n{table}", "dispute.md")
    assert f"\n\n    {printed}\n\n" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff", "a/b.md:1:1: byte 0xFF is not UTF-8 (save the file as UTF-8)"),
        (b"\xef\xbb\xbfab\xe4", "a/b.md:1:3: byte 0xE4 is not UTF-8 (save the file as UTF-8)"),
        ("é\r\n東\r😀".encode() + b"\x80", "a/b.md:3:2: byte 0x80 is not UTF-8 (save the file as UTF-8)"),
        (b"\r\xed\xa0\x80", "a/b.md:2:1: byte 0xED is not UTF-8 (save the file as UTF-8)"),
    ],
)
def test_first_byte_that_is_not_utf8_is_told_by_line_and_character(data: bytes, problem: str) -> None:
    with pytest.raises(InvalidFiles) as found:
        decode(data, path="a/b.md")
    assert str(found.value) == problem


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_endings_and_a_byte_order_mark_change_nothing(ending: str, mark: str) -> None:
    text = f"{HEAD}\n## Heading\n\nSome\ntext.\n"
    otherwise = mark + text.replace("\n", ending)
    expected = parse_article(text, path="a.md", sha256="")
    assert parse_article(otherwise, path="a.md", sha256="") == expected
    assert parse_article(decode(otherwise.encode(), path="a.md"), path="a.md", sha256="") == expected


def test_characters_that_no_database_keeps_are_told_once_a_line() -> None:
    assert problems("---\ntitle: a\0b\0\n---\n😀\ud800 \udfff\n") == [
        "a.md:2:9: NUL can't be stored (remove it)",
        "a.md:4:2: the lone surrogate U+D800 can't be stored (remove it)",
    ]


def test_yaml_can_not_smuggle_in_a_surrogate() -> None:
    (problem,) = problems('---\ntitle: "😀 \\ud83d\\ude00"\n---\nText.\n')
    assert problem.startswith("a.md:2:13: the front matter is broken YAML: found invalid Unicode")


def test_control_character_in_front_matter_is_told_in_its_place() -> None:
    (problem,) = problems("---\ntitle: 東京\x01\n---\nText.\n")
    assert problem.startswith("a.md:2:10: the front matter is broken YAML: control characters are not allowed")


def test_front_matter_too_deep_for_the_stack_is_a_problem() -> None:
    (problem,) = problems(f"---\ntitle: {'[' * 100_000}\n---\nText.\n")
    assert problem == "a.md:2:1: the front matter is nested too deeply (write lines like title: …)"


def test_slug_comes_from_the_name_of_the_file() -> None:
    article = parse_article(f"{HEAD}Text.\n", path="2019/Ünïted_Stätes & 東京.md", sha256="ab")
    assert (article.slug, article.path, article.sha256) == (
        "ünïted-stätes-東京",
        "2019/Ünïted_Stätes & 東京.md",
        "ab",
    )


def test_file_name_without_letter_or_digit_needs_a_slug() -> None:
    assert problems(f"{HEAD}Text.\n", path="a/!!.md") == [
        "a/!!.md:1:1: the file's name has no letter or digit, so it can't be the slug (add the line slug: …)"
    ]


def test_problems_of_front_matter_and_body_come_together_and_in_order() -> None:
    found = problems("---\nlanguage: e\ntitel: T\n---\n# T\n\n| A | B |\n|---|---|\n| 1 |\n")
    assert [problem.split(": ")[0] for problem in found] == [
        "a.md:1:1",
        "a.md:2:11",
        "a.md:3:1",
        "a.md:5:1",
        "a.md:9:1",
    ]


def test_seed_article_states_what_it_was_received_with() -> None:
    path = Path(__file__).parents[2] / "seed" / "chicago-immigration-standoff.md"
    article = parse_article(decode(path.read_bytes(), path=path.name), path=path.name, sha256="")
    blocks = [block for section in article.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, records.Table)]
    lists = [block for block in blocks if isinstance(block, records.PointList)]
    assert article.title == "Chicago's Standoff with Federal Immigration Policies"
    assert [section.level for section in article.sections] == [2] * 5
    assert [(table.contents, len(table.statements)) for table in tables] == [
        (records.TableContents.STANCES, 3),
        (records.TableContents.APPROACHES, 6),
        (records.TableContents.ROLES, 3),
        (records.TableContents.SOLUTIONS, 3),
    ]
    assert [(points.kind, points.lead_in) for points in lists] == [
        (records.PointKind.HIGHLIGHT, "Highlights of the ongoing dispute include:"),
        (records.PointKind.INITIATIVE, None),
        (records.PointKind.OBJECTIVE, None),
        (records.PointKind.RECOMMENDATION, "Key recommendations for improving cooperation include:"),
    ]


@given(st.lists(fragments, max_size=30).map("".join), st.booleans())
@settings(max_examples=250, deadline=None)
def test_any_text_gives_records_or_problems(text: str, is_body: bool) -> None:
    assert sections_or_problems(HEAD + text if is_body else text)


_on_one_line = fragments.filter(lambda text: not UNSTORABLE.search(text) and set(text).isdisjoint("\n\r"))


@given(st.lists(_on_one_line, min_size=4, max_size=4), st.sampled_from("-:"))
@settings(max_examples=60, deadline=None)
def test_html_of_a_table_is_what_the_parser_would_write(cells: list[str], mark: str) -> None:
    a, b, c, d = (cell.replace("|", "\\|") for cell in cells)
    text = f"| {a} | {b} |\n|{mark}--|--{mark}|\n| {c} | {d} |\n"
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    (section,) = parse_article(HEAD + text, path="a.md", sha256="").sections
    (table,) = section.blocks
    assert isinstance(table, records.Table)
    assert f"{table.html}\n" == parser.render(text)
