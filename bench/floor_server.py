"""The floor: the smallest server that does the same work as the service for requests that it has prepared.

Run it as `python -m bench.floor_server --database-url URL --port PORT`. It reads and parses the body of a request,
executes the statement that the service compiles for it on the same database, and answers with the statement's bytes
and two headers. It validates nothing, and the values to bind are computed before the measurement: `POST /prepare`
takes a document with a list of variables.
"""

import asyncio
import gc
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from pathlib import Path
from typing import Any

import click
import orjson
import uvicorn
from sqlalchemy import URL

from counterpoint.api.schema import build_schema
from counterpoint.app import build_limits
from counterpoint.database_url import parse_database_url
from counterpoint.engine.engine import Engine, PreparedOperation
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.settings import Settings
from counterpoint.store.database import QueryLimits
from counterpoint.store.database_factory import open_database
from counterpoint.store.postgresql_connection_pool import PostgresqlConnectionPool
from counterpoint.store.postgresql_database import SESSION_SETTINGS, build_conninfo
from counterpoint.store.sqlite_connection_pool import EVENT_LOOP_PAGE_CACHE_MIB, STATEMENT_CACHE_SIZE, connect

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
FetchRow = Callable[[str, Sequence[Any]], Awaitable[Sequence[Any]]]

JSON_TYPE = (b"content-type", b"application/json")


class Floor:
    """An ASGI application with the prepared operations of all requests that it will receive."""

    def __init__(self, engine: Engine, fetch_row: FetchRow) -> None:
        """Prepare operations with the engine, and execute their statements with a function."""
        self._engine = engine
        self._fetch_row = fetch_row
        self._operations: dict[tuple[Any, ...], PreparedOperation] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        message = await receive()
        body = message["body"]
        while message["more_body"]:
            message = await receive()
            body += message["body"]
        request = orjson.loads(body)
        if scope["path"] == "/prepare":
            content = await self._prepare(request)
        else:
            operation = self._operations.get((request["query"], *request["variables"].values()))
            content = await self._execute(operation or await self._prepare_one(request["query"], request["variables"]))
        headers = [JSON_TYPE, (b"content-length", b"%d" % len(content))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _execute(self, operation: PreparedOperation) -> bytes:
        plan = operation.plan
        row = await self._fetch_row(plan.sql, operation.parameters) if plan.sql else ()
        return b'{"data":%b}' % plan.assemble(row, {})

    async def _prepare(self, request: dict[str, Any]) -> bytes:
        for variables in request["variables"]:
            await self._prepare_one(request["query"], variables)
        gc.collect()
        gc.freeze()  # because the service has no such objects that a collection would scan
        return b"{}"

    async def _prepare_one(self, document: str, variables: dict[str, Any]) -> PreparedOperation:
        operation = await self._engine.prepare(document, None, variables)
        self._operations[document, *variables.values()] = operation
        return operation


def build_floor(database_url: str) -> Floor:
    """Build the application for a database."""
    settings = Settings()
    url = parse_database_url(database_url)
    schema = build_schema()
    database = open_database(url, QueryLimits(timeout_seconds=1))  # not used: the floor executes statements itself
    engine = Engine(schema.graphql, schema.mapping, dialect_for(url), database, build_limits(settings))
    is_sqlite = url.get_backend_name() == "sqlite"
    return Floor(engine, sqlite_fetcher(url, settings) if is_sqlite else postgresql_fetcher(url, settings))


def sqlite_fetcher(url: URL, settings: Settings) -> FetchRow:
    """Return a function that executes a statement on one connection with the service's options."""
    connection = connect(
        Path(url.database or ""),
        settings.sqlite_mmap_bytes,
        cached_statements=STATEMENT_CACHE_SIZE,
        page_cache_mib=EVENT_LOOP_PAGE_CACHE_MIB,
    )

    async def fetch_row(sql: str, parameters: Sequence[Any]) -> Sequence[Any]:
        row: Sequence[Any] = connection.execute(sql, parameters).fetchone()
        return row

    return fetch_row


def postgresql_fetcher(url: URL, settings: Settings) -> FetchRow:
    """Return a function that executes a statement on one of the service's number of connections."""
    pool = PostgresqlConnectionPool(build_conninfo(url), SESSION_SETTINGS, result_timeout_seconds=30)
    connections = asyncio.Semaphore(settings.max_concurrent_queries)

    async def fetch_row(sql: str, parameters: Sequence[Any]) -> Sequence[Any]:
        async with connections:
            return (await pool.fetch_rows(sql, parameters))[0]

    return fetch_row


@click.command()
@click.option("--database-url", required=True)
@click.option("--port", type=int, required=True)
def main(database_url: str, port: int) -> None:
    """Serve a database on the loopback interface until the process is stopped."""
    app = build_floor(database_url)
    uvicorn.run(
        app, port=port, loop="uvloop", http="httptools", lifespan="off", access_log=False, server_header=False,
        date_header=False, proxy_headers=False, log_level="warning",
    )  # fmt: skip


if __name__ == "__main__":
    main()
