"""Queries that follow relations in a cycle, as deep as a document may be."""

from __future__ import annotations

from itertools import chain, cycle

MAX_DEPTH = 15

# The first fields of each query, and the fields that repeat after them.
FIELD_CYCLES = {
    "sections": (['article(slug: "new")'], ["sections", "article"]),
    "parties": (["articles(first: 2)", "nodes"], ["parties", "articles(first: 2)", "nodes"]),
    "measures": (["parties(first: 2)", "nodes"], ["measures(first: 2)", "nodes", "party"]),
    "edges": (["parties(first: 2)", "edges", "node"], ["stances(first: 2)", "edges", "node", "party"]),
    "approaches": (
        ["policyAreas", "nodes"],
        ["approaches", "nodes", "government", "approaches", "nodes", "policyArea"],
    ),
    "stances": (['article(slug: "old")'], ["stances", "measures", "stance", "article"]),
    "points": (['article(slug: "new")'], ["points(kind: OTHER)", "section", "article"]),
    "lists": (["points(first: 2)", "nodes"], ["section", "blocks", "... on PointList", "points"]),
    "tables": (["roles(first: 2)", "nodes"], ["section", "blocks", "... on Table", "statements"]),
    "solutions": (["challenges(first: 2)", "nodes"], ["proposedSolutions", "challenge"]),
    "ids": (['nodes(ids: ["Article:old", "Article:new", "a"])', "... on Article"], ["sections", "article"]),
    "groups": (['group(slug: "activists")'], ["roles(first: 3)", "nodes", "article", "groups"]),
}


def nested_query(name: str, depth: int, *, beside: str = "") -> str:
    """Return a query of a depth. `beside` is added to each connection, next to its nodes."""
    start, steps = FIELD_CYCLES[name]
    path: list[str] = []
    fields = chain(start, cycle(steps))
    while sum(not step.startswith("...") for step in path) < depth - 1:
        path.append(next(fields))
    text = "__typename"
    for step, below in reversed([*zip(path, [*path[1:], ""], strict=True)]):
        connected = below.startswith(("nodes", "edges")) and not step.startswith(("nodes", "edges"))
        text = f"{step} {{ {text}{beside if connected else ''} }}"
    return f"{{ {text} }}"
