"""Articles for the tests of the reader: many scripts, all kinds of blocks, hostile text, and a long series."""

from __future__ import annotations

from support.database_helpers import REPOSITORY
from support.sample_articles import TEXTS

SERIES_TEXT = """---
title: Part {number}
published: 2020-02-{number:02}
---

| Party | Stance | Recent Measures |
|---|---|---|
| The Mayor | Stance {number} | |

| Policy Area | City's Approach | State's Approach |
|---|---|---|
| Safety | Approach {number} | Force |

| Challenge | Proposed Solution | Anticipated Benefit |
|---|---|---|
| Challenge {number} | Talk | Trust |
"""


def read_articles() -> dict[str, str]:
    """Return the texts of the articles, of which so many name one party that its page has several parts."""
    files = sorted((REPOSITORY / "tests" / "reader" / "articles").glob("*.md"))
    series = {f"part-{number}.md": SERIES_TEXT.format(number=number) for number in range(1, 26)}
    return TEXTS | series | {path.name: path.read_text(encoding="utf-8") for path in files}
