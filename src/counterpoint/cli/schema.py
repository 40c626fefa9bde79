"""The command `schema`, which prints the schema or compares it with a published one."""

from pathlib import Path

import click

from counterpoint.cli.errors import write_output
from counterpoint.cli.reports import ReportFormat, format_option, report_failures, write_report


@click.command()
@click.option(
    "--check",
    "published",
    metavar="FILE",
    help="Compare the schema with a published one, and list the changes that break clients or may surprise them. The "
    "exit status is 1 if any breaks clients. `-` is the standard input.",
)
@format_option
@click.pass_context
def schema(context: click.Context, published: str | None, report_format: ReportFormat) -> None:
    """Print the schema in the schema definition language (SDL), or compare it with a published one."""
    from counterpoint.api.schema import build_schema  # noqa: PLC0415

    sdl = build_schema().print_sdl()
    if published is not None:
        _compare(published, sdl, report_format)
    elif context.get_parameter_source("report_format") is click.core.ParameterSource.DEFAULT:
        write_output(sdl)
    else:
        raise click.UsageError("--format needs --check FILE: without it, the output is the schema.")


def _compare(published: str, sdl: str, report_format: ReportFormat) -> None:
    from counterpoint.cli.schema_comparison import compare  # noqa: PLC0415

    with report_failures(Path(), report_format, outcome="Nothing was compared."):
        report = compare(published, sdl)
        write_report(report, report_format)
    if report.has_errors:
        raise SystemExit(1)
