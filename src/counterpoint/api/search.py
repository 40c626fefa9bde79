"""Search: what can be found by its words, and how it is served. The engine knows the fields by name."""

from enum import Enum
from typing import Annotated, Any

import strawberry

from counterpoint.api.connections import PageInfo
from counterpoint.api.fields import PAGING, Argument, mapped_field
from counterpoint.api.types import Node
from counterpoint.engine import mapping
from counterpoint.engine.compile.snippets import SnippetMarkers
from counterpoint.store import models

INDEX = "passage_index"

_KINDS = {
    "ARTICLE": ("Article", "An article, by its title, subtitle and summary."),
    "SECTION": ("Section", "A section, by its heading."),
    "PARAGRAPH": ("Section", "A paragraph; the node is its section."),
    "TABLE": ("Section", "A table whose contents are OTHER, by its cells; the node is its section."),
    "PARTY": ("Party", "A party, by its name."),
    "GOVERNMENT": ("Government", "A government, by its name."),
    "POLICY_AREA": ("PolicyArea", "A policy area, by its name."),
    "GROUP": ("Group", "A group, by its name."),
    "STANCE": ("Stance", "A stance, by its text and its party."),
    "MEASURE": ("Measure", "A measure, by its text and its party."),
    "APPROACH": ("Approach", "An approach, by its text, its government and its policy area."),
    "ROLE": ("Role", "A role, by its function, its core message and its group."),
    "CHALLENGE": ("Challenge", "A challenge, by its text."),
    "PROPOSED_SOLUTION": ("ProposedSolution", "A proposed solution, by its text and its benefit."),
    "POINT": ("Point", "A list item, by its text and its label."),
}

_VALUES = {kind: strawberry.enum_value(kind, description=text) for kind, (_, text) in _KINDS.items()}

SearchKind: Any = Enum("SearchKind", _VALUES)  # type: ignore[misc]  # its members are data
strawberry.enum(SearchKind, description="What was found.")


@strawberry.type(description="A hit: what was found, and the words around it.")
class SearchEdge:
    cursor: str = strawberry.field(description="Its place in the list, for `after` and `before`.")
    node: Node = strawberry.field(description="The object found; the section of a paragraph or table.")
    kind: SearchKind = strawberry.field(description="What was found.")
    snippet: str = strawberry.field(
        description="The words found, in `<mark>`, and the text around them: HTML, all else of it escaped."
    )


@strawberry.type(description="A page of hits, best first.")
class SearchConnection:
    edges: list[SearchEdge] = strawberry.field(description="The hits with their cursors.")
    nodes: list[Node] = strawberry.field(description="The objects found; the sections of paragraphs and tables.")
    page_info: PageInfo = strawberry.field(description="What comes before and after the page.")
    total_count: int = strawberry.field(description="How many hits there are in all.")


def search(*, description: str) -> Any:
    """Declare the search over all passages."""
    where: Any = Annotated["ArticleFilter", strawberry.lazy("counterpoint.api.filters")]  # noqa: F821  # lazily
    arguments = {
        "query": Argument(
            str,
            'Words, all of which must occur; "a phrase", prefix*, -excluded. Any text is valid; an empty one '
            "finds nothing.",
        ),
        "kinds": Argument(list[SearchKind] | None, "Only hits of these kinds; an empty list finds nothing."),
        "where": Argument(
            where | None,
            "Only hits in articles that match. A PARTY, GOVERNMENT, POLICY_AREA or GROUP is in none.",
        ),
        **PAGING,
    }
    source = mapping.Search(
        models.sql_table(models.Passage),
        INDEX,
        {kind: named for kind, (named, _) in _KINDS.items()},
        models.tokenize,
        SnippetMarkers(*models.MARKERS),
    )
    return mapped_field(source, description, arguments)
