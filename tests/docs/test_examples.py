"""Each example of the documentation returns the answer that is printed with it, from the articles in `seed/`."""

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
def test_example_returns_its_answer(api: EngineClient, example: Example) -> None:
    response = {"data": api.execute(example.document, example.variables)}
    # Compare text, because the order of the keys matters too.
    assert json.dumps(response, indent=1) == json.dumps(example.answer, indent=1)


def test_example_of_the_readme_returns_its_answer(api: EngineClient) -> None:
    assert {"data": api.execute(README_EXAMPLE.document)} == README_EXAMPLE.answer
