"""The manual's examples, asked of the article that comes with the repository."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import DATABASE_KINDS, EngineClient, open_seeded_client, parse_articles, read_seed_texts
from support.examples import EXAMPLES, README_EXAMPLE, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, parse_articles(read_seed_texts())) as api:
        yield api


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_answer_is_as_the_manual_says(api: EngineClient, example: Example) -> None:
    told = {"data": api.execute(example.document, example.variables)}
    # As text, for the keys come in the order in which they were asked for.
    assert json.dumps(told, indent=1) == json.dumps(example.answer, indent=1)


def test_answer_is_as_the_readme_says(api: EngineClient) -> None:
    assert {"data": api.execute(README_EXAMPLE.document)} == README_EXAMPLE.answer
