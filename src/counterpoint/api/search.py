"""Full-text search: its kinds of hits and its connection. The engine knows the fields by name."""

from enum import Enum
from typing import Annotated, Any

import strawberry

from counterpoint.api.connections import Count, PageInfo
from counterpoint.api.facets import search_facets
from counterpoint.api.fields import PAGING, Argument, mapped_field
from counterpoint.api.types import Article, Node, Section
from counterpoint.article.search_tokenizer import LANGUAGE_MARK, MARKERS, find_stems, token_runs
from counterpoint.engine.search_mapping import Search, SnippetMarkers
from counterpoint.store import models
from counterpoint.store.models import PassageKind
from counterpoint.store.statement_kinds import NODE_TYPES

INDEX = "passage_index"

_DESCRIPTIONS = {
    PassageKind.ARTICLE: "An article, by its title, subtitle and summary.",
    PassageKind.SECTION: "A section, by its heading.",
    PassageKind.PARAGRAPH: "A paragraph. The node is its section.",
    PassageKind.TABLE: "A table with the contents OTHER, by its cells. The node is its section.",
    PassageKind.PARTY: "A party, by its name.",
    PassageKind.GOVERNMENT: "A government, by its name.",
    PassageKind.POLICY_AREA: "A policy area, by its name.",
    PassageKind.GROUP: "A group, by its name.",
    PassageKind.STANCE: "A stance, by its text and its party.",
    PassageKind.MEASURE: "A measure, by its text and its party.",
    PassageKind.APPROACH: "An approach, by its text, its government and its policy area.",
    PassageKind.ROLE: "A role, by its function, its core message and its group.",
    PassageKind.CHALLENGE: "A challenge, by its text.",
    PassageKind.PROPOSED_SOLUTION: "A proposed solution, by its text and its anticipated benefit.",
    PassageKind.POINT: "A list item, by its text and its label.",
}

_VALUES = {kind.name: strawberry.enum_value(kind.value, description=_DESCRIPTIONS[kind]) for kind in PassageKind}

SearchKind: Any = Enum("SearchKind", _VALUES)  # type: ignore[misc]  # its members are data
strawberry.enum(SearchKind, description="The kinds of search hits.")


@strawberry.type(description="A search hit with a snippet of its text.")
class SearchEdge:
    cursor: str = strawberry.field(description="The position in the list, for `after` and `before`.")
    node: Node = strawberry.field(description="The matching object, or the section of a matching paragraph or table.")
    article: Article | None = strawberry.field(description="The article that contains the hit; null for a name.")
    section: Section | None = strawberry.field(
        description="The section that contains the hit; null for a name and for an article."
    )
    kind: SearchKind = strawberry.field(description="The kind of the hit.")
    snippet: str = strawberry.field(
        description="HTML: the matching words in `<mark>` with the text around them, which is escaped."
    )


@strawberry.type(description="A page of search hits, best match first.")
class SearchConnection:
    edges: list[SearchEdge] = strawberry.field(description="The hits with their cursors.")
    nodes: list[Node] = strawberry.field(
        description="The matching objects, or the sections of matching paragraphs and tables."
    )
    page_info: PageInfo = strawberry.field(description="The position of the page in the list.")
    total_count: int = strawberry.field(
        description="The number of all hits, also of those that cannot be read because there are too many."
    )
    counts: list[Count] = search_facets()


def search(*, description: str) -> Any:
    """Declare the field that searches all passages."""
    where: Any = Annotated["ArticleFilter", strawberry.lazy("counterpoint.api.filters")]  # noqa: F821  # lazily
    arguments = {
        "query": Argument(
            str,
            "The words to search for: a hit contains all of them, in any of their forms if its language has a stemmer. "
            'It also supports an exact "phrase" or "word", prefix* and -excluded. Any text is valid. An empty text '
            "finds nothing.",
        ),
        "kinds": Argument(list[SearchKind] | None, "Return only hits of these kinds. An empty list finds nothing."),
        "where": Argument(
            where | None,
            "Return only hits in articles that match this filter. It excludes all hits of the kinds PARTY, GOVERNMENT, "
            "POLICY_AREA and GROUP because they belong to no article.",
        ),
        **PAGING,
    }
    field_mapping = Search(
        models.sql_table(models.Passage),
        INDEX,
        NODE_TYPES,
        {"article": "article_id", "section": "section_id"},
        token_runs,
        find_stems,
        LANGUAGE_MARK,
        SnippetMarkers(*MARKERS),
    )
    return mapped_field(field_mapping, description, arguments)
