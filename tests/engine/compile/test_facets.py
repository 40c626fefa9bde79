"""Facets: counts of all matching objects, highest first, at most a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from support.database_helpers import (
    DATABASE_KINDS,
    EngineClient,
    open_client,
    open_seeded_client,
    open_write_engine,
    parse_articles,
    seed_articles,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

PARTIES = """
| Party | Stance | Recent Measures |
|---|---|---|
"""
SOLUTIONS = """
| Challenge | Proposed Solution | Anticipated Benefit |
|---|---|---|
"""
TEXTS = {
    "new.md": f"""---
title: New
published: 2021-01-31
updated: 2021-02-01
authors: [anna lee, Bo, ANNA  LEE]
language: pt-br
---
{PARTIES}| Mayor | For | |
| Judges | For | |
{SOLUTIONS}| Distrust | Talk | Trust |
| Distrust | Listen | Trust |
""",
    "old.md": f"""---
title: Old
published: 2019-07-16
updated: 2022-05-05
authors: Anna Lee
language: pt-BR
---
{PARTIES}| The Mayor | For | |
| mayor | Against | |
{SOLUTIONS}| Distrust | Hire | Speed |
""",
    "undated.md": f"""---
title: Undated
---
{PARTIES}| MAYOR | Apart | |
""",
    "updated.md": """---
title: Updated
updated: 2020-01-01
authors: [Bo]
---

Text.
""",
}
"""Articles whose languages, authors and parties are spelled in several ways."""


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    with open_seeded_client(request.param, postgresql, tmp_path_factory, parse_articles(TEXTS)) as api:
        yield api


def read_counts(api: EngineClient, connection: str, by: str) -> list[tuple[str, str, int]]:
    """Return the facets of a connection to articles, given with its arguments, as keys, labels and totals."""
    data: Any = api.execute(f"{{ {connection} {{ counts(by: {by}) {{ key label total }} }} }}")
    (page,) = data.values()
    return [(count["key"], count["label"], count["total"]) for count in page["counts"]]


COUNTS = [
    ("articles", "LANGUAGE", [("en", "en", 2), ("pt-br", "pt-br", 2)]),
    ("articles", "YEAR", [("2019", "2019", 1), ("2021", "2021", 1)]),
    # An author counts once for each article, spelled as in the newest one; the first spelling there counts.
    ("articles", "AUTHOR", [("Bo", "Bo", 2), ("anna lee", "anna lee", 2)]),
    ("articles", "PARTY", [("mayor", "Mayor", 3), ("judges", "Judges", 1), ("the-mayor", "The Mayor", 1)]),
    ("articles", "GROUP", []),
    # The spelling does not depend on the filter.
    ('articles(where: { slug: ["old"] })', "AUTHOR", [("anna lee", "anna lee", 1)]),
    ('articles(where: { slug: ["old"] })', "LANGUAGE", [("pt-br", "pt-br", 1)]),
    ('articles(where: { parties: { slug: ["mayor"] } })', "YEAR", [("2019", "2019", 1), ("2021", "2021", 1)]),
    ('articles(where: { not: { authors: ["BO"] } })', "PARTY", [("mayor", "Mayor", 2), ("the-mayor", "The Mayor", 1)]),
    ("articles(where: { slug: [] })", "PARTY", []),
    ("parties", "ARTICLE", [("new", "New", 2), ("old", "Old", 2), ("undated", "Undated", 1)]),
    ('parties(where: { name: { eq: "mayor" } })', "ARTICLE", [(s, s.title(), 1) for s in ("new", "old", "undated")]),
    ("groups", "ARTICLE", []),
    ("challenges", "ARTICLE", [("new", "New", 1), ("old", "Old", 1)]),
    ("proposedSolutions", "ARTICLE", [("new", "New", 2), ("old", "Old", 1)]),
]


@pytest.mark.parametrize(("connection", "by", "expected"), COUNTS)
def test_counts_by_each_property(
    api: EngineClient, connection: str, by: str, expected: list[tuple[str, str, int]]
) -> None:
    assert read_counts(api, connection, by) == expected


def test_counts_of_a_child_connection_cover_its_parent_only(api: EngineClient) -> None:
    document = """{ party(slug: "judges") { articles {
        author: counts(by: AUTHOR) { key total } party: counts(by: PARTY) { key total } year: counts(by: YEAR) { key }
    } } }"""
    assert api.execute(document)["party"]["articles"] == {
        "author": [{"key": "Bo", "total": 1}, {"key": "anna lee", "total": 1}],
        "party": [{"key": "judges", "total": 1}, {"key": "mayor", "total": 1}],
        "year": [{"key": "2021"}],
    }


def test_key_of_a_challenge_finds_it_by_its_id(api: EngineClient) -> None:
    first, second = read_counts(api, "proposedSolutions", "CHALLENGE")
    assert (first[1:], second[1:]) == (("Distrust", 2), ("Distrust", 1))
    document = "query ($id: ID!) { node(id: $id) { ... on Challenge { text article { slug } } } }"
    assert api.execute(document, {"id": first[0]})["node"] == {"text": "Distrust", "article": {"slug": "new"}}


def test_several_facets_and_a_page_are_one_statement(api: EngineClient) -> None:
    names = ("LANGUAGE", "YEAR", "AUTHOR", "PARTY", "GOVERNMENT", "POLICY_AREA", "GROUP")
    facets = " ".join(f"{name}: counts(by: {name}) {{ key total }}" for name in names)
    before = api.query_counter.query_count
    where = '{ parties: { slug: ["mayor"] } }'
    api.execute(f"{{ articles(where: {where}) {{ totalCount nodes {{ slug }} {facets} }} }}")
    assert api.query_counter.query_count == before + 1


def test_counts_are_the_hundred_highest_in_descending_order(database_url: str) -> None:
    names = [f"Party {number:03}" for number in range(120)]
    rows = "".join(f"| {name} | for | {'did; ' * (number % 3)} |\n" for number, name in enumerate(names))
    text = f"---\ntitle: Many\n---\n\n| Party | Stance | Recent Measures |\n|---|---|---|\n{rows}"
    document = """query ($where: MeasureFilter) {
        stances(first: 0) { counts(by: PARTY) { key label total } }
        measures(first: 1) { counts(by: PARTY) { key total } }
        none: measures(where: { party: { slug: [] } }) { counts(by: ARTICLE) { key } }
        some: measures(where: $where) { totalCount nodes { text } counts(by: ARTICLE) { label total } }
    }"""
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, parse_articles({"many.md": text}))
        data = api.execute(document, {"where": {"party": {"name": {"startsWith": "PARTY 00"}}}})
    assert data["stances"]["counts"] == [
        {"key": name.lower().replace(" ", "-"), "label": name, "total": 1} for name in names[:100]
    ]
    twice = [{"key": f"party-{number:03}", "total": 2} for number in range(2, 120, 3)]
    once = [{"key": f"party-{number:03}", "total": 1} for number in range(1, 120, 3)]
    assert data["measures"]["counts"] == twice + once
    assert data["none"]["counts"] == []
    assert data["some"] == {"totalCount": 9, "nodes": [{"text": "did"}] * 9, "counts": [{"label": "Many", "total": 9}]}
