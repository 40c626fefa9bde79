"""The engine's stages form layers: each imports only earlier ones, for type checking too, and none in a circle."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import counterpoint.engine

PACKAGE = "counterpoint.engine"
FOLDER = Path(counterpoint.engine.__path__[0])
LAYERS = [
    "document",
    "facet_mapping",
    "search_mapping",
    "mapping",
    "schema_mapping",
    "sql",
    "compile",
    "plans",
    "offload",
    "engine",
]


def modules() -> dict[str, Path]:
    """Return the files of all modules by their names within the package."""
    return {
        ".".join(path.relative_to(FOLDER).with_suffix("").parts): path
        for path in FOLDER.rglob("*.py")
        if path.name != "__init__.py"
    }


MODULES = modules()


def imports_of(module: str) -> set[str]:
    """Return the engine's modules that a module imports anywhere in its text."""
    imported = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
    return {name.removeprefix(f"{PACKAGE}.") for name in imported} & MODULES.keys()


def layer_of(module: str) -> int:
    return LAYERS.index(module.partition(".")[0])


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_no_later_layer(module: str) -> None:
    assert [name for name in imports_of(module) if layer_of(name) > layer_of(module)] == []


def test_modules_import_each_other_in_no_circle() -> None:
    TopologicalSorter({module: imports_of(module) for module in MODULES}).prepare()
