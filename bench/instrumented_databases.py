"""Database readers that record how each SQL query runs: which tables it scans, and how much work it does."""

import json
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

from counterpoint.errors import QueryTimeout
from counterpoint.store.database import QueryLimits, ResultRow
from counterpoint.store.postgresql_connection_pool import format_session_options
from counterpoint.store.postgresql_database import SESSION_SETTINGS
from counterpoint.store.sqlite_connection_pool import connect
from counterpoint.store.sqlite_database import SqliteDatabase

PROGRESS_INTERVAL_STEPS = 100
QUERY_TIMEOUT_SECONDS = 2.0
"""The default timeout of the service."""

CONSTANT_SIZE_TABLES = ("revision", "alembic_version", "sqlite_schema")

MAX_SMALL_TABLE_ROWS = 1_000


@dataclass(frozen=True)
class Scan:
    """A table or index that is read from its first or last row on, not from a position that is looked up."""

    table: str
    index: str | None = None

    def __str__(self) -> str:
        return self.table if self.index is None else f"{self.table} by {self.index}"


@dataclass(frozen=True)
class Execution:
    """How a query ran. `work` counts steps of SQLite's virtual machine, or rows that PostgreSQL read."""

    sql: str
    plan: Sequence[str]
    scans: Sequence[Scan]
    work: int
    milliseconds: float


class InstrumentedSqlite(SqliteDatabase):
    """SQLite database that records the last execution."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, QueryLimits(QUERY_TIMEOUT_SECONDS))
        self.last_execution: Execution | None = None
        self._connection: sqlite3.Connection | None = None
        self._progress_calls = 0
        self._deadline = 0.0

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only result row of a query. Raise QueryTimeout if it takes too long."""
        connection = self._connection = self._connection or connect(self._path, mmap_bytes=self._limits.mmap_bytes)
        plan = await self.explain(sql, parameters)
        scans = [*_bytecode_scans(connection, sql, parameters), *_full_text_scans(plan)]
        self._progress_calls = 0
        start = time.perf_counter()
        self._deadline = start + QUERY_TIMEOUT_SECONDS
        connection.set_progress_handler(self._on_progress, PROGRESS_INTERVAL_STEPS)
        try:
            row: ResultRow = connection.execute(sql, parameters).fetchone()
        except sqlite3.OperationalError as error:
            raise QueryTimeout(QUERY_TIMEOUT_SECONDS) from error
        finally:
            milliseconds = 1000 * (time.perf_counter() - start)
            connection.set_progress_handler(None, 0)
            steps = self._progress_calls * PROGRESS_INTERVAL_STEPS
            self.last_execution = Execution(sql, plan, scans, steps, milliseconds)
        return row

    async def close(self) -> None:
        """Close all connections."""
        if self._connection is not None:
            self._connection.close()
        await super().close()

    def _on_progress(self) -> bool:
        """Count the call; return True, which makes SQLite stop, after the deadline."""
        self._progress_calls += 1
        return time.perf_counter() > self._deadline


def _bytecode_scans(connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]) -> Iterator[Scan]:
    """Yield the tables and indexes that a query's bytecode opens and then positions at the first or last row."""
    pages = {
        page: Scan(table.decode(), None if kind == b"table" else name.decode())
        for page, table, name, kind in connection.execute(
            "SELECT rootpage, tbl_name, name, type FROM sqlite_schema WHERE rootpage > 0"
        )
    }
    bytecode = connection.execute(f"EXPLAIN {sql}", parameters).fetchall()
    cursors = {
        cursor: pages[page]
        for _, opcode, cursor, page, *_ in bytecode
        if opcode == b"OpenRead" and page in pages and pages[page].table not in CONSTANT_SIZE_TABLES
    }
    for _, opcode, cursor, *_ in bytecode:
        if opcode in (b"Rewind", b"Last", b"Count") and cursor in cursors:
            yield cursors[cursor]


def _full_text_scans(plan: Sequence[str]) -> Iterator[Scan]:
    """Yield a scan for each step of a plan that reads the full-text index without a MATCH."""
    for line in plan:
        _, marker, strategy = line.partition("SCAN passage_index VIRTUAL TABLE INDEX ")
        if marker and ":M" not in strategy:
            yield Scan("passage_index")


class InstrumentedPostgresql:
    """PostgreSQL database that records the last execution, with the service's session options.

    Each query is explained as a prepared statement with a generic plan, because the service runs that plan.
    """

    def __init__(self, url: URL) -> None:
        self._connection = psycopg.connect(
            url.set(drivername="postgresql").render_as_string(hide_password=False),
            autocommit=True,
            options=format_session_options(
                SESSION_SETTINGS | {"statement_timeout": f"{1000 * QUERY_TIMEOUT_SECONDS:.0f}"}
            ),
        )
        self._small_tables = self._read_small_tables()
        self.last_execution: Execution | None = None

    def _read_small_tables(self) -> set[str]:
        """Return the tables with few rows, according to statistics. PostgreSQL rightly reads such a table whole."""
        query = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples BETWEEN 0 AND %s"
        return {name for (name,) in self._connection.execute(query, [MAX_SMALL_TABLE_ROWS]).fetchall()}

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only result row of a query. Raise QueryTimeout if it takes too long."""
        start = time.perf_counter()
        try:
            row = psycopg.RawCursor(self._connection).execute(sql.encode(), parameters).fetchone() or ()
            plan = self._explain(sql, parameters, "ANALYZE, BUFFERS, FORMAT JSON")
        except psycopg.errors.QueryCanceled as error:
            plan = self._explain(sql, parameters, "FORMAT JSON")
            raise QueryTimeout(QUERY_TIMEOUT_SECONDS) from error
        finally:
            milliseconds = 1000 * (time.perf_counter() - start)
            self.last_execution = _execution(sql, json.loads(plan[0])[0], milliseconds, self._small_tables)
        return tuple(value.encode() if isinstance(value, str) else value for value in row)

    async def fetch_unqueued(self, sql: str) -> ResultRow:
        """Return the only result row of a query without parameters."""
        return await self.fetch(sql, ())

    async def explain(self, sql: str, parameters: Sequence[Any]) -> list[str]:
        """Return the plan of a query, line by line."""
        return self._explain(sql, parameters, "COSTS")

    async def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _explain(self, sql: str, parameters: Sequence[Any], options: str) -> list[str]:
        """Explain a query as a prepared statement, because EXPLAIN alone would plan for these parameters only."""
        types = ", ".join("integer" if isinstance(value, int) else "unknown" for value in parameters)
        values = ", ".join(psycopg.sql.Literal(value).as_string(self._connection) for value in parameters)
        cursor = self._connection.cursor()
        cursor.execute(f"PREPARE explained{f'({types})' * bool(types)} AS {sql}".encode())
        try:
            execute = f"EXECUTE explained{f'({values})' * bool(values)}"
            lines = cursor.execute(f"EXPLAIN ({options}) {execute}".encode()).fetchall()
        finally:
            cursor.execute("DEALLOCATE explained")
        return [line if isinstance(line, str) else json.dumps(line) for (line,) in lines]


def _execution(
    sql: str, explanation: Mapping[str, Any], milliseconds: float, small_tables: Collection[str]
) -> Execution:
    """Build an execution from PostgreSQL's JSON explanation; its own time takes precedence."""
    nodes = list(_plan_nodes(explanation["Plan"]))
    scans = [scan for node in nodes if (scan := _scan_of_node(node)) and scan.table not in small_tables]
    milliseconds = explanation.get("Execution Time", milliseconds)
    work = sum(_rows_read(node) for node in nodes)
    return Execution(sql, list(_format_plan(explanation["Plan"], 0)), scans, work, milliseconds)


def _plan_nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a plan node and all nodes below it."""
    yield node
    for child in node.get("Plans", ()):
        yield from _plan_nodes(child)


def _scan_of_node(node: Mapping[str, Any]) -> Scan | None:
    """Return what a plan node reads from an end, or None if it does not."""
    table = node.get("Relation Name", "")
    if not table or table in CONSTANT_SIZE_TABLES:
        return None
    match node["Node Type"]:
        case "Seq Scan":
            return Scan(table)
        case "Index Scan" | "Index Only Scan" if "Index Cond" not in node:
            return Scan(table, node["Index Name"])
        case _:
            return None


def _rows_read(node: Mapping[str, Any]) -> int:
    """Return the number of rows that a plan node reads from a table, including those that its filter drops."""
    if "Relation Name" not in node:
        return 0
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node.get("Actual Rows", 0) + dropped) * node.get("Actual Loops", 0))


def _format_plan(node: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Yield one indented line for each node of a plan."""
    names = [str(node[key]) for key in ("Node Type", "Relation Name", "Index Name") if key in node]
    conditions = [f"; {key} {node[key]}" for key in ("Index Cond", "Filter", "Sort Key") if key in node]
    rows = f"{node.get('Actual Rows', '?')} rows, {node.get('Actual Loops', '?')} times"
    yield f"{'  ' * depth}{' '.join(names)}: {rows}{''.join(conditions)}"
    for child in node.get("Plans", ()):
        yield from _format_plan(child, depth + 1)
