"""Relay's connections, as a service by the book writes them: cursors are the order's values in base64."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry
from strawberry import Private

T = TypeVar("T")

LARGEST = 100


@strawberry.type
class PageInfo:
    """Where a page stands."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    """One of the things on a page."""

    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """A page."""

    shown: Private["Page"]

    @strawberry.field
    def edges(self) -> list[Edge[T]]:
        """Show the things with their cursors."""
        shown = self.shown
        return [Edge(cursor=shown.cursor(row), node=shown.node(row)) for row in shown.rows]

    @strawberry.field
    def nodes(self) -> list[T]:
        """Show the things alone."""
        return [self.shown.node(row) for row in self.shown.rows]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Tell where the page stands."""
        return page_info(self.shown)


@dataclass(frozen=True)
class Page:
    """The rows of a page, and how they are shown."""

    rows: Sequence[Any]
    is_followed: bool
    is_preceded: bool
    node: Callable[[Any], Any]
    order: Sequence[str]

    def cursor(self, row: Any) -> str:
        """Write the cursor of a row."""
        return write_cursor(row, self.order)


def page_info(shown: Page) -> PageInfo:
    """Tell where a page stands."""
    return PageInfo(
        has_next_page=shown.is_followed,
        has_previous_page=shown.is_preceded,
        start_cursor=shown.cursor(shown.rows[0]) if shown.rows else None,
        end_cursor=shown.cursor(shown.rows[-1]) if shown.rows else None,
    )


def page(rows: Sequence[Any], first: int, after: str | None, node: Callable[[Any], Any], order: Sequence[str]) -> Page:
    """Make a page of `first` rows of those and one more that were read."""
    return Page(rows[:first], len(rows) > first, after is not None, node, order)


def write_cursor(row: Any, order: Sequence[str]) -> str:
    """Write the values of an order's columns."""
    return base64.urlsafe_b64encode(json.dumps([getattr(row, name) for name in order]).encode()).decode()


def read_cursor(cursor: str | None) -> tuple[Any, ...] | None:
    """Read the values of an order's columns."""
    return None if cursor is None else tuple(json.loads(base64.urlsafe_b64decode(cursor)))


def checked(first: int) -> int:
    """Give a page's size if it may be asked for."""
    if not 0 <= first <= LARGEST:
        raise ValueError(f"first is {first}: ask for 0 to {LARGEST}")
    return first
