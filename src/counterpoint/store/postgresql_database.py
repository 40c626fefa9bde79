"""Read-only access to a PostgreSQL database."""

import logging
import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import URL

from counterpoint.errors import LimitExceeded, NotReady, QueryTimeout
from counterpoint.store.database import WRONG_SCHEMA_MESSAGE, ConcurrencyLimiter, QueryLimits, ResultRow

log = logging.getLogger(__name__)

Pool: TypeAlias = "AsyncConnectionPool[AsyncConnection[Any]]"

CONNECT_TIMEOUT_SECONDS = 2
"""Seconds to wait for a connection, and to keep trying to reconnect; the next query starts a new attempt."""

# A generic plan is made once for each prepared query, because no plan should depend on the values. Sequential scans are
# off and random reads cheap, because every query is written to seek in indexes that fit into memory. The planner, which
# does not know the values, would sometimes choose a scan.
SESSION_OPTIONS = (
    "-c default_transaction_read_only=on -c jit=off -c DateStyle=ISO -c plan_cache_mode=force_generic_plan"
    " -c enable_seqscan=off -c random_page_cost=1.1"
)

MAX_TEXT_BYTES = 2**30 - 1
"""Bytes of the longest text that PostgreSQL can build."""


class _BytesLoader(Loader):
    """Loads texts as bytes, because responses are sent as the database built them."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class PostgresqlDatabase:
    """Reads a PostgreSQL database through read-only connections."""

    def __init__(self, url: URL, limits: QueryLimits) -> None:
        """Prepare to read a database; `open` connects."""
        self._limits = limits
        self._limiter = ConcurrencyLimiter(limits.max_concurrent, limits.max_queued)
        self._pool = self._create_pool(url, limits.max_concurrent)
        # A connection of its own, so that slow queries cannot delay the revision and the health checks.
        self._unqueued_pool = self._create_pool(url, 1)

    def _create_pool(self, url: URL, max_size: int) -> Pool:
        return AsyncConnectionPool(
            url.set(drivername="postgresql").render_as_string(hide_password=False),
            min_size=1,
            max_size=max_size,
            timeout=CONNECT_TIMEOUT_SECONDS,
            reconnect_timeout=CONNECT_TIMEOUT_SECONDS,
            open=False,
            configure=_configure,
            kwargs={
                "autocommit": True,
                "options": f"{SESSION_OPTIONS} -c statement_timeout={_milliseconds(self._limits.timeout_seconds)}",
            },
        )

    async def open(self) -> None:
        """Connect."""
        await self._pool.open()
        await self._unqueued_pool.open()

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query."""
        async with self._limiter.acquire():
            return await self._fetch(self._pool, sql, parameters)

    async def fetch_large(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query whose row is large."""
        return await self.fetch(sql, parameters)

    async def fetch_unqueued(self, sql: str) -> ResultRow:
        """Return the only row of a fast query, without waiting for other queries."""
        return await self._fetch(self._unqueued_pool, sql, ())

    async def _fetch(self, pool: Pool, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query; translate the errors of the driver."""
        try:
            return await _fetch_with_retry(pool, sql, parameters)
        except psycopg.errors.QueryCanceled:
            raise QueryTimeout(self._limits.timeout_seconds) from None
        except psycopg.errors.ProgramLimitExceeded as error:
            raise LimitExceeded("The size of the response in bytes", MAX_TEXT_BYTES) from error
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
            log.warning("A database query failed: %s", error)
            raise NotReady(WRONG_SCHEMA_MESSAGE) from error
        except psycopg.OperationalError as error:
            log.warning("The database cannot be reached: %s", error)
            raise NotReady("The database cannot be reached.") from error

    async def explain(self, sql: str, parameters: Sequence[Any]) -> list[str]:
        """Return the lines of PostgreSQL's plan for a query."""
        async with self._pool.connection() as connection:
            cursor = AsyncRawCursor(connection)
            await cursor.execute(f"EXPLAIN {sql}", parameters)
            return [line.decode() for (line,) in await cursor.fetchall()]

    async def close(self) -> None:
        """Disconnect."""
        await self._pool.close()
        await self._unqueued_pool.close()


def _milliseconds(seconds: float) -> int:
    """Return a timeout in PostgreSQL's unit; at least 1, because 0 means no timeout."""
    return max(1, math.ceil(seconds * 1000))


async def _fetch_with_retry(pool: Pool, sql: str, parameters: Sequence[Any]) -> ResultRow:
    """Run a query; run it once more if its connection was broken, as after a restart of the server."""
    try:
        return await _only_row(pool, sql, parameters)
    except (psycopg.errors.QueryCanceled, PoolTimeout):
        raise
    except psycopg.OperationalError:
        await pool.check()
        return await _only_row(pool, sql, parameters)


async def _only_row(pool: Pool, sql: str, parameters: Sequence[Any]) -> ResultRow:
    async with pool.connection() as connection:
        cursor = AsyncRawCursor(connection)
        await cursor.execute(sql, parameters, prepare=True)
        row: ResultRow = await cursor.fetchone() or ()
        return row


async def _configure(connection: AsyncConnection[Any]) -> None:
    connection.adapters.register_loader("text", _BytesLoader)
    connection.adapters.register_loader("varchar", _BytesLoader)
