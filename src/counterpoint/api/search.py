"""Search: what can be found by its words, and how it is served. The engine knows the fields by name."""

from enum import Enum
from typing import Annotated, Any

import strawberry

from counterpoint.api.columns import sql_table
from counterpoint.api.fields import PAGING, Argument, served
from counterpoint.api.pages import PageInfo
from counterpoint.api.types import Node
from counterpoint.engine import sources
from counterpoint.engine.snippets import Signs
from counterpoint.store import models

INDEX = "passage_index"

_KINDS = {
    "ARTICLE": ("Article", "An article, by title, subtitle and summary."),
    "SECTION": ("Section", "A section, by its heading."),
    "PARAGRAPH": ("Section", "A paragraph; the node is its section."),
    "TABLE": ("Section", "A table of other contents, by its cells; the node is its section."),
    "PARTY": ("Party", "A party, by its name."),
    "GOVERNMENT": ("Government", "A government, by its name."),
    "POLICY_AREA": ("PolicyArea", "A policy area, by its name."),
    "GROUP": ("Group", "A group, by its name."),
    "STANCE": ("Stance", "A stance, with its party."),
    "MEASURE": ("Measure", "A measure, with its party."),
    "APPROACH": ("Approach", "An approach, with its government and policy area."),
    "ROLE": ("Role", "A role, with its group."),
    "CHALLENGE": ("Challenge", "A challenge."),
    "PROPOSED_SOLUTION": ("ProposedSolution", "A proposed solution, with its benefit."),
    "POINT": ("Point", "A list item, with its label."),
}

_VALUES = {kind: strawberry.enum_value(kind, description=text) for kind, (_, text) in _KINDS.items()}

SearchKind: Any = Enum("SearchKind", _VALUES)  # type: ignore[misc]  # its members are data
strawberry.enum(SearchKind, description="What a hit is.")


@strawberry.type(description="A hit.")
class SearchEdge:
    cursor: str = strawberry.field(description="Where it stands: hand it to `after` or `before`.")
    node: Node = strawberry.field(description="The thing found.")
    kind: SearchKind = strawberry.field(description="What it is.")
    snippet: str = strawberry.field(description="Escaped HTML around the words found, which stand in `<mark>`.")


@strawberry.type(description="A page of hits, best first.")
class SearchConnection:
    edges: list[SearchEdge] = strawberry.field(description="The hits with their cursors.")
    nodes: list[Node] = strawberry.field(description="The things found.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")
    total_count: int = strawberry.field(description="How many hits there are in all.")


def search(*, description: str) -> Any:
    """Declare the search over all passages."""
    where: Any = Annotated["ArticleFilter", strawberry.lazy("counterpoint.api.filters")]  # noqa: F821  # lazily
    arguments = {
        "query": Argument(
            str,
            'Words, all of which must occur; "a phrase", prefix*, -excluded. Any text is legal; an empty one '
            "finds nothing.",
        ),
        "kinds": Argument(list[SearchKind] | None, "Only hits of these kinds; an empty list finds nothing."),
        "where": Argument(where | None, "Only in articles that this matches; names alone are not in any article."),
        **PAGING,
    }
    source = sources.Search(
        sql_table(models.Passage),
        INDEX,
        {kind: named for kind, (named, _) in _KINDS.items()},
        models.cut_words,
        Signs(*models.SIGNS),
    )
    return served(source, description, arguments)
