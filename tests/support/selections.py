"""Selections built from the served schema, so that the tests also select the fields that are added later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)

from support.database_helpers import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class QueryExecutor(Protocol):
    """The engine or the oracle."""

    def execute(self, document: str, variables: Mapping[str, Any] | None = None, /) -> Any:
        """Return the data of the answer to an operation."""


SERVED_SCHEMA: GraphQLSchema = SCHEMA.graphql
assert SERVED_SCHEMA.query_type
QUERY_TYPE: GraphQLObjectType = SERVED_SCHEMA.query_type

CONNECTION_FIELDS = {
    name: field
    for name, field in QUERY_TYPE.fields.items()
    if get_named_type(field.type).name.endswith("Connection")
    and not any(map(is_required_argument, field.args.values()))
}
"""The fields of the query that list all objects of a type."""


def select_all_fields(graphql_type: GraphQLNamedType, depth: int) -> str:
    """Return a selection of all fields that need no argument, and of their fields, down to a depth."""
    if is_abstract_type(graphql_type):
        # The response keys have a prefix, because one key must mean the same field for all types.
        members = (
            f"... on {concrete.name} {{ {_select_fields(concrete, depth, f'{concrete.name}_')} }}"
            for concrete in SERVED_SCHEMA.get_possible_types(graphql_type)
        )
        return f"__typename {' '.join(members)}"
    assert isinstance(graphql_type, GraphQLObjectType), graphql_type
    return f"__typename {_select_fields(graphql_type, depth, '')}"


def _select_fields(concrete: GraphQLObjectType, depth: int, prefix: str) -> str:
    return " ".join(
        f"{prefix}{name}: {name}{'' if is_leaf_type(inner) else f' {{ {select_all_fields(inner, depth - 1)} }}'}"
        for name, field in concrete.fields.items()
        if not any(map(is_required_argument, field.args.values()))
        and (is_leaf_type(inner := get_named_type(field.type)) or depth > 0)
    )


def read_all_content(api: QueryExecutor) -> dict[str, Any]:
    """Read all content, page by page: the fields of each object, the objects below it, and its cursor."""
    content: dict[str, Any] = api.execute(
        f"{{ revision {{ {select_all_fields(get_named_type(QUERY_TYPE.fields['revision'].type), 0)} }} }}"
    )
    for name, field in CONNECTION_FIELDS.items():
        content[name] = list(_read_connection(api, name, field))
    return content


def read_cursors_by_order(api: QueryExecutor) -> dict[str, dict[str, str]]:
    """Read the cursors of all objects: by the name of the order, then by id."""
    page = "{ pageInfo { hasNextPage endCursor } edges { cursor node { id } } }"
    cursors: dict[str, dict[str, str]] = {}
    for name, field in CONNECTION_FIELDS.items():
        for order in order_names(field):
            document = f"query ($after: String) {{ {name}(first: 100, after: $after, orderBy: {order}) {page} }}"
            for edge in iterate_edges(api, document, name):
                cursors.setdefault(order, {})[edge["node"]["id"]] = edge["cursor"]
    return cursors


def order_names(field: GraphQLField) -> list[str]:
    """Return the names of a connection's orders, the default first."""
    declared = get_named_type(field.args["orderBy"].type)
    assert isinstance(declared, GraphQLEnumType)
    return list(declared.values)


def _read_connection(api: QueryExecutor, name: str, field: GraphQLField) -> Iterator[Any]:
    connection = get_named_type(field.type)
    assert isinstance(connection, GraphQLObjectType)
    node = get_named_type(connection.fields["nodes"].type)
    document = (
        f"query ($after: String) {{ {name}(first: 50, after: $after) {{ totalCount "
        f"pageInfo {{ hasNextPage endCursor }} edges {{ cursor node {{ {select_all_fields(node, 1)} }} }} }} }}"
    )
    return iterate_edges(api, document, name)


def iterate_edges(api: QueryExecutor, document: str, name: str) -> Iterator[Any]:
    """Yield the edges of a connection, page by page. The document takes `$after` and selects edges and pageInfo."""
    after = None
    while True:
        page = api.execute(document, {"after": after})[name]
        yield from page["edges"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
