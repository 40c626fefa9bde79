"""The newest article determines the spelling of names and the current columns of entities."""

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
    """Return an article with stances of one party, and with a role of a group of the same name."""
    day = f"published: {published}\n" if published else ""
    rows = "".join(f"| {party} | {text} | |\n" for text in (stance, *more) if text)
    table = f"| Party | Stance | Recent Measures |\n|---|---|---|\n{rows}"
    groups = f"| Group | Function | Core Message |\n|---|---|---|\n| {party} | {stance} now | {stance} says |"
    (parsed,) = parse_articles({f"{slug}.md": f"---\ntitle: {slug}\n{day}---\n\n{table}\n{groups}\n"})
    return parsed


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
def test_name_and_stance_come_from_the(database_url: str, articles: list[Article], name: str, stance: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, articles)
        data = api.execute("{ parties { nodes { slug name currentStance } } groups { nodes { ...G } } }" + GROUP)
        assert data["parties"]["nodes"] == [{"slug": "the-party", "name": name, "currentStance": stance}]
        assert data["groups"]["nodes"] == [
            {"name": name, "currentFunction": f"{stance} now", "currentCoreMessage": f"{stance} says"}
        ]


GROUP = " fragment G on Group { name currentFunction currentCoreMessage }"


def test_current_stance_follows_added_and_removed_articles(database_url: str) -> None:
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


def test_articles_and_statements_are_listed_newest_first(database_url: str) -> None:
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, [UNDATED_TOO, OLD, SAME_DAY, UNDATED, NEW])
        data = api.execute(
            '{ articles { nodes { slug } } party(slug: "the-party") { articles { nodes { slug } } '
            "stances { nodes { text } } } }"
        )
        slugs = [{"slug": slug} for slug in ("a-new", "new", "old", "a", "b")]
        assert data["articles"]["nodes"] == data["party"]["articles"]["nodes"] == slugs
        texts = ["same day, earlier slug", "new", "newer row", "old", "undated", "undated too"]
        assert data["party"]["stances"]["nodes"] == [{"text": text} for text in texts]


def test_entities_of_an_article_are_listed_by_first_appearance(database_url: str) -> None:
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
        data = api.execute(
            '{ article(slug: "order") { parties { name } governments { name } policyAreas { name } '
            "approaches { government { name } policyArea { name } text } } }"
        )
    assert data["article"] == {
        "parties": [{"name": "Zeta"}, {"name": "Alpha"}, {"name": "Mu"}],
        "governments": [{"name": "Zion"}, {"name": "Aden"}],
        "policyAreas": [{"name": "Work"}, {"name": "Air"}],
        "approaches": [
            {"government": {"name": "Aden"}, "policyArea": {"name": "Work"}, "text": "x"},
            {"government": {"name": "Aden"}, "policyArea": {"name": "Air"}, "text": "y"},
            {"government": {"name": "Zion"}, "policyArea": {"name": "Work"}, "text": "z"},
        ],
    }
