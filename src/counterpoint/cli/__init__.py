"""The command line for editors and operators.

Errors are printed to stderr without a traceback, one line for each problem. The exit status is then 1. Modules that
only one command needs are imported inside it, because loading the web framework takes longer than a seeding.
"""

import json
from pathlib import Path

import click

from counterpoint.article import front_matter_keys
from counterpoint.cli.backup import backup
from counterpoint.cli.check import check
from counterpoint.cli.client import client
from counterpoint.cli.convert import convert
from counterpoint.cli.errors import ErrorReportingGroup, write_error, write_output
from counterpoint.cli.export import export
from counterpoint.cli.format import format_command
from counterpoint.cli.new import new
from counterpoint.cli.preview.command import preview
from counterpoint.cli.schema import schema
from counterpoint.cli.seed import seed
from counterpoint.cli.serve import serve
from counterpoint.cli.status import status
from counterpoint.settings import read_settings
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
def front_matter_schema() -> None:
    """Print the JSON schema of the front matter of articles, for editors."""
    write_output(json.dumps(front_matter_keys.front_matter_schema(), ensure_ascii=False, indent=2))


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
def check_documents(folder: Path | None) -> None:
    """Validate the trusted documents of FOLDER.

    FOLDER defaults to COUNTERPOINT_TRUSTED_DOCUMENTS_DIR. Each .graphql file in FOLDER and its subfolders contains one
    document, and each .json file is a manifest that GraphQL Code Generator, Relay or Apollo wrote. The command lists
    the ids of the documents. If any has a problem, or if there is none, it prints the problems instead.
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


main.add_command(serve)
main.add_command(seed)
main.add_command(schema)
main.add_command(client)
main.add_command(check)
main.add_command(convert)
main.add_command(new)
main.add_command(preview)
main.add_command(format_command)
main.add_command(export)
main.add_command(backup)
main.add_command(status)
