"""Whatever answer a seeding makes another is among those that its tags tell of, on both databases.

The normal run makes 40 folders, edits each 4 times, and asks 8 operations, each with two sets of variables, before and
after each edit. Set COUNTERPOINT_TEST_TAGS to try more folders.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from graphql import get_named_type
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from support.argument_strategies import KnownValues
from support.article_strategies import article_folders, articles
from support.database_helpers import EngineClient, migrated_database, open_client, open_write_engine, seed_articles
from support.folder_edits import SLUGS, edit_randomly
from support.operation_strategies import Operation, connection_operations, operations
from support.sample_articles import ARTICLES
from support.selections import CONNECTION_FIELDS, QUERY_TYPE, select_all_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy

    from counterpoint.article.records import Article
    from support.postgresql_server import PostgresqlServer

FOLDERS = int(os.environ.get("COUNTERPOINT_TEST_TAGS", "40"))
EDITS = 4

PAGES = " ".join(f"{name}(first: 50) {{ edges {{ cursor node {{ id }} }} }}" for name in CONNECTION_FIELDS)
ENTITIES = ("party", "government", "policyArea", "group")
SLUGS_KNOWN = [*SLUGS, "mayor", "the-mayor", "governor", "union", "firm", "activists", "zebra", "city", "safety"]
TEXTS = ["Mayor", "plain", "Was", "Is for", "a", "null", "One"]
WORDS = ["plain", "mayor", "was", "long", "null", "emoji", '"a quoted"', "lin*", "was -for", "nothing"]

Database = tuple["sqlalchemy.Engine", EngineClient]
Answers = list[tuple[Any, tuple[str, ...]]]
"""Each with its tags."""


@pytest.fixture(scope="module")
def databases(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Database]]:
    """Open a database of each kind, to be seeded again and again."""
    with (
        migrated_database("sqlite", postgresql, tmp_path_factory) as lite,
        migrated_database("postgresql", postgresql, tmp_path_factory) as post,
        open_write_engine(lite) as lite_engine,
        open_write_engine(post) as post_engine,
        open_client(lite) as lite_api,
        open_client(post) as post_api,
    ):
        yield [(lite_engine, lite_api), (post_engine, post_api)]


def test_answer_that_changes_has_a_tag_that_the_seeding_tells(databases: list[Database]) -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=FOLDERS, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def check(data: st.DataObject) -> None:
        folder = [*data.draw(article_folders(largest=2)), *data.draw(st.sampled_from([ARTICLES, ()]))]
        seed_both(databases, folder)
        operations_asked = asked(data, databases[0][1])
        before = answers(databases, operations_asked)
        for _ in range(EDITS):
            folder = edit_randomly(
                folder, Random(data.draw(st.integers(0, 2**32))), lambda path, slug: data.draw(articles(path, slug))
            )
            changed = seed_both(databases, folder)
            after = answers(databases, operations_asked)
            for operation, (old, tags), (new, _) in zip(each_of(operations_asked), before, after, strict=True):
                told = not changed.isdisjoint(tags)
                assert old == new or told, (operation, tags, changed, old, new)
                seen[f"{'same' if old == new else 'other'}, {'told' if told else 'untold'}"] += 1
            before = after

    check()
    total = seen.total()
    # The test is none unless many answers change, and no help to a cache unless it may keep many.
    assert seen["other, told"] > total / 10, seen
    assert seen["same, untold"] > total / 10, seen


def seed_both(databases: list[Database], folder: list[Article]) -> set[str]:
    """Seed both databases; give the tags that both tell."""
    told = {seed_articles(engine, folder).tags for engine, _ in databases}
    assert len(told) == 1, told
    return set(told.pop())


def each_of(asked: list[Operation]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((operation.document, variables) for operation in asked for variables in operation.variables)


def answers(databases: list[Database], asked: list[Operation]) -> Answers:
    """Ask both databases; give the answers and tags that both give."""
    given = [
        [
            (api.execute(document, variables), api.prepare(document, variables).tags)
            for document, variables in each_of(asked)
        ]
        for _, api in databases
    ]
    assert given[0] == given[1]
    return given[0]


def asked(data: st.DataObject, api: EngineClient) -> list[Operation]:
    """Draw operations on what a database holds, or may soon."""
    known = known_of(api)
    random = Random(data.draw(st.integers(0, 2**32)))
    return [
        *(data.draw(each(known)) for each in (operations, operations, operations, operations, connection_operations)),
        _article(random),
        _page(random),
        _search(random),
    ]


def known_of(api: EngineClient) -> KnownValues:
    """Tell what there is to ask for."""
    edges = {name: page["edges"] for name, page in api.execute(f"{{ {PAGES} }}").items()}
    cursors = {}
    for name, field in CONNECTION_FIELDS.items():
        order = next(iter(get_named_type(field.args["orderBy"].type).values))
        named = get_named_type(field.type).name.removesuffix("Connection")
        cursors[named] = {order: [edge["cursor"] for edge in edges[name]]}
    ids = [edge["node"]["id"] for page in edges.values() for edge in page]
    return KnownValues(SLUGS_KNOWN, [*ids, *(f"Article:{slug}" for slug in SLUGS)], TEXTS, cursors)


def _article(random: Random) -> Operation:
    """Ask for an article, and for something of what stands in it."""
    article = get_named_type(QUERY_TYPE.fields["article"].type)
    selected = random.choice(
        [
            "title subtitle summary authors language published updated url source { path sha256 }",
            "stances { text source { line } party { name } section { heading } }",
            "sections { heading level blocks { ... on Paragraph { text html source { line } } } }",
            "sections { blocks { __typename ... on Table { columns statements { id section { slug } } } } }",
            "points { label text html kind } measures { text stance { text } }",
            "parties { name currentStance } groups { slug currentFunction }",
            "parties { stances(first: 3) { totalCount nodes { text article { slug } } } }",
            select_all_fields(article, 1),
        ]
    )
    variables = tuple({"slug": random.choice(SLUGS)} for _ in range(2))
    if random.random() < 0.5:
        return Operation(f"query ($slug: String!) {{ article(slug: $slug) {{ {selected} }} }}", variables)
    ids = tuple({"id": f"Article:{each['slug']}"} for each in variables)
    return Operation(f"query ($id: ID!) {{ node(id: $id) {{ ... on Article {{ {selected} }} }} }}", ids)


def _page(random: Random) -> Operation:
    """Ask for a list and all that its nodes hold themselves."""
    name = random.choice(list(CONNECTION_FIELDS))
    node = get_named_type(CONNECTION_FIELDS[name].type).fields["nodes"]
    scalars = select_all_fields(get_named_type(node.type), random.choice([0, 0, 1]))
    return Operation(f"{{ {name}(first: 10) {{ totalCount nodes {{ {scalars} }} }} }}", ({},))


def _search(random: Random) -> Operation:
    """Search for some words."""
    found = "totalCount edges { kind snippet cursor node { __typename id } }"
    document = f"query ($words: String!) {{ search(query: $words) {{ {found} }} }}"
    return Operation(document, tuple({"words": random.choice(WORDS)} for _ in range(2)))
