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


def name_of(example: Example) -> str:
    return example.name


def check_answer(api: EngineClient, example: Example) -> None:
    response = {"data": api.execute(example.document, example.variables)}
    # Compare text, because the order of the keys matters too.
    assert json.dumps(response, indent=1) == json.dumps(example.answer, indent=1)


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, parse_articles(read_seed_texts())) as api:
        yield api


@pytest.mark.parametrize("example", [example for example in EXAMPLES if not example.articles], ids=name_of)
def test_example_returns_its_answer(api: EngineClient, example: Example) -> None:
    check_answer(api, example)


@pytest.mark.parametrize("kind", DATABASE_KINDS)
@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.articles], ids=name_of)
def test_example_with_further_articles_returns_its_answer(
    example: Example, kind: str, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    articles = parse_articles(read_seed_texts() | example.articles)
    with open_seeded_client(kind, postgresql, tmp_path_factory, articles) as api:
        check_answer(api, example)


def test_example_of_the_readme_returns_its_answer(api: EngineClient) -> None:
    assert {"data": api.execute(README_EXAMPLE.document)} == README_EXAMPLE.answer
