"""The command `status`."""

import json
from collections.abc import Iterator

import click

from counterpoint.article_folder import count
from counterpoint.cli.errors import write_output
from counterpoint.errors import NotReady
from counterpoint.settings import read_settings
from counterpoint.store.status import DatabaseReport, read_report


@click.command()
@click.option(
    "--format",
    "status_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Print text, or one JSON document.",
)
def status(status_format: str) -> None:
    """Report what the database holds: its version, revision, the time of its seeding, counts and size.

    The exit status is 1 if the server could not serve from it, because it is not migrated or holds no article.
    """
    report = read_report(read_settings().database)
    defect = report.find_defect()
    if status_format == "json":
        write_output(json.dumps(_as_json(report, defect), ensure_ascii=False, indent=2))
    else:
        write_output("\n".join(f"{name:18} {value}" for name, value in _rows(report)))
    if defect:
        raise NotReady(defect)


def _rows(report: DatabaseReport) -> Iterator[tuple[str, str]]:
    """Yield the lines of the text: a name and a value."""
    is_current = report.schema_version == report.expected_schema_version
    note = "current" if is_current else f"expected {report.expected_schema_version}"
    yield "database", report.url
    yield "migration", f"{report.schema_version or 'none'} ({note})"
    yield "size", f"{report.size_bytes:,} bytes"
    if report.status:
        yield "revision", report.status.revision
        yield "seeded", report.status.seeded_at.isoformat()
        if report.stale_articles:
            yield "stale articles", f"{report.stale_articles:,} (run `counterpoint seed` to read them again)"
        if report.pending_notifications:
            yield "not notified", f"{count(report.pending_notifications, 'receiver')} (run `counterpoint seed`)"
        yield from ((f"  {type_name}", f"{number:,}") for type_name, number in report.counts.items())


def _as_json(report: DatabaseReport, defect: str | None) -> dict[str, object]:
    return {
        "ready": defect is None,
        "reason": defect,
        "database": report.url,
        "migration": {"version": report.schema_version, "expected": report.expected_schema_version},
        "sizeBytes": report.size_bytes,
        "revision": report.status and report.status.revision,
        "seededAt": report.status and report.status.seeded_at.isoformat(),
        "staleArticles": report.stale_articles,
        "pendingNotifications": report.pending_notifications,
        "counts": dict(report.counts),
    }
