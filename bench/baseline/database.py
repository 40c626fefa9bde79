"""Rows for resolvers: read-only sessions, run where that is fastest for the database."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import URL, Engine, create_engine, event
from sqlmodel import Session


class Rows(Protocol):
    """Gives a statement's rows."""

    async def all(self, statement: Any) -> Sequence[Any]:
        """Give all rows."""


class InlineRows:
    """Runs statements on the event loop, in one session a request.

    SQLite answers from this process's memory within microseconds: a hop to a thread, or the thread behind each call of
    an asynchronous driver, costs more than the statement.
    """

    def __init__(self, session: Session) -> None:
        """Read through a session."""
        self._session = session

    async def all(self, statement: Any) -> Sequence[Any]:
        """Give all rows."""
        return self._session.execute(statement).all()


class ThreadedRows:
    """Runs each statement in a thread, in a session of its own: a server over the network makes the loop wait."""

    def __init__(self, engine: Engine) -> None:
        """Read from an engine."""
        self._engine = engine

    async def all(self, statement: Any) -> Sequence[Any]:
        """Give all rows."""
        return await asyncio.to_thread(self._read, statement)

    def _read(self, statement: Any) -> Sequence[Any]:
        with Session(self._engine) as session:
            return session.execute(statement).all()


class Database:
    """A database, and the rows that each request reads from it."""

    def __init__(self, url: URL) -> None:
        """Connect when asked first."""
        self._is_inline = url.get_backend_name() == "sqlite"
        self._engine = reading_engine(url)

    @asynccontextmanager
    async def rows(self) -> AsyncIterator[Rows]:
        """Give the rows of one request."""
        if self._is_inline:
            with Session(self._engine) as session:
                yield InlineRows(session)
        else:
            yield ThreadedRows(self._engine)


def reading_engine(url: URL) -> Engine:
    """Make an engine that reads, with the service's settings of SQLite."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_size=8, max_overflow=0)
    engine = create_engine(url, pool_size=256)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA query_only = on")
    connection.execute("PRAGMA mmap_size = 2147418112")
    connection.execute("PRAGMA cache_size = -16384")
    connection.execute("PRAGMA temp_store = memory")
