"""The command `status`."""

import json
from collections.abc import Iterator, Sequence

import click

from counterpoint.cli.errors import write_output
from counterpoint.errors import NotReady
from counterpoint.settings import read_settings
from counterpoint.store.status import DatabaseReport, read_report
from counterpoint.webhooks import parse_receivers


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
    settings = read_settings()
    report = read_report(settings.database)
    receivers = parse_receivers(settings.notify_urls)
    unnotified = [str(receiver) for receiver in receivers if receiver.key in report.unnotified_receivers]
    defect = report.find_defect()
    if status_format == "json":
        write_output(json.dumps(_as_json(report, defect, unnotified), ensure_ascii=False, indent=2))
    else:
        write_output("\n".join(f"{name:18} {value}" for name, value in _rows(report, unnotified)))
    if defect:
        raise NotReady(defect)


def _rows(report: DatabaseReport, unnotified: Sequence[str]) -> Iterator[tuple[str, str]]:
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
        yield from (("not notified", f"{receiver} (run `counterpoint seed`)") for receiver in unnotified)
        yield from ((f"  {type_name}", f"{number:,}") for type_name, number in report.counts.items())


def _as_json(report: DatabaseReport, defect: str | None, unnotified: Sequence[str]) -> dict[str, object]:
    return {
        "ready": defect is None,
        "reason": defect,
        "database": report.url,
        "migration": {"version": report.schema_version, "expected": report.expected_schema_version},
        "sizeBytes": report.size_bytes,
        "revision": report.status and report.status.revision,
        "seededAt": report.status and report.status.seeded_at.isoformat(),
        "staleArticles": report.stale_articles,
        "notNotified": [*unnotified],
        "counts": dict(report.counts),
    }
