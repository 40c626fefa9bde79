"""Search: an index finds passages by their words, Python ranks them, loaders load what those on the page are of."""

from collections.abc import Sequence
from typing import Any, Self

import strawberry
from sqlalchemy import select
from strawberry import Private

from bench.baseline.entities import Group, Node
from bench.baseline.pages import Page, PageInfo, page, page_info, write_cursor
from bench.baseline.types import STATEMENTS, Article, Government, Info, Party, PolicyArea, Section
from bench.words import Holds
from counterpoint.store import models
from counterpoint.store.models import PassageKind

RELEVANCE = ("distance", "key")
COLUMNS = ("kind", "key", "node_id", "words", "word_count")

strawberry.enum(PassageKind, name="SearchKind")


class Hit:
    """A passage that was found, and how far it is from what was sought, as the service measures it."""

    def __init__(self, row: Any, words: Sequence[str]) -> None:
        """Measure."""
        self.kind, self.key, self.node_id = PassageKind(row.kind), row.key, row.node_id
        length = 300 + 36 * row.word_count
        self.distance = sum(10_000_000 * length // (1000 * row.words.count(f" {word} ") + length) for word in words)


@strawberry.type
class SearchEdge:
    """A hit."""

    hit: Private[Hit]
    cursor: str
    kind: PassageKind

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """Show a hit."""
        return cls(hit=hit, cursor=write_cursor(hit, RELEVANCE), kind=hit.kind)

    @strawberry.field
    async def node(self, info: Info) -> Node:
        """Load what was found."""
        model, shown = FOUND[self.hit.kind]
        found: Node = shown.of(await info.context.one(model).load(self.hit.node_id))
        return found


@strawberry.type
class SearchConnection:
    """A page of hits, nearest first."""

    shown: Private[Page]
    total_count: int

    @strawberry.field
    def edges(self) -> list[SearchEdge]:
        """Show the hits."""
        return [self.shown.node(hit) for hit in self.shown.rows]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Tell where the page stands."""
        return page_info(self.shown)


async def find(info: Info, query: str, first: int) -> SearchConnection:
    """Find what holds all of some words, which are folded as passages are."""
    words = query.split()
    asked = select(*(getattr(models.Passage, name) for name in COLUMNS)).where(*(Holds(word) for word in words))
    rows = await info.context.rows.all(asked)
    hits = sorted((Hit(row, words) for row in rows), key=lambda hit: (hit.distance, hit.key))
    return SearchConnection(shown=page(hits, first, None, SearchEdge.of, RELEVANCE), total_count=len(hits))


# Paragraphs and tables are found as their section.
FOUND: dict[PassageKind, tuple[Any, Any]] = {
    PassageKind.ARTICLE: (models.Article, Article),
    PassageKind.SECTION: (models.Section, Section),
    PassageKind.PARAGRAPH: (models.Section, Section),
    PassageKind.TABLE: (models.Section, Section),
    PassageKind.PARTY: (models.Party, Party),
    PassageKind.GOVERNMENT: (models.Government, Government),
    PassageKind.POLICY_AREA: (models.PolicyArea, PolicyArea),
    PassageKind.GROUP: (models.Group, Group),
    **{PassageKind[model.__tablename__.upper()]: (model, shown) for model, shown in STATEMENTS},
}
