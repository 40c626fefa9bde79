"""A connection through a pooler that gives each transaction any of its own connections, such as PgBouncer.

Nothing that one query sets is there for the next. Therefore each query brings the settings of the session along, in one
round trip: a pipeline is one transaction that ends with the last query in it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import AsyncConnection
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult

from counterpoint.store.postgresql_connection import (
    MAX_PREPARED_QUERIES,
    RESULT_FORMAT,
    PostgresqlConnection,
    encode_parameters,
    read_rows,
)


class PooledPostgresqlConnection(PostgresqlConnection):
    """Runs one query at a time, each in a transaction with its own settings."""

    def __init__(
        self,
        connection: AsyncConnection[Any],
        result_timeout_seconds: float,
        settings: Mapping[str, str],
        *,
        keeps_prepared: bool,
    ) -> None:
        """Take over an open connection. `keeps_prepared` is whether the pooler keeps prepared queries."""
        super().__init__(connection, result_timeout_seconds)
        self._keeps_prepared = keeps_prepared
        calls = [f"set_config('{name}', '{value}', true)" for name, value in settings.items()]
        self._apply_settings = f"SELECT {', '.join(calls)}"
        self._has_failed = False
        self._libpq.enter_pipeline_mode()

    async def fetch_rows(self, sql: str, parameters: Sequence[Any]) -> Sequence[tuple[bytes | None, ...]]:
        """Return the rows of a query. Raise the error of psycopg for its failure."""
        self._has_failed = False
        added = [query for query in (self._apply_settings, sql) if self._prepare_if_missing(query)]
        self._run(self._apply_settings, [])
        self._run(sql, encode_parameters(parameters))
        self._libpq.pipeline_sync()
        try:
            return read_rows(await self._wait_for_result())
        except BaseException:
            for query in added:  # It is unknown how far the pipeline came. Names are never used again.
                self._names.pop(query, None)
            raise

    def _prepare_if_missing(self, sql: str) -> bool:
        """Queue the preparation of a query that is not prepared yet, and return whether it is queued."""
        if not self._keeps_prepared:
            return False
        if sql in self._names:
            self._names.move_to_end(sql)
            return False
        if len(self._names) >= MAX_PREPARED_QUERIES:
            _, oldest = self._names.popitem(last=False)
            self._libpq.send_close_prepared(oldest)
        self._name_count += 1
        self._names[sql] = f"q{self._name_count}".encode()
        self._libpq.send_prepare(self._names[sql], sql.encode())
        return True

    def _run(self, sql: str, values: Sequence[bytes | None]) -> None:
        """Queue the execution of a query."""
        if self._keeps_prepared:
            self._libpq.send_query_prepared(self._names[sql], values, result_format=RESULT_FORMAT)
        else:
            self._libpq.send_query_params(sql.encode(), values, result_format=RESULT_FORMAT)

    def _take(self, result: PGresult | None) -> bool:
        """Keep the result of the last query, or the first error. Finish at the end of the pipeline."""
        if self._answer is None:
            return True
        if result is None:  # the end of one query's results
            return False
        if result.status == ExecStatus.PIPELINE_SYNC:
            self._finish()
            return True
        if not self._has_failed:
            self._result = result
            self._has_failed = result.status == ExecStatus.FATAL_ERROR
        return False
