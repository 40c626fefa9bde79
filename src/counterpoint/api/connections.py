"""Pages of growing lists: Relay's cursor connections. The engine knows their fields by name.

Descriptions are written once for all types, with `{things}` where each says what is on its pages.
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
}

PAGE_DESCRIPTION = "A page of {things}."
COUNTS_DESCRIPTION = (
    "All that match, not only those on this page, counted by what they have in common: most first, then by key; "
    "at most 100 counts."
)


@strawberry.type(description="How many have something in common.")
class Count:
    """A row of `counts`."""

    key: str = strawberry.field(description="What they have in common: a slug, or an enum's value.")
    label: str = strawberry.field(
        description="The same for people to read: the name or title behind the slug, or the enum's value in words."
    )
    total: int = strawberry.field(description="How many have it.")


@strawberry.type(description="What comes before and after a page.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether anything follows the page.")
    has_previous_page: bool = strawberry.field(description="Whether anything precedes the page.")
    start_cursor: str | None = strawberry.field(
        description="The first edge's cursor: `before` it is the page before. Null on an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="The last edge's cursor: `after` it is the next page. Null on an empty page."
    )


@strawberry.type(description="One of the {things} on a page.")
class Edge(Generic[T]):
    """Relay's edge: PartyEdge and the like."""

    cursor: str = strawberry.field(description="Its place in the list, for `after` and `before`.")
    node: T = strawberry.field(description="The object itself.")


@strawberry.type(description=PAGE_DESCRIPTION)
class Connection(Generic[T]):
    """Relay's connection: PartyConnection and the like."""

    edges: list[Edge[T]] = strawberry.field(description="The {things} with their cursors.")
    nodes: list[T] = strawberry.field(description="The {things}.")
    page_info: PageInfo = strawberry.field(description="What comes before and after the page.")
    total_count: int = strawberry.field(description="How many match in all, on every page together.")


def fill_in_plurals(types: Mapping[str, GraphQLNamedType]) -> None:
    """Let the connections and edges of a schema say what is on their pages."""
    for item, things in PLURALS.items():
        for declared in (types[f"{item}Connection"], types[f"{item}Edge"]):
            assert isinstance(declared, GraphQLObjectType)
            for described in (declared, *declared.fields.values()):
                described.description = (described.description or "").replace("{things}", things)
