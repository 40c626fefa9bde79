"""What the newest article decides: how names are spelled, and where an entity stands now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from support.article_strategies import with_content_hash
from support.database_helpers import open_client, open_write_engine, parse_articles, seed_articles

if TYPE_CHECKING:
    from counterpoint.article.records import Article


def article(slug: str, published: str | None, party: str, stance: str | None, *more: str) -> Article:
    """Write an article that states one stance; or one that names the government alone."""
    day = f"published: {published}\n" if published else ""
    rows = "".join(f"| {party} | {text} | |\n" for text in (stance, *more) if text)
    table = f"| Party | Stance | Recent Measures |\n|---|---|---|\n{rows}"
    groups = f"| Group | Function | Core Message |\n|---|---|---|\n| {party} | {stance} now | {stance} says |"
    (read,) = parse_articles({f"{slug}.md": f"---\ntitle: {slug}\n{day}---\n\n{table}\n{groups}\n"})
    return read


OLD = article("old", "2001-01-01", "The Party", "old")
NEW = article("new", "2020-12-31", "THE PARTY", "new", "newer row")
SAME_DAY = article("a-new", "2020-12-31", "the party!", "same day, earlier slug")
UNDATED = article("a", None, "the Party", "undated")
UNDATED_TOO = article("b", None, "tHE pARTY", "undated too")

CASES = {
    "newest day": ([OLD, NEW], "THE PARTY", "new"),
    "first slug of one day": ([OLD, NEW, SAME_DAY], "the party!", "same day, earlier slug"),
    "dated before undated": ([UNDATED, OLD], "The Party", "old"),
    "first slug of those without a day": ([UNDATED_TOO, UNDATED], "the Party", "undated"),
    "only one": ([UNDATED_TOO], "tHE pARTY", "undated too"),
}


@pytest.mark.parametrize(("articles", "name", "stance"), CASES.values(), ids=CASES)
def test_name_and_stance_are_those_of_the(database_url: str, articles: list[Article], name: str, stance: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, articles)
        told = api.execute("{ parties { nodes { slug name currentStance } } groups { nodes { ...G } } }" + GROUP)
        assert told["parties"]["nodes"] == [{"slug": "the-party", "name": name, "currentStance": stance}]
        assert told["groups"]["nodes"] == [
            {"name": name, "currentFunction": f"{stance} now", "currentCoreMessage": f"{stance} says"}
        ]


GROUP = " fragment G on Group { name currentFunction currentCoreMessage }"


def test_stance_of_an_entity_follows_the_articles_that_come_and_go(database_url: str) -> None:
    def current() -> tuple[str, str]:
        (party,) = api.execute("{ parties { nodes { name currentStance } } }")["parties"]["nodes"]
        return party["name"], party["currentStance"]

    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, [OLD])
        assert current() == ("The Party", "old")
        seed_articles(engine, [OLD, NEW])
        assert current() == ("THE PARTY", "new")
        seed_articles(engine, [OLD, with_content_hash(replace(NEW, published=date(2000, 1, 1)))])
        assert current() == ("The Party", "old")
        seed_articles(engine, [with_content_hash(replace(NEW, published=None)), UNDATED])
        assert current() == ("the Party", "undated")


def test_articles_and_statements_come_newest_first(database_url: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, [UNDATED_TOO, OLD, SAME_DAY, UNDATED, NEW])
        told = api.execute(
            '{ articles { nodes { slug } } party(slug: "the-party") { articles { nodes { slug } } '
            "stances { nodes { text } } } }"
        )
        slugs = [{"slug": slug} for slug in ("a-new", "new", "old", "a", "b")]
        assert told["articles"]["nodes"] == told["party"]["articles"]["nodes"] == slugs
        texts = ["same day, earlier slug", "new", "newer row", "old", "undated", "undated too"]
        assert told["party"]["stances"]["nodes"] == [{"text": text} for text in texts]


def test_entities_of_an_article_come_as_they_first_appear(database_url: str) -> None:
    text = """---
title: Order
---

| Party | Stance | Recent Measures |
|---|---|---|
| Zeta | a | |
| Alpha | b | |
| ZETA | c | |
| Mu | d | |

| Policy Area | Zion's Approach | Aden's Approach |
|---|---|---|
| Work | | x |
| Air | | y |
| work | z | |
"""
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, parse_articles({"order.md": text}))
        told = api.execute(
            '{ article(slug: "order") { parties { name } governments { name } policyAreas { name } '
            "approaches { government { name } policyArea { name } text } } }"
        )
    assert told["article"] == {
        "parties": [{"name": "Zeta"}, {"name": "Alpha"}, {"name": "Mu"}],
        "governments": [{"name": "Zion"}, {"name": "Aden"}],
        "policyAreas": [{"name": "Work"}, {"name": "Air"}],
        "approaches": [
            {"government": {"name": "Aden"}, "policyArea": {"name": "Work"}, "text": "x"},
            {"government": {"name": "Aden"}, "policyArea": {"name": "Air"}, "text": "y"},
            {"government": {"name": "Zion"}, "policyArea": {"name": "Work"}, "text": "z"},
        ],
    }
