"""The command line for editors and operators.

Errors are printed to stderr without a traceback, one line for each problem. The exit status is then 1. A command is
imported when it is used. It imports the web framework and Alembic inside, because they load slowly, and the list of the
commands in the help needs all commands.
"""

import click

from counterpoint.cli.command_imports import CommandImports
from counterpoint.cli.errors import ErrorReportingGroup

COMMANDS = CommandImports(
    {
        "backup": "backup:backup",
        "check": "check:check",
        "check-documents": "check_documents:check_documents",
        "client": "client:client",
        "convert": "convert:convert",
        "export": "export:export",
        "format": "format:format_command",
        "front-matter-schema": "front_matter_schema:front_matter_schema",
        "migrate": "migrate:migrate",
        "new": "new:new",
        "preview": "preview.command:preview",
        "schema": "schema:schema",
        "seed": "seed:seed",
        "serve": "serve:serve",
        "status": "status:status",
    }
)


@click.group(
    cls=ErrorReportingGroup,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="counterpoint")
def main() -> None:
    """Counterpoint serves articles on policy disputes over GraphQL.

    To start from scratch, run `counterpoint migrate`, `counterpoint seed` and `counterpoint serve`. Environment
    variables configure the commands: COUNTERPOINT_DATABASE_URL (default: sqlite:///data/counterpoint.db),
    COUNTERPOINT_HOST, COUNTERPOINT_PORT and others, see docs/settings.md.
    """
