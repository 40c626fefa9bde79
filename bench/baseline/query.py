"""What can be asked of the peer."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

import strawberry
from sqlalchemy import func, tuple_
from sqlmodel import select
from strawberry import Private
from strawberry.extensions import ParserCache, ValidationCache

from bench.baseline.pages import Connection, checked, page, read_cursor
from bench.baseline.search import SearchConnection, find
from bench.baseline.types import NEWEST, STATEMENTS, Article, Government, Info, Measure, Party
from counterpoint.store import models

BY_NAME = ("name_key", "slug")
BY_TITLE = ("title_key", "slug")
DOCUMENTS = 1_000


@strawberry.enum
class ArticleOrder(Enum):
    """How articles are ordered: by which columns, and whether against them."""

    PUBLISHED_DESC = (("recency_key",), False)
    PUBLISHED_ASC = (("recency_key",), True)
    TITLE_ASC = (BY_TITLE, False)
    TITLE_DESC = (BY_TITLE, True)


@strawberry.input
class PartyFilter:
    """A condition on parties."""

    slug: list[str]


@strawberry.input
class ArticleFilter:
    """A condition on articles."""

    language: list[str]


@strawberry.input
class MeasureFilter:
    """A condition on measures."""

    party: PartyFilter | None = None
    article: ArticleFilter | None = None


@strawberry.type
class FilteredMeasures(Connection[Measure]):
    """A page of measures that knows how many there are."""

    where: Private[MeasureFilter | None]

    @strawberry.field
    async def total_count(self, info: Info) -> int:
        """Count all that match."""
        rows = await info.context.rows.all(_measures(self.where, func.count()))
        return int(rows[0][0])


@strawberry.type
class Query:
    """The questions of the benchmark."""

    @strawberry.field
    async def article(self, info: Info, slug: str) -> Article | None:
        """Find an article by its slug."""
        rows = await info.context.rows.all(select(models.Article).where(models.Article.slug == slug))
        return Article.of(rows[0][0]) if rows else None

    @strawberry.field
    async def articles(
        self,
        info: Info,
        first: int = 20,
        after: str | None = None,
        order_by: ArticleOrder = ArticleOrder.PUBLISHED_DESC,
    ) -> Connection[Article]:
        """Read a page of all articles."""
        order, descending = order_by.value
        rows = await _page_of(info, models.Article, order, first, after, descending=descending)
        return Connection(shown=page(rows, first, after, Article.of, order))

    @strawberry.field
    async def parties(self, info: Info, first: int = 20, after: str | None = None) -> Connection[Party]:
        """Read a page of all parties by name."""
        rows = await _page_of(info, models.Party, BY_NAME, first, after)
        return Connection(shown=page(rows, first, after, Party.of, BY_NAME))

    @strawberry.field
    async def governments(self, info: Info, first: int = 20, after: str | None = None) -> Connection[Government]:
        """Read a page of all governments by name."""
        rows = await _page_of(info, models.Government, BY_NAME, first, after)
        return Connection(shown=page(rows, first, after, Government.of, BY_NAME))

    @strawberry.field
    async def measures(self, info: Info, first: int = 20, where: MeasureFilter | None = None) -> FilteredMeasures:
        """Read a page of the newest measures that match."""
        statement = _measures(where, models.Measure).order_by(models.Measure.recency_key, models.Measure.position)
        rows = await info.context.rows.all(statement.limit(checked(first) + 1))
        return FilteredMeasures(shown=page([row for (row,) in rows], first, None, Measure.of, NEWEST), where=where)

    @strawberry.field
    async def search(self, info: Info, query: str, first: int = 20) -> SearchConnection:
        """Find what holds all of some words."""
        return await find(info, query, checked(first))


async def _page_of(
    info: Info, model: Any, order: Sequence[str], first: int, after: str | None, *, descending: bool = False
) -> list[Any]:
    """Read the rows of a page of a whole table, and one more."""
    columns = [getattr(model, name) for name in order]
    statement = select(model).order_by(*(column.desc() if descending else column for column in columns))
    if place := read_cursor(after):
        beyond = tuple_(*columns) < place if descending else tuple_(*columns) > place
        statement = statement.where(beyond)
    return [row for (row,) in await info.context.rows.all(statement.limit(checked(first) + 1))]


def _measures(where: MeasureFilter | None, *selected: Any) -> Any:
    statement: Any = select(*selected).select_from(models.Measure)
    if where and where.party:
        statement = statement.join(models.Party, models.Party.id == models.Measure.party_id)
        statement = statement.where(models.Party.slug.in_(where.party.slug))  # type: ignore[attr-defined]
    if where and where.article:
        statement = statement.join(models.Article, models.Article.id == models.Measure.article_id)
        languages = [language.casefold() for language in where.article.language]
        statement = statement.where(models.Article.language_key.in_(languages))  # type: ignore[attr-defined]
    return statement


def build_schema() -> strawberry.Schema:
    """Make the schema, with Strawberry's caches of documents."""
    return strawberry.Schema(
        query=Query,
        types=[shown for _, shown in STATEMENTS],
        extensions=[lambda: ParserCache(maxsize=DOCUMENTS), lambda: ValidationCache(maxsize=DOCUMENTS)],
    )
