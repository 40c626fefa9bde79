"""The engine's stages form layers: each imports only earlier ones, for type checking too."""

from __future__ import annotations

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


def test_no_module_imports_a_later_layer() -> None:
    graph = import_graph()
    imports = {(module, name) for module in MODULES for name in graph[module] if name.startswith(PREFIX)}
    assert len(imports) > len(MODULES)
    assert [(module, name) for module, name in imports if layer_of(name) > layer_of(module)] == []
