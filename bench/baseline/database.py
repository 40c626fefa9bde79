"""Read-only database access for resolvers, on the event loop or in threads, whichever is faster for the database."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import URL, Engine, create_engine, event
from sqlmodel import Session


class Reader(Protocol):
    """Runs the SQL queries of one request."""

    async def fetch_all(self, query: Any) -> Sequence[Any]:
        """Return all result rows of a query."""


class EventLoopReader:
    """Runs queries on the event loop, in one session per request.

    SQLite answers within microseconds, so that a thread or an asynchronous driver would cost more than the query.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    async def fetch_all(self, query: Any) -> Sequence[Any]:
        """Return all result rows of a query."""
        return self._session.execute(query).all()


class ThreadReader:
    """Runs each query in a thread and in its own session, because a network database would block the event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def fetch_all(self, query: Any) -> Sequence[Any]:
        """Return all result rows of a query."""
        return await asyncio.to_thread(self._fetch_all, query)

    def _fetch_all(self, query: Any) -> Sequence[Any]:
        with Session(self._engine) as session:
            return session.execute(query).all()


class Database:
    """A database that requests read from."""

    def __init__(self, url: URL) -> None:
        self._is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = create_read_engine(url)

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        """Open the reader of one request."""
        if self._is_sqlite:
            with Session(self._engine) as session:
                yield EventLoopReader(session)
        else:
            yield ThreadReader(self._engine)


def create_read_engine(url: URL) -> Engine:
    """Create a SQLAlchemy engine, with the same SQLite settings as the service."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=8, max_overflow=0)
    engine = create_engine(url, pool_size=256)
    event.listen(engine, "connect", _configure_sqlite)
    return engine


def _configure_sqlite(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA query_only = on")
    connection.execute("PRAGMA mmap_size = 2147418112")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = memory")
