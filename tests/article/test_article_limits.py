"""Each limit on an article rejects a file that exceeds it by one, quickly, and accepts one that does not."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from counterpoint.article.options import ParserLimits, ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.errors import InvalidFiles

FRONT_MATTER = "---\ntitle: T\n---\n"
LIMITS = ParserLimits()


def rows(count: int) -> str:
    return "| A | B |\n|---|---|\n" + "| 1 | 2 |\n" * count


def problems_in(text: str, **limits: int) -> list[str]:
    options = ParserOptions(limits=replace(LIMITS, **limits))  # type: ignore[arg-type]  # one limit is an object
    try:
        return [str(problem) for problem in parse_article(text, path="a.md", sha256="", options=options).warnings]
    except InvalidFiles as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    ("limit", "value", "valid", "invalid", "problem"),
    [
        (
            "file_bytes",
            30,
            f"{FRONT_MATTER}{'é' * 6}\n",
            f"{FRONT_MATTER}{'é' * 6}a\n",
            "a.md:1:1: the file is larger than 30 bytes (split the article, or raise COUNTERPOINT_LIMIT_ARTICLE_BYTES)",
        ),
        (
            "table_rows",
            3,
            FRONT_MATTER + rows(3),
            FRONT_MATTER + rows(4),
            "a.md:9:1: this table has 4 rows, expected at most 3 "
            "(split the table, or raise COUNTERPOINT_LIMIT_TABLE_ROWS)",
        ),
        (
            "cell_chars",
            5,
            f"{FRONT_MATTER}| 12345 |\n|---|\n| 12345 |\n",
            f"{FRONT_MATTER}| 12345 |\n|---|\n| 123456 |\n",
            "a.md:6:1: this cell has 6 characters, expected at most 5 "
            "(shorten it, or raise COUNTERPOINT_LIMIT_CELL_CHARS)",
        ),
        (
            "paragraph_chars",
            5,
            f"{FRONT_MATTER}- 12345\n",
            f"{FRONT_MATTER}- 12345\n  6\n",
            "a.md:4:1: this paragraph has 7 characters, expected at most 5 "
            "(shorten it, or raise COUNTERPOINT_LIMIT_PARAGRAPH_CHARS)",
        ),
        (
            "nesting",
            3,
            f"{FRONT_MATTER}> > > a\n",
            f"{FRONT_MATTER}> > > > a\n",
            "a.md:4:1: this list or quote is nested too deeply "
            "(expected at most 1 lists or 3 quotes inside each other)",
        ),
    ],
)
def test_limit_is_exact(limit: str, value: int, valid: str, invalid: str, problem: str) -> None:
    assert problems_in(valid, **{limit: value}) == []
    assert problems_in(invalid, **{limit: value}) == [problem]


@pytest.mark.parametrize(
    ("text", "message", "seconds"),
    [
        (f"{FRONT_MATTER}{'a' * 20_000_000}\n", "the file is larger than 5,000,000 bytes", 0.5),
        (f"{FRONT_MATTER}{'a' * 4_000_000}\n", "this paragraph has 4,000,000 characters", 5),
        (f"{FRONT_MATTER}| {'a' * 4_000_000} |\n|---|\n", "this cell has 4,000,000 characters", 10),
        (FRONT_MATTER + rows(100_000), "this table has 100,000 rows", 10),
    ],
    ids=["file", "paragraph", "cell", "rows"],
)
def test_huge_content_is_rejected_without_parsing_it(text: str, message: str, seconds: float) -> None:
    started = process_time()
    (problem,) = problems_in(text)
    assert message in problem
    assert process_time() - started < seconds


@pytest.mark.parametrize("line", ["{" + " " * 49_000 + "!", "{.x" + "\t" * 49_000 + "!"], ids=["brace", "class"])
def test_spaces_take_no_quadratic_time(line: str) -> None:
    started = process_time()
    problems_in(f"{FRONT_MATTER}\n{line}\n")
    assert process_time() - started < 6  # backtracking takes more than 20 s
