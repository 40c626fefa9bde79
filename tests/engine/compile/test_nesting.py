"""Nested lists, up to the depth limit of a document."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import DATABASE_KINDS, EngineClient, open_seeded_client
from support.oracle import Oracle
from support.recursive_queries import FIELD_CYCLES, MAX_DEPTH, nested_query
from support.sample_articles import ARTICLES
from support.variants import sample, variant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

pytestmark = pytest.mark.slow

ORACLE = Oracle(ARTICLES, revision="")

# Fields to select beside the nodes of a connection, and the depths to test.
OTHER_FIELDS = {
    "bare": ("", (3, 8, MAX_DEPTH)),
    "paged": (" totalCount pageInfo { hasNextPage hasPreviousPage }", (5, 11, MAX_DEPTH)),
}


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, ARTICLES) as api:
        yield api


@cache
def expected(document: str) -> str:
    return json.dumps(ORACLE.execute(document))


@variant("postgresql")
@pytest.mark.parametrize("selection", OTHER_FIELDS)
@pytest.mark.parametrize("name", sample(FIELD_CYCLES, 3))
def test_every_depth_is_answered(api: EngineClient, name: str, selection: str) -> None:
    other_fields, depths = OTHER_FIELDS[selection]
    for depth in depths:
        document = nested_query(name, depth, beside=other_fields)
        assert json.dumps(api.execute(document)) == expected(document), document


def test_sibling_lists_do_not_add_to_the_depth(api: EngineClient) -> None:
    depths = [nested_query(name, MAX_DEPTH)[1:-1].strip() for name in FIELD_CYCLES]
    document = "{ " + " ".join(f"k{number}: {text}" for number, text in enumerate(depths)) + " }"
    assert json.dumps(api.execute(document)) == expected(document)
