"""Reading a PostgreSQL database."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import URL

from counterpoint.errors import LimitExceeded, NotReady, StatementTimeout
from counterpoint.store.reading import Row

CONNECTIONS = 8

LARGEST = 2**30 - 1
"""Bytes of the longest text that the server builds."""


class _Bytes(Loader):
    """Hands a text's bytes on as they are."""

    def load(self, data: Buffer) -> bytes:
        return bytes(data)


class PostgreSQLReader:
    """Reads a PostgreSQL database through a pool of connections that can't write."""

    def __init__(self, url: URL, seconds: float) -> None:
        """Read a database; `open` connects."""
        self._seconds = seconds
        milliseconds = int(seconds * 1000)
        self._pool: AsyncConnectionPool[AsyncConnection[Any]] = AsyncConnectionPool(
            url.set(drivername="postgresql").render_as_string(hide_password=False),
            min_size=1,
            max_size=CONNECTIONS,
            open=False,
            configure=_configured,
            kwargs={
                "autocommit": True,
                # A prepared statement is planned once for all values; its values never change what is the best plan.
                "options": f"-c default_transaction_read_only=on -c statement_timeout={milliseconds} -c jit=off"
                " -c plan_cache_mode=force_generic_plan -c DateStyle=ISO",
            },
        )

    async def open(self) -> None:
        """Connect."""
        await self._pool.open()

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> Row:
        """Give the statement's only row."""
        try:
            async with self._pool.connection() as connection:
                cursor = AsyncRawCursor(connection)
                await cursor.execute(statement, parameters, prepare=True)
                row: Row = await cursor.fetchone() or ()
                return row
        except psycopg.errors.QueryCanceled:
            raise StatementTimeout(self._seconds) from None
        except psycopg.errors.ProgramLimitExceeded as error:
            raise LimitExceeded("The size of an answer, in bytes,", LARGEST) from error
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as error:
            raise NotReady("The database's tables are not those of this version: run migrate.") from error

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line."""
        async with self._pool.connection() as connection:
            cursor = AsyncRawCursor(connection)
            await cursor.execute(f"EXPLAIN {statement}", parameters)
            return [line.decode() for (line,) in await cursor.fetchall()]

    async def close(self) -> None:
        """Disconnect."""
        await self._pool.close()


async def _configured(connection: AsyncConnection[Any]) -> None:
    connection.adapters.register_loader("text", _Bytes)
    connection.adapters.register_loader("varchar", _Bytes)
