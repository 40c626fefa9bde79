"""Connections to a PostgreSQL database that are used in turn."""

import time
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection

from counterpoint.store.postgresql_connection import PostgresqlConnection

CONNECT_TIMEOUT_SECONDS = 2
"""Seconds to wait for a connection; the next query starts a new attempt."""

MAX_LIFETIME_SECONDS = 3600
"""Seconds after which a connection is replaced, because PostgreSQL's memory for it grows."""


class PostgresqlConnectionPool:
    """Keeps connections open between queries. Callers limit how many queries run at once."""

    def __init__(self, conninfo: str, options: str) -> None:
        """Prepare to connect with options for the session; the first query connects."""
        self._conninfo = conninfo
        self._options = options
        self._idle: list[PostgresqlConnection] = []
        self._deadlines: dict[PostgresqlConnection, float] = {}
        """The time at which each open connection is replaced."""

    async def fetch_rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[tuple[bytes | None, ...]]:
        """Return the rows of a query. If its connection broke, as after a restart of the server, run it once more."""
        connection = self._take_idle()
        if connection is not None:
            try:
                return await self._fetch_rows(connection, sql, parameters)
            except psycopg.errors.QueryCanceled:
                raise
            except psycopg.OperationalError:
                self._close_idle()  # because the same may have happened to all
        return await self._fetch_rows(await self._connect(), sql, parameters)

    def close(self) -> None:
        """Disconnect. Queries that run fail."""
        for connection in list(self._deadlines):
            self._discard(connection)
        self._idle.clear()

    async def _fetch_rows(
        self, connection: PostgresqlConnection, sql: str, parameters: Sequence[Any]
    ) -> Sequence[tuple[bytes | None, ...]]:
        try:
            return await connection.fetch_rows(sql, parameters)
        finally:
            if connection.is_closed or time.monotonic() > self._deadlines.get(connection, 0):
                self._discard(connection)
            else:
                self._idle.append(connection)

    def _take_idle(self) -> PostgresqlConnection | None:
        """Return an open connection that runs no query; None if there is none."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed:
                return connection
            self._discard(connection)
        return None

    async def _connect(self) -> PostgresqlConnection:
        connection = PostgresqlConnection(
            await AsyncConnection.connect(
                self._conninfo,
                autocommit=True,
                connect_timeout=CONNECT_TIMEOUT_SECONDS,
                client_encoding="utf-8",
                options=self._options,
            )
        )
        self._deadlines[connection] = time.monotonic() + MAX_LIFETIME_SECONDS
        return connection

    def _close_idle(self) -> None:
        while self._idle:
            self._discard(self._idle.pop())

    def _discard(self, connection: PostgresqlConnection) -> None:
        connection.close()
        self._deadlines.pop(connection, None)
