"""Pages of growing lists: Relay's cursor connections. The engine knows their fields by name."""

from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")

COUNTS = (
    "How many there are by what they point at, most first, then by key; "
    "of all that match, not of the page: at most 100."
)


@strawberry.type(description="How many, by one key.")
class Count:
    """A row of `counts`."""

    key: str = strawberry.field(description="A slug, or an enum's value.")
    label: str = strawberry.field(description="The name or title behind it, or the enum's value in words.")
    total: int = strawberry.field(description="How many.")


@strawberry.type(description="Where a page stands.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether anything follows.")
    has_previous_page: bool = strawberry.field(description="Whether anything precedes.")
    start_cursor: str | None = strawberry.field(description="The first edge's cursor; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The last edge's cursor; null on an empty page.")


@strawberry.type(description="One of the things on a page.")
class Edge(Generic[T]):
    """Relay's edge: PartyEdge and the like."""

    cursor: str = strawberry.field(description="Where it stands: hand it to `after` or `before`.")
    node: T = strawberry.field(description="The thing itself.")


@strawberry.type(description="A page of a list that grows with the number of articles.")
class Connection(Generic[T]):
    """Relay's connection: PartyConnection and the like."""

    edges: list[Edge[T]] = strawberry.field(description="The things with their cursors.")
    nodes: list[T] = strawberry.field(description="The things alone.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
    total_count: int = strawberry.field(description="How many match in all, on every page together.")
