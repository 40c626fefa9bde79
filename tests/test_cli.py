"""The commands of editors and operators, run with their arguments and environment variables."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError

from counterpoint.cli import main
from counterpoint.cli.errors import describe_database_error
from counterpoint.settings import PREFIX
from support.commands import assert_one_error_line, assert_one_problem, error_lines, run, write_sample_folder
from support.database_helpers import REPOSITORY, SCHEMA, open_client, read_seed_texts
from support.sample_articles import TEXTS
from support.variants import sample, variant

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = variant("postgresql")

COMMANDS = [
    "backup",
    "migrate",
    "preview",
    "seed",
    "check",
    "client",
    "convert",
    "new",
    "front-matter-schema",
    "status",
    "serve",
    "schema",
    "check-documents",
    "format",
    "export",
]

FOUR_MISTAKES = """---
title: Four mistakes
published: yesterday
colour: blue
---

## Who

| Party | Stance | Recent Measures |
|---|---|---|
| Mayor | | sued |

# A second title
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that contains the sample articles."""
    return write_sample_folder(tmp_path / "articles")


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_names_every_command(option: str) -> None:
    result = run(option)
    assert result.exit_code == 0
    assert re.findall(r"^  ([\w-]+)  ", result.stdout.partition("Commands:")[2], re.MULTILINE) == sorted(COMMANDS)
    assert sorted(main.commands) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: counterpoint {command} ") or f" {command} " in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_lists_the_command(command: str) -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `counterpoint {command}[` ]", readme, re.MULTILINE)


def test_migrate_and_seed_fill_an_empty_database(empty_database_url: str) -> None:
    migrated = run("migrate", COUNTERPOINT_DATABASE_URL=empty_database_url)
    assert (migrated.exit_code, migrated.stdout) == (0, "The tables are up to date.\n")
    seeded = run("seed", str(REPOSITORY / "seed"), COUNTERPOINT_DATABASE_URL=empty_database_url)
    assert seeded.exit_code == 0
    count = len(read_seed_texts())
    summary = re.fullmatch(
        rf"{count} added, 0 changed, 0 removed, 0 unchanged; the revision is ([0-9a-f]{{32}})\.\n", seeded.stdout
    )
    assert summary, seeded.stdout
    with open_client(empty_database_url) as api:
        assert api.execute("{ revision { id articleCount } }") == {
            "revision": {"id": summary[1], "articleCount": count}
        }


def test_seeding_again_reports_no_changes(database_url: str, folder: Path) -> None:
    first = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    again = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    assert first.stdout.startswith("3 added, 0 changed, 0 removed, 0 unchanged; ")
    expected = first.stdout.splitlines()[0].replace("3 added", "0 added").replace("0 unchanged", "3 unchanged")
    assert again.stdout == f"{expected}\n"


def test_seeding_writes_changed_cache_tags_to_a_file(database_url: str, folder: Path, tmp_path: Path) -> None:
    tags = tmp_path / "tags"
    tags.write_text("left from before\n", encoding="utf-8")
    run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    text = (folder / "old.md").read_text(encoding="utf-8")
    (folder / "old.md").write_text(text.replace("Before any", "Before every"), encoding="utf-8")
    entities = "group:activists\nparagraph\nparty:governor\nparty:the-mayor"
    for expected in (f"article\narticle:old\n{entities}\nrevision\n", ""):
        assert run("seed", str(folder), "--tags", str(tags), COUNTERPOINT_DATABASE_URL=database_url).exit_code == 0
        assert tags.read_text(encoding="utf-8") == expected


def test_seeding_prints_changed_cache_tags_after_its_summary(database_url: str, folder: Path) -> None:
    (folder / "new.md").unlink()
    (folder / "undated.md").unlink()
    lines = run("seed", str(folder), "--tags", "-", COUNTERPOINT_DATABASE_URL=database_url).stdout.splitlines()
    assert lines[0].startswith("1 added, ")
    entities = "group:activists measure paragraph party party:governor party:the-mayor"
    expected = f"article article:old group {entities} revision role section stance table"
    assert lines[1:] == ["1 warning in 1 file.", *expected.split()]


def test_seeding_changes_nothing_if_the_tags_file_cannot_be_written(database_url: str, folder: Path) -> None:
    result = run("seed", str(folder), "--tags", str(folder / "no" / "such"), COUNTERPOINT_DATABASE_URL=database_url)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--tags" in result.stderr
    assert run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url).stdout.startswith("3 added, ")


def test_seed_uses_the_folder_of_the_settings_by_default(database_url: str, folder: Path) -> None:
    (folder / "new.md").unlink()
    result = run("seed", COUNTERPOINT_DATABASE_URL=database_url, COUNTERPOINT_SEED_DIR=str(folder))
    assert result.stdout.startswith("2 added, ")


def test_seed_reads_subfolders_but_no_hidden_files(database_url: str, folder: Path) -> None:
    for name in ("2024/deep/below.md", ".hidden.md", ".git/below.md", "notes.txt", "2024/.draft.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXTS["undated.md"], encoding="utf-8")
    assert run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url).stdout.startswith("4 added, ")
    with open_client(database_url) as api:
        data = api.execute('{ article(slug: "below") { source { path } } }')
    assert data == {"article": {"source": {"path": "2024/deep/below.md"}}}


def test_schema_command_prints_the_schema(tmp_path: Path) -> None:
    result = run("schema")
    assert (result.exit_code, result.stdout) == (0, SCHEMA.print_sdl() + "\n")


def test_migrating_again_succeeds(database_url: str) -> None:
    result = run("migrate", COUNTERPOINT_DATABASE_URL=database_url)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "The tables are up to date.\n", "")


def test_check_documents_lists_the_ids_of_documents(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    texts = {"b.graphql": "{ __typename }\n", "below/a.graphql": "{ articles { totalCount } }"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    lines = [f"sha256:{sha256(text.encode()).hexdigest()}  {name}\n" for name, text in texts.items()]
    for result in (
        run("check-documents", str(tmp_path)),
        run("check-documents", COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(tmp_path)),
    ):
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout == "".join(lines) + "Valid trusted documents: 2.\n"


@pytest.mark.parametrize("arguments", [["check-documents"], ["serve"]])
def test_mistakes_in_trusted_documents_are_reported_with_line_and_column(tmp_path: Path, arguments: list[str]) -> None:
    for name, text in {"a": "{\n  nothing\n  less\n}", "b": "{", "c": "{ __typename }"}.items():
        (tmp_path / f"{name}.graphql").write_text(text, encoding="utf-8")
    result = run(*arguments, COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(tmp_path))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "a.graphql:2:3: Cannot query field 'nothing' on type 'Query'.",
        "a.graphql:3:3: Cannot query field 'less' on type 'Query'.",
        "b.graphql:1:2: Syntax Error: Expected Name, found <EOF>.",
    ]


def test_trusted_document_beyond_a_limit_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.graphql").write_text("{ articles { totalCount } }", encoding="utf-8")
    result = run("check-documents", str(tmp_path), COUNTERPOINT_LIMIT_DEPTH="1")
    assert_one_error_line(result, r"a\.graphql:1:1: The depth of an operation exceeds the limit: .+")


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (["check-documents", "missing"], {}),
        (["check-documents"], {"TRUSTED_DOCUMENTS_DIR": "missing"}),
        (["serve"], {"TRUSTED_DOCUMENTS_DIR": "missing"}),
    ],
)
def test_missing_folder_of_trusted_documents_is_reported(arguments: list[str], settings: dict[str, str]) -> None:
    result = run(*arguments, **{PREFIX + name: value for name, value in settings.items()})
    assert_one_error_line(result, "missing is not a folder: expected a folder with .graphql or .json files .+")


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [(["check-documents"], {}), (["serve"], {"COUNTERPOINT_TRUSTED_DOCUMENTS_DIR": "documents"})],
)
def test_folder_without_trusted_documents_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], settings: dict[str, str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documents").mkdir()
    result = run(*arguments, **settings)
    files = "`.graphql` files, or the manifest (`.json`) of GraphQL Code Generator, Relay or Apollo"
    assert_one_error_line(result, re.escape(f"documents contains no trusted documents: expected {files}."))


def test_trusted_documents_only_requires_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("serve", COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY="true")
    files = "a folder with .graphql or .json files (see COUNTERPOINT_TRUSTED_DOCUMENTS_DIR)."
    assert_one_error_line(result, re.escape(f"documents is not a folder: expected {files}"))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "data/counterpoint.db"),
        ("DATABASE_URL", "mysql://localhost/counterpoint"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite:///content.db?immutable"),
        ("DATABASE_URL", "sqlite:///\udcff.db"),
        ("DATABASE_URL", "postgresql://localhost:port/counterpoint"),
        ("DATABASE_URL", "postgresql://one:5432,/counterpoint"),
        ("DATABASE_URL", "postgresql://one:5432,two:port/counterpoint"),
        ("READ_URL", "nonsense"),
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("APQ_CACHE_BYTES", "-1"),
        ("TRUSTED_DOCUMENTS_ONLY", "perhaps"),
        ("QUERY_TIMEOUT_SECONDS", "0"),
        ("QUERY_TIMEOUT_SECONDS", "-1"),
        ("QUERY_TIMEOUT_SECONDS", "soon"),
        ("QUERY_TIMEOUT_SECONDS", "nan"),
        ("LIMIT_SEARCH_HITS", "9223372036854775808"),
        ("ALLOWED_HOSTS", "one.example, two.example:8000"),
        ("ALLOWED_HOSTS", "https://one.example"),
        ("ALLOWED_HOSTS", "one.*"),
        ("CORS_ORIGINS", "one.example"),
        ("CORS_ORIGINS", "https://one.example, https://two.example/"),
    ],
)
def test_invalid_setting_is_reported(setting: str, value: str) -> None:
    for command in ("migrate", "seed", "serve"):
        assert_one_error_line(run(command, **{PREFIX + setting: value}), rf"{PREFIX}{setting}: .+")


@pytest.mark.parametrize(
    ("name", "setting"),
    [("SEEDDIR", "SEED_DIR"), ("DATABSE_URL", "DATABASE_URL"), ("LIMIT_DEPHT", "LIMIT_DEPTH"), ("port_", "PORT")],
)
def test_misspelt_setting_is_reported(name: str, setting: str) -> None:
    line = f"{PREFIX}{name}: unknown setting (did you mean {PREFIX}{setting}?)"
    for command in ("migrate", "seed", "check", "status", "serve"):
        assert_one_error_line(run(command, **{PREFIX + name: "x"}), re.escape(line))


def test_setting_is_read_from_a_file_that_the_environment_names(database_url: str, tmp_path: Path) -> None:
    """The file has precedence, because the image sets the URL of a database in its environment."""
    secret = tmp_path / "secret"
    secret.write_text(f"{database_url}\n", encoding="utf-8")
    settings = {"COUNTERPOINT_DATABASE_URL": "sqlite:////nowhere/at.all", "COUNTERPOINT_DATABASE_URL_FILE": str(secret)}
    assert run("seed", str(REPOSITORY / "seed"), **settings).exit_code == 0
    assert run("status", COUNTERPOINT_DATABASE_URL=database_url).exit_code == 0


def test_file_of_a_setting_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    line = "COUNTERPOINT_DATABASE_URL_FILE: the file .+secret can't be read: No such file or directory"
    assert_one_error_line(run("status", COUNTERPOINT_DATABASE_URL_FILE=str(secret)), line)
    secret.write_bytes(b"\xff")
    line = "COUNTERPOINT_DATABASE_URL_FILE: the file .+secret is not UTF-8"
    assert_one_error_line(run("status", COUNTERPOINT_DATABASE_URL_FILE=str(secret)), line)


def test_misspelt_name_of_a_file_is_reported() -> None:
    line = "COUNTERPOINT_DATABSE_URL_FILE: unknown setting (did you mean COUNTERPOINT_DATABASE_URL_FILE?)"
    assert_one_error_line(run("status", COUNTERPOINT_DATABSE_URL_FILE="x"), re.escape(line))


@pytest.mark.parametrize("name", ["SERVICE_HOST", "SERVICE_PORT", "PORT_8000_TCP", "PORT_8000_TCP_PORT", "PASSWORD"])
def test_variables_of_the_platform_are_allowed(tmp_path: Path, name: str) -> None:
    """Kubernetes sets some of them for a service that is called counterpoint."""
    assert run("check", str(write_sample_folder(tmp_path)), **{PREFIX + name: "x"}).exit_code == 0


def test_error_of_the_database_without_a_message_is_named_by_its_type() -> None:
    error = DBAPIError("SELECT 1", None, psycopg.OperationalError())
    assert describe_database_error(error) == "The database reported an error: OperationalError"


def test_unknown_parameter_of_a_postgresql_address_is_reported() -> None:
    result = run("serve", COUNTERPOINT_DATABASE_URL="postgresql://user@localhost/name?nonsense=1")
    assert_one_error_line(
        result, r'COUNTERPOINT_DATABASE_URL or COUNTERPOINT_READ_URL: invalid connection option "nonsense"'
    )


def test_unknown_names_are_reported() -> None:
    result = run("status", COUNTERPOINT_QUERY_TIMEOUT="1", COUNTERPOINT_NONSENSE="1", COUNTERPOINT_URL="x")
    line = (
        "COUNTERPOINT_NONSENSE: unknown setting; "
        "COUNTERPOINT_QUERY_TIMEOUT: unknown setting (did you mean COUNTERPOINT_QUERY_TIMEOUT_SECONDS?)"
    )
    assert_one_error_line(result, re.escape(line))


def test_all_invalid_settings_are_reported() -> None:
    result = run("serve", COUNTERPOINT_PORT="x", COUNTERPOINT_DATABASE_URL="x")
    assert_one_error_line(result, r"COUNTERPOINT_DATABASE_URL: .+; COUNTERPOINT_PORT: .+")


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["--nonsense"],
        ["migrate", "now"],
        ["seed", "one", "two"],
        ["seed", "--nonsense"],
        ["serve", "--port", "x"],
        ["serve", "--port", "65536"],
        ["serve", "--host"],
        ["serve", "--workers", "0"],
        ["schema", "extra"],
        ["check-documents", "one", "two"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_status_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.search(r"^Error: .+\n\Z", result.stderr, re.MULTILINE), result.stderr


def test_commands_for_files_load_no_tables() -> None:
    code = "import sys; from counterpoint.cli import check, convert, format; print('sqlmodel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"


def test_seeding_requires_migrated_tables(empty_database_url: str, folder: Path) -> None:
    result = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=empty_database_url)
    assert_one_error_line(result, r".*run `counterpoint migrate`\.")


@pytest.mark.parametrize("name", ["missing", "old.md"])
def test_path_that_is_not_a_folder_is_reported(database_url: str, folder: Path, name: str) -> None:
    result = run("seed", str(folder / name), COUNTERPOINT_DATABASE_URL=database_url)
    assert_one_error_line(result, rf"{re.escape(str(folder / name))} is not a folder: .+")


def test_four_mistakes_are_reported_on_four_lines(database_url: str, folder: Path) -> None:
    (folder / "wrong.md").write_text(FOUR_MISTAKES, encoding="utf-8")
    result = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    assert (result.exit_code, result.stdout) == (1, "")
    *lines, summary = error_lines(result)
    places = [re.match(rf"{re.escape(str(folder))}/wrong\.md:(\d+):(\d+): [^:]+", line) for line in lines]
    assert [place and place[1] for place in places if place] == ["3", "4", "11", "13"]
    assert summary == "4 errors and 1 warning in 2 files. Nothing was written."
    with open_client(database_url) as api, pytest.raises(Exception, match="There is no content yet"):
        api.execute("{ articles { totalCount } }")


def test_mistakes_leave_the_content_unchanged(database_url: str, folder: Path) -> None:
    run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    (folder / "new.md").write_text(FOUR_MISTAKES, encoding="utf-8")
    (folder / "old.md").unlink()
    assert run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url).exit_code == 1
    with open_client(database_url) as api:
        data = api.execute("{ articles { nodes { slug } } }")
    assert data == {"articles": {"nodes": [{"slug": "new"}, {"slug": "old"}, {"slug": "undated"}]}}


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        (b"latin.md", "---\ntitle: Caf\xe9\n---\n\nText\n".encode("latin-1"), r"latin\.md:2:11: .+"),
        (b"empty.md", b"", r"empty\.md:1:1: .+"),
        (b"nul.md", b"---\ntitle: a\n---\n\nb\0\n", r"nul\.md:5:2: .+"),
        (b"caf\xe9.md", b"---\ntitle: a\n---\n\nb\n", r".+: .+"),
        (b"new\nline.md", b"---\ntitle: a\n---\n\nb\n", r".+: .+"),
    ],
    ids=["no UTF-8", "empty", "NUL", "name without UTF-8", "name of two lines"],
)
def test_file_that_is_not_text_is_reported_on_one_line(
    database_url: str, folder: Path, name: bytes, content: bytes, line: str
) -> None:
    with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123  # a Path has no bytes
        file.write(content)
    result = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    errors = [error for error in error_lines(result)[:-1] if ": warning: " not in error]
    assert (result.exit_code, result.stdout, len(errors)) == (1, "", 1)
    assert re.fullmatch(rf"{re.escape(str(folder))}/{line}", errors[0]), result.stderr


def test_unreadable_files_are_reported_with_all_other_problems(database_url: str, folder: Path) -> None:
    (folder / "gone.md").symlink_to("nowhere")
    (folder / "a\nb.md").touch()
    (folder / "a\tb.md").touch()
    (folder / "wrong.md").write_text("---\ntitle: T\ncolour: blue\n---\n\ntext\n", encoding="utf-8")
    result = run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url)
    assert (result.exit_code, result.stdout) == (1, "")
    lines = [line.removeprefix(f"{folder}/") for line in error_lines(result) if ": warning: " not in line]
    assert lines[:3] == [
        r"'a\nb.md':1:1: the file name contains unprintable characters (rename the file)",
        r"'a\tb.md':1:1: the file name contains unprintable characters (rename the file)",
        "gone.md:1:1: the symbolic link is broken: there is no 'nowhere' (correct or remove the link)",
    ]
    assert lines[3].startswith("wrong.md:3:1: ")
    for name in ("gone.md", "a\nb.md", "a\tb.md", "wrong.md"):
        (folder / name).unlink()
    assert run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url).stdout.startswith("3 added, ")
    (folder / "gone.md").symlink_to("nowhere")
    assert_one_problem(
        run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url), r".+/gone\.md:1:1: the symbolic .+"
    )


def test_folder_may_have_the_name_of_a_file(database_url: str, folder: Path) -> None:
    (folder / "folder.md").mkdir()
    assert run("seed", str(folder), COUNTERPOINT_DATABASE_URL=database_url).stdout.startswith("3 added, ")


@pytest.mark.parametrize("command", ["migrate", "seed"])
@pytest.mark.parametrize(
    "url",
    [
        "postgresql://nobody:secret@127.0.0.1:1/nothing",
        "postgresql://nobody:secret@host.invalid/nothing",
        "sqlite:////dev/null/counterpoint.db",
        "sqlite:////dev",
        "sqlite:///README.md",
    ],
)
def test_unreachable_database_is_reported_on_one_line(command: str, url: str) -> None:
    result = run(command, COUNTERPOINT_DATABASE_URL=url)
    assert_one_error_line(result, ".+")
    assert "secret" not in result.stderr


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("seed", r"unable to open database file (is its path a folder, or not readable?)"),
        ("status", r"disk I/O error (is the disk full, or the path a folder?)"),
    ],
)
def test_error_of_sqlite_comes_with_its_probable_cause(tmp_path: Path, command: str, message: str) -> None:
    result = run(command, COUNTERPOINT_DATABASE_URL=f"sqlite:///{tmp_path}")
    assert_one_error_line(result, re.escape(f"The database reported an error: {message}"))


def test_missing_database_is_reported_on_one_line(postgresql_url: str) -> None:
    url = postgresql_url.replace("@/", "@/no")
    assert_one_error_line(run("migrate", COUNTERPOINT_DATABASE_URL=url), '.+"notest_.+" does not exist')


INTERRUPTED_IMPORT = """
import os, signal, sys

class Interruption:
    def find_spec(self, name, *_):
        if name == "sqlalchemy":
            os.kill(os.getpid(), signal.SIGINT)

from counterpoint.__main__ import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # because jobs in the background of a shell ignore it
sys.meta_path.insert(0, Interruption())
main()
"""


def test_ctrl_c_during_the_start_ends_the_process_without_a_traceback() -> None:
    process = subprocess.run([sys.executable, "-c", INTERRUPTED_IMPORT], capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout, process.stderr) == (-signal.SIGINT, "", "")


STOPPED_START = """
import os, signal, sys

class Stop:
    def find_spec(self, name, *_):
        if name == "counterpoint.server.protocol":
            try:
                os.kill(os.getpid(), signal.SIGTERM)
            except KeyboardInterrupt:
                pass  # as Python does if a callback raises it

from counterpoint.__main__ import main
sys.meta_path.insert(0, Stop())
main()
"""


@pytest.mark.parametrize("arguments", sample([["serve"], ["preview", "seed"]], 2), ids=lambda arguments: arguments[0])
def test_stop_signal_before_the_server_runs_is_not_lost(arguments: list[str], sqlite_url: str) -> None:
    process = subprocess.run(
        [sys.executable, "-c", STOPPED_START, *arguments, "--port", "0"],
        env=os.environ | {"COUNTERPOINT_DATABASE_URL": sqlite_url},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert process.returncode == 0, process.stderr
    assert "Traceback" not in process.stderr


def test_server_without_standard_streams_stops_without_an_abort(sqlite_url: str) -> None:
    process = subprocess.run(
        [sys.executable, "-c", "import os, sys; os.close(0); os.close(2)\n" + STOPPED_START, "serve", "--port", "0"],
        env=os.environ | {"COUNTERPOINT_DATABASE_URL": sqlite_url},
        cwd=REPOSITORY,
        check=False,
        timeout=60,
    )
    assert process.returncode == 0


def test_process_prints_errors_without_a_traceback(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "counterpoint", "seed", "missing"],
        env=os.environ | {"COUNTERPOINT_DATABASE_URL": f"sqlite:///{tmp_path}/counterpoint.db"},
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
        check=False,
    )
    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr == "missing is not a folder: expected a folder with .md files.\n"
