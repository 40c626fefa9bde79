"""`counterpoint check` validates articles without a database."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
import yaml

from support.commands import assert_one_error_line, error_lines, run, write_sample_folder, write_texts
from support.database_helpers import REPOSITORY

BROKEN = "---\ntitle: T\ncolour: blue\n---\n\nText.\n"
WARNING = "---\ntitle: T\npublished: 2999-01-01\n---\n\nText.\n"
OLD = "---\ntitle: Old\nslug: old\n---\n\nText.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder `seed` of an otherwise empty working directory, with one article."""
    monkeypatch.chdir(tmp_path)
    return write_texts(Path("seed"), {"old.md": OLD})


@pytest.mark.parametrize("arguments", [[], ["seed"], ["seed/old.md"]])
def test_valid_articles_need_no_database(folder: Path, arguments: list[str]) -> None:
    result = run("check", *arguments, COUNTERPOINT_DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert (result.exit_code, result.stdout, error_lines(result)) == (0, "Checked 1 file: no errors.\n", [])
    assert [path.name for path in Path().iterdir()] == ["seed"]


def test_all_problems_are_reported_with_paths_that_the_shell_opens(folder: Path) -> None:
    write_texts(folder, {"a.md": BROKEN, "2024/b.md": BROKEN, "c.markdown": "", "d.md": WARNING, "same.md": OLD})
    write_texts(Path("other"), {"e.md": BROKEN})
    result = run("check", "seed", "other")
    assert (result.exit_code, result.stdout) == (1, "")
    *lines, summary = error_lines(result)
    assert [line.partition(" (")[0] for line in lines] == [
        "seed/2024/b.md:3:1: unknown key: 'colour'",
        "seed/a.md:3:1: unknown key: 'colour'",
        "seed/c.markdown:1:1: a file with the suffix .markdown is not read",
        "seed/d.md:3:12: warning: the date 2999-01-01 is in the future",
        "seed/same.md:3:7: duplicate slug 'old': old.md has it too",
        "other/e.md:3:1: unknown key: 'colour'",
    ]
    assert summary == "Checked 6 files: 5 errors and 1 warning in 6 files."


def test_warnings_do_not_fail_unless_strict(folder: Path) -> None:
    write_texts(folder, {"a.md": WARNING})
    assert run("check").exit_code == 0
    assert run("check", "--strict").exit_code == 1


def test_links_to_articles_that_do_not_exist_are_warned_about(folder: Path) -> None:
    body = (
        "[Old](../old.md#fn-a?b), [missing](odl.md), [moved](OLD.md), <https://example.org/x.md>, [file](a.pdf)\n\n"
        "- [Itself](a.md)\n- [draft](<../my draft.md>)\n\n"
        "| A |\n|---|\n| [b](../2024/b.md?c) |\n"
    )
    draft = "---\ntitle: T\ndraft: true\n---\n\n[Missing](x.md)\n"
    write_texts(folder, {"2024/a.md": f"---\ntitle: T\n---\n\n{body}", "my draft.md": draft})
    result = run("check")
    assert (result.exit_code, error_lines(result)) == (
        0,
        [
            "seed/2024/a.md:5:1: warning: there is no article '2024/OLD.md' for a link here (did you mean old.md?)",
            "seed/2024/a.md:5:1: warning: there is no article '2024/odl.md' for a link here "
            "(expected the path of an article that is not a draft)",
            "seed/2024/a.md:8:1: warning: there is no article 'my draft.md' for a link here "
            "(expected the path of an article that is not a draft)",
            "seed/2024/a.md:10:1: warning: there is no article '2024/b.md' for a link here "
            "(expected the path of an article that is not a draft)",
        ],
    )
    assert "no article" not in run("check", "seed/2024/a.md").stderr


def test_links_to_sections_that_do_not_exist_are_warned_about(folder: Path) -> None:
    valid = "[a](b.md#the-reasons), [b](b.md#caf%C3%A9), [c](b.md#), [d](b.md#fn-1)"
    texts = {
        "a.md": f"---\ntitle: T\n---\n\n{valid}\n\n[e](b.md#the-reason)\n\n[f](a.md#x)\n\n"
        "## Notes\n\n[g](#notes) and a note[^1].\n\n- [h](#note)\n\n[^1]: Text.\n",
        "b.md": "---\ntitle: T\n---\n\n## The reasons\n\nText.\n\n## Caf\u00e9\n\nText.\n",
    }
    write_texts(folder, texts)
    result = run("check")
    assert (result.exit_code, error_lines(result)) == (
        0,
        [
            "seed/a.md:7:1: warning: there is no section 'the-reason' in b.md for a link here "
            "(did you mean #the-reasons?)",
            "seed/a.md:9:1: warning: there is no section 'x' in a.md for a link here "
            "(expected the slug of a heading there)",
            "seed/a.md:15:1: warning: there is no section 'note' in a.md for a link here (did you mean #notes?)",
        ],
    )


def test_file_is_read_as_a_part_of_the_seed_folder(folder: Path) -> None:
    write_texts(folder, {"2024/a.md": "---\ntitle: T\n---\n\n[Old](../old.md), [outside](../../x.md).\n"})
    result = run("check", "seed/2024/a.md")
    (line, _) = error_lines(result)
    assert line.startswith("seed/2024/a.md:5:")
    assert "../../x.md" in line


def test_draft_is_checked_if_it_is_named(folder: Path) -> None:
    write_texts(folder, {"_draft.md": BROKEN, "README.md": "x"})
    assert run("check").exit_code == 0
    assert error_lines(run("check", "seed/_draft.md"))[0].startswith("seed/_draft.md:3:1: ")
    assert run("check", "seed/README.md").stdout.splitlines()[-1] == "Ignored 1 entry: 1 README."


def test_verbose_lists_files_and_ignored_entries(folder: Path) -> None:
    write_texts(folder, {"_draft.md": BROKEN})
    assert run("check", "--verbose").stdout.splitlines() == [
        "checked  seed/old.md",
        "ignored  seed/_draft.md  draft",
        "Checked 1 file: no errors.",
        "Ignored 1 entry: 1 draft.",
    ]


def test_json_format_prints_one_document(folder: Path) -> None:
    write_texts(folder, {"a.md": BROKEN, "_draft.md": ""})
    result = run("check", "--format", "json")
    document = json.loads(result.stdout)
    (problem,) = document.pop("problems")
    assert problem.pop("hint")
    assert problem == {
        "path": "seed/a.md",
        "line": 3,
        "column": 1,
        "severity": "error",
        "message": "unknown key: 'colour'",
    }
    ignored = [{"path": "seed/_draft.md", "reason": "draft"}]
    assert document == {"ok": False, "error": None, "checked": 2, "ignored": ignored}
    assert result.exit_code == 1


def test_github_format_prints_workflow_commands(folder: Path) -> None:
    write_texts(folder, {"a.md": BROKEN})
    result = run("check", "--format", "github")
    command, summary = result.stdout.splitlines()
    assert command.startswith("::error file=seed/a.md,line=3,col=1::unknown key: 'colour' (")
    assert (result.exit_code, summary) == (1, "Checked 2 files: 1 error in 1 file.")


def test_missing_path_is_reported(folder: Path) -> None:
    assert_one_error_line(run("check", "missing"), "missing does not exist: expected a folder or an article file.")
    assert run("check", "missing", "--format", "github").stdout == (
        "::error::missing does not exist: expected a folder or an article file.\n"
    )


def test_samples_are_valid(tmp_path: Path) -> None:
    assert run("check", str(write_sample_folder(tmp_path))).exit_code == 0


def test_pre_commit_hook_names_an_existing_command() -> None:
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, *arguments = shlex.split(hook["entry"])
    assert program == "counterpoint"
    assert run(*arguments, "--help").exit_code == 0
