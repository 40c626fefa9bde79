"""Read-only access to a PostgreSQL database."""

import asyncio
import logging
import math
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL

from counterpoint.errors import DatabaseUnreachable, LimitExceeded, NotReady, QueryTimeout, SettingsError
from counterpoint.store.database import (
    WRONG_SCHEMA_MESSAGE,
    ConcurrencyLimiter,
    FailureLog,
    QueryLimits,
    QueryLoad,
    ResultRow,
)
from counterpoint.store.postgresql_connection_pool import CONNECT_TIMEOUT_SECONDS, PostgresqlConnectionPool

log = logging.getLogger(__name__)

# A generic plan is made once for each prepared query, because no plan should depend on the values. Sequential scans are
# off and random reads cheap, because every query is written to seek in indexes that fit into memory. The planner, which
# does not know the values, would sometimes choose a scan.
# The memory holds the places of two million matches of a search. With less, all rows of their pages are parsed again.
SESSION_SETTINGS = {
    "default_transaction_read_only": "on",
    "jit": "off",
    "DateStyle": "ISO",
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "random_page_cost": "1.1",
    "work_mem": "64MB",
}

RESULT_DELAY_SECONDS = 1
"""Seconds after the query timeout at which a database that has not reported it counts as mute."""

MISSING_RIGHT_MESSAGE = "The server has no right to read the database."

UNREACHABLE_MESSAGE = "The database cannot be reached."

MAX_TEXT_BYTES = 2**30 - 1
"""Bytes of the longest text that PostgreSQL can build."""


class PostgresqlDatabase:
    """Reads a PostgreSQL database through read-only connections."""

    def __init__(self, url: URL, limits: QueryLimits) -> None:
        """Prepare to read a database."""
        self._limits = limits
        self._limiter = ConcurrencyLimiter(limits.max_concurrent, limits.max_queued)
        self._pool = self._create_pool(url, limits.timeout_seconds + RESULT_DELAY_SECONDS)
        # A connection of its own, so that slow queries cannot delay the revision and the health checks.
        self._unqueued_pool = self._create_pool(url, CONNECT_TIMEOUT_SECONDS)
        self._unqueued_lock = asyncio.Lock()
        self._failures = FailureLog()
        self._missing_rights: set[str] = set()

    def _create_pool(self, url: URL, result_timeout_seconds: float) -> PostgresqlConnectionPool:
        settings = SESSION_SETTINGS | {"statement_timeout": str(_milliseconds(self._limits.timeout_seconds))}
        return PostgresqlConnectionPool(
            build_conninfo(url),
            settings,
            result_timeout_seconds,
            pooler_keeps_prepared=self._limits.pooler_keeps_prepared,
        )

    @property
    def load(self) -> QueryLoad:
        """The queries at this moment."""
        return self._limiter.load

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query.

        Yield to the event loop before the query, so that the other requests of a batch are read before it is sent.
        """
        await asyncio.sleep(0)
        async with self._limiter.acquire():
            return _only_row(await self._fetch_rows(self._pool, sql, parameters))

    async def fetch_large(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query whose row is large."""
        return await self.fetch(sql, parameters)

    async def fetch_unqueued(self, sql: str) -> ResultRow:
        """Return the only row of a fast query, without waiting for other queries."""
        # In a task, because `asyncio.timeout` needs one.
        return await asyncio.create_task(self._fetch_unqueued(sql))

    async def _fetch_unqueued(self, sql: str) -> ResultRow:
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT_SECONDS):
                await self._unqueued_lock.acquire()
        except TimeoutError:
            raise DatabaseUnreachable(UNREACHABLE_MESSAGE) from None
        try:
            row = _only_row(await self._fetch_rows(self._unqueued_pool, sql, ()))
        finally:
            self._unqueued_lock.release()
        self._failures.end()
        return row

    async def check_rights(self, tables: Sequence[str]) -> None:
        """Raise NotReady if one of the tables may not be read. Wait for no lock, such as that of a migration."""
        names = ", ".join(f"('{table}')" for table in tables)
        query = f"SELECT name FROM (VALUES {names}) AS t(name) WHERE NOT has_table_privilege(name, 'SELECT') LIMIT 1"
        for name in await self.fetch_unqueued(query):
            self._report_missing_right(f"permission denied for table {(name or b'').decode()}")
            raise NotReady(MISSING_RIGHT_MESSAGE)

    async def _fetch_rows(
        self, pool: PostgresqlConnectionPool, sql: str, parameters: Sequence[Any]
    ) -> Sequence[ResultRow]:
        """Return the rows of a query; translate the errors of the driver."""
        try:
            return await pool.fetch_rows(sql, parameters)
        except psycopg.errors.QueryCanceled:
            raise QueryTimeout(self._limits.timeout_seconds) from None
        except psycopg.errors.ProgramLimitExceeded as error:
            raise LimitExceeded("The size of the response in bytes", MAX_TEXT_BYTES) from error
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
            self._failures.report(str(error))
            raise NotReady(WRONG_SCHEMA_MESSAGE) from error
        except psycopg.OperationalError as error:
            self._failures.report(str(error))
            raise DatabaseUnreachable(UNREACHABLE_MESSAGE) from error
        except psycopg.errors.InsufficientPrivilege as error:
            self._report_missing_right(error.diag.message_primary or str(error))
            raise NotReady(MISSING_RIGHT_MESSAGE) from error

    def _report_missing_right(self, reason: str) -> None:
        """Log which right is missing, once because requests for other tables may succeed meanwhile."""
        if reason not in self._missing_rights:
            log.error("The role of the server lacks a right: %s. See docs/operations/postgresql.md.", reason)
        self._missing_rights.add(reason)

    async def explain(self, sql: str, parameters: Sequence[Any]) -> list[str]:
        """Return the lines of PostgreSQL's plan for a query."""
        async with self._limiter.acquire():
            rows = await self._fetch_rows(self._pool, f"EXPLAIN {sql}", parameters)
        return [(line or b"").decode() for (line,) in rows]

    async def close(self) -> None:
        """Disconnect."""
        self._pool.close()
        self._unqueued_pool.close()


def build_conninfo(url: URL) -> str:
    """Return a database URL in the form that psycopg reads, with the parameters that SQLAlchemy passes to it.

    Not the text of the URL, because SQLAlchemy writes spaces in passwords and parameters in ways that psycopg refuses.
    Raise SettingsError if PostgreSQL has no such parameter.
    """
    _, parameters = url.get_dialect()().create_connect_args(url)
    try:
        return make_conninfo(**parameters)
    except psycopg.ProgrammingError as error:
        setting = "COUNTERPOINT_DATABASE_URL or COUNTERPOINT_READ_URL"
        raise SettingsError(f"{setting}: {str(error).strip()}") from None


def _only_row(rows: Sequence[ResultRow]) -> ResultRow:
    return rows[0] if rows else ()


def _milliseconds(seconds: float) -> int:
    """Return a timeout in PostgreSQL's unit; at least 1, because 0 means no timeout."""
    return max(1, math.ceil(seconds * 1000))
