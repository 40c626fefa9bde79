"""Seeding reports a tag of every answer that it changes, on both databases.

The test creates 6 folders, edits each 4 times, and runs 8 operations, each with two sets of variables, before and
after each edit. `.ci/run` tries more folders, and the profile `explore` of Hypothesis tries new ones.
"""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from graphql import get_named_type
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counterpoint.article.settled_names import NO_SETTLED_NAMES, SettledNames
from support.argument_strategies import KnownValues
from support.article_strategies import article_folders, articles, settle_article, settled_names
from support.database_helpers import EngineClient, migrated_database, open_client, open_write_engine, seed_articles
from support.folder_edits import SLUGS, edit_randomly
from support.operation_strategies import Operation, connection_operations, operations
from support.property_profiles import scale_examples
from support.sample_articles import ARTICLES
from support.selections import CONNECTION_FIELDS, QUERY_TYPE, select_all_fields
from support.variants import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy

    from counterpoint.article.records import Article
    from support.postgresql_server import PostgresqlServer

pytestmark = pytest.mark.slow

EDITS_PER_FOLDER = 4
PART_COUNT = 2
"""The test is cut into parts, because each runs on another core. They draw different folders."""

CONNECTIONS = " ".join(f"{name}(first: 50) {{ edges {{ cursor node {{ id }} }} }}" for name in CONNECTION_FIELDS)
QUERIED_SLUGS = [*SLUGS, "mayor", "the-mayor", "governor", "union", "firm", "activists", "zebra", "city", "safety"]
TEXTS = ["Mayor", "plain", "Was", "Is for", "a", "null", "One"]
SEARCHES = ["plain", "mayor", "was", "long", "null", "emoji", '"a quoted"', "lin*", "was -for", "nothing"]

ENTITY_SLUGS = {
    "party": ["mayor", "the-mayor", "the-mayor", "governor", "city-council"],
    "government": ["city", "state"],
    "policyArea": ["safety", "legal-aid"],
    "group": ["activists", "activists", "union"],
}
STATEMENT = "id source { line sha256 } article { title } section { heading blocks { __typename } }"
ENTITY_FIELDS = {
    "any": [
        "name slug",
        "articles(first: 3) { totalCount nodes { title sections { heading blocks { __typename } } } }",
        "articles { nodes { parties { name } groups { name } } }",
        'articles(where: { parties: { slug: ["governor"] } }) { totalCount }',
    ],
    "party": [
        "name currentStance",
        f"stances(first: 2) {{ totalCount nodes {{ text measures {{ text }} party {{ name }} {STATEMENT} }} }}",
        'measures(where: { article: { title: { startsWith: "O" } } }) { totalCount nodes { text } }',
        "stances { counts(by: ARTICLE) { key label total } } measures { counts(by: PARTY) { label total } }",
    ],
    "government": [f"approaches {{ nodes {{ text policyArea {{ name }} government {{ name }} {STATEMENT} }} }}"],
    "policyArea": ["approaches { totalCount counts(by: GOVERNMENT) { label } nodes { text } }"],
    "group": [
        "currentFunction currentCoreMessage",
        f"roles {{ nodes {{ function group {{ name currentFunction }} {STATEMENT} }} }}",
    ],
}
FILTER_DOCUMENTS = [
    ("article", "{ articles(where: { slug: $slugs }) { nodes { title parties { name currentStance } } } }"),
    (
        "article",
        "{ stances(where: { article: { slug: $slugs } }) { nodes { party { name stances { totalCount } } } } }",
    ),
    ("party", "{ parties(where: { slug: $slugs }) { nodes { name currentStance stances { totalCount } } } }"),
    ("party", "{ stances(where: { party: { slug: $slugs } }) { nodes { text } counts(by: PARTY) { label } } }"),
    ("party", "{ articles(where: { parties: { slug: $slugs } }) { totalCount nodes { title sections { heading } } } }"),
    ("party", "{ articles(where: { and: [{ parties: { slug: $slugs } }] }) { totalCount nodes { summary } } }"),
    ("party", "{ measures(where: { stance: { party: { slug: $slugs } } }) { nodes { text party { name } } } }"),
    ("group", "{ roles(where: { group: { slug: $slugs }, not: { function: { in: [] } } }) { nodes { coreMessage } } }"),
    ("government", "{ approaches(where: { government: { slug: $slugs }, or: [{}, {}] }) { nodes { text } } }"),
]
"""Connections that are filtered by slugs, and whose slugs these are."""

Database = tuple["sqlalchemy.Engine", EngineClient]
Answers = list[tuple[Any, tuple[str, ...]]]
"""The data and the tags of each answer."""


@pytest.fixture(scope="module")
def databases(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Database]]:
    """Open a database of each kind."""
    with (
        migrated_database("sqlite", postgresql, tmp_path_factory) as sqlite_url,
        migrated_database("postgresql", postgresql, tmp_path_factory) as postgresql_url,
        open_write_engine(sqlite_url) as sqlite_engine,
        open_write_engine(postgresql_url) as postgresql_engine,
        open_client(sqlite_url) as sqlite_api,
        open_client(postgresql_url) as postgresql_api,
    ):
        yield [(sqlite_engine, sqlite_api), (postgresql_engine, postgresql_api)]


@pytest.fixture
def outcomes() -> Iterator[Counter[str]]:
    """Yield a counter of answers, and check it after all examples.

    The test means nothing unless many answers change, and purging is useless unless many answers are kept.
    """
    counter: Counter[str] = Counter()
    yield counter
    assert counter["changed, purged"] > counter.total() / 20, counter
    assert counter["same, kept"] > counter.total() / 10, counter


@pytest.mark.parametrize("part", sample(range(PART_COUNT), PART_COUNT))
@settings(
    max_examples=scale_examples(3), deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_changed_answer_has_a_tag_that_the_seeding_reports(
    databases: list[Database], outcomes: Counter[str], part: int, data: st.DataObject
) -> None:
    folder = [*data.draw(article_folders(largest=2)), *data.draw(st.sampled_from([ARTICLES, ()]))]
    some_names = st.just(NO_SETTLED_NAMES) | settled_names()
    names = data.draw(some_names)
    seed_all(databases, folder, names)
    operations = draw_operations(data, databases[0][1])
    before = execute_all(databases, operations)
    for _ in range(EDITS_PER_FOLDER):
        folder = edit_randomly(
            folder, Random(data.draw(st.integers(0, 2**32))), lambda path, slug: data.draw(articles(path, slug))
        )
        names = data.draw(st.sampled_from([st.just(names)] * 7 + [some_names]).flatmap(lambda drawn: drawn))
        purged = seed_all(databases, folder, names)
        after = execute_all(databases, operations)
        for request, (old, tags), (new, _) in zip(iterate_requests(operations), before, after, strict=True):
            is_purged = not purged.isdisjoint(tags)
            assert old == new or is_purged, (request, tags, purged, old, new)
            outcomes[f"{'same' if old == new else 'changed'}, {'purged' if is_purged else 'kept'}"] += 1
        before = after


def seed_all(databases: list[Database], folder: list[Article], names: SettledNames) -> set[str]:
    """Seed all databases and return the tags to purge, which must be the same."""
    settled = [settle_article(article, names) for article in folder]
    # A change of the names makes all articles be read again, as a change of the parser does.
    version = crc32(repr(names).encode()) >> 1
    (tags,) = {seed_articles(engine, settled, names=names, parser_version=version).tags for engine, _ in databases}
    return set(tags)


def iterate_requests(operations: list[Operation]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return each document with each of its sets of variables."""
    return ((operation.document, variables) for operation in operations for variables in operation.variables)


def execute_all(databases: list[Database], operations: list[Operation]) -> Answers:
    """Execute operations on all databases and return the answers, which must be the same."""
    first, *others = (
        [api.execute_with_tags(document, variables) for document, variables in iterate_requests(operations)]
        for _, api in databases
    )
    assert [first] == others
    return first


def draw_operations(data: st.DataObject, api: EngineClient) -> list[Operation]:
    """Draw operations on content that a database contains now or may contain after an edit."""
    values = read_known_values(api)
    random = Random(data.draw(st.integers(0, 2**32)))
    return [
        *(data.draw(operations(values)) for _ in range(4)),
        data.draw(connection_operations(values)),
        _article_operation(random),
        _entity_operation(random),
        _entity_operation(random),
        _filter_operation(random),
        _connection_operation(random),
        _search_operation(random),
    ]


def read_known_values(api: EngineClient) -> KnownValues:
    edges = {name: connection["edges"] for name, connection in api.execute(f"{{ {CONNECTIONS} }}").items()}
    cursors = {}
    for name, field in CONNECTION_FIELDS.items():
        order = next(iter(get_named_type(field.args["orderBy"].type).values))
        node_type = get_named_type(field.type).name.removesuffix("Connection")
        cursors[node_type] = {order: [edge["cursor"] for edge in edges[name]]}
    ids = [edge["node"]["id"] for connection in edges.values() for edge in connection]
    articles = api.execute("{ articles(first: 100) { nodes { sections { blocks { ... on Node { id } } } } } }")
    ids += [
        block["id"]
        for article in articles["articles"]["nodes"]
        for section in article["sections"]
        for block in section["blocks"]
    ]
    return KnownValues(QUERIED_SLUGS, [*ids, *(f"Article:{slug}" for slug in SLUGS)], TEXTS, (), cursors)


def _article_operation(random: Random) -> Operation:
    """Select an article and a part of its content."""
    article = get_named_type(QUERY_TYPE.fields["article"].type)
    fields = random.choice(
        [
            "title subtitle summary authors language published updated url source { path sha256 }",
            "formerSlugs translations { slug title language translations { slug sections { heading } } }",
            "translations { formerSlugs parties { name } points { text } }",
            "stances { text source { line } party { name } section { heading } }",
            "sections { heading level blocks { ... on Paragraph { text html source { line } } } }",
            "sections { blocks { __typename ... on Table { columns statements { id section { slug } } } } }",
            "sections { blocks { ... on Paragraph { id kind codeLanguage images { src alt title } } } }",
            "sections { blocks { ... on PointList { id ordered start } ... on Table { htmlRows columnAlignments } } }",
            "stances { html } measures { html } roles { functionHtml coreMessageHtml } challenges { html }",
            "points { label text html kind } measures { text stance { text } }",
            "parties { name currentStance } groups { slug currentFunction }",
            "parties { stances(first: 3) { totalCount nodes { text article { slug } } } }",
            select_all_fields(article, 1),
        ]
    )
    variables = tuple({"slug": random.choice(SLUGS)} for _ in range(2))
    if random.random() < 0.5:
        return Operation(f"query ($slug: String!) {{ article(slug: $slug) {{ {fields} }} }}", variables)
    ids = tuple({"id": f"Article:{slugs['slug']}"} for slugs in variables)
    return Operation(f"query ($id: ID!) {{ node(id: $id) {{ ... on Article {{ {fields} }} }} }}", ids)


def _entity_operation(random: Random) -> Operation:
    """Select an entity and a part of its content."""
    name = random.choice(["party", "party", "group", "government", "policyArea"])
    entity = get_named_type(QUERY_TYPE.fields[name].type)
    fields = random.choice([*ENTITY_FIELDS[name], *ENTITY_FIELDS["any"], select_all_fields(entity, 1)])
    slugs = tuple({"slug": random.choice(ENTITY_SLUGS[name])} for _ in range(2))
    if random.random() < 0.5:
        return Operation(f"query ($slug: String!) {{ {name}(slug: $slug) {{ {fields} }} }}", slugs)
    ids = tuple({"ids": [f"{entity.name}:{variables['slug']}", "Article:a"]} for variables in slugs)
    document = f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ id ... on {entity.name} {{ {fields} }} }} }}"
    return Operation(document, ids)


def _filter_operation(random: Random) -> Operation:
    """Select a connection by the slugs of articles or entities."""
    name, document = random.choice(FILTER_DOCUMENTS)
    slugs = SLUGS if name == "article" else ENTITY_SLUGS[name]
    variables = tuple({"slugs": random.sample(slugs, 2)} for _ in range(2))
    return Operation(f"query ($slugs: [String!]) {document}", variables)


def _connection_operation(random: Random) -> Operation:
    """Select a connection and all scalar fields of its nodes."""
    name = random.choice(list(CONNECTION_FIELDS))
    nodes = get_named_type(CONNECTION_FIELDS[name].type).fields["nodes"]
    fields = select_all_fields(get_named_type(nodes.type), random.choice([0, 0, 1]))
    return Operation(f"{{ {name}(first: 10) {{ totalCount nodes {{ {fields} }} }} }}", ({},))


def _search_operation(random: Random) -> Operation:
    fields = "totalCount edges { kind snippet cursor node { __typename id } }"
    document = f"query ($words: String!) {{ search(query: $words) {{ {fields} }} }}"
    return Operation(document, tuple({"words": random.choice(SEARCHES)} for _ in range(2)))
