"""Reading as the service does, and looking at how the database goes about it: what it scans, and how much it does."""

import json
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import psycopg
from sqlalchemy import URL

from counterpoint.errors import QueryTimeout
from counterpoint.store.database import QueryLimits, ResultRow
from counterpoint.store.postgresql import SESSION_OPTIONS
from counterpoint.store.sqlite import SqliteDatabase
from counterpoint.store.sqlite_connections import connect

EVERY = 100
"""Steps of SQLite's machine that are counted as one."""

SECONDS = 2.0
"""How long a statement may take, as in the service."""

FIXED = ("revision", "alembic_version", "sqlite_schema")
"""The tables that don't grow."""


@dataclass(frozen=True)
class Scan:
    """A table or index that is read from one end rather than from a place that is sought."""

    table: str
    index: str | None = None

    def __str__(self) -> str:
        """Name it."""
        return self.table if self.index is None else f"{self.table} by {self.index}"


@dataclass(frozen=True)
class Seen:
    """How a statement was run. `work` is steps of SQLite's machine, or rows that PostgreSQL read."""

    statement: str
    plan: Sequence[str]
    scans: Sequence[Scan]
    work: int
    milliseconds: float


class Watching(Protocol):
    """A reader that remembers how it ran the last statement."""

    seen: Seen | None

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> ResultRow:
        """Give the statement's only row."""

    async def fetch_unqueued(self, statement: str) -> ResultRow:
        """Run a statement that takes no time."""

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan."""

    async def close(self) -> None:
        """Disconnect."""


class WatchingSQLite(SqliteDatabase):
    """Reads an SQLite file on the connection that the service has for quick statements."""

    def __init__(self, path: Path) -> None:
        """Read a file."""
        super().__init__(path, QueryLimits(SECONDS))
        self.seen: Seen | None = None
        self._watched: sqlite3.Connection | None = None
        self._steps = 0
        self._deadline = 0.0

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> ResultRow:
        """Give the statement's only row."""
        connection = self._watched = self._watched or connect(self._path, mapped=self._mapped)
        plan = await self.explain(statement, parameters)
        scans = [*_scans(connection, statement, parameters), *_unmatched(plan)]
        self._steps = 0
        start = time.perf_counter()
        self._deadline = start + SECONDS
        connection.set_progress_handler(self._count, EVERY)
        try:
            row: ResultRow = connection.execute(statement, parameters).fetchone()
        except sqlite3.OperationalError as error:
            raise QueryTimeout(SECONDS) from error
        finally:
            took = time.perf_counter() - start
            connection.set_progress_handler(None, 0)
            self.seen = Seen(statement, plan, scans, self._steps * EVERY, 1000 * took)
        return row

    async def close(self) -> None:
        """Disconnect."""
        if self._watched is not None:
            self._watched.close()
        await super().close()

    def _count(self) -> bool:
        self._steps += 1
        return time.perf_counter() > self._deadline


def _scans(connection: sqlite3.Connection, statement: str, parameters: Sequence[Any]) -> Iterator[Scan]:
    """Find in a statement's program what is opened and then begun at its first row or its last."""
    asked = "SELECT rootpage, tbl_name, name, type FROM sqlite_schema WHERE rootpage > 0"
    places = {
        page: Scan(table.decode(), None if kind == b"table" else name.decode())
        for page, table, name, kind in connection.execute(asked)
    }
    opened: dict[int, Scan] = {}
    program = connection.execute(f"EXPLAIN {statement}", parameters).fetchall()
    for _, opcode, cursor, page, *_rest in program:
        if opcode == b"OpenRead" and page in places:
            opened[cursor] = places[page]
    for _, opcode, cursor, *_rest in program:
        if opcode in (b"Rewind", b"Last", b"Count") and cursor in opened and opened[cursor].table not in FIXED:
            yield opened[cursor]


def _unmatched(plan: Sequence[str]) -> Iterator[Scan]:
    """Find where the index of words is read through, for want of a word."""
    for line in plan:
        _, found, how = line.partition("SCAN passage_index VIRTUAL TABLE INDEX ")
        if found and ":M" not in how:
            yield Scan("passage_index")


class WatchingPostgreSQL:
    """Reads a PostgreSQL database with the settings of the service: each statement prepared, planned for any values."""

    def __init__(self, url: URL) -> None:
        """Connect."""
        self._connection = psycopg.connect(
            url.set(drivername="postgresql").render_as_string(hide_password=False),
            autocommit=True,
            options=f"{SESSION_OPTIONS} -c statement_timeout={1000 * SECONDS:.0f}",
        )
        self.seen: Seen | None = None

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> ResultRow:
        """Give the statement's only row."""
        start = time.perf_counter()
        try:
            row = psycopg.RawCursor(self._connection).execute(statement.encode(), parameters).fetchone() or ()
            plan = self._explained(statement, parameters, "ANALYZE, BUFFERS, FORMAT JSON")
        except psycopg.errors.QueryCanceled as error:
            plan = self._explained(statement, parameters, "FORMAT JSON")
            raise QueryTimeout(SECONDS) from error
        finally:
            self.seen = _seen(statement, json.loads(plan[0])[0], 1000 * (time.perf_counter() - start))
        return tuple(value.encode() if isinstance(value, str) else value for value in row)

    async def fetch_unqueued(self, statement: str) -> ResultRow:
        """Run a statement that takes no time."""
        return await self.fetch(statement, ())

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan."""
        return self._explained(statement, parameters, "COSTS")

    async def close(self) -> None:
        """Disconnect."""
        self._connection.close()

    def _explained(self, statement: str, parameters: Sequence[Any], how: str) -> list[str]:
        """Explain the plan for any values: that of a statement which is only explained would be for these."""
        types = ", ".join("integer" if isinstance(value, int) else "unknown" for value in parameters)
        values = ", ".join(psycopg.sql.Literal(value).as_string(self._connection) for value in parameters)
        cursor = self._connection.cursor()
        cursor.execute(f"PREPARE watched{f'({types})' * bool(types)} AS {statement}".encode())
        try:
            lines = cursor.execute(f"EXPLAIN ({how}) EXECUTE watched{f'({values})' * bool(values)}".encode()).fetchall()
        finally:
            cursor.execute("DEALLOCATE watched")
        return [line if isinstance(line, str) else json.dumps(line) for (line,) in lines]


def _seen(statement: str, explained: Mapping[str, Any], milliseconds: float) -> Seen:
    nodes = list(_nodes(explained["Plan"]))
    scans = [scan for node in nodes if (scan := _scan(node))]
    milliseconds = explained.get("Execution Time", milliseconds)
    return Seen(statement, list(_lines(explained["Plan"], 0)), scans, sum(_rows(node) for node in nodes), milliseconds)


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _scan(node: Mapping[str, Any]) -> Scan | None:
    """Tell what a step of a plan reads from one end, if it does."""
    table = node.get("Relation Name", "")
    if not table or table in FIXED:
        return None
    match node["Node Type"]:
        case "Seq Scan":
            return Scan(table)
        case "Index Scan" | "Index Only Scan" if "Index Cond" not in node:
            return Scan(table, node["Index Name"])
        case _:
            return None


def _rows(node: Mapping[str, Any]) -> int:
    """Count the rows that a step reads from a table, those that it drops too."""
    if "Relation Name" not in node:
        return 0
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node.get("Actual Rows", 0) + dropped) * node.get("Actual Loops", 0))


def _lines(node: Mapping[str, Any], depth: int) -> Iterator[str]:
    """Write a plan as people read it."""
    told = [str(node[key]) for key in ("Node Type", "Relation Name", "Index Name") if key in node]
    conditions = [f"{key} {node[key]}" for key in ("Index Cond", "Filter", "Sort Key") if key in node]
    rows = f"{node.get('Actual Rows', '?')} rows, {node.get('Actual Loops', '?')} times"
    yield f"{'  ' * depth}{' '.join(told)}: {rows}{''.join(f'; {each}' for each in conditions)}"
    for below in node.get("Plans", ()):
        yield from _lines(below, depth + 1)
