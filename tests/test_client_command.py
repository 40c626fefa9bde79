"""`counterpoint client` writes the built npm package, and overwrites nothing else."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pytest

from support.commands import assert_one_error_line, run, write_texts
from support.database_helpers import SCHEMA

SDL = SCHEMA.print_sdl() + "\n"
VERSION = f"{version('counterpoint')}-schema-{sha256(SDL.encode()).hexdigest()[:12]}"
BUILT = {
    "package.json": '{"name": "counterpoint-client", "version": "0.0.0", "type": "module"}',
    "schema.graphql": SDL,
    "README.md": 'import "counterpoint-client/apollo";\n',
    ".built": "1",
}


@pytest.fixture(autouse=True)
def working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a built package."""
    monkeypatch.chdir(tmp_path)
    write_texts(Path("assets/client"), BUILT)


def read_folder(folder: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in Path(folder).iterdir()}


def test_version_contains_the_hash_of_the_schema() -> None:
    result = run("client", "out/package")
    assert (result.exit_code, result.stdout) == (0, f"3 files written, 0 unchanged: counterpoint-client {VERSION}.\n")
    files = read_folder("out/package")
    assert sorted(files) == ["README.md", "package.json", "schema.graphql"]
    assert json.loads(files["package.json"]) == {
        "name": "counterpoint-client",
        "version": VERSION,
        "type": "module",
        "counterpointSchema": f"sha256:{sha256(SDL.encode()).hexdigest()}",
    }


def test_earlier_package_is_replaced() -> None:
    Path("out").mkdir()
    run("client", "out")
    files = read_folder("out")
    assert run("client", "out").stdout.startswith("0 files written, 3 unchanged: ")
    write_texts(Path("out"), {"schema.graphql": "type Query { old: Int }"})
    assert run("client", "out").stdout.startswith("1 file written, 2 unchanged: ")
    assert read_folder("out") == files


def test_package_has_the_name_of_the_option() -> None:
    assert run("client", "out", "--name", "@site/content").exit_code == 0
    files = read_folder("out")
    assert json.loads(files["package.json"])["name"] == "@site/content"
    assert files["README.md"] == 'import "@site/content/apollo";\n'


@pytest.mark.parametrize(
    "files",
    [
        {"notes.txt": "mine"},
        {"package.json": '{"name": "counterpoint-client"}', "README.md": "mine"},
        {"package.json": "[]"},
        {"package.json": "{"},
        {"package.json": '"counterpointSchema"'},
    ],
    ids=str,
)
def test_folder_with_other_files_is_not_changed(files: dict[str, str]) -> None:
    write_texts(Path("out"), files)
    assert_one_error_line(run("client", "out"), "out holds something else: expected .* Nothing was written.")
    assert read_folder("out") == files


def test_file_is_not_replaced_by_a_folder() -> None:
    Path("out").write_text("mine", encoding="utf-8")
    assert_one_error_line(run("client", "out"), "out holds something else: .*")
    assert Path("out").read_text(encoding="utf-8") == "mine"


def test_missing_build_is_an_error_that_names_the_command() -> None:
    line = "There is no built package in .*none/client: run `./run client` in the repository, or .*"
    assert_one_error_line(run("client", "out", COUNTERPOINT_EXPLORER_DIR="none"), line)
    assert not Path("out").exists()


def test_build_for_another_schema_is_an_error_that_names_the_command() -> None:
    write_texts(Path("assets/client"), {"schema.graphql": "type Query { old: Int }"})
    line = "The package in .*assets/client was built for another schema: run `./run client` in the repository, or .*"
    assert_one_error_line(run("client", "out"), line)
    assert not Path("out").exists()


@pytest.mark.parametrize("name", ["", "Upper", "a b", "../a", "@site", "@site/", "a/b", ".a", "_a", "a" * 215])
def test_invalid_name_is_a_usage_error(name: str) -> None:
    result = run("client", "out", "--name", name)
    assert result.exit_code == 2
    assert re.search(r"is not a name of an npm package: expected one such as @site/content\.", result.stderr)


def test_missing_folder_is_a_usage_error() -> None:
    assert run("client").exit_code == 2
