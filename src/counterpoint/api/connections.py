"""Relay cursor connections. The engine knows their fields by name.

One description serves all types: `{plural}` stands for the plural of the type until `fill_in_plurals` replaces it.
"""

from collections.abc import Mapping
from typing import Generic, TypeVar

import strawberry
from graphql import GraphQLNamedType, GraphQLObjectType

T = TypeVar("T")

PLURALS = {
    "Article": "articles",
    "Party": "parties",
    "Government": "governments",
    "PolicyArea": "policy areas",
    "Group": "groups",
    "Stance": "stances",
    "Measure": "measures",
    "Approach": "approaches",
    "Role": "roles",
    "Challenge": "challenges",
    "ProposedSolution": "proposed solutions",
    "Point": "points",
    "Search": "hits",
}

PAGE_DESCRIPTION = "A page of {plural}."
COUNTS_DESCRIPTION = (
    "Facets: the number of {plural} on all pages for each value of a property. The highest count comes first; equal "
    "counts are sorted by key. There are at most 100."
)


@strawberry.type(description="The number of objects that share a property.")
class Count:
    """An element of the field `counts`."""

    key: str = strawberry.field(
        description="The shared value, to be used in the next request: a slug, the value of an enum, a language tag, a "
        "year, the name of an author, or the global id of a challenge."
    )
    label: str = strawberry.field(
        description="The shared value for display: a name, a title or a text, the value of the enum in words, or the "
        "key itself."
    )
    total: int = strawberry.field(description="The number of objects.")


@strawberry.type(description="The position of a page in its list.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether objects follow the page.")
    has_previous_page: bool = strawberry.field(description="Whether objects precede the page.")
    start_cursor: str | None = strawberry.field(
        description="The cursor of the first edge. Pass it as `before` to get the previous page. Null on an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last edge. Pass it as `after` to get the next page. Null on an empty page."
    )


@strawberry.type(description="One of the {plural} on a page.")
class Edge(Generic[T]):
    """A Relay edge, such as PartyEdge."""

    cursor: str = strawberry.field(description="The position in the list, for `after` and `before`.")
    node: T = strawberry.field(description="The object.")


@strawberry.type(description=PAGE_DESCRIPTION)
class Connection(Generic[T]):
    """A Relay connection, such as PartyConnection."""

    edges: list[Edge[T]] = strawberry.field(description="The {plural} with their cursors.")
    nodes: list[T] = strawberry.field(description="The {plural}.")
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    total_count: int = strawberry.field(description="The number of {plural} on all pages.")


def fill_in_plurals(types: Mapping[str, GraphQLNamedType]) -> None:
    """Replace `{plural}` in the descriptions of all connections and edges."""
    for type_name, plural in PLURALS.items():
        for declared in (types[f"{type_name}Connection"], types[f"{type_name}Edge"]):
            assert isinstance(declared, GraphQLObjectType)
            for element in (declared, *declared.fields.values()):
                element.description = (element.description or "").replace("{plural}", plural)
