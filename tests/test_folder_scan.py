"""Every entry of a seed folder is an article file, ignored by a rule, or a problem."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from counterpoint.article_folder import ArticleFolder
from counterpoint.errors import SettingsError
from counterpoint.folder_scan import scan_folder
from support.permissions import drop_privileges

if TYPE_CHECKING:
    from pathlib import Path

    from counterpoint.folder_scan import FolderEntries


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one article, beside a folder with another one."""
    for name in ("articles/a.md", "outside/b.md"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    return tmp_path / "articles"


def create(folder: Path, *names: str) -> None:
    """Create files, and folders for names that end in a slash."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            path.mkdir()
        else:
            path.touch()


def problems(entries: FolderEntries) -> list[str]:
    return [str(problem) for problem in entries.problems]


def ignored(entries: FolderEntries) -> dict[str, str]:
    return {entry.path: entry.reason for entry in entries.ignored}


def test_article_files_of_all_levels_are_sorted_by_folder(folder: Path) -> None:
    create(folder, "b/c.md", "b-c.md", "b/a/d.md", "2024.md/e.md", "headers.yaml")
    entries = scan_folder(folder)
    assert entries.files == ["2024.md/e.md", "a.md", "b/a/d.md", "b/c.md", "b-c.md"]
    assert (entries.ignored, entries.problems) == ([], [])


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (".hidden.md", "hidden"),
        (".git/", "hidden"),
        ("sub/.hidden.md", "hidden"),
        ("_draft.md", "draft"),
        ("_drafts/", "draft"),
        ("sub/_draft.md", "draft"),
        ("README.md", "README"),
        ("sub/readme.md", "README"),
        ("ReadMe.MD", "README"),
        ("notes.txt", "no .md file"),
        ("a.md~", "no .md file"),
        ("a.md.bak", "no .md file"),
        ("LICENSE", "no .md file"),
        ("sub/headers.yaml", "no .md file"),
    ],
)
def test_entry_is_ignored_by_a_rule(folder: Path, name: str, reason: str) -> None:
    create(folder, name)
    entries = scan_folder(folder)
    assert ignored(entries) == {name.rstrip("/"): reason}
    assert (entries.files, entries.problems) == (["a.md"], [])


def test_nothing_in_an_ignored_folder_is_an_entry(folder: Path) -> None:
    create(folder, "_drafts/b.md", "_drafts/B.MD", ".git/c.md")
    assert ignored(scan_folder(folder)) == {".git": "hidden", "_drafts": "draft"}


@pytest.mark.parametrize("suffix", [".MD", ".Md", ".markdown", ".mkd"])
def test_other_suffix_of_markdown_is_a_problem(folder: Path, suffix: str) -> None:
    create(folder, f"sub/b{suffix}")
    assert problems(scan_folder(folder)) == [
        f"sub/b{suffix}:1:1: a file with the suffix {suffix} is not read (rename it to b.md)"
    ]


def test_pipe_is_a_problem_and_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "b.md")
    assert problems(scan_folder(folder)) == ["b.md:1:1: this is not a regular file (replace it by a text file)"]


@pytest.mark.parametrize(
    ("name", "target", "problem"),
    [
        ("b.md", "nowhere", "is broken: there is no 'nowhere' (correct or remove the link)"),
        ("sub", "nowhere", "is broken: there is no 'nowhere' (correct or remove the link)"),
        ("b.md", "b.md", "leads to itself (remove the link)"),
        ("sub", ".", "leads back to a folder that contains it (remove the link)"),
        ("sub", "../articles", "leads back to a folder that contains it (remove the link)"),
        ("b.md", "../outside/b.md", "leads out of the seed folder (copy the file or folder into the seed folder)"),
        ("sub", "../outside", "leads out of the seed folder (copy the file or folder into the seed folder)"),
        ("sub", "/", "leads out of the seed folder (copy the file or folder into the seed folder)"),
    ],
)
def test_symbolic_link_is_a_problem(folder: Path, name: str, target: str, problem: str) -> None:
    (folder / name).symlink_to(target)
    entries = scan_folder(folder)
    assert problems(entries) == [f"{name}:1:1: the symbolic link {problem}"]
    assert entries.files == ["a.md"]


def test_link_to_a_parent_folder_below_a_link_is_a_problem(folder: Path) -> None:
    create(folder, "_drafts/b.md")
    (folder / "_drafts" / "again").symlink_to("../_drafts")
    (folder / "sub").symlink_to("_drafts")
    entries = scan_folder(folder)
    assert entries.files == ["a.md", "sub/b.md"]
    assert problems(entries) == [
        "sub/again:1:1: the symbolic link leads back to a folder that contains it (remove the link)"
    ]


def test_links_inside_the_folder_are_followed_but_no_file_is_read_twice(folder: Path) -> None:
    create(folder, "sub/c.md", "_drafts/d.md")
    targets = {"1-link.md": "a.md", "2-link": "sub", "draft.md": "_drafts/d.md", "drafts": "_drafts"}
    for name, target in targets.items():
        (folder / name).symlink_to(target)
    entries = scan_folder(folder)
    assert entries.files == ["a.md", "draft.md", "sub/c.md"]
    assert entries.problems == []
    assert ignored(entries) == {
        "1-link.md": "the same as a.md",
        "2-link": "the same as sub",
        "_drafts": "draft",
        "drafts/d.md": "the same as draft.md",
    }


def test_links_of_a_mounted_configuration_are_followed(folder: Path) -> None:
    create(folder, "..2024_07/b.md")
    (folder / "..data").symlink_to("..2024_07")
    (folder / "b.md").symlink_to("..data/b.md")
    assert scan_folder(folder).files == ["a.md", "b.md"]


def test_seed_folder_may_be_a_link_itself(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("articles")
    assert scan_folder(tmp_path / "link").files == ["a.md"]


@pytest.mark.parametrize("mode", [0o000, 0o111, 0o333])
def test_folder_that_cannot_be_listed_is_a_problem(folder: Path, mode: int) -> None:
    (folder / "sub").mkdir()
    (folder / "sub").chmod(mode)
    with drop_privileges(folder.parent):
        entries = scan_folder(folder)
    assert problems(entries) == [
        "sub:1:1: the folder can't be read: Permission denied (make it readable, or move it away)"
    ]


def test_files_of_a_folder_that_cannot_be_entered_are_problems(folder: Path) -> None:
    create(folder, "sub/b.md", "sub/deep/c.md")
    (folder / "sub" / "link.md").symlink_to("b.md")
    (folder / "sub").chmod(0o444)
    with drop_privileges(folder.parent):
        opened = ArticleFolder(folder)
    assert problems(opened.entries) == [
        "sub/deep:1:1: the folder can't be read: Permission denied (make it readable, or move it away)",
        "sub/link.md:1:1: the symbolic link can't be followed: Permission denied (correct or remove the link)",
        "sub/b.md:1:1: the file can't be read: Permission denied",
    ]


@pytest.mark.parametrize("name", ["articles", "articles/sub"])
def test_seed_folder_that_cannot_be_read_is_one_error(folder: Path, name: str, tmp_path: Path) -> None:
    (folder / "sub").mkdir()
    folder.chmod(0)
    with (
        drop_privileges(tmp_path),
        pytest.raises(SettingsError, match=r"The folder .+ can't be read: Permission denied\."),
    ):
        scan_folder(tmp_path / name)
