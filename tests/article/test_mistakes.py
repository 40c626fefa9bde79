"""Each file in `mistakes/` shows a mistake of an editor, and every message about it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.errors import InvalidFiles, Problem, Severity

MISTAKES = sorted((Path(__file__).parent / "mistakes").glob("*.md"))
BLOCK = re.compile(r"^````(\w+)\n(.*?)^````$", re.MULTILINE | re.DOTALL)
TODAY = date(2026, 11, 26)


def read_mistake(path: Path) -> dict[str, str]:
    """Return the article and the expected messages of a mistake, as `markdown` and `text`."""
    return dict(BLOCK.findall(path.read_text(encoding="utf-8")))


def problems_in(text: str, *, is_strict: bool) -> list[Problem]:
    try:
        options = ParserOptions(today=TODAY, is_strict=is_strict)
        return list(parse_article(text, path="article.md", sha256="", options=options).warnings)
    except InvalidFiles as error:
        return error.problems


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_mistake_gets_its_messages(path: Path) -> None:
    mistake = read_mistake(path)
    problems = problems_in(mistake["markdown"], is_strict=False)
    assert "".join(f"{problem}\n" for problem in problems) == mistake["text"]
    assert problems
    assert all(problem.hint for problem in problems)


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_strict_parsing_makes_every_message_an_error(path: Path) -> None:
    mistake = read_mistake(path)
    problems = problems_in(mistake["markdown"], is_strict=True)
    assert {problem.severity for problem in problems} == {Severity.ERROR}
    assert "".join(f"{problem}\n" for problem in problems) == mistake["text"].replace(": warning: ", ": ")
