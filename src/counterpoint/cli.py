"""The command line: for editors and operators. Errors are one clear line each, and exit status 1.

What only one command needs is imported there: the schema and the web take longer to load than a seeding takes.
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
    """Tell errors that were raised on purpose, and those of the database, in a line; show no traceback."""

    @wraps(command)
    def run(*arguments: P.args, **options: P.kwargs) -> None:
        try:
            command(*arguments, **options)
        except CounterpointError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        except DBAPIError as error:
            click.echo(f"The database refused: {str(error.orig).strip().splitlines()[0]}", err=True)
            sys.exit(1)

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="counterpoint")
def main() -> None:
    """Counterpoint serves articles on policy disputes over GraphQL.

    A fresh start is `counterpoint migrate`, `counterpoint seed`, `counterpoint serve`. Settings come from the
    environment: COUNTERPOINT_DATABASE_URL (sqlite:///data/counterpoint.db unless it is set), COUNTERPOINT_HOST,
    COUNTERPOINT_PORT and others, which docs/settings.md lists.
    """


@main.command()
@report_errors
def migrate() -> None:
    """Bring the database's tables to this version, creating them if there are none."""
    from counterpoint.store.migrations import migrate as migrate_tables  # noqa: PLC0415

    with write_engine(read_settings().database) as engine:
        migrate_tables(engine)
    click.echo("The tables are up to date.")


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--tags",
    type=click.File("w", encoding="ascii", lazy=False),
    help="Write the tags of all answers that may be others now to this file, one a line, sorted: what Cache-Tag holds, "
    "for whoever must purge a cache. Empty if nothing changed; `-` is the standard output.",
)
@report_errors
def seed(folder: Path | None, tags: TextIO | None) -> None:
    """Make the database hold just the articles of FOLDER (else of COUNTERPOINT_SEED_DIR, else of seed/).

    All or nothing: if any file has a problem, each is told as path:line:column, and nothing is written. Articles
    whose file is gone are removed. Run again, it writes nothing.
    """
    settings = read_settings()
    source = ArticleFolder(folder or settings.seed_dir)
    with write_engine(settings.database) as engine:
        done = seed_articles(
            engine, source.files, source.read_articles, parser_version=PARSER_VERSION, now=datetime.now(UTC)
        )
    click.echo(f"{_summary(done.difference)}; the revision is {done.revision}.")
    if tags:
        tags.writelines(f"{tag}\n" for tag in done.tags)


@main.command()
@click.option("--host", help="The address to serve on, instead of COUNTERPOINT_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port, instead of COUNTERPOINT_PORT.")
@report_errors
def serve(host: str | None, port: int | None) -> None:
    """Serve the API at /graphql; browsers find an explorer there.

    It does not start if a trusted document has a problem: `counterpoint check-documents` tells beforehand.
    """
    settings = read_settings()
    chosen = settings.model_copy(
        update={name: value for name, value in (("host", host), ("port", port)) if value is not None}
    )
    _serve(chosen)


@main.command()
@report_errors
def schema() -> None:
    """Print the schema in the schema definition language."""
    from counterpoint.api.schema import build_schema  # noqa: PLC0415

    click.echo(build_schema().as_str())


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@report_errors
def check_documents(folder: Path | None) -> None:
    """Check the trusted documents of FOLDER, as `serve` does (default: COUNTERPOINT_TRUSTED_DOCUMENTS_DIR).

    Every .graphql file in it and below holds one document. Those that are fine are listed by their ids; if any has a
    problem, each is told as path:line:column instead.
    """
    from counterpoint.api.schema import build_schema, graphql_schema  # noqa: PLC0415
    from counterpoint.app import trusted_documents  # noqa: PLC0415

    settings = read_settings()
    documents = trusted_documents(folder or settings.trusted_documents_dir, graphql_schema(build_schema()), settings)
    for document in documents:
        click.echo(f"sha256:{document.hashes[0]}  {document.path}")
    click.echo(f"Trusted documents that are fine: {len(documents)}.")


def _summary(difference: Difference) -> str:
    counts = {
        "added": difference.added,
        "changed": difference.changed,
        "removed": difference.removed,
        "unchanged": difference.unchanged,
    }
    return ", ".join(f"{len(paths)} {what}" for what, paths in counts.items())


def _serve(settings: Settings) -> None:
    import uvicorn  # noqa: PLC0415

    from counterpoint.app import build_app, build_connection_limits, build_error_responder  # noqa: PLC0415
    from counterpoint.server.protocol import protocol_class  # noqa: PLC0415

    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s")
    # The server raises the signal that ended it once more; by then it has ended well.
    for ended_by in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ended_by, lambda *_: None)
    error_responder = build_error_responder(settings)
    config = uvicorn.Config(
        build_app(settings, error_responder),
        host=settings.host,
        port=settings.port,
        http=protocol_class(build_connection_limits(settings), error_responder),
        access_log=False,
        server_header=False,
        proxy_headers=False,  # Who asks, and over what, makes no difference.
        date_header=True,
        timeout_graceful_shutdown=5,
    )
    # What is built by now lasts as long as the process: looking at it all would stop everything for 100 ms.
    gc.collect()
    gc.freeze()
    server = uvicorn.Server(config)
    server.run()
    if not server.started:
        sys.exit(1)
