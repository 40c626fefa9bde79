"""Cache tags: the types that an answer depends on, and the articles that it looks up by slug."""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import Any, cast

import pytest
from sqlalchemy import make_url

from counterpoint.engine.engine import Database, Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.store.models import metadata
from support.database_helpers import SCHEMA, UNLIMITED_LIMITS
from support.recursive_queries import FIELD_CYCLES, MAX_DEPTH, nested_query

SCHEMA_MAPPING = SCHEMA.mapping
NO_DATABASE = cast("Database", None)
"""No query is executed."""

ENGINES = [
    Engine(
        SCHEMA.graphql,
        SCHEMA_MAPPING,
        dialect_for(make_url(url)),
        NO_DATABASE,
        UNLIMITED_LIMITS,
    )
    for url in ("sqlite://", "postgresql+psycopg://")
]
BLOCKS = "paragraph pointlist table"
STATEMENTS = "approach challenge measure proposedsolution role stance"
SEARCH_TAGS = f"article government group party point policyarea section {STATEMENTS}"
BY_SLUG = "query ($slug: String!) { article(slug: $slug) { title } }"
BY_ID = "query ($id: ID!) { node(id: $id) { id ... on Article { sections { heading } } } }"


def tags_of(document: str, variables: dict[str, Any] | None = None) -> list[str]:
    """Return the tags of an operation, which are equal for both databases.

    Each article that it looks up mentions one entity of each type, with the slug `m`.
    """
    prepared = [asyncio.run(engine.prepare(document, None, variables or {})) for engine in ENGINES]
    lite, post = (one.tags.complete(b"party:m,government:m,policyarea:m,group:m") for one in prepared)
    assert lite == post
    assert list(lite) == sorted(set(lite))
    return [*lite]


CASES = {
    # Only parts of one article.
    '{ article(slug: "x") { title } }': "article:x",
    '{ article(slug: "x") { source { path sha256 line } authors } }': "article:x",
    '{ article(slug: "x") { sections { heading source { path } article { title } } } }': "article:x",
    '{ article(slug: "x") { stances { measures { stance { section { blocks { __typename } } } } } } }': "article:x",
    '{ article(slug: "x") { points(kind: OTHER) { text } challenges { proposedSolutions { text } } } }': "article:x",
    '{ article(slug: "x") { sections { blocks { ... on Table { statements { id } } } } } }': "article:x",
    '{ node(id: "Article:x") { id ... on Article { sections { heading } } } }': "article:x",
    '{ a: article(slug: "x") { title } b: node(id: "Article:x") { id } c: article(slug: "y") { title } }': (
        "article:x article:y"
    ),
    # Other language versions, because a change of one is reported for all.
    '{ article(slug: "x") { formerSlugs translations { title source { path } } } }': "article:x",
    '{ article(slug: "x") { translations { sections { heading } translations { stances { text } } } } }': "article:x",
    '{ article(slug: "x") { translations { parties { name } } } }': "article:x party",
    # A filter without selected content.
    '{ stances(where: { article: { parties: { name: { eq: "x" } } } }) { __typename } }': "",
    # A relation in which nothing is given reads no table.
    "{ articles(where: { parties: { slug: null }, not: { groups: {} } }) { nodes { title } } }": "article",
    # The entities that the article mentions, with all that their articles say.
    '{ article(slug: "x") { title stances { party { name } } } }': "article:x party:m",
    '{ article(slug: "x") { parties { name } governments { name } policyAreas { name } groups { name } } }': (
        "article:x government:m group:m party:m policyarea:m"
    ),
    '{ node(id: "Article:x") { ... on Article { parties { name } } } }': "article:x party:m",
    '{ a: article(slug: "x") { title } b: article(slug: "y") { groups { name } } }': "article:x article:y group:m",
    '{ article(slug: "x") { stances { party { measures { nodes { text article { title } } } } } } }': (
        "article:x party:m"
    ),
    '{ article(slug: "x") { stances { party { measures { totalCount } } } } }': "article:x party:m",
    '{ article(slug: "x") { parties { articles { nodes { title sections { heading } } } } } }': "article:x party:m",
    '{ article(slug: "x") { parties { stances(where: {measures: {text: {eq: "a"}}}) { totalCount } } } }': (
        "article:x party:m"
    ),
    '{ article(slug: "x") { title } articles { nodes { title } } }': "article article:x",
    # An entity, with all that its articles say.
    '{ party(slug: "x") { name currentStance } }': "party:x",
    '{ party(slug: "x") { articles { totalCount nodes { title sections { blocks { __typename } } } } } }': "party:x",
    '{ party(slug: "x") { stances { nodes { text source { path } party { name } measures { text } } } } }': "party:x",
    '{ party(slug: "x") { stances { counts(by: ARTICLE) { label } } } }': "party:x",
    '{ points(where: { article: { slug: ["x"] } }) { counts(by: KIND) { key } } }': "article:x",
    '{ policyArea(slug: "x") { approaches { totalCount } } }': "policyarea:x",
    '{ node(id: "Group:x") { ... on Group { roles { nodes { group { currentFunction } } } } } }': "group:x",
    '{ nodes(ids: ["Article:x", "Party:a", "nothing"]) { id ... on Article { parties { name } } } }': (
        "article:x party:a party:m"
    ),
    # Other entities that these articles mention.
    '{ party(slug: "x") { articles { nodes { parties { name } } } } }': "party party:x",
    '{ party(slug: "x") { stances { counts(by: PARTY) { label } } } }': "party:x",
    '{ government(slug: "x") { approaches { counts(by: POLICY_AREA) { label } } } }': "government:x policyarea",
    '{ party(slug: "x") { articles(where: { groups: { slug: ["a"] } }) { totalCount } } }': "group:a party:x",
    # A filter that only rows of some articles or entities match.
    '{ articles(where: { slug: ["x", "y"] }) { nodes { title groups { name } } } }': "article:x article:y group:m",
    '{ stances(where: { article: { slug: ["x"] } }) { nodes { text party { name } } } }': "article:x party:m",
    '{ measures(where: {party: {slug: ["a"]}}) { totalCount nodes { article { title } } } }': "party:a",
    '{ measures(where: {stance: {party: {slug: ["a"]}}}) { totalCount } }': "party:a",
    '{ parties(where: {slug: ["a", "b"]}) { nodes { name stances { totalCount } } } }': "party:a party:b",
    '{ articles(where: {parties: {slug: ["a"]}}) { nodes { title } } }': "party:a",
    '{ articles(where: {and: [{}, {parties: {slug: ["a"]}}], or: [{title: {eq: "b"}}]}) { totalCount } }': "party:a",
    '{ articles(where: {parties: {slug: ["a"]}, governments: {slug: ["b"]}}) { totalCount } }': "government:b party:a",
    "{ articles(where: {slug: []}) { totalCount } }": "",
    '{ articles(where: {slug: ["x"]}) { counts(by: PARTY) { label } } }': "article:x party:m",
    '{ party(slug: "x") { articles(where: {authors: ["A"], language: ["en"]}) { totalCount } } }': "party:x",
    # The spelling of a language or an author may come from any article.
    '{ party(slug: "x") { articles { counts(by: LANGUAGE) { key } } } }': "article party:x",
    '{ articles(where: {slug: ["x"]}) { counts(by: AUTHOR) { label } } }': "article article:x",
    # A filter that other rows match too.
    '{ articles(where: {not: {parties: {slug: ["a"]}}}) { totalCount } }': "article party:a",
    '{ articles(where: {or: [{parties: {slug: ["a"]}}, {title: {eq: "b"}}]}) { totalCount } }': "article party:a",
    '{ parties(where: {articles: {slug: ["x"]}}) { totalCount } }': "article article:x party",
    '{ parties { nodes { articles(where: {slug: ["x"]}) { totalCount } } } }': "article article:x party",
    # Everything else.
    "{ measures { nodes { text } } }": "measure",
    "{ measures { nodes { id source { line } } pageInfo { hasNextPage endCursor } } }": "measure",
    "{ measures { nodes { source { path } } } }": "article measure",
    "{ measures { nodes { article { slug } } } }": "article measure",
    "{ measures { counts(by: PARTY) { total } } }": "measure party",
    "{ points { counts(by: KIND) { total } } }": "point",
    '{ measures(where: {article: {language: ["en"]}}) { totalCount } }': "article measure",
    '{ articles(where: {parties: {name: {startsWith: "a"}}}) { totalCount } }': "article party",
    "{ parties(where: {not: {articles: {slug: []}}}) { totalCount } }": "article party",
    "{ articles { nodes { parties { name } } } }": "article party",
    "{ articles { nodes { translations { sections { heading } } } } }": "article section",
    "{ articles { nodes { sections { blocks { __typename } } } } }": f"article {BLOCKS} section",
    "{ roles { nodes { section { blocks { ... on Table { statements { id } } } } } } }": (
        f"{BLOCKS} section {STATEMENTS}"
    ),
    '{ node(id: "Section:x/y") { id } }': "section",
    '{ node(id: "Table:x") { id } }': BLOCKS,
    '{ nodes(ids: ["Table:x", "Paragraph:x"]) { id ... on Paragraph { images { src } } } }': f"{BLOCKS} image",
    '{ node(id: "Paragraph:x") { ... on Paragraph { section { article { title } } } } }': f"article {BLOCKS} section",
    '{ article(slug: "x") { sections { blocks { ... on Paragraph { images { src } } } } } }': "article:x",
    '{ search(query: "x") { totalCount } }': SEARCH_TAGS,
    "{ revision { id } }": "revision",
    # Constant answers.
    "{ __typename }": "",
    "{ __schema { queryType { name } } }": "",
    '{ node(id: "nothing") { id } nodes(ids: []) { id } }': "",
    '{ article(slug: "\\u0000") { title } }': "",
    '{ article(slug: "x") @skip(if: true) { title } }': "",
}


@pytest.mark.parametrize("document", CASES)
def test_tags_name_what_the_sql_reads(document: str) -> None:
    assert tags_of(document) == sorted(CASES[document].split())


SLUGS = {
    "a-slug-2": "article:a-slug-2",
    "東京都": "article:%e6%9d%b1%e4%ba%ac%e9%83%bd",
    "Old, new": "article:old%2c%20new",
    "a%b:c": "article:a%25b%3ac",
    "": "article:",
    "it's (a) b~c_d.e*f!": "article:it's%20(a)%20b~c_d.e*f!",
    "x" * 100: f"article:{'x' * 100}",
    "x" * 101: f"article:{sha256(b'x' * 101).hexdigest()}",
    "日" * 12: f"article:{sha256(('日' * 12).encode()).hexdigest()}",
    "\0": None,
    "\ud800": None,
}


@pytest.mark.parametrize(("slug", "tag"), SLUGS.items(), ids=map(ascii, range(len(SLUGS))))
def test_slug_in_a_tag_is_ascii(slug: str, tag: str | None) -> None:
    expected = [tag] if tag else []
    assert tags_of(BY_SLUG, {"slug": slug}) == expected
    assert tags_of(BY_ID, {"id": f"Article:{slug}"}) == (expected if slug else [])  # an id without a key is unknown


def test_one_plan_gives_the_tag_of_each_slug() -> None:
    assert [tags_of(BY_SLUG, {"slug": slug}) for slug in ("a", "b", "a")] == [
        ["article:a"],
        ["article:b"],
        ["article:a"],
    ]


def test_more_than_twenty_objects_of_a_type_are_tagged_by_the_types_they_lead_to() -> None:
    def tags_of_slugs(number: int) -> list[str]:
        slugs = [f"{at:02}" for at in range(number)]
        document = (
            "query ($slugs: [String!]) { stances(where: {party: {slug: $slugs}}) { nodes { text party { name } } } }"
        )
        return tags_of(document, {"slugs": slugs})

    assert tags_of_slugs(20) == [f"party:{number:02}" for number in range(20)]
    assert tags_of_slugs(21) == ["party", "stance"]


def test_entities_of_more_than_twenty_articles_are_tagged_by_their_type() -> None:
    def tags_of_slugs(number: int) -> list[str]:
        slugs = [f"{at:02}" for at in range(number)]
        document = "query ($slugs: [String!]) { articles(where: {slug: $slugs}) { nodes { parties { name } } } }"
        return tags_of(document, {"slugs": slugs})

    assert tags_of_slugs(20) == [*(f"article:{number:02}" for number in range(20)), "party:m"]
    assert tags_of_slugs(21) == ["article", "party", "party:m"]


def test_more_than_twenty_mentioned_entities_are_tagged_by_their_type() -> None:
    def tags_of_mentions(number: int) -> tuple[str, ...]:
        document = '{ article(slug: "x") { parties { name articles { totalCount } } groups { name } } }'
        prepared = asyncio.run(ENGINES[0].prepare(document, None, {}))
        mentions = ["government:a", *(f"party:{at:02}" for at in range(number))]
        return prepared.tags.complete(",".join(mentions).encode())

    assert tags_of_mentions(20) == ("article:x", *(f"party:{number:02}" for number in range(20)))
    assert tags_of_mentions(21) == ("article", "article:x", "party")


@pytest.mark.parametrize("name", FIELD_CYCLES)
def test_depth_does_not_change_tags(name: str) -> None:
    assert tags_of(nested_query(name, MAX_DEPTH)) == tags_of(nested_query(name, MAX_DEPTH - 5))


def test_every_table_that_a_query_can_read_has_a_type() -> None:
    assert SCHEMA_MAPPING.types_by_table.keys() == metadata.tables.keys() - {
        "image_file",
        "notification",
        "schema_compatibility",
        "source_file",
    }


def test_part_tables_are_those_whose_rows_belong_to_one_article() -> None:
    assert SCHEMA_MAPPING.part_tables == {
        name
        for name, table in metadata.tables.items()
        if "article_id" in table.c and name not in ("passage", "translation")
    }
