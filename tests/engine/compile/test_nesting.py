"""Lists within lists, as deep as a document may go."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import KINDS, Api, holding
from support.oracle import Oracle
from support.recursive_queries import CHAINS, DEEPEST, nest
from support.sample_articles import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.databases import Server

ORACLE = Oracle(ARTICLES, revision="")

# What is asked beside the nodes of a connection, and how deep.
BESIDE = {
    "bare": ("", (3, 8, DEEPEST)),
    "paged": (" totalCount pageInfo { hasNextPage hasPreviousPage }", (5, 11, DEEPEST)),
}


@pytest.fixture(scope="module", params=KINDS)
def api(request: pytest.FixtureRequest, postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with holding(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


@cache
def expected(document: str) -> str:
    return json.dumps(ORACLE.ask(document))


@pytest.mark.parametrize("beside", BESIDE)
@pytest.mark.parametrize("name", CHAINS)
def test_every_depth_is_answered(api: Api, name: str, beside: str) -> None:
    asked, depths = BESIDE[beside]
    for depth in depths:
        document = nest(name, depth, beside=asked)
        assert json.dumps(api.ask(document)) == expected(document), document


def test_lists_beside_each_other_do_not_add_up(api: Api) -> None:
    depths = [nest(name, DEEPEST)[1:-1].strip() for name in CHAINS]
    document = "{ " + " ".join(f"k{number}: {text}" for number, text in enumerate(depths)) + " }"
    assert json.dumps(api.ask(document)) == expected(document)
