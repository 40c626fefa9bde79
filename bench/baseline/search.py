"""Search: the full-text index finds passages, Python ranks them, and DataLoaders read the nodes of the page."""

from collections.abc import Sequence
from typing import Any, Self

import strawberry
from sqlalchemy import select
from strawberry import Private

from bench.baseline.entities import Group, Node
from bench.baseline.pages import Page, PageInfo, build_page, build_page_info, encode_cursor
from bench.baseline.types import STATEMENT_TYPES, Article, Government, Info, Party, PolicyArea, Section
from bench.search_terms import ContainsWord
from counterpoint.store import models
from counterpoint.store.models import PassageKind

RELEVANCE = ("distance", "key")
COLUMNS = ("kind", "key", "node_id", "words", "word_count")

strawberry.enum(PassageKind, name="SearchKind")


class Hit:
    """A passage with its distance from the query, computed as the service does. Smaller distances rank first."""

    def __init__(self, row: Any, words: Sequence[str]) -> None:
        self.kind, self.key, self.node_id = PassageKind(row.kind), row.key, row.node_id
        length = 300 + 36 * row.word_count
        self.distance = sum(10_000_000 * length // (1000 * row.words.count(f" {word} ") + length) for word in words)


@strawberry.type
class SearchEdge:
    """A search hit."""

    hit: Private[Hit]
    cursor: str
    kind: PassageKind

    @classmethod
    def from_hit(cls, hit: Hit) -> Self:
        """Build the edge of a hit."""
        return cls(hit=hit, cursor=encode_cursor(hit, RELEVANCE), kind=hit.kind)

    @strawberry.field
    async def node(self, info: Info) -> Node:
        """Load the object that contains the passage."""
        model, node_type = NODE_TYPES[self.hit.kind]
        node: Node = node_type.from_row(await info.context.by_id(model).load(self.hit.node_id))
        return node


@strawberry.type
class SearchConnection:
    """A page of search hits, ordered by distance."""

    page: Private[Page]
    total_count: int

    @strawberry.field
    def edges(self) -> list[SearchEdge]:
        """Return the hits."""
        return [self.page.build_node(hit) for hit in self.page.rows]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Return the position of the page."""
        return build_page_info(self.page)


async def search_passages(info: Info, query: str, first: int) -> SearchConnection:
    """Return the passages that contain all words of a query. The words must be folded already."""
    words = query.split()
    columns = (getattr(models.Passage, name) for name in COLUMNS)
    rows = await info.context.reader.fetch_all(select(*columns).where(*(ContainsWord(word) for word in words)))
    hits = sorted((Hit(row, words) for row in rows), key=lambda hit: (hit.distance, hit.key))
    page = build_page(hits, first, None, SearchEdge.from_hit, RELEVANCE)
    return SearchConnection(page=page, total_count=len(hits))


NODE_TYPES: dict[PassageKind, tuple[Any, Any]] = {
    PassageKind.ARTICLE: (models.Article, Article),
    PassageKind.SECTION: (models.Section, Section),
    PassageKind.PARAGRAPH: (models.Section, Section),
    PassageKind.TABLE: (models.Section, Section),
    PassageKind.PARTY: (models.Party, Party),
    PassageKind.GOVERNMENT: (models.Government, Government),
    PassageKind.POLICY_AREA: (models.PolicyArea, PolicyArea),
    PassageKind.GROUP: (models.Group, Group),
    **{PassageKind[model.__tablename__.upper()]: (model, node_type) for model, node_type in STATEMENT_TYPES},
}
"""Database model and GraphQL type of a hit's node. A paragraph or table is returned as its section."""
