"""docs/how-a-query-becomes-sql.md shows what the engine does. With UPDATE_DOCS set, its blocks are rewritten first."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import DATABASE_KINDS, open_seeded_client, parse_articles, read_seed_texts
from support.walkthrough import format_answer, format_sql, generate_blocks, read_blocks, rewrite_blocks

if TYPE_CHECKING:
    from support.postgresql_server import PostgresqlServer


def generate() -> dict[str, str]:
    blocks = read_blocks()
    generated = generate_blocks(blocks["graphql query"], json.loads(blocks["json variables"]))
    if os.environ.get("UPDATE_DOCS"):
        rewrite_blocks(generated)
    return generated


def test_every_stage_is_what_the_engine_generates() -> None:
    generated = generate()
    shown = read_blocks()
    assert {name: shown[name] for name in generated} == generated
    assert shown.keys() - generated.keys() == {"graphql query", "json variables", "json answer"}


@pytest.mark.parametrize("kind", DATABASE_KINDS)
def test_answer_is_what_both_databases_return(
    kind: str, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    blocks = read_blocks()
    with open_seeded_client(kind, postgresql, tmp_path_factory, parse_articles(read_seed_texts())) as api:
        answer = format_answer(api.execute(blocks["graphql query"], json.loads(blocks["json variables"])))
    if os.environ.get("UPDATE_DOCS"):
        rewrite_blocks({"json answer": answer})
    assert read_blocks()["json answer"] == answer


def test_formatting_changes_only_white_space() -> None:
    sql = "SELECT coalesce((SELECT ' FROM (' || a FROM b WHERE (c)), '') AS d"
    assert re.sub(r"\s", "", format_sql(sql)) == re.sub(r"\s", "", sql)
