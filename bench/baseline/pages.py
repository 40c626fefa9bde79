"""Relay connections. A cursor is the base64 form of the values of the order's columns."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry
from strawberry import Private

T = TypeVar("T")

MAX_PAGE_SIZE = 100


@strawberry.type
class PageInfo:
    """Position of a page in its connection."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """A node with its cursor."""

    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """A page of nodes."""

    page: Private["Page"]

    @strawberry.field
    def edges(self) -> list[Edge[T]]:
        """Return the nodes with their cursors."""
        page = self.page
        return [Edge(cursor=page.cursor(row), node=page.build_node(row)) for row in page.rows]

    @strawberry.field
    def nodes(self) -> list[T]:
        """Return the nodes without cursors."""
        return [self.page.build_node(row) for row in self.page.rows]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Return the position of the page."""
        return build_page_info(self.page)


@dataclass(frozen=True)
class Page:
    """The rows of a page, and a function that builds their nodes."""

    rows: Sequence[Any]
    has_next: bool
    has_previous: bool
    build_node: Callable[[Any], Any]
    order: Sequence[str]

    def cursor(self, row: Any) -> str:
        """Return the cursor of a row."""
        return encode_cursor(row, self.order)


def build_page_info(page: Page) -> PageInfo:
    """Return the position of a page."""
    return PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=page.cursor(page.rows[0]) if page.rows else None,
        end_cursor=page.cursor(page.rows[-1]) if page.rows else None,
    )


def build_page(
    rows: Sequence[Any], first: int, after: str | None, build_node: Callable[[Any], Any], order: Sequence[str]
) -> Page:
    """Build a page of `first` rows. There is a next page if more rows were read."""
    return Page(rows[:first], len(rows) > first, after is not None, build_node, order)


def encode_cursor(row: Any, order: Sequence[str]) -> str:
    """Return a row's cursor in an order."""
    return base64.urlsafe_b64encode(json.dumps([getattr(row, name) for name in order]).encode()).decode()


def decode_cursor(cursor: str | None) -> tuple[Any, ...] | None:
    """Return the values that a cursor contains, or None without cursor."""
    return None if cursor is None else tuple(json.loads(base64.urlsafe_b64decode(cursor)))


def check_page_size(first: int) -> int:
    """Return `first` unchanged. Raise ValueError if it is out of range."""
    if not 0 <= first <= MAX_PAGE_SIZE:
        raise ValueError(f"Invalid page size: first is {first}, expected 0 to {MAX_PAGE_SIZE}.")
    return first
