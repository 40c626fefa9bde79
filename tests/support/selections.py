"""Selections made from the served schema, so that whatever comes to be served is asked for too."""

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

from counterpoint.api.schema import graphql_schema
from support.database_helpers import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class QueryExecutor(Protocol):
    """Whoever answers operations."""

    def execute(self, document: str, variables: Mapping[str, Any] | None = None, /) -> Any:
        """Give the data of an answer."""


SERVED_SCHEMA: GraphQLSchema = graphql_schema(SCHEMA)
assert SERVED_SCHEMA.query_type
QUERY_TYPE: GraphQLObjectType = SERVED_SCHEMA.query_type

CONNECTION_FIELDS = {
    name: field
    for name, field in QUERY_TYPE.fields.items()
    if get_named_type(field.type).name.endswith("Connection")
    and not any(map(is_required_argument, field.args.values()))
}
"""The lists of all objects of a type."""


def object_types() -> list[GraphQLObjectType]:
    """Give the types of the objects that are served."""
    return [
        named
        for named in SERVED_SCHEMA.type_map.values()
        if isinstance(named, GraphQLObjectType) and not named.name.startswith("__") and named is not QUERY_TYPE
    ]


def select_all_fields(named: GraphQLNamedType, depth: int) -> str:
    """Select all fields of a type, and of what stands in them so many levels down; those that need no argument."""
    if is_abstract_type(named):
        # One key stands for one field only, whatever the type.
        members = (
            f"... on {concrete.name} {{ {_select_fields(concrete, depth, f'{concrete.name}_')} }}"
            for concrete in SERVED_SCHEMA.get_possible_types(named)
        )
        return f"__typename {' '.join(members)}"
    assert isinstance(named, GraphQLObjectType), named
    return f"__typename {_select_fields(named, depth, '')}"


def _select_fields(concrete: GraphQLObjectType, depth: int, prefix: str) -> str:
    return " ".join(
        f"{prefix}{name}: {name}{'' if is_leaf_type(inner) else f' {{ {select_all_fields(inner, depth - 1)} }}'}"
        for name, field in concrete.fields.items()
        if not any(map(is_required_argument, field.args.values()))
        and (is_leaf_type(inner := get_named_type(field.type)) or depth > 0)
    )


def read_all_content(api: QueryExecutor) -> dict[str, Any]:
    """Read all content, page by page: each object of a list with its cursor, its values, and what stands below."""
    content: dict[str, Any] = api.execute(
        f"{{ revision {{ {select_all_fields(get_named_type(QUERY_TYPE.fields['revision'].type), 0)} }} }}"
    )
    for name, field in CONNECTION_FIELDS.items():
        content[name] = list(_read_connection(api, name, field))
    return content


def read_cursors_by_order(api: QueryExecutor) -> dict[str, dict[str, str]]:
    """Read which cursor stands for which object: by the name of the order, then by id, of all lists."""
    page = "{ pageInfo { hasNextPage endCursor } edges { cursor node { id } } }"
    cursors: dict[str, dict[str, str]] = {}
    for name, field in CONNECTION_FIELDS.items():
        for order in order_names(field):
            document = f"query ($after: String) {{ {name}(first: 100, after: $after, orderBy: {order}) {page} }}"
            for edge in iterate_edges(api, document, name):
                cursors.setdefault(order, {})[edge["node"]["id"]] = edge["cursor"]
    return cursors


def order_names(field: GraphQLField) -> list[str]:
    """Give the orders of a connection, the default first."""
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
    """Give the edges of a list, page after page: the document takes `$after` and asks for edges and page info."""
    after = None
    while True:
        page = api.execute(document, {"after": after})[name]
        yield from page["edges"]
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
