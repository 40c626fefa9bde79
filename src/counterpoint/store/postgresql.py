"""Reading a PostgreSQL database."""

import logging
import math
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import URL

from counterpoint.errors import LimitExceeded, NotReady, QueryTimeout
from counterpoint.store.database import WRONG_SCHEMA_MESSAGE, ConcurrencyLimiter, QueryLimits, ResultRow

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_SECONDS = 2
"""Seconds to wait for a connection, and to go on trying to make one: with what is asked next, trying begins anew."""

# A prepared statement is planned once for all values, of which no plan depends. Every one is written to seek in
# indexes, and what is read is in memory; the planner, not knowing the values, would now and then rather scan.
SESSION_OPTIONS = (
    "-c default_transaction_read_only=on -c jit=off -c DateStyle=ISO -c plan_cache_mode=force_generic_plan"
    " -c enable_seqscan=off -c random_page_cost=1.1"
)

MAX_TEXT_BYTES = 2**30 - 1
"""Bytes of the longest text that the server builds."""


class _BytesLoader(Loader):
    """Hands a text's bytes on as they are."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class PostgresqlDatabase:
    """Reads a PostgreSQL database through a pool of connections that can't write."""

    def __init__(self, url: URL, allowance: QueryLimits) -> None:
        """Read a database; `open` connects."""
        self._seconds = allowance.seconds
        self._gate = ConcurrencyLimiter(allowance.at_once, allowance.waiting)
        self._pool = self._connections(url, allowance.at_once)
        # However long all others take, this one is free to tell what the revision is.
        self._peeking = self._connections(url, 1)

    def _connections(self, url: URL, at_once: int) -> "AsyncConnectionPool[AsyncConnection[Any]]":
        return AsyncConnectionPool(
            url.set(drivername="postgresql").render_as_string(hide_password=False),
            min_size=1,
            max_size=at_once,
            timeout=CONNECT_TIMEOUT_SECONDS,
            reconnect_timeout=CONNECT_TIMEOUT_SECONDS,
            open=False,
            configure=_configure,
            kwargs={
                "autocommit": True,
                "options": f"{SESSION_OPTIONS} -c statement_timeout={_milliseconds(self._seconds)}",
            },
        )

    async def open(self) -> None:
        """Connect."""
        await self._pool.open()
        await self._peeking.open()

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> ResultRow:
        """Give the statement's only row."""
        async with self._gate.turn():
            return await self._fetch(self._pool, statement, parameters)

    async def fetch_unqueued(self, statement: str) -> ResultRow:
        """Give the only row of a statement that takes no time, past all that wait."""
        return await self._fetch(self._peeking, statement, ())

    async def _fetch(
        self, pool: "AsyncConnectionPool[AsyncConnection[Any]]", statement: str, parameters: Sequence[Any]
    ) -> ResultRow:
        try:
            try:
                return await _only_row(pool, statement, parameters)
            except (psycopg.errors.QueryCanceled, PoolTimeout):
                raise
            except psycopg.OperationalError:
                # Connections break when the server is started anew. Reading changes nothing: it may be tried again.
                await pool.check()
                return await _only_row(pool, statement, parameters)
        except psycopg.errors.QueryCanceled:
            raise QueryTimeout(self._seconds) from None
        except psycopg.errors.ProgramLimitExceeded as error:
            raise LimitExceeded("The size of the response in bytes", MAX_TEXT_BYTES) from error
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
            log.warning("The database can't be asked: %s", error)
            raise NotReady(WRONG_SCHEMA_MESSAGE) from error
        except psycopg.OperationalError as error:
            log.warning("The database can't be asked: %s", error)
            raise NotReady("The database can't be reached.") from error

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line."""
        async with self._pool.connection() as connection:
            cursor = AsyncRawCursor(connection)
            await cursor.execute(f"EXPLAIN {statement}", parameters)
            return [line.decode() for (line,) in await cursor.fetchall()]

    async def close(self) -> None:
        """Disconnect."""
        await self._pool.close()
        await self._peeking.close()


def _milliseconds(seconds: float) -> int:
    """Say how long as PostgreSQL takes it, where 0 would be for ever."""
    return max(1, math.ceil(seconds * 1000))


async def _only_row(
    pool: "AsyncConnectionPool[AsyncConnection[Any]]", statement: str, parameters: Sequence[Any]
) -> ResultRow:
    async with pool.connection() as connection:
        cursor = AsyncRawCursor(connection)
        await cursor.execute(statement, parameters, prepare=True)
        row: ResultRow = await cursor.fetchone() or ()
        return row


async def _configure(connection: AsyncConnection[Any]) -> None:
    connection.adapters.register_loader("text", _BytesLoader)
    connection.adapters.register_loader("varchar", _BytesLoader)
