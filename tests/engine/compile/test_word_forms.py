"""Search finds the forms of a word in the language of each article, exact forms first."""

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

DOCUMENT = """query ($query: String!, $kinds: [SearchKind!], $where: ArticleFilter, $first: Int, $after: String) {
    search(query: $query, kinds: $kinds, where: $where, first: $first, after: $after) {
        edges { cursor kind snippet node { id } article { slug } section { slug } } totalCount
    }
}"""

ARTICLES = {
    "english.md": """---
title: On policies
language: en-GB
published: 2020-01-01
---

The raids failed.

A raid is the plan, a raid soon.

They raided the port.

The raiders came by ship.

| Party | Stance | Recent Measures |
|---|---|---|
| Raid Watch | Opposes raiding | Rated the raids |

## Résumé

A rat.
""",
    "german.md": """---
title: Häuser
language: de
published: 2020-01-02
---

Die Ab\u00adschie\u00adbungen aus den Häusern.

Eine Abschiebung wegen der raids.
""",
    "norwegian.md": "---\ntitle: Husene\nlanguage: nb\n---\n\nTo hus.\n",
    "ukrainian.md": "---\ntitle: Рейди\nlanguage: uk\n---\n\n«Рейд»\n",
    "spanish.md": "---\ntitle: Precios\nlanguage: es\n---\n\nUn rat.\n",
}


@pytest.fixture(scope="module", params=DATABASE_KINDS)
def api(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EngineClient]:
    articles = parse_articles(ARTICLES)
    with open_seeded_client(request.param, postgresql, tmp_path_factory, articles) as api:
        yield api


def hits(api: EngineClient, query: str, **arguments: Any) -> list[dict[str, Any]]:
    search = api.execute(DOCUMENT, {"query": query, "first": 100, **arguments})["search"]
    assert search["totalCount"] == len(search["edges"])
    edges: list[dict[str, Any]] = search["edges"]
    return edges


def snippets(api: EngineClient, query: str, **arguments: Any) -> list[str]:
    return [edge["snippet"] for edge in hits(api, query, **arguments)]


def paragraphs(api: EngineClient, query: str, **arguments: Any) -> set[str]:
    return set(snippets(api, query, kinds=["PARAGRAPH"], **arguments))


RAIDS = {
    "The <mark>raids</mark> failed.",
    "A <mark>raid</mark> is the plan, a <mark>raid</mark> soon.",
    "They <mark>raided</mark> the port.",
}


@pytest.mark.parametrize("query", ["raid", "RAIDS", "raided", "raiding"])
def test_word_finds_and_marks_its_other_forms(api: EngineClient, query: str) -> None:
    assert paragraphs(api, query, where={"language": ["en-GB"]}) == RAIDS


def test_forms_are_those_of_the_language_of_the_article(api: EngineClient) -> None:
    assert paragraphs(api, "raid", where={"language": ["de"]}) == {"Eine Abschiebung wegen der <mark>raids</mark>."}
    assert paragraphs(api, "hus") == {"To <mark>hus</mark>."}
    assert snippets(api, "huset") == ["<mark>Husene</mark>", "To <mark>hus</mark>."]
    # In Spanish, `rates` and `rat` have the same stem; in English they have not.
    assert paragraphs(api, "rates") == {"Un <mark>rat</mark>."}
    assert snippets(api, "rates", kinds=["MEASURE"]) == ["Raid Watch · <mark>Rated</mark> the raids"]


def test_language_without_stemmer_has_exact_words_only(api: EngineClient) -> None:
    assert snippets(api, "рейд") == ["«<mark>Рейд</mark>»"]
    assert snippets(api, "рейди") == ["<mark>Рейди</mark>"]


def test_diacritics_are_ignored_in_words_and_stems(api: EngineClient) -> None:
    for query in ("Häuser", "hauser", "Haus"):
        assert snippets(api, query) == [
            "<mark>Häuser</mark>",
            "Die Ab\u00adschie\u00adbungen aus den <mark>Häusern</mark>.",
        ]
    assert snippets(api, "resume") == ["<mark>Résumé</mark>"]


def test_soft_hyphen_does_not_cut_a_word(api: EngineClient) -> None:
    for query in ("abschiebungen", "Ab\u00adschiebungen", '"abschiebungen"', "abschiebung\u00ade*"):
        assert "Die <mark>Ab\u00adschie\u00adbungen</mark> aus den Häusern." in paragraphs(api, query)
    assert paragraphs(api, "schie") == set()


def test_exact_forms_come_first_and_then_shorter_passages(api: EngineClient) -> None:
    order = [
        snippet.partition("<mark>")[2].partition("</mark>")[0]
        for snippet in snippets(api, "raids", kinds=["PARAGRAPH"])
    ]
    assert order == ["raids", "raids", "raided", "raid"]
    assert snippets(api, "raid", where={"slug": ["english"]})[0].startswith("A <mark>raid</mark> is the plan")


def test_pages_of_exact_and_other_forms_follow_each_other(api: EngineClient) -> None:
    edges = hits(api, "raids")
    after, paged = None, []
    for _ in edges:
        (edge,) = api.execute(DOCUMENT, {"query": "raids", "first": 1, "after": after})["search"]["edges"]
        paged.append(edge)
        after = edge["cursor"]
    assert paged == edges
    assert len({edge["cursor"] for edge in edges}) == len(edges)


def test_phrase_prefix_and_quoted_word_are_exact(api: EngineClient) -> None:
    assert paragraphs(api, '"raid"') == RAIDS - {"The <mark>raids</mark> failed.", "They <mark>raided</mark> the port."}
    assert paragraphs(api, '"raids failed"') == {"The <mark>raids failed</mark>."}
    assert paragraphs(api, '"raid failed"') == set()
    assert paragraphs(api, "raide*") == {"They <mark>raided</mark> the port.", "The <mark>raiders</mark> came by ship."}
    assert paragraphs(api, "policie*") == set()
    assert snippets(api, "policie*") == ["On <mark>policies</mark>"]
    assert snippets(api, "polici*") == ["On <mark>policies</mark>"]
    assert snippets(api, '"polici"') == []


@pytest.mark.parametrize("where", [None, {"slug": ["english"]}], ids=["index", "one article"])
def test_excluded_word_excludes_its_forms(api: EngineClient, where: dict[str, Any] | None) -> None:
    assert paragraphs(api, "the -raids", where=where) == {"<mark>The</mark> raiders came by ship."}
    assert paragraphs(api, "the -raiding", where=where) == {"<mark>The</mark> raiders came by ship."}
    assert paragraphs(api, 'the -"raids"', where=where) == {
        "<mark>The</mark> raiders came by ship.",
        "They raided <mark>the</mark> port.",
        "A raid is <mark>the</mark> plan, a raid soon.",
    }
    assert paragraphs(api, "raid -raide*", where=where) & RAIDS == RAIDS - {"They <mark>raided</mark> the port."}


def test_several_words_match_in_different_forms(api: EngineClient) -> None:
    assert paragraphs(api, "raid ports") == {"They <mark>raided</mark> the <mark>port</mark>."}
    assert paragraphs(api, '"the port" raids') == {"They <mark>raided</mark> <mark>the port</mark>."}
    assert paragraphs(api, "raid fail", where={"slug": ["english"]}) == {"The <mark>raids</mark> <mark>failed</mark>."}


def test_beyond_sixteen_words_the_longest_match_in_all_forms(database_url: str) -> None:
    words = [f"{letter}{letter}policies" for letter in "abcdefghijklmnop"]
    paragraph = f"{' '.join(words)} dogs"
    article = f"---\ntitle: Many\n---\n\n{paragraph}\n"
    singular = [word.replace("ies", "y") for word in words]
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, parse_articles({"many.md": article}))
        for where in (None, {"slug": ["many"]}):
            assert len(hits(api, " ".join(singular), where=where)) == 1
            assert len(hits(api, f"{' '.join(singular)} dogs", where=where)) == 1
            assert len(hits(api, f"{' '.join(singular)} dog", where=where)) == 1
            assert len(hits(api, f"{' '.join(singular)} dogged", where=where)) == 0


def test_name_has_exact_words_only_and_its_statements_have_forms(api: EngineClient) -> None:
    assert [edge["kind"] for edge in hits(api, "watch raid")] == ["PARTY", "STANCE", "MEASURE"]
    assert [edge["kind"] for edge in hits(api, "watches")] == ["STANCE", "MEASURE"]


def test_hit_names_its_article_and_section(api: EngineClient) -> None:
    places = {
        (edge["kind"], edge["article"] and edge["article"]["slug"], edge["section"] and edge["section"]["slug"])
        for edge in hits(api, "policy") + hits(api, "resume") + hits(api, "watch") + hits(api, "rat")
    }
    assert places == {
        ("ARTICLE", "english", None),
        ("SECTION", "english", "résumé"),
        ("PARTY", None, None),
        ("STANCE", "english", "_top"),
        ("MEASURE", "english", "_top"),
        ("PARAGRAPH", "english", "résumé"),
        ("PARAGRAPH", "spanish", "_top"),
    }


def test_article_and_section_of_a_hit_can_be_nested(api: EngineClient) -> None:
    (edge,) = api.execute(
        """{ search(query: "ports") { edges {
            article { title stances { measures { text } } sections { blocks { ... on Paragraph { text } } } }
            section { article { slug } blocks { __typename ... on Table { statements { id article { slug } } } } }
        } } }"""
    )["search"]["edges"]
    assert edge["article"]["title"] == "On policies"
    assert edge["article"]["stances"] == [{"measures": [{"text": "Rated the raids"}]}]
    assert edge["section"]["article"] == {"slug": "english"}
    assert [block["__typename"] for block in edge["section"]["blocks"]] == ["Paragraph"] * 4 + ["Table"]


def test_counts_cover_all_hits_of_all_pages(api: EngineClient) -> None:
    data = api.execute(
        """{ search(query: "raid", first: 1) {
            totalCount edges { kind }
            kinds: counts(by: KIND) { key label total }
            articles: counts(by: ARTICLE) { key label total }
            languages: counts(by: LANGUAGE) { key label total }
        } }"""
    )["search"]
    assert data["totalCount"] == 7
    assert len(data["edges"]) == 1
    assert data["kinds"] == [
        {"key": "PARAGRAPH", "label": "Paragraph", "total": 4},
        {"key": "MEASURE", "label": "Measure", "total": 1},
        {"key": "PARTY", "label": "Party", "total": 1},
        {"key": "STANCE", "label": "Stance", "total": 1},
    ]
    assert data["articles"] == [
        {"key": "english", "label": "On policies", "total": 5},
        {"key": "german", "label": "Häuser", "total": 1},
    ]
    assert data["languages"] == [
        {"key": "en-GB", "label": "en-GB", "total": 5},
        {"key": "de", "label": "de", "total": 1},
    ]


def test_counts_follow_the_filters_and_are_at_most_a_hundred(database_url: str) -> None:
    articles = {f"{number:03}.md": "---\ntitle: A raid\n---\n\nSome raids.\n" for number in range(120)}
    document = """query ($kinds: [SearchKind!], $where: ArticleFilter) {
        search(query: "raid", kinds: $kinds, where: $where, first: 0) {
            counts(by: ARTICLE) { key total } kinds: counts(by: KIND) { key total }
        }
    }"""
    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        seed_articles(engine, parse_articles(articles))
        everything = api.execute(document)["search"]
        filtered = api.execute(document, {"kinds": ["PARAGRAPH"], "where": {"slug": ["007", "008"]}})["search"]
        nothing = api.execute(document, {"kinds": []})["search"]
    assert everything["counts"] == [{"key": f"{number:03}", "total": 2} for number in range(100)]
    assert everything["kinds"] == [{"key": "ARTICLE", "total": 120}, {"key": "PARAGRAPH", "total": 120}]
    assert filtered == {
        "counts": [{"key": "007", "total": 1}, {"key": "008", "total": 1}],
        "kinds": [{"key": "PARAGRAPH", "total": 2}],
    }
    assert nothing == {"counts": [], "kinds": []}


def test_changed_language_changes_the_forms(database_url: str) -> None:
    def article(language: str) -> dict[str, str]:
        return {"a.md": f"---\ntitle: A\nlanguage: {language}\n---\n\nSome raids.\n"}

    with open_write_engine(database_url) as engine, open_client(database_url) as api:
        for language, total in (("en", 1), ("uk", 0), ("en", 1)):
            seed_articles(engine, parse_articles(article(language)))
            assert len(hits(api, "raid")) == total
