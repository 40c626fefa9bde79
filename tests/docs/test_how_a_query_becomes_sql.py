"""docs/how-a-query-becomes-sql.md shows what the engine does. With UPDATE_DOCS set, its blocks are rewritten first."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import KINDS, holding, read_articles, shipped_texts
from support.walkthrough import format_answer, format_sql, generate_blocks, read_blocks, rewrite_blocks

if TYPE_CHECKING:
    from support.databases import Server


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


@pytest.mark.parametrize("kind", KINDS)
def test_answer_is_what_both_databases_return(
    kind: str, postgresql: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    blocks = read_blocks()
    with holding(kind, postgresql, tmp_path_factory, read_articles(shipped_texts())) as api:
        answer = format_answer(api.ask(blocks["graphql query"], json.loads(blocks["json variables"])))
    if os.environ.get("UPDATE_DOCS"):
        rewrite_blocks({"json answer": answer})
    assert read_blocks()["json answer"] == answer


def test_formatting_changes_only_white_space() -> None:
    sql = "SELECT coalesce((SELECT ' FROM (' || a FROM b WHERE (c)), '') AS d"
    assert re.sub(r"\s", "", format_sql(sql)) == re.sub(r"\s", "", sql)
