"""60 articles that name the same 60 parties, and a query on them that takes longer than any test waits."""

from __future__ import annotations

PARTY_COUNT = 60

_TABLE_ROWS = "".join(f"| Party {number} | Stands | |\n" for number in range(PARTY_COUNT))
_ARTICLE_TEXT = f"---\ntitle: Crowd\n---\n\n| Party | Stance | Recent Measures |\n|---|---|---|\n{_TABLE_ROWS}"

TEXTS = {f"crowd-{number}.md": _ARTICLE_TEXT for number in range(PARTY_COUNT)}


def slow_query(number: int = 0) -> str:
    """Return a query that counts stances: for 60 articles 60 parties, for each party 60 stances, for each 10 counts.

    Another number makes another query.
    """
    counts = " ".join(f"k{count}: stances(first: 0) {{ totalCount }}" for count in range(10))
    stances = f"stances(first: {100 - number}) {{ nodes {{ party {{ {counts} }} }} }}"
    return f"{{ articles(first: 100) {{ nodes {{ parties {{ {stances} }} }} }} }}"
