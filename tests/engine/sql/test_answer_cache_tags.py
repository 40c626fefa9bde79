"""Cache tags: the types that an answer depends on, and the articles that it looks up by slug."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from sqlalchemy import make_url

from counterpoint.api.schema import graphql_schema, schema_mapping
from counterpoint.engine.engine import Database, Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.store.models import metadata
from support.database_helpers import SCHEMA, UNLIMITED_LIMITS
from support.recursive_queries import FIELD_CYCLES, MAX_DEPTH, nested_query

SCHEMA_MAPPING = schema_mapping(SCHEMA)
NO_DATABASE = cast("Database", None)
"""No query is executed."""

ENGINES = [
    Engine(
        graphql_schema(SCHEMA),
        SCHEMA_MAPPING,
        dialect_for(make_url(url).get_dialect()()),
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
    """Return the tags of an operation, which are equal for both databases."""
    lite, post = (asyncio.run(engine.prepare(document, None, variables or {})).tags for engine in ENGINES)
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
    # A filter without selected content.
    '{ stances(where: { article: { parties: { name: { eq: "x" } } } }) { __typename } }': "",
    # A relation in which nothing is given reads no table.
    "{ articles(where: { parties: { slug: null }, not: { groups: {} } }) { nodes { title } } }": "article",
    # Fields that lead out of the article.
    '{ article(slug: "x") { title stances { party { name } } } }': "article:x party",
    '{ article(slug: "x") { parties { name } governments { name } policyAreas { name } groups { name } } }': (
        "article:x government group party policyarea"
    ),
    '{ article(slug: "x") { stances { party { measures { nodes { text } } } } } }': "article:x measure party",
    '{ article(slug: "x") { stances { party { measures { totalCount } } } } }': "article:x measure party",
    '{ article(slug: "x") { parties { articles { nodes { title sections { heading } } } } } }': (
        "article article:x party section"
    ),
    '{ article(slug: "x") { parties { stances(where: {measures: {text: {eq: "a"}}}) { totalCount } } } }': (
        "article:x measure party stance"
    ),
    '{ article(slug: "x") { title } articles { nodes { title } } }': "article article:x",
    # Everything else.
    "{ measures { nodes { text } } }": "measure",
    "{ measures { nodes { id source { line } } pageInfo { hasNextPage endCursor } } }": "measure",
    "{ measures { nodes { source { path } } } }": "article measure",
    "{ measures { nodes { article { slug } } } }": "article measure",
    "{ measures { counts(by: PARTY) { total } } }": "measure party",
    "{ points { counts(by: KIND) { total } } }": "point",
    '{ measures(where: {party: {slug: ["a"]}}) { totalCount } }': "measure party",
    '{ measures(where: {article: {language: ["en"]}}) { totalCount } }': "article measure",
    '{ articles(where: {parties: {name: {startsWith: "a"}}}) { totalCount } }': "article party",
    "{ parties(where: {not: {articles: {slug: []}}}) { totalCount } }": "article party",
    '{ party(slug: "x") { name currentStance } }': "party",
    '{ party(slug: "x") { articles { totalCount } } }': "article party",
    "{ articles { nodes { parties { name } } } }": "article party",
    "{ articles { nodes { sections { blocks { __typename } } } } }": f"article {BLOCKS} section",
    "{ roles { nodes { section { blocks { ... on Table { statements { id } } } } } } }": (
        f"{BLOCKS} section {STATEMENTS}"
    ),
    '{ node(id: "Section:x/y") { id } }': "section",
    '{ node(id: "Table:x") { id } }': BLOCKS,
    '{ nodes(ids: ["Table:x", "Paragraph:x"]) { id ... on Paragraph { images { src } } } }': f"{BLOCKS} image",
    '{ node(id: "Paragraph:x") { ... on Paragraph { section { article { title } } } } }': f"article {BLOCKS} section",
    '{ article(slug: "x") { sections { blocks { ... on Paragraph { images { src } } } } } }': "article:x",
    '{ nodes(ids: ["Article:x", "Party:a", "nothing"]) { id } }': "article party",
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
    "Old, new": "article:%4fld%2c%20new",
    "a%b:c": "article:a%25b%3ac",
    "": "article:",
    "x" * 200: f"article:{'x' * 200}",
    "x" * 201: "article:12bf1cc881648017342067435dc826c6",
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


def test_more_than_ten_articles_are_tagged_by_their_type() -> None:
    def tags_of_articles(number: int) -> list[str]:
        fields = (f'a{at}: article(slug: "{at:02}") {{ title }}' for at in range(number))
        return tags_of(f"{{ {' '.join(fields)} }}")

    assert tags_of_articles(10) == [f"article:{number:02}" for number in range(10)]
    assert tags_of_articles(11) == ["article"]


@pytest.mark.parametrize("name", FIELD_CYCLES)
def test_depth_does_not_change_tags(name: str) -> None:
    assert tags_of(nested_query(name, MAX_DEPTH)) == tags_of(nested_query(name, MAX_DEPTH - 5))


def test_every_table_has_a_type() -> None:
    # No query reads the texts of the files.
    assert SCHEMA_MAPPING.types_by_table.keys() == metadata.tables.keys() - {"source_file"}


def test_part_tables_are_those_whose_rows_belong_to_one_article() -> None:
    assert SCHEMA_MAPPING.part_tables == {
        name for name, table in metadata.tables.items() if "article_id" in table.c and name != "passage"
    }
