"""The command line for editors and operators.

Errors are printed to stderr without a traceback, one line for each problem. The exit status is then 1. A command is
imported when it is used. It imports the web framework and Alembic inside, because they load slowly, and the list of the
commands in the help needs all commands.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module

import click

from counterpoint.cli.errors import ErrorReportingGroup
from counterpoint.imports import undisturbed_imports


class _CommandImports(Mapping[str, click.Command]):
    """The commands by name. A place is a module in `counterpoint.cli` and a name in it: `seed:seed`."""

    def __init__(self, places: Mapping[str, str]) -> None:
        """Read the places of the commands, by name."""
        self._places = places

    def __getitem__(self, name: str) -> click.Command:
        """Import a command."""
        module, _, attribute = self._places[name].partition(":")
        with undisturbed_imports():
            command: click.Command = getattr(import_module(f"counterpoint.cli.{module}"), attribute)
        return command

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return the number of commands."""
        return len(self._places)


COMMANDS = _CommandImports(
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
