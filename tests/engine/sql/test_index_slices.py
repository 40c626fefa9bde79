"""The full-text index of PostgreSQL, which a migration creates, looks slices and their groups up."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from counterpoint.engine.sql import index_slices
from support.database_helpers import open_write_engine

MATCH = "(p.words || replace(p.stems, '  ', ' ='))::tsvector @@ '''the'''::tsquery"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (index_slices.select_count("p", f"passage AS p WHERE {MATCH}"), index_slices.SLICE_GROUPS),
        (f"SELECT * FROM {index_slices.select_first('passage', 'p', MATCH)}", 2),
    ],
    ids=["each group", "the middle slice and each slice"],
)
def test_index_looks_up(migrated_postgresql_url: str, query: str, count: int) -> None:
    with open_write_engine(migrated_postgresql_url) as engine, engine.connect() as connection:
        connection.execute(text("SET enable_seqscan = off"))  # because the table is empty
        plan = connection.scalars(text(f"EXPLAIN {query}".replace(":", "\\:"))).all()
    assert sum("Index Cond" in line and "@@" in line and "@>" in line for line in plan) == count, plan
