"""The HTML of a table is stored only if a query cannot make it from the cells. Answers do not depend on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from counterpoint.article.records import Table
from counterpoint.store.migrations import begin_migration, migrate
from support.database_helpers import REPOSITORY, open_client, open_write_engine, parse_articles, seed_articles

if TYPE_CHECKING:
    from sqlalchemy import Engine

PLAIN_TABLES = {
    "several rows": "| Year | Cost |\n|---|---|\n| 2019 | $1 |\n| 2020 | $2 |",
    "one column": "| Year |\n|---|\n| 2019 |\n| 2020 |",
    "empty cells": "| A | B | C |\n|---|---|---|\n| | | |\n| | b | |\n| a | | |",
    "other scripts": "| Größe | 東京 |\n|---|---|\n| Ångström | 😀 |",
    "escaped characters": '| Year | Cost |\n|---|---|\n| a & b | "c" |\n| 1 < 2 | \\\\ |',
    "markup in cells": '| Year | Cost |\n|---|---|\n| *2019* | [$1](https://example.org/ "a, \\"b\\"") |',
    "brackets": "| Year | Cost |\n|---|---|\n| [], [[ | ]], [ |\n| ]], [[ | , |",
}
"""Tables whose HTML follows from the cells."""

OTHER_TABLES = {
    "no rows": "| Year | Cost |\n|---|---|",
    "alignment": "| Year | Cost |\n|---|--:|\n| 2019 | $1 |",
    "markup in the header": "| *Year* | Cost |\n|---|---|\n| 2019 | $1 |",
    "escaped characters in the header": "| Year & month | Cost |\n|---|---|\n| 2019 | $1 |",
    "a cell like the JSON between rows": "| Year | Cost |\n|---|---|\n| ], [ | $1 |",
    "the JSON between cells after a space": "| Year | Cost |\n|---|---|\n| &#44;&#32; | $1 |",
}
"""Tables whose HTML is stored."""

TABLES = {**PLAIN_TABLES, **OTHER_TABLES}

ARTICLES = parse_articles(
    {
        "tables.md": "---\ntitle: Tables\nslug: tables\n---\n\n## Tables\n\n"
        + "\n\n".join(f"Table: {name}\n\n{table}" for name, table in TABLES.items())
        + "\n"
    }
)

HTML = [block.html for block in ARTICLES[0].sections[-1].blocks if isinstance(block, Table)]
HTML_QUERY = '{ article(slug: "tables") { sections { blocks { ... on Table { html } } } } }'
NULLS_QUERY = "SELECT html IS NULL FROM block WHERE type = 'Table' ORDER BY position"


@pytest.fixture
def engine(database_url: str) -> Any:
    with open_write_engine(database_url) as engine:
        seed_articles(engine, ARTICLES)
        yield engine


def read_html(engine: Engine) -> list[str]:
    with open_client(engine.url.render_as_string(hide_password=False)) as api:
        blocks = api.execute(HTML_QUERY)["article"]["sections"][-1]["blocks"]
    return [block["html"] for block in blocks if block]


def find_plain_tables(engine: Engine) -> list[str]:
    """Return the names of the tables without stored HTML."""
    with engine.connect() as connection:
        nulls = connection.scalars(text(NULLS_QUERY)).all()
    return [name for name, is_null in zip(TABLES, nulls, strict=True) if is_null]


def test_answer_has_the_html_of_the_parser(engine: Engine) -> None:
    assert read_html(engine) == HTML
    assert len(HTML) == len(TABLES)


def test_html_that_follows_from_the_cells_is_not_stored(engine: Engine) -> None:
    assert find_plain_tables(engine) == [*PLAIN_TABLES]


def test_migration_deletes_and_restores_the_html(engine: Engine) -> None:
    config = Config(REPOSITORY / "alembic.ini")
    with begin_migration(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0015")
    assert find_plain_tables(engine) == []
    assert read_html(engine) == HTML
    migrate(engine)
    assert find_plain_tables(engine) == [*PLAIN_TABLES]
    assert read_html(engine) == HTML
