"""`counterpoint format` rewrites article files in one form, and leaves all others as they are."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from support.commands import assert_one_error_line, error_lines, run, run_with_input, write_texts
from support.permissions import drop_privileges

UGLY = "---\ntitle: 'T'\n---\n* a\n"
FORMATTED = "---\ntitle: T\n---\n\n- a\n"
BROKEN = "---\ntitle: T\ncolour: blue\n---\n* a\n"
DECLARED = "---\ntitle: T\nlanguage: es\n---\n|Grupo|Opinión|Cosas|\n|-|-|-|\n|x|y|z|\n"
HEADERS = "es:\n  stances: [Grupo, Opinión, Cosas]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder `seed` of an otherwise empty working directory, with one article that is not formatted."""
    monkeypatch.chdir(tmp_path)
    return write_texts(Path("seed"), {"a.md": UGLY})


@pytest.mark.parametrize("path", ["seed", "seed/a.md"])
def test_file_is_formatted_in_place(folder: Path, path: str) -> None:
    result = run("format", path)
    assert (result.exit_code, result.stdout, error_lines(result)) == (
        0,
        "formatted  seed/a.md\n1 file formatted, 0 unchanged.\n",
        [],
    )
    assert (folder / "a.md").read_text(encoding="utf-8") == FORMATTED
    assert [path.name for path in folder.iterdir()] == ["a.md"]


def test_formatted_file_is_not_written_again(folder: Path) -> None:
    run("format", "seed")
    path = folder / "a.md"
    os.utime(path, ns=(1, 1))
    result = run("format", "seed")
    assert (result.exit_code, result.stdout) == (0, "0 files formatted, 1 unchanged.\n")
    assert path.stat().st_mtime_ns == 1


def test_check_lists_files_that_would_change_and_writes_nothing(folder: Path) -> None:
    write_texts(folder, {"b.md": FORMATTED, "c.md": FORMATTED.replace("\n", "\r\n")})
    result = run("format", "--check", "seed")
    assert (result.exit_code, result.stdout) == (
        1,
        "would format  seed/a.md\nwould format  seed/c.md\n2 files would be formatted, 1 unchanged.\n",
    )
    assert (folder / "a.md").read_text(encoding="utf-8") == UGLY
    assert run("format", "--check", "seed/b.md").exit_code == 0


def test_file_with_an_error_stays_and_the_others_are_formatted(folder: Path) -> None:
    write_texts(folder, {"b.md": BROKEN})
    result = run("format", "seed")
    assert (result.exit_code, result.stdout) == (1, "")
    problem, *summary = error_lines(result)
    assert problem.startswith("seed/b.md:3:1: unknown key: 'colour' (")
    assert summary == ["formatted  seed/a.md", "1 file formatted, 0 unchanged; 1 error in 1 file."]
    assert (folder / "a.md").read_text(encoding="utf-8") == FORMATTED
    assert (folder / "b.md").read_text(encoding="utf-8") == BROKEN


def test_article_that_would_change_stays_and_is_reported(folder: Path) -> None:
    text = "---\ntitle: T\n---\n\n* a\n\n> `a\n===\nb`\n"
    write_texts(folder, {"a.md": text})
    result = run("format", "seed")
    assert result.exit_code == 1
    assert error_lines(result)[0].startswith("seed/a.md:7:1: formatting would change the content here")
    assert (folder / "a.md").read_text(encoding="utf-8") == text


def test_declared_headers_are_respected(folder: Path) -> None:
    write_texts(folder, {"headers.yaml": HEADERS, "2024/b.md": DECLARED})
    assert run("format", "seed", "seed/2024/b.md").exit_code == 0
    assert "| Grupo | Opinión | Cosas |" in (folder / "2024" / "b.md").read_text(encoding="utf-8")
    assert (folder / "headers.yaml").read_text(encoding="utf-8") == HEADERS


def test_permissions_and_symbolic_links_are_kept(folder: Path) -> None:
    path = folder / "a.md"
    path.chmod(0o640)
    link = Path("link.md")
    link.symlink_to(path)
    assert run("format", "link.md").exit_code == 0
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_text(encoding="utf-8") == FORMATTED


def test_file_that_cannot_be_written_is_reported(folder: Path, tmp_path: Path) -> None:
    folder.chmod(0o555)
    with drop_privileges(tmp_path):
        result = run("format", "seed")
    folder.chmod(0o755)
    assert result.exit_code == 1
    assert error_lines(result)[0] == "seed/a.md:1:1: the file can't be written: Permission denied"


def test_standard_input_is_formatted_to_standard_output(folder: Path) -> None:
    result = run_with_input(UGLY.encode(), "format", "-")
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, FORMATTED.encode(), "")
    assert (folder / "a.md").read_text(encoding="utf-8") == UGLY
    write_texts(folder, {"headers.yaml": HEADERS})
    assert "| Grupo |" in run_with_input(DECLARED.encode(), "format", "-").stdout


def test_check_of_standard_input_prints_no_article(folder: Path) -> None:
    result = run_with_input(UGLY.encode(), "format", "--check", "-")
    assert (result.exit_code, result.stdout) == (1, "would format  <stdin>\n")
    result = run_with_input(FORMATTED.encode(), "format", "--check", "-")
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (BROKEN.encode(), "<stdin>:3:1: unknown key: 'colour'"),
        (b"\xff", "<stdin>:1:1: byte 0xFF is not UTF-8"),
    ],
)
def test_invalid_standard_input_is_reported_and_nothing_is_written(folder: Path, content: bytes, problem: str) -> None:
    result = run_with_input(content, "format", "-")
    assert (result.exit_code, result.stdout) == (1, "")
    assert error_lines(result)[0].startswith(problem)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [([], "Missing argument"), (["-", "seed"], "- can't be combined with other files.")],
)
def test_invalid_arguments_are_usage_errors(folder: Path, arguments: list[str], message: str) -> None:
    result = run("format", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_missing_file_is_an_error(folder: Path) -> None:
    assert_one_error_line(run("format", "none.md"), "none.md does not exist: expected a folder or an article file.")
