"""The command line for editors and operators.

Errors are printed to stderr without a traceback, one line for each problem. The exit status is then 1. Modules that
only one command needs are imported inside it, because loading the web framework takes longer than a seeding.
"""

import gc
import logging
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TextIO

import click
from sqlalchemy.exc import DBAPIError

from counterpoint.article.parser import PARSER_VERSION
from counterpoint.article_folder import ArticleFolder
from counterpoint.errors import CounterpointError
from counterpoint.settings import Settings, read_settings
from counterpoint.store.seeding import Difference
from counterpoint.store.seeding import seed as seed_articles
from counterpoint.store.write_engine import write_engine

P = ParamSpec("P")


def report_errors(command: Callable[P, None]) -> Callable[P, None]:
    """Wrap a command to print our errors and database errors without a traceback, and exit with status 1."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            command(*arguments, **options)
        except CounterpointError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        except DBAPIError as error:
            click.echo(f"The database reported an error: {str(error.orig).strip().splitlines()[0]}", err=True)
            sys.exit(1)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="counterpoint")
def main() -> None:
    """Counterpoint serves articles on policy disputes over GraphQL.

    To start from scratch, run `counterpoint migrate`, `counterpoint seed` and `counterpoint serve`. Environment
    variables configure the commands: COUNTERPOINT_DATABASE_URL (default: sqlite:///data/counterpoint.db),
    COUNTERPOINT_HOST, COUNTERPOINT_PORT and others, see docs/settings.md.
    """


@main.command()
@report_errors
def migrate() -> None:
    """Create the database tables, or upgrade them to this version."""
    from counterpoint.store.migrations import migrate as migrate_tables  # noqa: PLC0415

    with write_engine(read_settings().database) as engine:
        migrate_tables(engine)
    click.echo("The tables are up to date.")


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--tags",
    type=click.File("w", encoding="ascii", lazy=False),
    help="Write the cache tags of all responses that may have changed to this file, sorted, one per line. Use them to "
    "purge a CDN by Cache-Tag. The file is empty if nothing changed. `-` is the standard output.",
)
@report_errors
def seed(folder: Path | None, tags: TextIO | None) -> None:
    """Replace the content of the database with the articles of FOLDER.

    FOLDER defaults to COUNTERPOINT_SEED_DIR. Articles without a file are removed. Unchanged articles are not written
    again. If any file has a problem, all problems are printed as path:line:column, and the database does not change.
    """
    settings = read_settings()
    source = ArticleFolder(folder or settings.seed_dir)
    with write_engine(settings.database) as engine:
        result = seed_articles(
            engine, source.files, source.read_articles, parser_version=PARSER_VERSION, now=datetime.now(UTC)
        )
    click.echo(f"{_summarize(result.difference)}; the revision is {result.revision}.")
    if tags:
        tags.writelines(f"{tag}\n" for tag in result.tags)


@main.command()
@click.option("--host", help="IP address or host name to listen on. Overrides COUNTERPOINT_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="TCP port to listen on. Overrides COUNTERPOINT_PORT.")
@report_errors
def serve(host: str | None, port: int | None) -> None:
    """Serve the API at /graphql. Browsers see the explorer there.

    The server does not start if a trusted document has a problem. `counterpoint check-documents` finds such problems.
    """
    options = {"host": host, "port": port}
    overrides = {name: value for name, value in options.items() if value is not None}
    _run_server(read_settings().model_copy(update=overrides))


@main.command()
@report_errors
def schema() -> None:
    """Print the schema in the schema definition language (SDL)."""
    from counterpoint.api.schema import build_schema  # noqa: PLC0415

    click.echo(build_schema().as_str())


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@report_errors
def check_documents(folder: Path | None) -> None:
    """Validate the trusted documents of FOLDER.

    FOLDER defaults to COUNTERPOINT_TRUSTED_DOCUMENTS_DIR. Each .graphql file in FOLDER and its subfolders contains one
    document. The command lists the ids of the documents. If any has a problem, it prints all problems as
    path:line:column instead.
    """
    from counterpoint.api.schema import build_schema, graphql_schema  # noqa: PLC0415
    from counterpoint.app import load_trusted_documents  # noqa: PLC0415

    settings = read_settings()
    documents = load_trusted_documents(
        folder or settings.trusted_documents_dir, graphql_schema(build_schema()), settings
    )
    for document in documents:
        click.echo(f"sha256:{document.hashes[0]}  {document.path}")
    click.echo(f"Valid trusted documents: {len(documents)}.")


def _summarize(difference: Difference) -> str:
    counts = {
        "added": difference.added,
        "changed": difference.changed,
        "removed": difference.removed,
        "unchanged": difference.unchanged,
    }
    return ", ".join(f"{len(paths)} {change}" for change, paths in counts.items())


def _run_server(settings: Settings) -> None:
    import uvicorn  # noqa: PLC0415

    from counterpoint.app import build_app, build_connection_limits, build_error_responder  # noqa: PLC0415
    from counterpoint.server.protocol import protocol_class  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s")
    # Ignore the stop signal, which uvicorn raises again after its shutdown, because the exit status must be 0 then.
    for stop_signal in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop_signal, lambda *_: None)
    error_responder = build_error_responder(settings)
    config = uvicorn.Config(
        build_app(settings, error_responder),
        host=settings.host,
        port=settings.port,
        http=protocol_class(build_connection_limits(settings), error_responder),
        access_log=False,
        server_header=False,
        proxy_headers=False,  # Responses do not depend on the client address or the scheme.
        date_header=True,
        timeout_graceful_shutdown=5,
    )
    # Exclude the objects built so far from garbage collection, because scanning them would block for 100 ms.
    gc.collect()
    gc.freeze()
    server = uvicorn.Server(config)
    server.run()
    if not server.started:
        sys.exit(1)
