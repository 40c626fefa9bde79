"""Lists within lists, as deep as a document may go."""

from __future__ import annotations

import json
from itertools import chain, cycle
from typing import TYPE_CHECKING

import pytest

from content import KINDS, Api, holding
from oracle import Oracle
from samples import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from databases import Server

DEEPEST = 15
DEPTHS = (3, 5, 8, 11, 14, DEEPEST)

# How each begins, and the fields that lead on from there, round and round.
CHAINS = {
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


def nest(name: str, depth: int, *, beside: str = "") -> str:
    """Select so deep along a chain; every connection on the way is asked something beside its nodes too."""
    start, steps = CHAINS[name]
    path: list[str] = []
    fields = chain(start, cycle(steps))
    while sum(not step.startswith("...") for step in path) < depth - 1:
        path.append(next(fields))
    text = "__typename"
    for step, below in reversed([*zip(path, [*path[1:], ""], strict=True)]):
        connected = below.startswith(("nodes", "edges")) and not step.startswith(("nodes", "edges"))
        text = f"{step} {{ {text}{beside if connected else ''} }}"
    return f"{{ {text} }}"


@pytest.fixture(scope="module", params=KINDS)
def api(request: pytest.FixtureRequest, postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with holding(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(ARTICLES, revision="")


@pytest.mark.parametrize("beside", ["", " totalCount pageInfo { hasNextPage hasPreviousPage }"], ids=["bare", "paged"])
@pytest.mark.parametrize("name", CHAINS)
def test_every_depth_is_answered(api: Api, oracle: Oracle, name: str, beside: str) -> None:
    for depth in DEPTHS:
        document = nest(name, depth, beside=beside)
        assert json.dumps(api.ask(document)) == json.dumps(oracle.ask(document)), document


def test_lists_beside_each_other_do_not_add_up(api: Api, oracle: Oracle) -> None:
    depths = [nest(name, DEEPEST)[1:-1].strip() for name in CHAINS]
    document = "{ " + " ".join(f"k{number}: {text}" for number, text in enumerate(depths)) + " }"
    assert api.ask(document) == oracle.ask(document)
