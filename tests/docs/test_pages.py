"""Every link, path, module and name in the pages for developers exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

DECISIONS = sorted((REPOSITORY / "docs" / "decisions").glob("0*.md"))
PAGES = [
    *REPOSITORY.glob("*.md"),
    *(REPOSITORY / "docs").rglob("*.md"),
    *REPOSITORY.glob("bench/*.md"),
    *REPOSITORY.glob("examples/*.md"),
    *REPOSITORY.glob("examples/*/README.md"),
    *REPOSITORY.glob("tests/*.md"),
]

EXAMPLE = re.compile(r"^(`{3,})\w*\n.*?^\1$", re.MULTILINE | re.DOTALL)
ANCHORED_LINK = re.compile(r"\]\(([^)#:]*)#([^)]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PATH = re.compile(r"`((?:[\w.-]+/)+|(?:[\w.-]+/)*[\w-]+\.(?:py|toml|lock))`")
PACKAGE = REPOSITORY / "src" / "counterpoint"
DIRECTORIES = [REPOSITORY, PACKAGE, *(path for path in PACKAGE.rglob("*") if path.is_dir())]
BUILD_FOLDERS = {"assets/"}
"""Folders that only a build creates, which needs npm."""

NAME = re.compile(r"`(_[a-z_]+|[A-Z_]*[A-Z]_[A-Z_]*)`")
"""A private function or a constant."""

QUESTION = re.compile(r"^\| Where .+ \| `(.+)` \| `(.+)` \|$", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(REPOSITORY))


def anchors_in(page: Path) -> set[str]:
    """Return the anchors that GitHub gives to the headings of a page."""
    headings = HEADING.findall(EXAMPLE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files(page: Path) -> None:
    links = LINK.findall(EXAMPLE.sub("", page.read_text(encoding="utf-8")))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_anchors_of_links_are_headings(page: Path) -> None:
    links = ANCHORED_LINK.findall(EXAMPLE.sub("", page.read_text(encoding="utf-8")))
    targets = [(page.parent / path if path else page, anchor) for path, anchor in links]
    assert [anchor for target, anchor in targets if anchor not in anchors_in(target)] == []


@pytest.mark.parametrize(
    "page", [REPOSITORY / "ARCHITECTURE.md", REPOSITORY / "CONTRIBUTING.md", *DECISIONS], ids=name_of
)
def test_modules_and_folders_exist(page: Path) -> None:
    paths = {*PATH.findall(page.read_text(encoding="utf-8"))} - BUILD_FOLDERS
    assert [path for path in paths if not any((directory / path).exists() for directory in DIRECTORIES)] == []


def test_page_of_the_tests_lists_every_folder_and_helper() -> None:
    tests = REPOSITORY / "tests"
    folders = {f"{path.name}/" for path in tests.iterdir() if path.is_dir() and path.name != "__pycache__"}
    helpers = {path.stem for path in (tests / "support").glob("*.py") if path.stem != "__init__"}
    page = (tests / "README.md").read_text(encoding="utf-8")
    assert sorted((folders | helpers) - {*re.findall(r"`([\w/]+)`", page)}) == []


def test_architecture_answers_with_names_that_the_files_hold() -> None:
    answers = QUESTION.findall((REPOSITORY / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert len(answers) >= 20
    texts = {path: (PACKAGE / path).read_text(encoding="utf-8") for path, _ in answers}
    assert [answer for answer in answers if not re.search(rf"\b{answer[1]}\b", texts[answer[0]])] == []


def test_contributing_names_what_the_code_defines() -> None:
    names = set(NAME.findall((REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert len(names) >= 5
    files = [path for folder in ("src", "tests") for path in (REPOSITORY / folder).rglob("*.py")]
    code = {word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}
    assert names - code == set()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision.stem)
def test_decision_has_its_parts_and_is_indexed(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    layout = re.fullmatch(
        r"# (\d+)\. (.+)\n\nDate: (\d{4}-\d\d-\d\d)\n\n## Context\n.+## Decision\n.+## Consequences\n.+",
        text,
        re.DOTALL,
    )
    assert layout, f"{decision.name} has a number, a title, a date, a context, a decision and consequences"
    assert int(decision.stem[:4]) == int(layout[1])
    index = (decision.parent / "README.md").read_text(encoding="utf-8")
    assert f"| {layout[1]} | [{layout[2]}]({decision.name}) | {layout[3]} |\n" in index
