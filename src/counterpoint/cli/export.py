"""The command `export`."""

import os
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import chain
from pathlib import Path, PurePosixPath

import click
from sqlalchemy import Connection

from counterpoint.article.formatter import format_article
from counterpoint.article.messages import count
from counterpoint.article.options import DECLARATION_FILES, add_declarations
from counterpoint.article.parser import parse_article
from counterpoint.cli.article_options import build_parser_options
from counterpoint.cli.progress import track
from counterpoint.cli.reports import Report, ReportFormat, format_shell_path, locate, report_failures, write_report
from counterpoint.errors import NO_CONTENT_MESSAGE, ExportError, InvalidFiles, NotReady, Place, Problem, Severity
from counterpoint.files import write_file
from counterpoint.settings import Settings, read_settings
from counterpoint.store.image_files import read_contents, read_digests
from counterpoint.store.schema_version import check_schema_version
from counterpoint.store.snapshots import open_snapshot
from counterpoint.store.source_files import read_article_paths, read_declarations, read_sources


@click.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--all", "is_all", is_flag=True, help="Export all articles.")
@click.option("--force", is_flag=True, help="Replace files that differ.")
@click.option("-v", "--verbose", is_flag=True, help="List each file that is written.")
def export(*, slugs: Sequence[str], folder: Path, is_all: bool, force: bool, verbose: bool) -> None:
    """Write articles from the database into FOLDER as canonical Markdown.

    Each file gets the path that it had in the seed folder. The images that the articles show are written too, and
    headers.yaml and names.yaml, because the articles may need them. If a file exists and differs, nothing is written,
    unless you add --force.
    """
    if is_all == bool(slugs):
        raise click.UsageError("Expected either slugs of articles or --all, before the folder.")
    settings = read_settings()
    with (
        report_failures(folder, ReportFormat.TEXT, outcome="Nothing was written."),
        open_snapshot(settings.database) as connection,
    ):
        check_schema_version(connection)
        exporter = _Exporter(connection, folder, settings)
        paths = exporter.select_paths(slugs)
        exporter.write(paths if force else exporter.skip_existing_files(paths), paths)
        write_report(exporter.build_report(is_verbose=verbose), ReportFormat.TEXT)


class _Exporter:
    """Writes articles into a folder, and collects what happened."""

    def __init__(self, connection: Connection, folder: Path, settings: Settings) -> None:
        self._connection = connection
        self._folder = folder
        self._declarations = read_declarations(connection)
        self._options = build_parser_options(settings)
        for path in DECLARATION_FILES:
            if path in self._declarations:
                self._options = add_declarations(self._options, path, self._declarations[path])
        self._written: list[str] = []
        self._unchanged_count = 0
        self._warnings: list[Problem] = []

    def select_paths(self, slugs: Sequence[str]) -> list[str]:
        """Return the paths of the articles with these slugs, or of all if there are none."""
        paths = read_article_paths(self._connection)
        if not paths:
            raise NotReady(NO_CONTENT_MESSAGE)
        for slug in slugs:
            if slug not in paths:
                matches = get_close_matches(slug, paths, n=1)
                hint = f"did you mean {matches[0]}?" if matches else "expected the slug of a stored article."
                raise ExportError(f"There is no article {slug!r}: {hint}")
        selected = list(dict.fromkeys(paths[slug] for slug in slugs or paths))
        for path in [*self._declarations, *selected]:
            _check_path(self._folder, path, (".md", ".yaml"))
        for path in read_digests(self._connection):
            _check_path(self._folder, path, ("",))
        return selected

    def skip_existing_files(self, paths: Sequence[str]) -> list[str]:
        """Return the paths without files. Raise InvalidFiles if a file exists with another content."""
        existing = [path for path in paths if os.path.lexists(self._folder / path)]
        declarations = [path for path in self._declarations if os.path.lexists(self._folder / path)]
        hint = "move it away, or add --force to replace it"
        problems = [
            Problem(Place(path, 1), "the file differs from the one to export", hint)
            for path, content in self._contents(declarations, existing)
            if _read_existing(self._folder / path) != content
        ]
        problems += [
            Problem(Place(path, 1), "the file differs from the image to export", hint)
            for path, content in read_contents(self._connection, paths)
            if _read_existing(self._folder / path) not in (None, content)
        ]
        if problems:
            raise InvalidFiles(problems)
        self._unchanged_count += len(existing)
        existing_paths = set(existing)
        return [path for path in paths if path not in existing_paths]

    def write(self, paths: Sequence[str], image_owners: Sequence[str]) -> None:
        """Write the articles that are missing or differ, and such images of other articles too."""
        shown = track(paths, f"Exporting {count(len(paths), 'article')}")
        images = read_contents(self._connection, image_owners)
        for path, content in chain(self._contents(self._declarations, shown), images):
            target = self._folder / path
            if _read_existing(target) == content:
                self._unchanged_count += 1
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, content)
            self._written.append(path)

    def build_report(self, *, is_verbose: bool) -> Report:
        """Return the summary."""
        details = [f"written  {format_shell_path(self._folder, path)}" for path in self._written] if is_verbose else []
        summary = f"{count(len(self._written), 'file')} written, {self._unchanged_count:,} unchanged."
        return Report(summary, locate(self._warnings, self._folder), details)

    def _contents(self, declarations: Iterable[str], paths: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield paths with the contents of their files."""
        yield from ((path, self._declarations[path].encode()) for path in declarations)
        for path, text in read_sources(self._connection, paths):
            yield path, self._format(path, text).encode()

    def _format(self, path: str, text: str) -> str:
        try:
            article = parse_article(text, path=path, sha256="", options=self._options).article
            return format_article(article, self._options)
        except InvalidFiles as error:
            # The text as it was stored is worth more than no file.
            problem = next(problem for problem in error.problems if problem.is_error)
            message = f"the article is exported as it was written, because: {problem.message}"
            self._warnings.append(Problem(problem.place, message, severity=Severity.WARNING))
            return text


def _check_path(folder: Path, path: str, suffixes: tuple[str, ...]) -> None:
    """Raise ExportError if a stored path leads out of the folder, or to a file that no seeding reads."""
    is_visible = not any(part.startswith(".") for part in PurePosixPath(path).parts)
    is_inside = Path(os.path.realpath(folder / path)).is_relative_to(os.path.realpath(folder))
    if not (is_visible and is_inside and path.endswith(suffixes)):
        raise ExportError(f"The stored path {path!a} is not one of an article inside the folder {folder}.")


def _read_existing(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
