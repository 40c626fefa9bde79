"""SQLite's parser stack: connections with deep filters stay within it, wherever they are and whatever they select."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import chain, combinations_with_replacement
from random import Random
from typing import TYPE_CHECKING

import pytest
from graphql import GraphQLEnumType, GraphQLField, GraphQLInputObjectType, GraphQLObjectType, get_named_type

from counterpoint.errors import LimitExceeded
from support.argument_strategies import ArgumentGenerator, KnownValues
from support.database_helpers import EngineClient, open_seeded_client
from support.property_profiles import scale_examples
from support.selections import CONNECTION_FIELDS, SERVED_SCHEMA, order_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.postgresql_server import PostgresqlServer

FILTERS_PER_DOCUMENT = scale_examples(1)
OWNERS = {
    "Party": ('party(slug: "a")', 'article(slug: "a") { parties'),
    "Government": ('government(slug: "a")', 'article(slug: "a") { governments'),
    "PolicyArea": ('policyArea(slug: "a")', 'article(slug: "a") { policyAreas'),
    "Group": ('group(slug: "a")', 'article(slug: "a") { groups'),
}
"""The types that have connections, and paths to objects of the type."""
PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
VALUES = KnownValues(slugs=["new", "old"], ids=[], texts=["was for"], authors=["A. Writer"], cursors={})


@pytest.fixture
def api(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineClient]:
    with open_seeded_client("sqlite", postgresql, tmp_path_factory, ()) as api:
        yield api


def iterate_selections(name: str, field: GraphQLField) -> Iterator[str]:
    """Yield a filtered connection with all its fields, in each order, and then with its counts by each key."""
    connection = get_named_type(field.type)
    assert isinstance(connection, GraphQLObjectType)
    for order in order_names(field):
        page = f"nodes {{ __typename }} edges {{ cursor }} totalCount {PAGE_INFO}"
        yield f"{name}(orderBy: {order}, where: $where) {{ {page} }}"
    if "counts" in connection.fields:
        by = get_named_type(connection.fields["counts"].args["by"].type)
        assert isinstance(by, GraphQLEnumType)
        for key in by.values:
            yield f"{name}(where: $where) {{ counts(by: {key}) {{ key label total }} nodes {{ __typename }} }}"


def iterate_documents() -> Iterator[tuple[str, GraphQLInputObjectType]]:
    """Yield documents with one connection each, in the query or below an object, and the type of its filter."""
    places = [("", CONNECTION_FIELDS), *((path, fields_of(owner)) for owner, paths in OWNERS.items() for path in paths)]
    for path, fields in places:
        for name, field in fields.items():
            if "where" in field.args:
                declared = get_named_type(field.args["where"].type)
                assert isinstance(declared, GraphQLInputObjectType)
                for text in iterate_selections(name, field):
                    selected = f"{path} {{ {text} {'}' * path.count('{')} }}" if path else text
                    yield f"query ($where: {declared.name}) {{ {selected} }}", declared


def fields_of(type_name: str) -> dict[str, GraphQLField]:
    graphql_type = SERVED_SCHEMA.type_map[type_name]
    assert isinstance(graphql_type, GraphQLObjectType)
    fields: dict[str, GraphQLField] = graphql_type.fields
    return fields


def parse(sql: str) -> str:
    """Return SQLite's error for a query on a database without tables: a missing table if it can parse the query."""
    with closing(sqlite3.connect(":memory:")) as connection, pytest.raises(sqlite3.OperationalError) as raised:
        connection.execute(sql)
    return str(raised.value)


def test_deep_filters_leave_a_margin_in_the_parser_stack(api: EngineClient) -> None:
    generator = ArgumentGenerator(Random(1), VALUES)
    queries = 0
    for document, declared in iterate_documents():
        for _ in range(FILTERS_PER_DOCUMENT):
            try:
                sql = api.prepare(document, {"where": generator.draw_object(declared, depth=8)}).plan.sql
            except LimitExceeded:
                continue
            queries += 1
            assert "no such table" in parse(f"SELECT ({sql})"), sql  # the outer query needs nine symbols more
    assert queries > 200 * FILTERS_PER_DOCUMENT


def test_html_of_tables_fits_below_every_list(api: EngineClient) -> None:
    paths = (
        "sections { article {",
        "points { section { article {",
        "proposedSolutions { section { blocks { ... on PointList { section { article {",
    )
    for path in chain.from_iterable(combinations_with_replacement(paths, count) for count in range(4)):
        document = f'{{ article(slug: "a") {{ {" ".join(path)} sections {{ blocks {{ ... on Table {{ html }} }} }}'
        sql = api.prepare(document + " }" * (document.count("{") - document.count("}"))).plan.sql or ""
        assert "no such table" in parse(sql), sql
