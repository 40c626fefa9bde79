"""`counterpoint seed` loses nothing in silence: it stops, asks or reports."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from counterpoint.store.write_engine import begin_write
from support.commands import (
    assert_one_problem,
    error_lines,
    run,
    write_sample_folder,
    write_texts,
)
from support.database_helpers import REPOSITORY, open_client, open_write_engine
from support.processes import TIMEOUT_SECONDS, start_program
from support.sample_articles import TEXTS
from support.variants import sample, variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from click.testing import Result

    from support.processes import Program

pytestmark = variant("postgresql")

UNDATED = TEXTS["undated.md"]
WARNING = "---\ntitle: T\npublished: 2999-01-01\n---\n\nText.\n"
BROKEN = "---\ntitle: T\ncolour: blue\n---\n\nText, 100%.\n"
WAITING = "Waiting for another seeding or migration to finish ...\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that contains the sample articles."""
    return write_sample_folder(tmp_path / "articles")


def write_numbered(folder: Path, numbers: Sequence[int]) -> Path:
    """Write one article for each number; their files differ."""
    return write_texts(folder, {f"{number:02}.md": f"{UNDATED}\nText {number}.\n" for number in numbers})


def read_slugs(database_url: str) -> list[str]:
    with open_client(database_url) as api:
        data = api.execute("{ articles(first: 100) { nodes { slug } } }")
    return sorted(node["slug"] for node in data["articles"]["nodes"])


def seed(folder: Path | str, database_url: str, *options: str) -> Result:
    return run("seed", "--no-wait", str(folder), *options, COUNTERPOINT_DATABASE_URL=database_url)


@pytest.mark.parametrize(
    ("stored", "left", "options", "stop"),
    [
        (12, 6, [], None),
        (12, 5, [], "7 of 12 articles, and the limit is 50%: 05.md, 06.md, 07.md, 08.md, 09.md and 2 more"),
        (10, 1, [], None),
        (50, 1, ["--max-removals", "100%"], None),
        (50, 1, ["--max-removals", "49"], None),
        (12, 10, ["--max-removals", "1"], "2 of 12 articles, and the limit is 1: 10.md, 11.md"),
        (12, 10, ["--max-removals", "10%"], "2 of 12 articles, and the limit is 10%: 10.md, 11.md"),
        (3, 2, ["--max-removals", "0"], "1 of 3 articles, and the limit is 0: 02.md"),
        (3, 0, [], "3 of 3 articles: 00.md, 01.md, 02.md"),
        (3, 0, ["--max-removals", "3"], None),
        (3, 0, ["--max-removals", "100%"], None),
        (3, 0, ["--max-removals", "2"], "3 of 3 articles, and the limit is 2: 00.md, 01.md, 02.md"),
    ],
)
def test_removals_beyond_the_limit_stop_the_seeding(
    migrated_sqlite_url: str, tmp_path: Path, stored: int, left: int, options: list[str], stop: str | None
) -> None:
    assert seed(write_numbered(tmp_path / "a", range(stored)), migrated_sqlite_url).exit_code == 0
    (tmp_path / "b").mkdir()
    result = seed(write_numbered(tmp_path / "b", range(left)), migrated_sqlite_url, *options)
    if stop is None:
        assert (result.exit_code, len(read_slugs(migrated_sqlite_url))) == (0, left)
    else:
        empty = "" if left else "The folder holds no article. "
        advice = f"Nothing was written. If you want to remove them, add --max-removals {stored - left}."
        assert error_lines(result) == [f"{empty}Seeding would remove {stop}. {advice}"]
        assert (result.exit_code, len(read_slugs(migrated_sqlite_url))) == (1, stored)


def test_empty_folder_may_be_seeded_into_an_empty_database(database_url: str, tmp_path: Path) -> None:
    assert seed(tmp_path, database_url).stdout.startswith("0 added, 0 changed, 0 removed, 0 unchanged; ")


def test_moved_files_are_not_removals(database_url: str, tmp_path: Path) -> None:
    seed(write_numbered(tmp_path / "a", range(12)), database_url)
    write_numbered(tmp_path / "b" / "2024", range(12))
    assert seed(tmp_path / "b", database_url).stdout.startswith("12 added, 0 changed, 12 removed, 0 unchanged; ")


def test_problem_of_an_entry_is_reported_instead_of_the_removals(database_url: str, tmp_path: Path) -> None:
    seed(write_numbered(tmp_path / "a", range(12)), database_url)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "sub").symlink_to("../a")
    result = seed(tmp_path / "b", database_url)
    assert_one_problem(result, r".+/b/sub:1:1: the symbolic link leads out of the seed folder \(.+\)")
    assert len(read_slugs(database_url)) == 12


@pytest.mark.parametrize("limit", ["many", "-1", "101%", "%", "1.5", ""])
def test_invalid_limit_of_removals_is_wrong_usage(folder: Path, limit: str) -> None:
    result = run("seed", str(folder), "--max-removals", limit)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--max-removals'" in result.stderr


def test_dry_run_shows_the_difference_and_writes_nothing(database_url: str, folder: Path) -> None:
    seed(folder, database_url)
    write_texts(folder, {"old.md": TEXTS["old.md"].replace("Before any", "Before every"), "another.md": UNDATED})
    (folder / "undated.md").unlink()
    result = seed(folder, database_url, "--dry-run", "--verbose")
    assert (result.exit_code, result.stdout.splitlines()) == (
        0,
        [
            "added    another.md",
            "changed  old.md  1 paragraph changed",
            "removed  undated.md",
            "Dry run: 1 added, 1 changed, 1 removed, 1 unchanged; nothing was written.",
            "1 warning in 1 file.",
        ],
    )
    assert read_slugs(database_url) == ["new", "old", "undated"]


def test_missing_database_is_an_error_and_not_created(folder: Path, tmp_path: Path) -> None:
    result = seed(folder, f"sqlite:///{tmp_path}/missing/counterpoint.db", "--dry-run")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run `counterpoint migrate`" in result.stderr
    assert not (tmp_path / "missing").exists()


def test_dry_run_reports_that_the_seeding_would_stop(database_url: str, folder: Path, tmp_path: Path) -> None:
    seed(folder, database_url)
    (tmp_path / "empty").mkdir()
    result = seed(tmp_path / "empty", database_url, "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("Without --dry-run, seeding would stop here: The folder holds no ")
    assert len(read_slugs(database_url)) == 3


def test_force_reads_all_files_again(database_url: str, folder: Path) -> None:
    seed(folder, database_url)
    with open_write_engine(database_url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE article SET title = 'Damaged'"))
    assert seed(folder, database_url).stdout.startswith("0 added, 0 changed, 0 removed, 3 unchanged; ")
    result = seed(folder, database_url, "--force", "--verbose")
    assert "changed  undated.md  title" in result.stdout.splitlines()
    assert "0 added, 3 changed, 0 removed, 0 unchanged; " in result.stdout
    with open_client(database_url) as api:
        titles = api.execute("{ articles { nodes { title } } }")
    assert "Damaged" not in str(titles)


CHANGED_ARTICLE = """---
title: {title}
---

{line}

| Party | Stance | Recent Measures |
|---|---|---|
| Mayor | Opposes | {measures} |

## Heading

- {point}
"""


@pytest.mark.parametrize(
    ("changes", "description"),
    [
        ({"title": "Other"}, "title"),
        ({"measures": "sued; asked; wrote"}, "2 measures added, 1 table changed"),
        ({"measures": ""}, "1 table changed, 1 measure removed"),
        ({"line": "Text.\n\nMore."}, "1 paragraph added"),
        ({"point": "other"}, "1 point changed"),
        ({"line": "Text.\n"}, "layout only"),
    ],
)
def test_verbose_says_what_changed_in_an_article(
    migrated_sqlite_url: str, tmp_path: Path, changes: dict[str, str], description: str
) -> None:
    values = {"title": "Title", "line": "Text.", "measures": "sued", "point": "point"}
    folder = tmp_path / "articles"
    for version in (values, values | changes):
        write_texts(folder, {"a.md": CHANGED_ARTICLE.format(**version)})
        result = seed(folder, migrated_sqlite_url, "--verbose")
    assert result.stdout.splitlines()[0] == f"changed  a.md  {description}"


def test_ignored_entries_are_counted_and_listed_if_verbose(database_url: str, folder: Path) -> None:
    write_texts(folder, {"README.md": "x", "_draft.md": "x", "notes.txt": "x", ".hidden": "x", "b.txt": "x"})
    ignored = "Ignored 5 entries: 1 README, 1 draft, 1 hidden, 2 no .md file."
    assert seed(folder, database_url).stdout.splitlines()[-1] == ignored
    assert seed(folder, database_url, "--verbose").stdout.splitlines() == [
        "ignored  .hidden  hidden",
        "ignored  README.md  README",
        "ignored  _draft.md  draft",
        "ignored  b.txt  no .md file",
        "ignored  notes.txt  no .md file",
        *seed(folder, database_url).stdout.splitlines(),
    ]


def test_draft_is_not_published_and_causes_no_new_revision(database_url: str, folder: Path) -> None:
    first = seed(folder, database_url).stdout.splitlines()[0]
    revision = first.partition("; ")[2]
    draft = UNDATED.replace("---\n", "---\ndraft: true\n", 1)
    for name in ("another.md", "yet-another.md"):
        write_texts(folder, {name: draft})
        result = seed(folder, database_url)
        assert result.stdout.splitlines()[0] == f"0 added, 0 changed, 0 removed, 3 unchanged; {revision}"
    assert result.stdout.splitlines()[-1] == "Ignored 2 entries: 2 draft."
    write_texts(folder, {"undated.md": draft})
    assert seed(folder, database_url).stdout.startswith("0 added, 0 changed, 1 removed, 2 unchanged; ")
    assert read_slugs(database_url) == ["new", "old"]
    with open_client(database_url) as api:
        assert api.execute("{ revision { articleCount } }") == {"revision": {"articleCount": 2}}


def test_warning_blocks_only_if_strict(database_url: str, tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "articles", {"a.md": WARNING})
    assert_one_problem(
        seed(folder, database_url, "--strict"), r".+/a\.md:3:12: the date 2999-01-01 is in the future .+"
    )
    result = seed(folder, database_url)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1] == "1 warning in 1 file."
    (warning,) = error_lines(result)
    assert warning.startswith(f"{folder}/a.md:3:12: warning: the date 2999-01-01 is in the future ")


@pytest.mark.parametrize(
    ("argument", "printed"), [("articles", "articles/a.md"), (".", "a.md"), ("../articles", "a.md"), ("", "a.md")]
)
def test_paths_are_printed_as_the_shell_opens_them(
    migrated_sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str, printed: str
) -> None:
    folder = write_texts(tmp_path / "articles", {"a.md": BROKEN})
    monkeypatch.chdir(tmp_path if argument == "articles" else folder)
    assert error_lines(seed(argument or str(folder), migrated_sqlite_url))[0].startswith(f"{printed}:3:1: ")
    monkeypatch.chdir("/")
    line = error_lines(seed(str(folder), migrated_sqlite_url))[0]
    assert (Path("/") / line.partition(":")[0]).samefile(folder / "a.md")


def test_github_format_prints_workflow_commands(database_url: str, tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "a,b", {"a.md": BROKEN, "b.md": WARNING})
    result = seed(folder, database_url, "--format", "github")
    error, warning, summary = result.stdout.splitlines()
    path = str(folder).replace(",", "%2C")
    assert error.startswith(f"::error file={path}/a.md,line=3,col=1::unknown key: 'colour' (")
    assert warning.startswith(f"::warning file={path}/b.md,line=3,col=12::the date 2999-01-01 is in the future ")
    assert summary == "1 error and 1 warning in 2 files. Nothing was written."
    assert (result.exit_code, error_lines(result)) == (1, [])


def test_json_format_prints_one_document(database_url: str, folder: Path, tmp_path: Path) -> None:
    write_texts(folder, {"notes.txt": "x"})
    first = json.loads(seed(folder, database_url, "--format", "json").stdout)
    assert first.pop("revision")
    assert [problem["severity"] for problem in first.pop("problems")] == ["warning"]
    assert first == {
        "ok": True,
        "error": None,
        "added": ["new.md", "old.md", "undated.md"],
        "changed": [],
        "removed": [],
        "unchanged": 0,
        "dryRun": False,
        "ignored": [{"path": "notes.txt", "reason": "no .md file"}],
        "notifications": [],
    }
    write_texts(folder, {"old.md": TEXTS["old.md"].replace("Before any", "Before every")})
    changed = json.loads(seed(folder, database_url, "--format", "json", "--verbose").stdout)["changed"]
    assert changed == [{"path": "old.md", "fields": [], "added": {}, "changed": {"Paragraph": 1}, "removed": {}}]
    write_texts(folder, {"old.md": BROKEN})
    result = seed(folder, database_url, "--format", "json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ok"], error_lines(result)) == (1, False, [])
    assert {key: document["problems"][0][key] for key in ("path", "line", "column", "severity", "message")} == {
        "path": f"{folder}/old.md",
        "line": 3,
        "column": 1,
        "severity": "error",
        "message": "unknown key: 'colour'",
    }
    (tmp_path / "empty").mkdir()
    refused = json.loads(seed(tmp_path / "empty", database_url, "--format", "json").stdout)
    assert (refused["ok"], refused["error"]["code"]) == (False, "TOO_MANY_REMOVALS")


def test_json_format_covers_errors_of_the_database(folder: Path) -> None:
    result = seed(folder, "postgresql://nobody@127.0.0.1:1/nothing", "--format", "json")
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ok"], document["error"]["code"]) == (1, False, "NOT_READY")
    assert document["error"]["message"].startswith("The database reported an error: ")


def test_stages_are_shown_on_stderr(database_url: str, folder: Path) -> None:
    result = seed(folder, database_url)
    stages = [line for line in result.stderr.splitlines() if "warning" not in line]
    assert stages == [f"Hashing 3 files of {folder}", "Reading 3 articles"]


def test_terminal_shows_a_bar(migrated_sqlite_url: str, folder: Path) -> None:
    terminal, stderr = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "counterpoint", "seed", str(folder)],
        env=os.environ | {"COUNTERPOINT_DATABASE_URL": migrated_sqlite_url},
        stderr=stderr,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=TIMEOUT_SECONDS,
    )
    assert re.search(r"Reading 3 articles +\[#+\] +3/3", os.read(terminal, 100_000).decode())


@contextmanager
def waiting_seeding(database_url: str, folder: Path) -> Iterator[Program]:
    """Run a seeding that waits until the block ends."""
    with open_write_engine(database_url) as engine, begin_write(engine):
        program = start_program("seed", folder, COUNTERPOINT_DATABASE_URL=database_url)
        program.wait_for_line(WAITING)
        assert (program.stdout, program.process.is_alive()) == ("", True)
        yield program


def test_second_seeding_reports_that_it_waits(database_url: str, folder: Path) -> None:
    with waiting_seeding(database_url, folder) as program:
        assert program.stderr == f"Hashing 3 files of {folder}\n{WAITING}"
    assert program.wait() == 0
    assert program.stdout.startswith("3 added, 0 changed, 0 removed, 0 unchanged;")


def test_ctrl_c_ends_a_seeding_that_waits(database_url: str, folder: Path) -> None:
    with waiting_seeding(database_url, folder) as program:
        program.send_signal(signal.SIGINT)
        assert program.wait() == 130
        assert (program.stdout, program.stderr.partition(WAITING)[2]) == ("", "Interrupted.\n")
    assert seed(folder, database_url).stdout.startswith("3 added, ")


@pytest.mark.parametrize(
    ("redirection", "message"),
    [
        (">/dev/full", "The output can't be written: No space left on device. Nothing was written."),
        (">&-", "The standard output is closed: expected a file, a pipe or a terminal."),
        pytest.param(">/dev/full 2>&-", None, marks=variant),
        pytest.param(">/dev/full 2>/dev/full", None, marks=variant),
        pytest.param(
            "--tags /dev/full",
            "The cache tags can't be written: No space left on device. Nothing was written.",
            marks=variant,
        ),
    ],
)
def test_output_that_cannot_be_written_leaves_the_old_content(
    migrated_sqlite_url: str, folder: Path, redirection: str, message: str | None
) -> None:
    seed(folder, migrated_sqlite_url)
    (folder / "old.md").unlink()
    process = run_in_shell(f"{sys.executable} -m counterpoint seed {folder} {redirection}", migrated_sqlite_url)
    assert process.returncode == 1
    assert process.stderr.splitlines()[-1:] == ([] if message is None else [message])
    assert read_slugs(migrated_sqlite_url) == ["new", "old", "undated"]


@variant
def test_full_disk_of_the_database_leaves_the_old_content(
    migrated_sqlite_url: str, folder: Path, tmp_path: Path
) -> None:
    seed(folder, migrated_sqlite_url)
    many = write_numbered(tmp_path / "many", range(300))
    # A limit on the size of files fails as a full disk does.
    limited = f"ulimit -f 1200; {sys.executable} -m counterpoint seed {many} --max-removals 3"
    process = run_in_shell(limited, migrated_sqlite_url)
    assert process.returncode == 1
    assert re.fullmatch(r"The database reported an error: .+", process.stderr.splitlines()[-1])
    assert read_slugs(migrated_sqlite_url) == ["new", "old", "undated"]


@pytest.mark.parametrize("arguments", sample(["migrate", "schema", "check --help", "--help", "--version"], 5))
def test_full_disk_is_one_error_for_every_command(sqlite_url: str, arguments: str) -> None:
    process = run_in_shell(f"{sys.executable} -m counterpoint {arguments} >/dev/full", sqlite_url)
    assert (process.returncode, process.stderr) == (1, "The output can't be written: No space left on device.\n")


@variant
def test_reader_that_goes_away_is_no_traceback(sqlite_url: str) -> None:
    process = run_in_shell(f"{sys.executable} -m counterpoint schema | true", sqlite_url)
    assert process.stderr in ("", "The output can't be written: Broken pipe.\n")


@variant
def test_names_that_a_terminal_lacks_are_escaped(migrated_sqlite_url: str, tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "東京", {"a.md": BROKEN})
    command = f"PYTHONIOENCODING=latin-1 {sys.executable} -m counterpoint seed {folder}"
    process = run_in_shell(command, migrated_sqlite_url)
    assert process.returncode == 1
    assert "Traceback" not in process.stderr
    assert r"\u6771\u4eac/a.md:3:1: unknown key: 'colour'" in process.stderr


def run_in_shell(command: str, database_url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", "-c", command],
        env=os.environ | {"COUNTERPOINT_DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=False,
        timeout=TIMEOUT_SECONDS,
    )


def test_links_of_new_articles_that_lead_nowhere_are_warned_about(database_url: str, tmp_path: Path) -> None:
    texts = {
        "target.md": "---\ntitle: T\n---\n\n## Reasons\n\nText.\n",
        "draft.md": "---\ntitle: T\ndraft: true\n---\n\n[a](missing.md)\n",
    }
    folder = write_texts(tmp_path / "articles", texts)
    assert seed(folder, database_url, "--strict").exit_code == 0
    links = "[a](target.md#reasons)\n\n[b](target.md#season)\n\n[c](draft.md)\n"
    write_texts(folder, {"links.md": f"---\ntitle: T\n---\n\n{links}"})
    for options, severity, status in ((["--strict"], "", 1), ([], "warning: ", 0)):
        result = seed(folder, database_url, *options)
        assert result.exit_code == status
        assert [line for line in error_lines(result) if "for a link here" in line] == [
            f"{folder}/links.md:7:1: {severity}there is no section 'season' in target.md for a link here "
            "(did you mean #reasons?)",
            f"{folder}/links.md:9:1: {severity}there is no article 'draft.md' for a link here "
            "(expected the path of an article that is not a draft)",
        ]
