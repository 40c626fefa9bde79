"""Entry point of `python -m bench.baseline`, which serves a database with plain Strawberry."""

from collections.abc import AsyncIterator

import click
import uvicorn
from fastapi import FastAPI
from strawberry.fastapi import GraphQLRouter

from bench.baseline.database import Database
from bench.baseline.loaders import Loaders
from bench.baseline.query import build_schema
from counterpoint.database_url import parse_database_url


def build_app(database: Database) -> FastAPI:
    """Build the application."""

    async def build_context() -> AsyncIterator[Loaders]:
        async with database.reader() as reader:
            yield Loaders(reader)

    app = FastAPI()
    app.include_router(GraphQLRouter(build_schema(), context_getter=build_context), prefix="/graphql")
    return app


@click.command()
@click.option("--database-url", required=True)
@click.option("--port", type=int, required=True)
def main(database_url: str, port: int) -> None:
    """Serve a database on the loopback interface until the process is stopped."""
    app = build_app(Database(parse_database_url(database_url)))
    uvicorn.run(app, port=port, loop="uvloop", http="httptools", log_level="warning", access_log=False)


main()
