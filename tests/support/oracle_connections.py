"""Pages and counts as the contract words them, cut from plain lists."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from counterpoint.article.normalization import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ApiObject = dict[str, Any]

DEFAULT_PAGE_SIZE = 20
MAX_FACETS = 100

REVERSED_ORDERS = ("PUBLISHED_ASC", "TITLE_DESC", "NAME_DESC", "OLDEST")
TITLE_ORDERS = ("TITLE_ASC", "TITLE_DESC")

FACET_FIELDS = {
    "PARTY": ("party", "name"),
    "GOVERNMENT": ("government", "name"),
    "POLICY_AREA": ("policyArea", "name"),
    "GROUP": ("group", "name"),
    "ARTICLE": ("article", "title"),
}
"""By what objects are counted: the field that points at it, and its label."""


def sort_objects(things: Sequence[ApiObject], order: str) -> list[ApiObject]:
    """Put things into an order; they come in the default one."""
    if order in TITLE_ORDERS:
        things = sorted(things, key=lambda thing: (fold(thing["title"]), thing["slug"]))
    return list(reversed(things)) if order in REVERSED_ORDERS else list(things)


@dataclass(frozen=True)
class ConnectionOrder:
    """All things of one type in one order: which place each has, and which cursor stands for it."""

    places: Mapping[str, int]
    cursors: Mapping[str, str]

    def place(self, thing: ApiObject) -> int:
        """Give where a thing stands."""
        return self.places[thing["id"]]

    def marked(self, cursor: str) -> int:
        """Give the place that a cursor marks, whether or not some list has a thing there."""
        return next(self.places[identity] for identity, known in self.cursors.items() if known == cursor)

    def page(
        self,
        things: Sequence[ApiObject],
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> ApiObject:
        """Cut a page from things of this type."""
        low = -1 if after is None else self.marked(after)
        high = len(self.places) if before is None else self.marked(before)
        listed = sorted(things, key=self.place)
        between = [thing for thing in listed if low < self.place(thing) < high]
        backward = last is not None or (first is None and after is None and before is not None)
        size = next((given for given in (first, last) if given is not None), DEFAULT_PAGE_SIZE)
        cut = max(len(between) - size, 0) if backward else min(size, len(between))
        page, others = (between[cut:], between[:cut]) if backward else (between[:cut], between[cut:])
        edges = [{"cursor": self.cursors.get(thing["id"]), "node": thing} for thing in page]
        precede = any(self.place(thing) <= low for thing in listed)
        follow = any(self.place(thing) >= high for thing in listed)
        return {
            "edges": edges,
            "nodes": page,
            "totalCount": len(listed),
            "counts": lambda _, by: count_facets(listed, by),
            "pageInfo": {
                "hasNextPage": follow or (bool(others) and not backward),
                "hasPreviousPage": precede or (bool(others) and backward),
                "startCursor": edges[0]["cursor"] if edges else None,
                "endCursor": edges[-1]["cursor"] if edges else None,
            },
        }


def count_facets(things: Sequence[ApiObject], by: str) -> list[ApiObject]:
    """Count things by what they point at: most first, then by key."""
    named: Counter[tuple[str, str]] = Counter(_facet_key(thing, by) for thing in things)
    most_first = sorted(named.items(), key=lambda item: (-item[1], item[0]))
    return [{"key": key, "label": label, "total": total} for (key, label), total in most_first[:MAX_FACETS]]


def _facet_key(thing: ApiObject, by: str) -> tuple[str, str]:
    if by == "KIND":
        return thing["kind"], thing["kind"].capitalize()
    field, label = FACET_FIELDS[by]
    target = thing[field]
    if callable(target):
        target = target(None)
    return target["slug"], target[label]
