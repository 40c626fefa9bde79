"""Each example of the documentation returns the answer that is printed with it, from the articles in `seed/`."""

from __future__ import annotations

import json
import re
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from support.commands import run
from support.database_helpers import (
    DATABASE_KINDS,
    REPOSITORY,
    EngineClient,
    open_client,
    open_seeded_client,
    parse_articles,
    read_seed_texts,
)
from support.examples import EXAMPLES, README_EXAMPLE, Example
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.postgresql_server import PostgresqlServer

pytestmark = variant("postgresql")


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


@pytest.mark.parametrize("example", [example for example in EXAMPLES if not example.files], ids=name_of)
def test_example_returns_its_answer(api: EngineClient, example: Example) -> None:
    check_answer(api, example)


@pytest.mark.parametrize("example", [example for example in EXAMPLES if example.files], ids=name_of)
def test_example_with_further_files_returns_its_answer(example: Example, database_url: str, tmp_path: Path) -> None:
    folder = copytree(REPOSITORY / "seed", tmp_path / "seed")
    for name, content in example.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    assert run("seed", "--strict", str(folder), COUNTERPOINT_DATABASE_URL=database_url).exit_code == 0
    with open_client(database_url) as api:
        check_answer(api, example)


def test_example_of_the_readme_returns_its_answer(api: EngineClient) -> None:
    assert {"data": api.execute(README_EXAMPLE.document)} == README_EXAMPLE.answer


def test_query_of_the_page_on_html_reads_all_types_of_blocks(api: EngineClient) -> None:
    page = (REPOSITORY / "docs" / "html.md").read_text(encoding="utf-8")
    (document,) = re.findall(r"^```graphql\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    sections = api.execute(document)["article"]["sections"]
    types = {block["__typename"] for section in sections for block in section["blocks"]}
    assert types == {"Paragraph", "PointList", "Table"}
