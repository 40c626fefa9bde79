"""The commands by name. Each is imported when it is used, because its modules may take half a second to load."""

from collections.abc import Iterator, Mapping
from importlib import import_module

import click

from counterpoint.imports import undisturbed_imports


class CommandImports(Mapping[str, click.Command]):
    """A mapping from names to commands. A place is a module in `counterpoint.cli` and a name in it: `seed:seed`."""

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
