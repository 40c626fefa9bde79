"""The command line for editors and operators.

Errors are printed to stderr without a traceback, one line for each problem. The exit status is then 1. Modules that
only one command needs are imported inside it, because loading the web framework takes longer than a seeding.
"""

import gc
import json
import logging
import signal
import sys
from pathlib import Path

import click

from counterpoint.article import front_matter_keys
from counterpoint.cli.check import check
from counterpoint.cli.convert import convert
from counterpoint.cli.errors import ErrorReportingGroup, write_error, write_output
from counterpoint.cli.new import new
from counterpoint.cli.seed import seed
from counterpoint.cli.status import status
from counterpoint.settings import Settings, read_settings
from counterpoint.store.write_engine import WAITING_MESSAGE, write_engine


@click.group(
    cls=ErrorReportingGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="counterpoint")
def main() -> None:
    """Counterpoint serves articles on policy disputes over GraphQL.

    To start from scratch, run `counterpoint migrate`, `counterpoint seed` and `counterpoint serve`. Environment
    variables configure the commands: COUNTERPOINT_DATABASE_URL (default: sqlite:///data/counterpoint.db),
    COUNTERPOINT_HOST, COUNTERPOINT_PORT and others, see docs/settings.md.
    """


@main.command()
def migrate() -> None:
    """Create the database tables, or upgrade them to this version.

    If that loses content which the files hold, `counterpoint status` says so: run `counterpoint seed` then.
    """
    from counterpoint.store.migrations import migrate as migrate_tables  # noqa: PLC0415

    with write_engine(read_settings().database) as engine:
        migrate_tables(engine, on_wait=lambda: write_error(WAITING_MESSAGE))
    write_output("The tables are up to date.")


@main.command()
@click.option("--host", help="IP address or host name to listen on. Overrides COUNTERPOINT_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="TCP port to listen on. Overrides COUNTERPOINT_PORT.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the API at /graphql. Browsers see the explorer there.

    The server does not start if a trusted document has a problem; `counterpoint check-documents` finds such problems.
    Neither does it start if a newer version of Counterpoint has migrated the database.
    """
    options = {"host": host, "port": port}
    overrides = {name: value for name, value in options.items() if value is not None}
    _run_server(read_settings().model_copy(update=overrides))


@main.command()
def schema() -> None:
    """Print the schema in the schema definition language (SDL)."""
    from counterpoint.api.schema import build_schema  # noqa: PLC0415

    write_output(build_schema().as_str())


@main.command()
def front_matter_schema() -> None:
    """Print the JSON schema of the front matter of articles, for editors."""
    schema = front_matter_keys.front_matter_schema()
    write_output(json.dumps(schema, ensure_ascii=False, indent=2))


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
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
        write_output(f"sha256:{document.hashes[0]}  {document.path}")
    write_output(f"Valid trusted documents: {len(documents)}.")


main.add_command(seed)
main.add_command(check)
main.add_command(convert)
main.add_command(new)
main.add_command(status)


def _run_server(settings: Settings) -> None:
    import uvicorn  # noqa: PLC0415

    from counterpoint.app import (  # noqa: PLC0415
        build_app,
        build_connection_limits,
        build_error_responder,
        refuse_newer_database,
    )
    from counterpoint.server.protocol import protocol_class  # noqa: PLC0415

    refuse_newer_database(settings)
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
