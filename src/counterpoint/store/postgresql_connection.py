"""A connection to PostgreSQL that runs prepared queries, each in one round trip."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult

MAX_PREPARED_QUERIES = 100
"""Queries that a connection keeps prepared. Each holds a plan in the memory of PostgreSQL."""

RESULT_FORMAT = Format.BINARY
"""A text is the same bytes in both formats; those of an image are themselves in the binary format only."""


class NoAnswerError(psycopg.OperationalError):
    """The server accepted a query, and did not answer in time."""


class PostgresqlConnection:
    """Runs one query at a time.

    It calls the functions of libpq for event loops directly. A cursor of psycopg takes two to three times as long,
    because it registers the socket anew for each query, and converts each value.
    """

    def __init__(self, connection: AsyncConnection[Any], result_timeout_seconds: float) -> None:
        """Take over an open connection. Call this in a running event loop."""
        self._result_timeout_seconds = result_timeout_seconds
        self._connection = connection
        self._libpq = connection.pgconn
        self._socket = self._libpq.socket
        self._names: OrderedDict[str, bytes] = OrderedDict()
        self._name_count = 0
        self._result: PGresult | None = None
        self._answer: asyncio.Future[PGresult] | None = None
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._socket, self._receive)
        self.is_closed = False

    async def fetch_rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[tuple[bytes | None, ...]]:
        """Return the rows of a query. Raise the error of psycopg for its failure."""
        name = self._names.get(sql)
        if name is None:
            name = await self._prepare(sql)
        self._names.move_to_end(sql)
        self._libpq.send_query_prepared(name, encode_parameters(parameters), result_format=RESULT_FORMAT)
        return read_rows(await self._wait_for_result())

    def close(self) -> None:
        """Disconnect. A query that runs fails."""
        self._fail(psycopg.OperationalError("The connection is closed."))

    async def _prepare(self, sql: str) -> bytes:
        """Prepare a query under a new name. Before, forget the one that was not used for longest."""
        if len(self._names) >= MAX_PREPARED_QUERIES:
            _, oldest = self._names.popitem(last=False)
            self._libpq.send_close_prepared(oldest)
            await self._wait_for_result()
        self._name_count += 1
        name = f"q{self._name_count}".encode()
        self._libpq.send_prepare(name, sql.encode())
        await self._wait_for_result()
        self._names[sql] = name
        return name

    async def _wait_for_result(self) -> PGresult:
        """Send what was queued, and return the result."""
        self._answer = self._loop.create_future()
        timer = self._loop.call_later(self._result_timeout_seconds, self._on_timeout)
        self._send()
        try:
            result = await self._answer
        except asyncio.CancelledError:
            self.close()  # because the query still runs
            raise
        finally:
            timer.cancel()
        if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
            if self._libpq.status != ConnStatus.OK:
                self.close()
            raise error_from_result(result)
        return result

    def _on_timeout(self) -> None:
        self._fail(NoAnswerError(f"The server has not answered within {self._result_timeout_seconds:g} s."))

    def _send(self) -> None:
        """Send what was queued. If the socket is full, send the rest when it has room."""
        try:
            if self._libpq.flush():
                self._loop.add_writer(self._socket, self._send_rest)
        except psycopg.OperationalError as error:
            self._fail(error)

    def _send_rest(self) -> None:
        self._loop.remove_writer(self._socket)
        self._send()

    def _receive(self) -> None:
        """Read what has arrived. When the answer to a query is complete, return its result to the caller."""
        try:
            self._libpq.consume_input()
            while not self._libpq.is_busy():
                if self._take(self._libpq.get_result()):
                    return
        except psycopg.OperationalError as error:
            self._fail(error)

    def _take(self, result: PGresult | None) -> bool:
        """Keep a result, or finish after the last one. Return whether nothing more is expected."""
        if result is None:
            self._finish()
            return True
        self._result = result
        return False

    def _finish(self) -> None:
        answer, result = self._answer, self._result
        self._answer = self._result = None
        if answer is not None and result is not None and not answer.done():
            answer.set_result(result)

    def _fail(self, error: psycopg.OperationalError) -> None:
        """Disconnect, and raise the error where a result is awaited."""
        if self.is_closed:
            return
        self.is_closed = True
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        self._libpq.finish()
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


def encode_parameters(parameters: Sequence[Any]) -> list[bytes | None]:
    """Return values as text. PostgreSQL infers the type of each parameter."""
    return [None if value is None else str(value).encode() for value in parameters]


def read_rows(result: PGresult) -> Sequence[tuple[bytes | None, ...]]:
    """Return the rows of a result, as the bytes that PostgreSQL sent."""
    columns = range(result.nfields)
    return [tuple([result.get_value(row, column) for column in columns]) for row in range(result.ntuples)]
