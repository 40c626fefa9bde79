"""Connections to a PostgreSQL database that are used in turn."""

import asyncio
import os
import socket
import time
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.conninfo import conninfo_to_dict

from counterpoint.store.pooled_postgresql_connection import PooledPostgresqlConnection
from counterpoint.store.postgresql_connection import NoAnswerError, PostgresqlConnection

CONNECT_TIMEOUT_SECONDS = 2
"""Seconds to wait for a connection; the next query starts a new attempt."""

MAX_LIFETIME_SECONDS = 3600
"""Seconds after which a connection is replaced, because PostgreSQL's memory for it grows."""


UNSUPPORTED_BY_POOLER = "unsupported startup parameter"
"""Part of PgBouncer's message if it refuses settings for the session."""

SESSION_MARK = {"counterpoint.session": "on"}
SESSION_MARK_QUERY = "SELECT current_setting('counterpoint.session', true)"
"""A setting that only this session can have, by which it is found out whether a pooler ignores the others."""

TRANSACTION_SETTINGS = {"transaction_read_only": "on"}
"""Settings of each transaction if a session has none. `default_transaction_read_only` would be too late there."""


def format_session_options(settings: Mapping[str, str]) -> str:
    """Return the parameter `options` of a connection whose session has these settings."""
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


class PostgresqlConnectionPool:
    """Keeps connections open between queries. Callers limit how many queries run at once."""

    def __init__(
        self,
        conninfo: str,
        settings: Mapping[str, str],
        result_timeout_seconds: float,
        *,
        pooler_keeps_prepared: bool = False,
    ) -> None:
        """Prepare to connect with settings for the session; the first query connects.

        `pooler_keeps_prepared` applies if the address is that of a pooler.
        """
        self._conninfo = conninfo
        self._settings = settings
        self._result_timeout_seconds = result_timeout_seconds
        self._pooler_keeps_prepared = pooler_keeps_prepared
        self._idle: list[PostgresqlConnection] = []
        self._deadlines: dict[PostgresqlConnection, float] = {}
        """The time at which each open connection is replaced."""

    async def fetch_rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[tuple[bytes | None, ...]]:
        """Return the rows of a query. If its connection has become useless, run it once more."""
        connection = self._take_idle()
        if connection is not None:
            try:
                return await self._fetch_rows(connection, sql, parameters)
            except psycopg.errors.QueryCanceled:
                raise
            except NoAnswerError:
                self._close_idle()
                raise
            except (psycopg.OperationalError, psycopg.errors.FeatureNotSupported):
                # Because the same may have happened to all: they broke, or a migration changed the type of a column
                # that their prepared queries return.
                self._close_idle()
        # In a task, because psycopg may ask for the current one.
        return await asyncio.create_task(self._connect_and_fetch_rows(sql, parameters))

    def close(self) -> None:
        """Disconnect. Queries that run fail."""
        for connection in list(self._deadlines):
            self._discard(connection)
        self._idle.clear()

    async def _connect_and_fetch_rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[tuple[bytes | None, ...]]:
        connection = await self._connect()
        return await self._fetch_rows(connection, sql, parameters)

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
        connection = await self._open_with_settings() or PooledPostgresqlConnection(
            await self._open(),
            self._result_timeout_seconds,
            {**self._settings, **TRANSACTION_SETTINGS},
            keeps_prepared=self._pooler_keeps_prepared,
        )
        self._deadlines[connection] = time.monotonic() + MAX_LIFETIME_SECONDS
        return connection

    async def _open_with_settings(self) -> PostgresqlConnection | None:
        """Open a connection whose session has the settings. Return None if a pooler refuses or ignores them."""
        try:
            connection = await self._open(options=format_session_options({**self._settings, **SESSION_MARK}))
        except psycopg.OperationalError as error:
            if UNSUPPORTED_BY_POOLER in str(error):
                return None
            raise
        # A pooler accepts connections while its database is away. Cancelling a query of psycopg would wait for it.
        timer = asyncio.get_running_loop().call_later(CONNECT_TIMEOUT_SECONDS, _disconnect, connection)
        has_settings = False
        try:
            cursor = await connection.execute(SESSION_MARK_QUERY)
            has_settings = await cursor.fetchone() == ("on",)
        finally:
            timer.cancel()
            if not has_settings:
                await connection.close()
        return PostgresqlConnection(connection, self._result_timeout_seconds) if has_settings else None

    async def _open(self, options: str = "") -> AsyncConnection[Any]:
        """Open a connection, with `options` beside those of the database's address."""
        options = f"{conninfo_to_dict(self._conninfo).get('options', '')} {options}".strip()
        parameters: dict[str, Any] = {"options": options} if options else {}  # Some poolers refuse an empty one, too.
        return await AsyncConnection.connect(
            self._conninfo,
            autocommit=True,
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            client_encoding="utf-8",
            prepare_threshold=None,
            **parameters,
        )

    def _close_idle(self) -> None:
        while self._idle:
            self._discard(self._idle.pop())

    def _discard(self, connection: PostgresqlConnection) -> None:
        connection.close()
        self._deadlines.pop(connection, None)


def _disconnect(connection: AsyncConnection[Any]) -> None:
    """End a connection, so that the query that runs on it fails."""
    with socket.socket(fileno=os.dup(connection.pgconn.socket)) as connection_socket:
        connection_socket.shutdown(socket.SHUT_RDWR)
