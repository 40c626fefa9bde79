"""The command `format`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from counterpoint.article.formatter import format_article
from counterpoint.article.messages import count
from counterpoint.article.options import ParserOptions
from counterpoint.article.parser import parse_article
from counterpoint.article.records import Article
from counterpoint.article.source_file import decode
from counterpoint.article_folder import ArticleFolder
from counterpoint.cli.article_options import build_parser_options
from counterpoint.cli.errors import write_output
from counterpoint.cli.progress import track
from counterpoint.cli.reports import (
    Report,
    ReportFormat,
    count_problems,
    format_shell_path,
    locate,
    report_failures,
    write_report,
)
from counterpoint.errors import InvalidFiles, Place, Problem
from counterpoint.files import write_file
from counterpoint.folder_scan import FolderEntries, group_by_folder
from counterpoint.settings import Settings, read_settings

STANDARD_INPUT = Path("-")
STANDARD_INPUT_NAME = "<stdin>"


@click.command("format")
@click.argument("paths", metavar="FOLDER|FILE|-...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", "is_check", is_flag=True, help="List the files that would change, and write nothing.")
def format_command(*, paths: Sequence[Path], is_check: bool) -> None:
    """Write articles in canonical Markdown, without a change of their content.

    `-` reads an article from the standard input, and writes it to the standard output. A file with an error is reported
    and stays as it is. The exit status is 1 if there is one, or if a file would change with --check.
    """
    settings = read_settings()
    if STANDARD_INPUT in paths and len(paths) > 1:
        raise click.UsageError("- can't be combined with other files.")
    with report_failures(settings.seed_dir, ReportFormat.TEXT, outcome="Nothing was written."):
        is_clean = _format_stream(settings, is_check) if STANDARD_INPUT in paths else _run(paths, settings, is_check)
    if not is_clean:
        raise SystemExit(1)


def _run(paths: Sequence[Path], settings: Settings, is_check: bool) -> bool:
    """Format files. Return whether there was no error, and with `is_check`, no file to change."""
    results = []
    for folder, entries in group_by_folder(paths, settings.seed_dir):
        options = build_parser_options(settings)
        results.append(_FolderFormatter(ArticleFolder(folder, options, entries=entries, track=track)))
        results[-1].run(is_check=is_check)
    changed = [path for result in results for path in result.changed]
    problems = [problem for result in results for problem in result.problems]
    unchanged = sum(result.unchanged_count for result in results)
    verb = "would be formatted" if is_check else "formatted"
    summary = f"{count(len(changed), 'file')} {verb}, {unchanged:,} unchanged"
    errors = f"; {count_problems(problems)}" if problems else ""
    details = [f"{'would format' if is_check else 'formatted'}  {path}" for path in changed]
    write_report(Report(f"{summary}{errors}.", problems, details), ReportFormat.TEXT)
    return not problems and not (is_check and changed)


class _FolderFormatter:
    """Formats the articles of a folder, and collects what happened; paths are those that the shell can open."""

    def __init__(self, folder: ArticleFolder) -> None:
        self._folder = folder
        self.changed: list[str] = []
        self.unchanged_count = 0
        self.problems: list[Problem] = []

    def run(self, *, is_check: bool) -> None:
        """Format the valid articles."""
        folder = self._folder.folder
        try:
            for article in self._folder.read_articles(self._folder.files):
                self._format(article, is_check=is_check)
        except InvalidFiles as error:
            self._add_errors(error)
        self.problems = locate(sorted(self.problems, key=lambda problem: problem.place), folder)

    def _format(self, article: Article, *, is_check: bool) -> None:
        path = self._folder.folder / article.path
        try:
            content = format_article(article, self._folder.options).encode()
            if path.read_bytes() == content:
                self.unchanged_count += 1
                return
            if not is_check:
                write_file(path, content)
        except InvalidFiles as error:
            self._add_errors(error)
        except OSError as error:
            self.problems.append(Problem(Place(article.path, 1), f"the file can't be written: {error.strerror}"))
        else:
            self.changed.append(format_shell_path(self._folder.folder, article.path))

    def _add_errors(self, error: InvalidFiles) -> None:
        self.problems += (problem for problem in error.problems if problem.is_error)


def _format_stream(settings: Settings, is_check: bool) -> bool:
    """Format the standard input. Return whether it may stay as it is, or whether it was written."""
    options = ArticleFolder(settings.seed_dir, build_parser_options(settings), entries=FolderEntries()).options
    try:
        content = sys.stdin.buffer.read()
        formatted = _format_bytes(content, options)
    except InvalidFiles as error:
        errors = [problem for problem in error.problems if problem.is_error]
        write_report(Report(f"{count_problems(errors)}.", errors), ReportFormat.TEXT)
        return False
    if is_check:
        if formatted != content:
            write_output(f"would format  {STANDARD_INPUT_NAME}")
        return formatted == content
    write_output(formatted, ends_line=False)
    return True


def _format_bytes(content: bytes, options: ParserOptions) -> bytes:
    text = decode(content, path=STANDARD_INPUT_NAME)
    article = parse_article(text, path=STANDARD_INPUT_NAME, sha256="", options=options).article
    return format_article(article, options).encode()
