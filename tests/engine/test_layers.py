"""The engine's stages form layers: each imports only earlier ones, for type checking too."""

from __future__ import annotations

import pytest

from support.source_code import find_modules, import_graph

PREFIX = "counterpoint.engine."
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
MODULES = [module for module in find_modules() if module.startswith(PREFIX)]


def layer_of(module: str) -> int:
    return LAYERS.index(module.removeprefix(PREFIX).partition(".")[0])


@pytest.mark.parametrize("module", MODULES)
def test_module_imports_no_later_layer(module: str) -> None:
    imports = [name for name in import_graph()[module] if name.startswith(PREFIX)]
    assert [name for name in imports if layer_of(name) > layer_of(module)] == []
