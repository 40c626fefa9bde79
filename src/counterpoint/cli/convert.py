"""The command `convert`."""

import sys
from pathlib import Path

import click

from counterpoint.article.messages import count
from counterpoint.article.normalization import slugify
from counterpoint.cli.article_options import LanguageType, build_parser_options
from counterpoint.cli.errors import write_error, write_output
from counterpoint.cli.output_files import write_new_file
from counterpoint.convert.source import MAX_SOURCE_BYTES, SourceError, SourceFormat, detect_format
from counterpoint.settings import read_settings

STANDARD_STREAM = "-"


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@click.option(
    "--format",
    "source_format",
    type=click.Choice([name.value for name in SourceFormat]),
    help="Format of the file. By default, it is detected from the content and the file name.",
)
@click.option("--output", type=click.Path(path_type=Path), help="Write the draft to this file instead of stdout.")
@click.option("--force", is_flag=True, help="Overwrite the output file.")
@click.option("--language", type=LanguageType(), help="Language of the article (BCP 47). By default, it is guessed.")
def convert(file: str, source_format: str | None, output: Path | None, force: bool, language: str | None) -> None:
    """Convert FILE to a first draft of an article.

    FILE is a scraped text, a saved web page or a Word document (.docx); `-` is the standard input. The draft is
    Markdown with `draft: true`. What a person should check is printed on stderr, with its line in the draft.
    """
    from counterpoint.convert import converter  # noqa: PLC0415

    options = converter.ConverterOptions(
        path=str(output or "<stdout>"),
        slug=_slug_of(output),
        language=language,
        parser=build_parser_options(read_settings()),
    )
    try:
        content = _read(file)
        format_ = SourceFormat(source_format) if source_format else detect_format(content, Path(file).suffix)
        draft = converter.convert(content, format_, options)
    except SourceError as error:
        raise SourceError(f"{file} {error}.") from error
    if output:
        write_new_file(output, draft.text, is_overwrite_allowed=force)
    else:
        write_output(draft.text, ends_line=False)
    for problem in draft.problems:
        write_error(str(problem))
    write_error(f"{'Wrote ' + str(output) if output else 'Converted'}: {count(len(draft.problems), 'place')} to check.")


def _slug_of(output: Path | None) -> str | None:
    """Return the slug that the name of the output file gives, if it is one."""
    return output.stem if output and slugify(output.stem) == output.stem else None


def _read(file: str) -> bytes:
    """Return the bytes of a file, or one more than are allowed."""
    try:
        if file == STANDARD_STREAM:
            return sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1)
        with Path(file).open("rb") as stream:
            return stream.read(MAX_SOURCE_BYTES + 1)
    except OSError as error:
        raise SourceError(f"can't be read: {error.strerror}") from error
