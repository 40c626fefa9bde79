"""Each Markdown file in `cases/` parses to the records (JSON) or the problems (text) in the file beside it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from counterpoint.article import records
from counterpoint.article.markdown import parse_markdown
from counterpoint.article.parser import parse_article
from counterpoint.article.source_file import UNSTORABLE, decode
from counterpoint.article.table_grid import render_table, table_grid
from counterpoint.errors import InvalidFiles, Problem
from support.record_strategies import fragments

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parents[2]
FRONT_MATTER = "---\ntitle: T\n---\n"


def parse_case(path: Path) -> dict[str, str]:
    """Parse a case. Return the expected contents of the files beside it by suffix: records, and problems if any."""
    text = decode(path.read_bytes(), path=path.name)
    try:
        parsed = parse_article(text, path=path.name, sha256="")
    except InvalidFiles as error:
        return {".problems": f"{error}\n"}
    article = asdict(parsed.article)
    assert article.pop("source_text") == text
    assert article.pop("image_files") == ()
    records_text = json.dumps(article, ensure_ascii=False, indent=1, default=str) + "\n"
    warnings = "".join(f"{warning}\n" for warning in parsed.warnings)
    return {".json": records_text} | ({".problems": warnings} if warnings else {})


def sections_or_problems(text: str) -> tuple[records.Section, ...] | list[Problem]:
    try:
        return parse_article(text, path="a.md", sha256="").article.sections
    except InvalidFiles as error:
        return error.problems


def problems_in(text: str, path: str = "a.md") -> list[str]:
    with pytest.raises(InvalidFiles) as error:
        parse_article(text, path=path, sha256="")
    return [str(problem) for problem in error.value.problems]


@pytest.mark.parametrize("case", sorted(CASES.glob("*.md")), ids=lambda case: case.stem)
def test_case_parses_to_its_records_or_problems(case: Path) -> None:
    files = [path for path in (case.with_suffix(".json"), case.with_suffix(".problems")) if path.exists()]
    assert parse_case(case) == {path.suffix: path.read_text(encoding="utf-8") for path in files}


def test_readme_shows_a_problem_as_it_is_printed() -> None:
    table = (
        "| Party | Stance | Recent Measures |\n|---|---|---|\n| Mayor | Opposes raids | |\n| Sheriff | Undecided |\n"
    )
    (problem,) = problems_in(
        f"{FRONT_MATTER}\n## Who\n\nSome do this,\n\nothers that.\n\n{table}", "articles/dispute.md"
    )
    assert f"\n\n    {problem}\n\n" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_example_in_the_guide_parses_without_problems() -> None:
    guide = (ROOT / "docs" / "articles.md").read_text(encoding="utf-8")
    example = guide.split("```markdown\n", 1)[1].split("```\n", 1)[0]
    article = parse_article(example, path="example.md", sha256="").article
    blocks = [block for section in article.sections for block in section.blocks]
    assert {block.contents for block in blocks if isinstance(block, records.Table)} == {
        records.TableContents.STANCES,
        records.TableContents.APPROACHES,
    }
    assert [block.kind for block in blocks if isinstance(block, records.PointList)] == [records.PointKind.HIGHLIGHT]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff", "a/b.md:1:1: byte 0xFF is not UTF-8 (save the file as UTF-8)"),
        (b"\xef\xbb\xbfab\xe4", "a/b.md:1:3: byte 0xE4 is not UTF-8 (save the file as UTF-8)"),
        ("é\r\n東\r😀".encode() + b"\x80", "a/b.md:3:2: byte 0x80 is not UTF-8 (save the file as UTF-8)"),
        (b"\r\xed\xa0\x80", "a/b.md:2:1: byte 0xED is not UTF-8 (save the file as UTF-8)"),
    ],
)
def test_first_byte_that_is_not_utf8_is_reported_with_line_and_column(data: bytes, problem: str) -> None:
    with pytest.raises(InvalidFiles) as error:
        decode(data, path="a/b.md")
    assert str(error.value) == problem


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("byte_order_mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_change_nothing(line_end: str, byte_order_mark: str) -> None:
    text = f"{FRONT_MATTER}\n## Heading\n\nSome\ntext.\n"
    variant = byte_order_mark + text.replace("\n", line_end)
    expected = parse_article(text, path="a.md", sha256="").article
    assert parse_article(variant, path="a.md", sha256="").article == expected
    assert parse_article(decode(variant.encode(), path="a.md"), path="a.md", sha256="").article == expected


def test_unstorable_characters_are_reported_once_per_line() -> None:
    assert problems_in("---\ntitle: a\0b\0\n---\n😀\ud800 \udfff\n") == [
        "a.md:2:9: the NUL character is not allowed (remove it)",
        "a.md:4:2: the lone surrogate U+D800 is not allowed (remove it)",
    ]


def test_escaped_surrogates_in_front_matter_are_rejected() -> None:
    (problem,) = problems_in('---\ntitle: "😀 \\ud83d\\ude00"\n---\nText.\n')
    assert problem.startswith("a.md:2:13: the front matter is not valid YAML: found invalid Unicode")


def test_control_character_in_front_matter_is_reported_with_its_column() -> None:
    (problem,) = problems_in("---\ntitle: 東京\x01\n---\nText.\n")
    assert problem.startswith("a.md:2:10: the front matter is not valid YAML: control characters are not allowed")


def test_deeply_nested_front_matter_is_a_problem_and_no_stack_overflow() -> None:
    (problem,) = problems_in(f"---\ntitle: {'[' * 500}\n---\nText.\n")
    assert problem == "a.md:2:1: the front matter is nested too deeply (expected lines like title: …)"
    (problem,) = problems_in(f"---\ntitle: {'[' * 100_000}\n---\nText.\n")
    assert re.match(r"a\.md:2:\d+: the front matter is (nested too deeply|not valid YAML)", problem)


def test_default_slug_is_made_from_the_file_name() -> None:
    article = parse_article(f"{FRONT_MATTER}Text.\n", path="2019/Ünïted_Stätes & 東京.md", sha256="ab").article
    assert (article.slug, article.path, article.sha256) == (
        "ünïted-stätes-東京",
        "2019/Ünïted_Stätes & 東京.md",
        "ab",
    )


def test_file_name_without_letter_or_digit_requires_a_slug() -> None:
    assert problems_in(f"{FRONT_MATTER}Text.\n", path="a/!!.md") == [
        "a/!!.md:1:1: the file name '!!' has no letter or digit, so it can't be used as the slug (add the line slug: …)"
    ]


def test_problems_of_front_matter_and_body_are_reported_together_in_order() -> None:
    problems = problems_in("---\nlanguage: e\ntitel: T\n---\n# T\n\n| A | B |\n|---|---|\n| 1 |\n")
    assert [problem.split(": ")[0] for problem in problems] == [
        "a.md:1:1",
        "a.md:2:11",
        "a.md:3:1",
        "a.md:5:1",
        "a.md:9:1",
    ]


def test_seed_article_has_all_its_statements() -> None:
    path = ROOT / "seed" / "chicago-immigration-standoff.md"
    article = parse_article(decode(path.read_bytes(), path=path.name), path=path.name, sha256="").article
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
@settings(deadline=None)
def test_any_text_parses_to_records_or_problems(text: str, has_front_matter: bool) -> None:
    assert sections_or_problems(FRONT_MATTER + text if has_front_matter else text)


_single_line_fragments = fragments.filter(lambda text: not UNSTORABLE.search(text) and set(text).isdisjoint("\n\r"))


@given(st.lists(_single_line_fragments, min_size=4, max_size=4), st.sampled_from("-:"))
@settings(deadline=None)
def test_html_of_a_table_equals_that_of_markdown_it(cells: list[str], delimiter_end: str) -> None:
    a, b, c, d = (cell.replace("|", "\\|") for cell in cells)
    text = f"| {a} | {b} |\n|{delimiter_end}--|--{delimiter_end}|\n| {c} | {d} |\n"
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    body = parse_markdown(text, max_nesting=20)
    (table,) = body.tokens
    html = render_table(body.render_cells(table), table_grid(table).alignments)
    expected = parser.render(text).replace("<th", '<th scope="col"').replace('<th scope="col"ead>', "<thead>")
    assert f"{html}\n" == re.sub(r'(<t[hd][^>]*) style="text-align:(\w+)"', r'\1 class="align-\2"', expected)
