"""Full-text queries of PostgreSQL: one for each condition on the index."""

import json

import pytest

from counterpoint.engine.sql.fulltext import IndexTerm, IndexWord, tsqueries, tsquery

AID = [IndexWord("aid", is_exact=True), IndexWord("aids", is_exact=True)]
LEGAL, THE = [IndexWord("legal", is_exact=True)], [IndexWord("the", is_exact=True)]


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


def test_word_is_also_looked_up_as_a_stem_and_its_stem_in_some_languages() -> None:
    words = [IndexWord("aids"), IndexWord("aid", language_words=("§en", "§fr"))]
    assert tsquery([words], []) == "('aids' | '=aids' | ('aid' | '=aid') & ('§en' | '§fr'))"


def test_prefix_is_looked_up_among_words() -> None:
    assert tsquery([[IndexWord("ai", is_prefix=True, is_exact=True)]], []) == "('ai':*)"
