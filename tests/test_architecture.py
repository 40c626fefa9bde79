"""The house is as its pages say: its rooms, each of which knows only those above it, and its settings."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoint.settings import PREFIX, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parent.parent / "src"

# What each room may import of ours. The doors build everything and may know it all.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "settings": {"errors"},
    "cache_tags": set(),
    "article": {"errors"},
    "store": {
        "article.records",
        "article.statement_keys",
        "article.normalization",
        "article.tokenizer",
        "errors",
        "settings",
        "cache_tags",
    },
    "engine": {"errors", "cache_tags"},
    "api": {"engine", "store.models"},
    "http": {"engine", "errors"},
    "server": {"http.error_responses", "errors"},
}
DOORS = {"", "__main__", "cli", "article_folder", "files", "trusted_documents", "app"}

# What each room must do without of others' packages.
DOES_WITHOUT: dict[str, set[str]] = {
    "errors": {"fastapi", "graphql", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
    "article": {"fastapi", "graphql", "pathlib.Path", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
    "store": {"fastapi", "graphql", "starlette", "strawberry"},
    "engine": {"fastapi", "sqlmodel", "starlette"},
    "api": {"fastapi", "starlette"},
    "http": {"sqlalchemy", "sqlmodel", "strawberry"},
    "server": {"fastapi", "graphql", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
}


def modules() -> dict[str, Path]:
    """Find our modules by their names within the package, such as `article.records`."""
    package = HOUSE / "counterpoint"
    paths = {path.relative_to(package).with_suffix("").parts: path for path in package.rglob("*.py")}
    return {".".join(part for part in parts if part != "__init__"): path for parts, path in paths.items()}


def imports_of(room: str) -> Iterator[tuple[str, str]]:
    """Read what a room's modules import: the place, and the full name of the module or of what is in it."""
    for module, path in modules().items():
        if room_of(module) == room:
            yield from ((f"{path.relative_to(HOUSE)}:{line}", name) for line, name in imports(path))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = path.relative_to(HOUSE).parts[: -node.level] if node.level else ()
            start = ".".join([*base, *filter(None, [node.module])])
            yield from ((node.lineno, f"{start}.{alias.name}") for alias in node.names)


def is_within(name: str, rooms: set[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in rooms)


def room_of(name: str) -> str:
    return name.partition(".")[0]


def test_settings_page_says_what_the_settings_say() -> None:
    page = (HOUSE.parent / "docs" / "settings.md").read_text(encoding="utf-8")
    told = re.findall(rf"^\| `{PREFIX}.+\|$", page, re.MULTILINE)
    assert told == [
        f"| `{PREFIX}{name.upper()}` | `{_written(field.default)}` | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def _written(default: object) -> str:
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_every_module_stands_in_a_known_room() -> None:
    assert {room_of(name) for name in modules()} <= MAY_IMPORT.keys() | DOORS


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_room_knows_only_what_is_above_it(room: str) -> None:
    allowed = {f"counterpoint.{name}" for name in MAY_IMPORT[room] | {room}}
    ours = [(place, name) for place, name in imports_of(room) if is_within(name, {"counterpoint"})]
    assert [(place, name) for place, name in ours if not is_within(name, allowed)] == []


@pytest.mark.parametrize("room", DOES_WITHOUT)
def test_room_does_without_what_is_not_its_job(room: str) -> None:
    assert [(place, name) for place, name in imports_of(room) if is_within(name, DOES_WITHOUT[room])] == []
