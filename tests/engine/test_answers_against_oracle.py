"""Answers against those that plain Python works out from the same articles, on both databases.

The normal run tries 30 operations, each with two sets of variables: 5 on each of 6 folders of articles. The profile
`explore` of Hypothesis tries 1,200 operations, on new folders.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from counterpoint.article.content_keys import assign_block_keys
from counterpoint.article.settled_names import NO_SETTLED_NAMES
from support.argument_strategies import KnownValues
from support.article_strategies import article_folders, settle_article, settled_names
from support.database_helpers import EngineClient, migrated_database, open_client, open_write_engine, seed_articles
from support.operation_strategies import connection_operations, operations
from support.oracle import Oracle
from support.oracle_filters import slugs_of
from support.property_profiles import scale_examples
from support.sample_articles import ARTICLES
from support.selections import CONNECTION_FIELDS, read_all_content, read_cursors_by_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlalchemy

    from counterpoint.article.records import Article
    from support.postgresql_server import PostgresqlServer

pytestmark = pytest.mark.slow

OPERATIONS = (operations, operations, operations, connection_operations, connection_operations)
"""What is asked of each folder."""

TEXTS = ("name", "title", "text", "label", "function", "coreMessage")
"""The fields that a filter can compare with a text."""

Database = tuple["sqlalchemy.Engine", EngineClient]


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


def known_of(articles: list[Article], content: dict[str, Any], cursors: dict[str, dict[str, str]]) -> KnownValues:
    nodes = [edge["node"] for name in CONNECTION_FIELDS for edge in content[name]]
    slugs = [slug for node in nodes if "slug" in node for slug in slugs_of(node)]
    texts = [node[key] for node in nodes for key in TEXTS if node.get(key)] + [article.path for article in articles]
    sections = [f"Section:{article.slug}/{section.slug}" for article in articles for section in article.sections]
    block_keys = [key for article in articles for keys in assign_block_keys(article) for key in keys]
    # Some of them are of another type.
    blocks = [f"{kind}:{key}" for kind in ("Paragraph", "PointList", "Table") for key in block_keys]
    by_type: dict[str, dict[str, list[str]]] = {}
    for order, marks in cursors.items():
        for identity, cursor in marks.items():
            by_type.setdefault(identity.partition(":")[0], {}).setdefault(order, []).append(cursor)
    authors = [author for article in articles for author in article.authors]
    return KnownValues(slugs, [*(node["id"] for node in nodes), *sections, *blocks], texts, authors, by_type)


@settings(
    max_examples=scale_examples(6), deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_any_operation_on_any_content_is_answered_as_the_records_say(
    databases: list[Database], data: st.DataObject
) -> None:
    names = data.draw(st.just(NO_SETTLED_NAMES) | settled_names())
    drawn = [*data.draw(article_folders()), *data.draw(st.sampled_from([ARTICLES, ()]))]
    articles = [settle_article(article, names) for article in drawn]
    # A change of the names makes all articles be read again, as a change of the parser does.
    version = crc32(repr(names).encode()) >> 1
    revisions = {
        seed_articles(engine, articles, names=names, parser_version=version).revision for engine, _ in databases
    }
    contents = [read_all_content(api) for _, api in databases]
    cursors = [read_cursors_by_order(api) for _, api in databases]
    assert contents[0] == contents[1]
    assert cursors[0] == cursors[1]
    oracle = Oracle(articles, revisions.pop(), cursors[0], names)
    assert read_all_content(oracle) == contents[0]
    assert read_cursors_by_order(oracle) == cursors[0]
    known = known_of(articles, contents[0], cursors[0])
    for asked in OPERATIONS:
        operation = data.draw(asked(known))
        for variables in operation.variables:
            expected = oracle.execute(operation.document, variables)
            for _, api in databases:
                before = api.query_counter.query_count
                # As text, for the keys come in the order in which they were asked for.
                assert json.dumps(api.execute(operation.document, variables)) == json.dumps(expected)
                assert api.query_counter.query_count - before <= 1
