"""Connections and facets as the contract defines them, computed from plain lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from counterpoint.article.normalization import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from support.oracle_filters import RelatedObjects

Node = dict[str, Any]

DEFAULT_PAGE_SIZE = 20
MAX_FACETS = 100

REVERSED_ORDERS = ("PUBLISHED_ASC", "UPDATED_ASC", "TITLE_DESC", "NAME_DESC", "OLDEST")
TITLE_ORDERS = ("TITLE_ASC", "TITLE_DESC")
UPDATED_ORDERS = ("UPDATED_ASC", "UPDATED_DESC")

FACET_FIELDS = {
    "PARTY": ("party", "parties"),
    "GOVERNMENT": ("government", "governments"),
    "POLICY_AREA": ("policyArea", "policyAreas"),
    "GROUP": ("group", "groups"),
    "CHALLENGE": ("challenge",),
    "ARTICLE": ("article", "articles"),
}
"""By facet: the fields of the counted nodes that hold one object, or several."""

Spell = Callable[[str, str], str]
"""Returns the spelling of a language or of an author's name in the newest article that has it."""


def sort_objects(nodes: Sequence[Node], order: str) -> list[Node]:
    """Sort nodes that are in the default order."""
    if order in TITLE_ORDERS:
        nodes = sorted(nodes, key=lambda node: (fold(node["title"]), node["slug"]))
    if order in UPDATED_ORDERS:
        # Stable sorts, the least significant key first.
        nodes = sorted(nodes, key=lambda node: node["slug"])
        nodes = sorted(nodes, key=lambda node: node["updated"] or node["published"] or "", reverse=True)
    return list(reversed(nodes)) if order in REVERSED_ORDERS else list(nodes)


@dataclass(frozen=True)
class ConnectionOrder:
    """The place and the cursor of each node of a type in one order, by id."""

    places: Mapping[str, int]
    cursors: Mapping[str, str]
    spell: Spell
    find_related: RelatedObjects

    def place(self, node: Node) -> int:
        """Return the place of a node."""
        return self.places[node["id"]]

    def place_of_cursor(self, cursor: str) -> int:
        """Return the place of a cursor, whose node need not be in the list."""
        return next(self.places[identity] for identity, candidate in self.cursors.items() if candidate == cursor)

    def page(
        self,
        nodes: Sequence[Node],
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> Node:
        """Return a page of nodes of this type."""
        low = -1 if after is None else self.place_of_cursor(after)
        high = len(self.places) if before is None else self.place_of_cursor(before)
        listed = sorted(nodes, key=self.place)
        between = [node for node in listed if low < self.place(node) < high]
        backward = last is not None or (first is None and after is None and before is not None)
        size = next((number for number in (first, last) if number is not None), DEFAULT_PAGE_SIZE)
        cut = max(len(between) - size, 0) if backward else min(size, len(between))
        page, others = (between[cut:], between[:cut]) if backward else (between[:cut], between[cut:])
        edges = [{"cursor": self.cursors.get(node["id"]), "node": node} for node in page]
        precede = any(self.place(node) <= low for node in listed)
        follow = any(self.place(node) >= high for node in listed)
        return {
            "edges": edges,
            "nodes": page,
            "totalCount": len(listed),
            "counts": lambda _, by: self._count_facets(listed, by),
            "pageInfo": {
                "hasNextPage": follow or (bool(others) and not backward),
                "hasPreviousPage": precede or (bool(others) and backward),
                "startCursor": edges[0]["cursor"] if edges else None,
                "endCursor": edges[-1]["cursor"] if edges else None,
            },
        }

    def _count_facets(self, nodes: Sequence[Node], by: str) -> list[Node]:
        """Count nodes by a facet: largest count first, then by key. A node counts once for each of its values."""
        totals = Counter(value for node in nodes for value in set(self._facet_values(node, by)))
        most_first = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
        return [{"key": key, "label": label, "total": total} for (key, label), total in most_first[:MAX_FACETS]]

    def _facet_values(self, node: Node, by: str) -> Iterator[tuple[str, str]]:
        """Yield the keys and labels under which a node counts."""
        match by:
            case "KIND":
                yield node["kind"], node["kind"].capitalize()
            case "YEAR":
                if node["published"]:
                    yield (node["published"][:4],) * 2
            case "LANGUAGE":
                yield (self.spell("language", node["language"]),) * 2
            case "AUTHOR":
                yield from ((self.spell("authors", name),) * 2 for name in node["authors"])
            case _:
                name = next(name for name in FACET_FIELDS[by] if name in node)
                for target in self.find_related(node, name):
                    key = target["id"] if by == "CHALLENGE" else target["slug"]
                    yield key, next(target[label] for label in ("name", "title", "text") if label in target)
