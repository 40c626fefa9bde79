"""The package is built as ARCHITECTURE.md describes it: layers, no import cycle, small files and functions."""

from __future__ import annotations

import ast
import importlib
import re
from statistics import median, quantiles
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

import counterpoint.errors
from counterpoint.settings import PREFIX, Settings
from support.database_helpers import REPOSITORY
from support.source_code import (
    PACKAGE,
    SOURCE_FOLDER,
    count_lines,
    find_cycle,
    find_functions,
    find_modules,
    import_graph,
    parse_file,
    read_imports,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The modules of the package that each layer may import, beside its own.
ALLOWED_IMPORTS: dict[str, set[str]] = {
    "errors": set(),
    "webhooks": set(),
    "database_url": set(),
    "environment": {"errors"},
    "setting_formats": {"database_url", "webhooks"},
    "logs": set(),
    "settings": {"errors", "database_url", "environment", "logs", "setting_formats"},
    "cache_tag_format": set(),
    "lru_cache": set(),
    "single_flight": set(),
    "worker_processes": {"errors"},
    "article": {"errors"},
    "convert": {"article", "errors"},
    "store": {
        "article.records",
        "article.article_links",
        "article.content_keys",
        "article.folder_checks",
        "article.name_warnings",
        "article.normalization",
        "article.settled_names",
        "article.search_tokenizer",
        "article.stemmer",
        "errors",
        "cache_tag_format",
        "database_url",
    },
    "engine": {"errors", "cache_tag_format", "lru_cache", "single_flight"},
    "api": {
        "article.normalization",
        "article.search_tokenizer",
        "engine",
        "store.models",
        "store.statement_kinds",
        "store.table_html",
    },
    "http": {"article.image_formats", "engine", "errors", "lru_cache", "single_flight"},
    "reader": {"article.article_links", "article.messages", "http", "engine", "errors", "single_flight"},
    "server": {"http.application", "http.error_responses", "http.probes", "http.responses", "errors", "lru_cache"},
}

# The entry points assemble the layers, so they may import all of them.
ENTRY_POINTS = {
    *(
        "",
        "__main__",
        "cli",
        "app",
        "request_router",
        "tracing",
        "imports",
        "files",
        "article_folder",
        "folder_images",
        "folder_scan",
    ),
    *("document_manifests", "trusted_documents"),
}

# The third-party packages that each layer must not import.
FORBIDDEN_PACKAGES: dict[str, set[str]] = {
    "errors": {"fastapi", "graphql", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
    "article": {"fastapi", "graphql", "pathlib.Path", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
    "convert": {"fastapi", "graphql", "pathlib.Path", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
    "store": {"fastapi", "graphql", "starlette", "strawberry"},
    "engine": {"fastapi", "sqlmodel", "starlette"},
    "api": {"fastapi", "starlette"},
    "http": {"sqlalchemy", "sqlmodel", "strawberry"},
    "reader": {"fastapi", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
    "server": {"fastapi", "graphql", "sqlalchemy", "sqlmodel", "starlette", "strawberry"},
}


MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_MEDIAN_FUNCTION_LINES = 6
MAX_90TH_PERCENTILE_FUNCTION_LINES = 15

# Long because they only declare: one class after another, and almost no code.
DECLARATIONS = {f"{PACKAGE}/api/types.py", f"{PACKAGE}/store/models.py"}


def layer_of(module: str) -> str:
    """Return the top-level module or package below `counterpoint`; the empty string for `counterpoint` itself."""
    return module.removeprefix(PACKAGE).removeprefix(".").partition(".")[0]


def imports_of(layer: str) -> Iterator[tuple[str, str]]:
    """Yield the place and the imported name of each import in a layer."""
    for module, path in find_modules().items():
        if layer_of(module) == layer:
            yield from ((f"{path.relative_to(SOURCE_FOLDER)}:{line}", name) for line, name in read_imports(path))


def is_in(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_every_module_belongs_to_a_layer_or_is_an_entry_point() -> None:
    assert {layer_of(module) for module in find_modules()} <= ALLOWED_IMPORTS.keys() | ENTRY_POINTS


@pytest.mark.parametrize("layer", ALLOWED_IMPORTS)
def test_layer_imports_only_the_layers_below_it(layer: str) -> None:
    allowed = {f"{PACKAGE}.{name}" for name in ALLOWED_IMPORTS[layer] | {layer}}
    internal = [(place, name) for place, name in imports_of(layer) if is_in(name, {PACKAGE})]
    assert [(place, name) for place, name in internal if not is_in(name, allowed)] == []


@pytest.mark.parametrize("layer", FORBIDDEN_PACKAGES)
def test_layer_does_not_import_forbidden_packages(layer: str) -> None:
    assert [(place, name) for place, name in imports_of(layer) if is_in(name, FORBIDDEN_PACKAGES[layer])] == []


def test_no_import_cycle() -> None:
    assert " imports ".join(find_cycle(import_graph())) == ""


def test_cycle_check_finds_a_cycle() -> None:
    assert find_cycle({"a": {"b"}, "b": {"c"}, "c": {"d", "b"}, "d": set()}) == ["b", "c", "b"]


def test_docstring_of_errors_shows_every_error() -> None:
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in find_modules().values()
        for node in ast.walk(parse_file(path))
        if isinstance(node, ast.ClassDef)
    }
    errors = {"CounterpointError"}
    while more := {name for name in bases.keys() - errors if bases[name] & errors}:
        errors |= more
    lines = re.findall(r"^    (?:.*── )?(\w+(?:, \w+)*)", counterpoint.errors.__doc__ or "", re.MULTILINE)
    assert {name for line in lines for name in line.split(", ")} == errors


def test_files_are_short() -> None:
    lines = {
        path.relative_to(SOURCE_FOLDER).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for path in find_modules().values()
    }
    assert {name: count for name, count in lines.items() if count > MAX_FILE_LINES and name not in DECLARATIONS} == {}


def test_functions_are_short() -> None:
    lines = {
        f"{path.relative_to(SOURCE_FOLDER)}:{function.lineno} {function.name}": count_lines(function)
        for path in find_modules().values()
        for function in find_functions(parse_file(path))
    }
    assert {name: count for name, count in lines.items() if count > MAX_FUNCTION_LINES} == {}
    assert median(lines.values()) <= MAX_MEDIAN_FUNCTION_LINES
    assert quantiles(lines.values(), n=10)[-1] <= MAX_90TH_PERCENTILE_FUNCTION_LINES


def test_settings_page_lists_every_setting() -> None:
    page = (REPOSITORY / "docs" / "settings.md").read_text(encoding="utf-8")
    assert re.findall(rf"^\| `{PREFIX}.+\|$", page, re.MULTILINE) == [
        f"| `{PREFIX}{name.upper()}` | `{format_default(field.default)}` | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def format_default(default: object) -> str:
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_wheel_contains_the_type_marker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REPOSITORY)
    name = importlib.import_module("flit_core.buildapi").build_wheel(str(tmp_path))
    with ZipFile(tmp_path / name) as wheel:
        assert f"{PACKAGE}/py.typed" in wheel.namelist()
