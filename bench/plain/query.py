"""What can be asked of the peer."""

from typing import Any

import strawberry
from sqlalchemy import tuple_
from sqlmodel import select
from strawberry.extensions import ParserCache, ValidationCache

from bench.plain.pages import Connection, checked, page, read_cursor
from bench.plain.types import STATEMENTS, Article, Info, Party
from counterpoint.store import models

BY_NAME = ("name_key", "slug")
DOCUMENTS = 1_000


@strawberry.type
class Query:
    """The questions of the benchmark."""

    @strawberry.field
    async def article(self, info: Info, slug: str) -> Article | None:
        """Find an article by its slug."""
        rows = await info.context.rows.all(select(models.Article).where(models.Article.slug == slug))
        return Article.of(rows[0][0]) if rows else None

    @strawberry.field
    async def parties(self, info: Info, first: int = 20, after: str | None = None) -> Connection[Party]:
        """Read a page of all parties by name."""
        statement: Any = select(models.Party).order_by(models.Party.name_key, models.Party.slug)
        if place := read_cursor(after):
            statement = statement.where(tuple_(models.Party.name_key, models.Party.slug) > place)
        rows = await info.context.rows.all(statement.limit(checked(first) + 1))
        return Connection(shown=page([row for (row,) in rows], first, after, Party.of, BY_NAME))


def build_schema() -> strawberry.Schema:
    """Make the schema, with Strawberry's caches of documents."""
    return strawberry.Schema(
        query=Query,
        types=[shown for _, shown in STATEMENTS],
        extensions=[lambda: ParserCache(maxsize=DOCUMENTS), lambda: ValidationCache(maxsize=DOCUMENTS)],
    )
