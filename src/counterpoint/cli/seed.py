"""The command `seed`."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TextIO

import click

from counterpoint.article_folder import ArticleFolder
from counterpoint.cli.article_options import build_parser_options
from counterpoint.cli.changes import changes_as_json, describe_changes, summarize_difference
from counterpoint.cli.errors import write_error
from counterpoint.cli.notifications import (
    Notification,
    ReceiverType,
    list_receivers,
    pair_with_receivers,
    report_notifications,
    send,
)
from counterpoint.cli.progress import track
from counterpoint.cli.reports import (
    Report,
    ReportFormat,
    count_problems,
    describe_ignored,
    ignored_as_json,
    locate,
    report_failures,
    report_options,
    summarize_ignored,
    write_report,
)
from counterpoint.errors import OutputError
from counterpoint.folder_scan import IgnoredEntry
from counterpoint.http.revision_polling import REVISION_MAX_AGE_SECONDS
from counterpoint.settings import Settings, read_settings
from counterpoint.store.removal_limit import DEFAULT_REMOVAL_LIMIT, RemovalLimit
from counterpoint.store.seeding import seed as seed_articles
from counterpoint.store.seeding_options import SeedOptions, SeedResult
from counterpoint.store.write_engine import WAITING_MESSAGE, write_engine
from counterpoint.webhooks import Receiver


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
@click.option(
    "--notify",
    metavar="URL",
    multiple=True,
    type=ReceiverType(),
    help="Post the revision and the cache tags of all changes to this URL, beside those of COUNTERPOINT_NOTIFY_URLS. "
    "The option can be repeated. COUNTERPOINT_NOTIFY_SECRET signs the requests.",
)
@click.option(
    "--no-wait",
    is_flag=True,
    help="Return without waiting for servers, for example if none is running. The next seeding sends the "
    "notifications.",
)
@report_options
def seed(*, folder: Path | None, **options: Any) -> None:
    """Replace the content of the database with the articles of FOLDER.

    FOLDER defaults to COUNTERPOINT_SEED_DIR. Articles without a file are removed. Unchanged articles are not written
    again. If any file has an error, all problems are printed as path:line:column, and the database does not change.

    After a change, the command waits half a second, until every running server answers with the new content. Then it
    notifies the receivers. If that fails, the content stays published, the exit status is 1, and the next seeding
    notifies again, even if it changes nothing.
    """
    settings = read_settings()
    _SeedCommand(settings, folder or settings.seed_dir, **options).run()


@dataclass(frozen=True)
class _SeedCommand:
    """A run of the command: the settings, the folder, and the values of the options by their names."""

    settings: Settings
    folder: Path
    dry_run: bool
    force: bool
    max_removals: RemovalLimit
    tags: TextIO | None
    notify: Sequence[Receiver]
    no_wait: bool
    strict: bool
    report_format: ReportFormat
    verbose: bool

    def run(self) -> None:
        """Seed, report and notify."""
        with report_failures(self.folder, self.report_format, outcome="Nothing was written."):
            source = ArticleFolder(self.folder, build_parser_options(self.settings, is_strict=self.strict), track=track)
            result = self._seed(source)
        with report_failures(self.folder, self.report_format, outcome="The content is published."):
            notifications = self._publish(result)
            report = self._build_report(result, source) if self._is_report_last else None
            report_notifications(notifications, report, self.report_format)

    @cached_property
    def _receivers(self) -> list[Receiver]:
        return [] if self.dry_run else list_receivers(self.settings, self.notify)

    @property
    def _is_report_last(self) -> bool:
        """Whether the report contains the notifications, as one JSON document must."""
        return bool(self._receivers) and self.report_format is ReportFormat.JSON

    def _seed(self, source: ArticleFolder) -> SeedResult:
        options = SeedOptions(
            force=self.force,
            is_dry_run=self.dry_run,
            is_strict=self.strict,
            has_details=self.verbose,
            removal_limit=self.max_removals,
            declarations=source.declarations,
            names=source.options.names,
            images=source.images,
            receivers=[receiver.key for receiver in self._receivers],
            on_wait=lambda: write_error(WAITING_MESSAGE),
            on_result=partial(self._report_before_commit, source=source),
        )
        with write_engine(self.settings.database) as engine:
            return seed_articles(
                engine,
                source.files,
                source.prepare_articles,
                parser_version=source.parser_version,
                now=datetime.now(UTC),
                options=options,
            )

    def _report_before_commit(self, result: SeedResult, source: ArticleFolder) -> None:
        if not self._is_report_last:
            write_report(self._build_report(result, source), self.report_format)
        _write_tags(result, self.tags)

    def _build_report(self, result: SeedResult, source: ArticleFolder) -> Report:
        ignored = [*source.ignored_entries, *(IgnoredEntry(path, "draft") for path in result.drafts)]
        details = [*describe_changes(result), *describe_ignored(ignored)] if self.verbose else []
        changes = summarize_difference(result.difference)
        summary = f"{changes}; the revision is {result.revision}."
        if self.dry_run:
            summary = f"Dry run: {changes}; nothing was written."
        problems = [*source.warnings, *result.warnings]
        refusal = [f"Without --dry-run, seeding would stop here: {result.refusal}"] if result.refusal else []
        warnings = [f"{count_problems(problems)}."] if problems else []
        return Report(
            "\n".join(filter(None, [summary, *refusal, *warnings, summarize_ignored(ignored)])),
            locate(problems, source.folder),
            details,
            {
                **changes_as_json(result),
                "dryRun": self.dry_run,
                "ignored": ignored_as_json(ignored),
                "notifications": [],
            },
        )

    def _publish(self, result: SeedResult) -> list[Notification]:
        """Wait until every server knows the revision, then send the notifications. Return their outcomes."""
        notifications = pair_with_receivers(result, self._receivers)
        if self.no_wait or self.dry_run:
            return notifications
        # Notifications of earlier seedings wait too, because another process may have committed only a moment ago.
        if result.replaces_revision or notifications:
            time.sleep(REVISION_MAX_AGE_SECONDS)
        return send(notifications, result, datetime.now(UTC), self.settings)


def _write_tags(result: SeedResult, tags: TextIO | None) -> None:
    """Write the cache tags before the commit, because a CDN could not be purged if they were lost after it."""
    if tags:
        try:
            tags.writelines(f"{tag}\n" for tag in result.tags)
            tags.flush()
        except OSError as error:
            raise OutputError(f"The cache tags can't be written: {error.strerror}.") from error
