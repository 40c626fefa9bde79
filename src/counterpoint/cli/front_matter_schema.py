"""The command `front-matter-schema`."""

import json

import click

from counterpoint.article import front_matter_keys
from counterpoint.cli.errors import write_output


@click.command()
def front_matter_schema() -> None:
    """Print the JSON schema of the front matter of articles, for editors."""
    write_output(json.dumps(front_matter_keys.front_matter_schema(), ensure_ascii=False, indent=2))
