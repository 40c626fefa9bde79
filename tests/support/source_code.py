"""The project's Python files as syntax trees, for the tests of architecture and names."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SOURCE_FOLDER = REPOSITORY / "src"
PACKAGE = "counterpoint"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parse_file(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def find_modules() -> dict[str, Path]:
    """Return the files of the package by module name, such as `counterpoint.article.records`."""
    paths = {path.relative_to(SOURCE_FOLDER).with_suffix("").parts: path for path in SOURCE_FOLDER.rglob("*.py")}
    return {".".join(part for part in parts if part != "__init__"): path for parts, path in paths.items()}


def read_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of each import, those under TYPE_CHECKING and in functions included."""
    for node in ast.walk(parse_file(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = path.relative_to(SOURCE_FOLDER).parts[: -node.level] if node.level else ()
            prefix = ".".join([*base, *filter(None, [node.module])])
            yield from ((node.lineno, f"{prefix}.{alias.name}") for alias in node.names)


@cache
def import_graph() -> Mapping[str, set[str]]:
    """Return the modules of the package that each module of the package imports."""
    modules = find_modules()
    graph: dict[str, set[str]] = defaultdict(set)
    for module, path in modules.items():
        for _, name in read_imports(path):
            target = name if name in modules else name.rpartition(".")[0]
            if target in modules:
                graph[module].add(target)
    return graph


def find_cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """Return one cycle of a graph, from a node back to the same node, or an empty list."""
    finished: set[str] = set()

    def visit(node: str, path: list[str]) -> list[str]:
        if node in path:
            return [*path[path.index(node) :], node]
        if node not in finished:
            for target in sorted(graph.get(node, ())):
                if cycle := visit(target, [*path, node]):
                    return cycle
            finished.add(node)
        return []

    return next(filter(None, (visit(node, []) for node in sorted(graph))), [])


def find_functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def count_lines(function: Function) -> int:
    """Return the lines of a function, without its decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1
