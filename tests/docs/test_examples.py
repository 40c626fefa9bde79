"""The manual's examples, asked of the article that comes with the repository."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import KINDS, Api, holding, read_articles, shipped_texts
from support.examples import EXAMPLES, README, Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.databases import Server


@pytest.fixture(scope="module", params=KINDS)
def api(request: pytest.FixtureRequest, postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with holding(request.param, postgresql, tmp_path_factory, read_articles(shipped_texts())) as api:
        yield api


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_answer_is_as_the_manual_says(api: Api, example: Example) -> None:
    told = {"data": api.ask(example.document, example.variables)}
    # As text, for the keys come in the order in which they were asked for.
    assert json.dumps(told, indent=1) == json.dumps(example.answer, indent=1)


def test_answer_is_as_the_readme_says(api: Api) -> None:
    assert {"data": api.ask(README.document)} == README.answer
