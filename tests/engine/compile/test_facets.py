"""Facets: counts of all matching objects, highest first, at most a hundred."""

from __future__ import annotations

from support.database_helpers import open_client, open_write_engine, parse_articles, seed_articles


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
