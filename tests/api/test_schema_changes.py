"""`counterpoint schema --check` lists the changes that break clients or may surprise them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from graphql import build_schema
from graphql.utilities.find_schema_changes import BreakingChangeType, DangerousChangeType

from counterpoint.api.schema_changes import DIRECTIVE_EFFECT, EFFECTS, find_unsafe_changes
from support.commands import error_lines, run, run_with_input
from support.database_helpers import SCHEMA

RELEASED = sorted(Path(__file__).with_name("released").glob("*.graphql"))
SDL = SCHEMA.print_sdl()

CASES = yaml.safe_load(Path(__file__).with_name("schema_changes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["description"])
def test_change_has_a_code_a_coordinate_and_a_sentence(case: dict[str, str]) -> None:
    published, current = (build_schema("type Query { a: Int } " + case[name]) for name in ("published", "current"))
    (change,) = find_unsafe_changes(published, current)
    assert (change.code, change.coordinate, change.description) == (
        case["code"],
        case["coordinate"],
        case["description"],
    )
    assert change.is_breaking == (change.code in BreakingChangeType.__members__)


def test_every_kind_of_change_has_a_case_and_an_effect() -> None:
    kinds = {*BreakingChangeType.__members__, *DangerousChangeType.__members__}
    assert {case["code"] for case in CASES} == kinds
    assert {kind for kind in kinds if kind not in EFFECTS} == {kind for kind in kinds if "DIRECTIVE" in kind}
    assert DIRECTIVE_EFFECT not in EFFECTS.values()


def test_additions_to_objects_are_safe() -> None:
    published = build_schema("type Query { a: Int }")
    assert find_unsafe_changes(published, build_schema('type Query { "A." a: Int! b: U } type U { a: Int }')) == []


@pytest.mark.parametrize("path", RELEASED, ids=lambda path: path.stem)
def test_schema_breaks_no_client_of_a_released_version(path: Path) -> None:
    result = run("schema", "--check", str(path))
    assert (result.exit_code, [line for line in error_lines(result) if ": warning: " not in line]) == (0, [])
    assert ": 0 breaking changes, " in result.stdout


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a published schema with a field more and a value of an enum less."""
    monkeypatch.chdir(tmp_path)
    path = Path("published.graphql")
    sdl = SDL.replace("type Article implements Node {", "type Article implements Node {\n  byline: String", 1)
    path.write_text(re.sub(r'  """[^"]+"""\n  UPDATED_ASC\n', "", sdl, count=1), encoding="utf-8")
    return path


def line_of(path: Path, text: str) -> int:
    """Return the number of the only line with this text."""
    (number,) = (number for number, line in enumerate(path.read_text().splitlines(), 1) if line == text)
    return number


def test_changes_are_listed_at_their_lines_in_the_published_schema(published: Path) -> None:
    result = run("schema", "--check", published.name)
    assert (result.exit_code, result.stdout) == (1, "")
    field, enum = line_of(published, "  byline: String"), line_of(published, "enum ArticleOrder {")
    removal = "field Article.byline was removed (documents that use it are rejected) [FIELD_REMOVED]"
    addition = (
        "enum value ArticleOrder.UPDATED_ASC was added (clients with a case for each value have none for this one)"
    )
    assert sorted(error_lines(result)) == sorted(
        [
            f"published.graphql:{field}:3: {removal}",
            f"published.graphql:{enum}:6: warning: {addition} [VALUE_ADDED_TO_ENUM]",
            "Compared with published.graphql: 1 breaking change, 1 dangerous change.",
        ]
    )


def test_changes_as_json_have_codes(published: Path) -> None:
    result = run("schema", "--format", "json", "--check", published.name)
    document = json.loads(result.stdout)
    assert (result.exit_code, document["ok"], document["breaking"], document["dangerous"]) == (1, False, 1, 1)
    assert {(problem["code"], problem["severity"]) for problem in document["problems"]} == {
        ("FIELD_REMOVED", "error"),
        ("VALUE_ADDED_TO_ENUM", "warning"),
    }


def test_changes_are_workflow_commands_of_github(published: Path) -> None:
    result = run("schema", "--format", "github", "--check", published.name)
    line = line_of(published, "  byline: String")
    assert f"::error file=published.graphql,line={line},col=3::field Article.byline was removed (" in result.stdout


def test_equal_schema_on_the_standard_input_has_no_changes() -> None:
    result = run_with_input(SDL.encode(), "schema", "--check", "-")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "Compared with <stdin>: 0 breaking changes, 0 dangerous changes.\n"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (None, "a.graphql:1:1: the file can't be read: No such file or directory"),
        (b"", "a.graphql:1:1: Syntax Error: Unexpected <EOF>."),
        (b"type Query {\n  a: Int\n", "a.graphql:3:1: Syntax Error: Expected Name, found <EOF>."),
        (b"type Query {\n  a: Article\n}", "a.graphql:2:6: Unknown type 'Article'."),
        (b"type Query {\n  _: \xff }", "a.graphql:2:6: byte 0xFF is not UTF-8"),
        (b"{ articles { totalCount } }", "a.graphql:1:1: Query root type must be provided."),
        (b"type Query\n", "a.graphql:1:1: Type Query must define one or more fields."),
    ],
    ids=str,
)
def test_file_that_is_no_schema_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path("a.graphql").write_bytes(content)
    result = run("schema", "--check", "a.graphql")
    assert (result.exit_code, result.stdout) == (1, "")
    problem, summary = error_lines(result)
    assert problem.partition(" (")[0] == line
    assert summary == "1 error in 1 file. Nothing was compared."


def test_empty_file_name_is_an_error() -> None:
    # As scripts pass it if a variable is not set.
    result = run("schema", "--check", "")
    assert (result.exit_code, result.stdout) == (1, "")
    assert error_lines(result)[0] == ".:1:1: the file can't be read: Is a directory"


@pytest.mark.parametrize("arguments", [["--format", "json"], ["--check"], ["--check", "a", "b"]])
def test_invalid_arguments_are_usage_errors(arguments: list[str]) -> None:
    assert run("schema", *arguments).exit_code == 2
