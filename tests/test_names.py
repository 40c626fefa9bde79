"""Names follow the rules of CONTRIBUTING.md: functions are verbs, and constants carry their meaning and unit."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import REPOSITORY
from support.source_code import parse_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDERS = ("src", "bench", "migrations", "tests/support")

PARTICIPLE = re.compile(
    r"_*([a-z]+ed|(begun|built|chosen|done|drawn|found|given|gone|held|kept|known|left|lent|made|meant|said|seen|sent|"
    r"shown|sought|spelled|taken|told|written)(_.*)?)"
)
"""A name such as `ranked_terms` is allowed, because its last word is a noun."""

ALLOWED_FUNCTIONS = re.compile(
    r"_*(embed|exceed|feed|need|seed|shed|speed|"  # verbs
    r"batched|"  # as in itertools
    r"cached|folded|nested)"  # adjectives for a value or a scope
)

VAGUE_VARIABLE = re.compile("_*(asked|chosen|each|found|given|kept|known|made|named|sought|told|written)")
VAGUE_CONSTANT = re.compile(
    "_*(ENTRY|HEAD|HIGHEST|HOME|HOUSE|KNOWN|LARGE|LARGEST|LONGEST|MANY|MOST|NOTHING|PATIENCE|QUIET|ROOM|SHARE|SMALLEST|"
    "USUAL|WHOLE)"
)


ALLOWED_CONSTANTS = {"SEVERAL", "VERSION"}


def find_vague_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of each function, variable and constant that breaks a rule."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if PARTICIPLE.fullmatch(name) and not ALLOWED_FUNCTIONS.fullmatch(name):
                    yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                if VAGUE_VARIABLE.fullmatch(name):
                    yield node.lineno, name
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                is_short_number = is_number(node.value) and name.isupper() and "_" not in name.strip("_")
                if VAGUE_CONSTANT.fullmatch(name) or (is_short_number and name not in ALLOWED_CONSTANTS):
                    yield node.lineno, name


def is_number(value: ast.expr | None) -> bool:
    """Return whether an expression is a number or is computed from literal numbers."""
    match value:
        case ast.Constant():
            return type(value.value) in (int, float)
        case ast.BinOp():
            return is_number(value.left) and is_number(value.right)
        case ast.UnaryOp():
            return is_number(value.operand)
    return False


def find_files() -> list[Path]:
    return sorted(
        path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.py") if "node_modules" not in path.parts
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_name_is_vague(folder: str) -> None:
    files = [path for path in find_files() if path.is_relative_to(REPOSITORY / folder)]
    assert files
    assert [
        f"{path.relative_to(REPOSITORY)}:{line} {name}"
        for path in files
        for line, name in find_vague_names(parse_file(path))
    ] == []


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def told(): ...", "told"),
        ("async def _stored(): ...", "_stored"),
        ("def told_once(): ...", "told_once"),
        ("found = 1", "found"),
        ("def run(given): ...", "given"),
        ("[each for each in ()]", "each"),
        ("MOST = None", "MOST"),
        ("DIGITS = 8", "DIGITS"),
        ("_PAGE: int = 2 * 1024", "_PAGE"),
    ],
)
def test_vague_name_is_found(source: str, name: str) -> None:
    assert [match for _, match in find_vague_names(ast.parse(source))] == [name]


@pytest.mark.parametrize(
    "source", ["def seed(): ...", "def ranked_terms(): ...", "def is_stored(): ...", "MAX_DIGITS = 8", "matches = 1"]
)
def test_clear_name_is_not_found(source: str) -> None:
    assert [*find_vague_names(ast.parse(source))] == []
