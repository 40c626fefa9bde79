"""The command `new`."""

from pathlib import Path

import click

from counterpoint.article.template import write_template
from counterpoint.cli.article_options import LanguageType, SlugType
from counterpoint.cli.errors import write_output
from counterpoint.cli.output_files import write_new_file
from counterpoint.settings import read_settings


@click.command()
@click.argument("slug", type=SlugType())
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Folder of the new file. The default is COUNTERPOINT_SEED_DIR."
)
@click.option(
    "--language", type=LanguageType(), default="en", show_default=True, help="Language of the article (BCP 47)."
)
def new(slug: str, folder: Path | None, language: str) -> None:
    """Write a template of an article to the file SLUG.md.

    The template has every key of the front matter and an example of each construct. It is a draft, which is not
    published. An existing file is not overwritten.
    """
    path = (folder or read_settings().seed_dir) / f"{slug}.md"
    write_new_file(path, write_template(language))
    write_output(f"Wrote {path}. Remove draft: true to publish it.")
