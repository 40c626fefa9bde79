"""Full-text queries of PostgreSQL: one for each condition on the index."""

import json

import pytest

from counterpoint.engine.sql.fulltext import IndexTerm, IndexWord, tsqueries

AID, LEGAL, THE = [IndexWord("aid"), IndexWord("aids")], [IndexWord("legal")], [IndexWord("the")]


@pytest.mark.parametrize(
    ("terms", "count", "queries"),
    [
        ([THE], 1, ["('the')"]),
        ([THE, LEGAL, AID], 3, ["('legal')", "('the')", "('aid' | 'aids')"]),
        ([THE, LEGAL, AID], 2, ["('legal') & ('aid' | 'aids')", "('the')"]),
        ([THE], 2, ["('the')", "('the')"]),
    ],
    ids=["one word", "longest word first", "more terms than queries", "more queries than terms"],
)
def test_every_term_is_in_a_query(terms: list[IndexTerm], count: int, queries: list[str]) -> None:
    assert json.loads(tsqueries(terms, [], count)) == queries


def test_last_query_excludes_words() -> None:
    assert json.loads(tsqueries([THE, LEGAL], AID, 2)) == ["('legal')", "('the') & !('aid' | 'aids')"]
