"""The command `seed`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from counterpoint.article.options import ParserOptions
from counterpoint.article_folder import ArticleFolder, parser_limits
from counterpoint.cli.changes import (
    changes_as_json,
    describe_changes,
    describe_ignored,
    ignored_as_json,
    summarize_difference,
    summarize_ignored,
)
from counterpoint.cli.errors import write_error
from counterpoint.cli.progress import track
from counterpoint.cli.reports import (
    Report,
    ReportFormat,
    count_problems,
    locate,
    report_failures,
    report_options,
    write_report,
)
from counterpoint.errors import OutputError
from counterpoint.folder_scan import IgnoredEntry
from counterpoint.settings import Settings, read_settings
from counterpoint.store.removal_limit import DEFAULT_REMOVAL_LIMIT, RemovalLimit
from counterpoint.store.seeding import SeedOptions, SeedResult
from counterpoint.store.seeding import seed as seed_articles
from counterpoint.store.write_engine import WAITING_MESSAGE, write_engine


class RemovalLimitType(click.ParamType[RemovalLimit]):
    """The value of `--max-removals`: a number or a percentage."""

    name = "limit"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> RemovalLimit:
        """Parse the value."""
        if isinstance(value, RemovalLimit):
            return value
        try:
            return RemovalLimit.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--force", is_flag=True, help="Read all articles again, even if their files did not change.")
@click.option(
    "--max-removals",
    metavar="N|N%",
    type=RemovalLimitType(),
    default=DEFAULT_REMOVAL_LIMIT,
    show_default="50% of more than ten articles",
    help="Stop before writing if more articles would be removed: a number, or a percentage of the stored articles. A "
    "folder without any article always needs this option. A file that is only moved does not count.",
)
@click.option(
    "--tags",
    type=click.File("w", encoding="ascii", lazy=False),
    help="Write the cache tags of all responses that may have changed to this file, sorted, one per line. Use them to "
    "purge a CDN by Cache-Tag. The file is empty if nothing changed. `-` is the standard output.",
)
@report_options
def seed(  # noqa: PLR0913  # one argument for each option
    *,
    folder: Path | None,
    dry_run: bool,
    force: bool,
    max_removals: RemovalLimit,
    tags: TextIO | None,
    strict: bool,
    report_format: ReportFormat,
    verbose: bool,
) -> None:
    """Replace the content of the database with the articles of FOLDER.

    FOLDER defaults to COUNTERPOINT_SEED_DIR. Articles without a file are removed. Unchanged articles are not written
    again. If any file has an error, all problems are printed as path:line:column, and the database does not change.
    """
    settings = read_settings()
    path = folder or settings.seed_dir
    with report_failures(path, report_format, outcome="Nothing was written."):
        source = ArticleFolder(path, parser_options(settings, is_strict=strict), track=track)

        def report(result: SeedResult) -> None:
            write_report(_build_report(result, source, is_dry_run=dry_run, is_verbose=verbose), report_format)
            _write_tags(result, tags)

        options = SeedOptions(
            force=force,
            is_dry_run=dry_run,
            is_strict=strict,
            has_details=verbose,
            removal_limit=max_removals,
            declarations=source.declarations,
            names=source.options.names,
            images=source.images,
            on_wait=lambda: write_error(WAITING_MESSAGE),
            on_result=report,
        )
        _seed(settings, source, options)


def parser_options(settings: Settings, *, is_strict: bool) -> ParserOptions:
    """Return the options of the parser for the articles of today."""
    return ParserOptions(limits=parser_limits(settings), is_strict=is_strict, today=datetime.now(UTC).date())


def _seed(settings: Settings, source: ArticleFolder, options: SeedOptions) -> None:
    with write_engine(settings.database) as engine:
        seed_articles(
            engine,
            source.files,
            source.read_articles,
            parser_version=source.parser_version,
            now=datetime.now(UTC),
            options=options,
        )


def _build_report(result: SeedResult, source: ArticleFolder, *, is_dry_run: bool, is_verbose: bool) -> Report:
    ignored = [*source.ignored_entries, *(IgnoredEntry(path, "draft") for path in result.drafts)]
    details = [*describe_changes(result), *describe_ignored(ignored)] if is_verbose else []
    changes = summarize_difference(result.difference)
    summary = f"{changes}; the revision is {result.revision}."
    if is_dry_run:
        summary = f"Dry run: {changes}; nothing was written."
    problems = [*source.warnings, *result.warnings]
    refusal = [f"Without --dry-run, seeding would stop here: {result.refusal}"] if result.refusal else []
    warnings = [f"{count_problems(problems)}."] if problems else []
    return Report(
        "\n".join(filter(None, [summary, *refusal, *warnings, summarize_ignored(ignored)])),
        locate(problems, source.folder),
        details,
        {**changes_as_json(result), "dryRun": is_dry_run, "ignored": ignored_as_json(ignored)},
    )


def _write_tags(result: SeedResult, tags: TextIO | None) -> None:
    """Write the cache tags before the commit, because a CDN could not be purged if they were lost after it."""
    if tags:
        try:
            tags.writelines(f"{tag}\n" for tag in result.tags)
            tags.flush()
        except OSError as error:
            raise OutputError(f"The cache tags can't be written: {error.strerror}.") from error
