"""The query type and the schema of the baseline."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import strawberry
from sqlalchemy import func, tuple_
from sqlmodel import select
from strawberry import Private
from strawberry.extensions import ParserCache, ValidationCache

from bench.baseline.pages import Connection, build_page, check_page_size, decode_cursor
from bench.baseline.search import SearchConnection, search_passages
from bench.baseline.types import NEWEST, STATEMENT_TYPES, Article, Government, Info, Measure, Party
from counterpoint.store import models

NAME_COLUMNS = ("name_key", "slug")
TITLE_COLUMNS = ("title_key", "slug")
MAX_CACHED_DOCUMENTS = 1_000


@strawberry.enum
class ArticleOrder(Enum):
    """Order of articles: the columns, and whether they are descending."""

    PUBLISHED_DESC = (("recency_key",), False)
    PUBLISHED_ASC = (("recency_key",), True)
    TITLE_ASC = (TITLE_COLUMNS, False)
    TITLE_DESC = (TITLE_COLUMNS, True)


@strawberry.input
class PartyFilter:
    """Filter of parties."""

    slug: list[str]


@strawberry.input
class ArticleFilter:
    """Filter of articles."""

    language: list[str]


@strawberry.input
class MeasureFilter:
    """Filter of measures."""

    party: PartyFilter | None = None
    article: ArticleFilter | None = None


@strawberry.type
class FilteredMeasures(Connection[Measure]):
    """A page of measures, with the total count of matches."""

    where: Private[MeasureFilter | None]

    @strawberry.field
    async def total_count(self, info: Info) -> int:
        """Count all measures that match the filter."""
        rows = await info.context.reader.fetch_all(_select_measures(self.where, func.count()))
        return int(rows[0][0])


@strawberry.type
class Query:
    """Root fields that the scenarios use."""

    @strawberry.field
    async def article(self, info: Info, slug: str) -> Article | None:
        """Return the article with a slug."""
        rows = await info.context.reader.fetch_all(select(models.Article).where(models.Article.slug == slug))
        return Article.from_row(rows[0][0]) if rows else None

    @strawberry.field
    async def articles(
        self,
        info: Info,
        first: int = 20,
        after: str | None = None,
        order_by: ArticleOrder = ArticleOrder.PUBLISHED_DESC,
    ) -> Connection[Article]:
        """Return a page of all articles."""
        order, descending = order_by.value
        rows = await _fetch_page(info, models.Article, order, first, after, descending=descending)
        return Connection(page=build_page(rows, first, after, Article.from_row, order))

    @strawberry.field
    async def parties(self, info: Info, first: int = 20, after: str | None = None) -> Connection[Party]:
        """Return a page of all parties, ordered by name."""
        rows = await _fetch_page(info, models.Party, NAME_COLUMNS, first, after)
        return Connection(page=build_page(rows, first, after, Party.from_row, NAME_COLUMNS))

    @strawberry.field
    async def governments(self, info: Info, first: int = 20, after: str | None = None) -> Connection[Government]:
        """Return a page of all governments, ordered by name."""
        rows = await _fetch_page(info, models.Government, NAME_COLUMNS, first, after)
        return Connection(page=build_page(rows, first, after, Government.from_row, NAME_COLUMNS))

    @strawberry.field
    async def measures(self, info: Info, first: int = 20, where: MeasureFilter | None = None) -> FilteredMeasures:
        """Return the first measures that match a filter, newest first."""
        query = _select_measures(where, models.Measure).order_by(models.Measure.recency_rank, models.Measure.position)
        rows = await info.context.reader.fetch_all(query.limit(check_page_size(first) + 1))
        return FilteredMeasures(
            page=build_page([row for (row,) in rows], first, None, Measure.from_row, NEWEST), where=where
        )

    @strawberry.field
    async def search(self, info: Info, query: str, first: int = 20) -> SearchConnection:
        """Return the passages that contain all words of a query."""
        return await search_passages(info, query, check_page_size(first))


async def _fetch_page(
    info: Info, model: Any, order: Sequence[str], first: int, after: str | None, *, descending: bool = False
) -> list[Any]:
    """Fetch the rows of a page of a whole table, and one more to detect a next page."""
    columns = [getattr(model, name) for name in order]
    query = select(model).order_by(*(column.desc() if descending else column for column in columns))
    if position := decode_cursor(after):
        row = tuple_(*columns)
        query = query.where(row < position if descending else row > position)
    return [row for (row,) in await info.context.reader.fetch_all(query.limit(check_page_size(first) + 1))]


def _select_measures(where: MeasureFilter | None, *columns: Any) -> Any:
    query: Any = select(*columns).select_from(models.Measure)
    if where and where.party:
        query = query.join(models.Party, models.Party.id == models.Measure.party_id)
        query = query.where(models.Party.slug.in_(where.party.slug))  # type: ignore[attr-defined]
    if where and where.article:
        query = query.join(models.Article, models.Article.id == models.Measure.article_id)
        languages = [language.casefold() for language in where.article.language]
        query = query.where(models.Article.language_key.in_(languages))  # type: ignore[attr-defined]
    return query


def build_schema() -> strawberry.Schema:
    """Build the schema, with Strawberry's parser and validation caches."""
    return strawberry.Schema(
        query=Query,
        types=[statement_type for _, statement_type in STATEMENT_TYPES],
        extensions=[
            lambda: ParserCache(maxsize=MAX_CACHED_DOCUMENTS),
            lambda: ValidationCache(maxsize=MAX_CACHED_DOCUMENTS),
        ],
    )
