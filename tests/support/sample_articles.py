"""Three small articles that share parties and other entities, with different spellings of their names."""

from __future__ import annotations

from support.database_helpers import parse_articles

TEXTS = {
    "old.md": """---
title: Old quarrel
slug: old
published: 2019-07-16
authors: [A. Writer, B. Writer]
---

Before any heading.

## Who

| Party | Stance | Recent Measures |
|---|---|---|
| The Mayor | Was against | sued; appealed |
| Governor | Was for | |
| the mayor | Was against, again | marched |

| Group | Function | Core Message |
|---|---|---|
| Activists | Mobilization | Stay |
""",
    "new.md": """---
title: New quarrel
slug: new
published: 2021-01-31
subtitle: Once more
---

## Who

| Party | Stance | Recent Measures |
|---|---|---|
| THE MAYOR | Is for | signed |
| City council | Is split | |

## How

| Policy Area | City's Approach | State's Approach |
|---|---|---|
| Safety | Trust | Force |
| Legal aid | | Cuts |

{.highlights}
- One
- **Label:** Two

## Who

- Other: point
""",
    "undated.md": """---
title: Undated quarrel
---

## What to do

| Challenge | Proposed Solution | Anticipated Benefit |
|---|---|---|
| Distrust | Talk | Trust |
| Delay | Hire | Speed |
| distrust | Listen | Peace |

| Party | Stance | Recent Measures |
|---|---|---|
| the mayor! | Undecided | waited |
| Judges | Apart | |

| Group | Function | Core Message |
|---|---|---|
| activists | Protest | Go |

{.recommendations}
- Wait: and see

> A quote. ![A picture](https://example.org/raid.png "Raid")

| Year | Raids |
|---|---|
| 2019 | 10 |
""",
}

ARTICLES = parse_articles(TEXTS)
