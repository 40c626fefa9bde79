"""Reports of commands: problems, details and a summary, as text, as JSON or as GitHub's workflow commands."""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from counterpoint.article.messages import count
from counterpoint.cli.errors import describe_database_error, write_error, write_output
from counterpoint.errors import CounterpointError, InvalidFiles, NotReady, OutputError, Problem, Severity
from counterpoint.folder_scan import IgnoredEntry


class ReportFormat(StrEnum):
    """The format of a report."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@dataclass(frozen=True)
class Report:
    """The outcome of a command. `data` is the part of the JSON document that differs between commands."""

    summary: str
    problems: Sequence[Problem] = ()
    details: Sequence[str] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    error: CounterpointError | None = None

    @property
    def has_errors(self) -> bool:
        """Whether the command failed."""
        return self.error is not None or any(problem.is_error for problem in self.problems)

    @property
    def other_error(self) -> CounterpointError | None:
        """The error, unless the problems describe it."""
        return None if isinstance(self.error, InvalidFiles) else self.error


format_option = click.option(
    "--format",
    "report_format",
    type=click.Choice([name.value for name in ReportFormat]),
    default=ReportFormat.TEXT.value,
    callback=lambda context, option, value: ReportFormat(value),
    show_default=True,
    help="Print the problems and the summary as text, as one JSON document, or as GitHub workflow commands.",
)


def report_options(command: Any) -> Any:
    """Add the options that `seed` and `check` share."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="List each article and each ignored entry."),
        format_option,
        click.option("--strict", is_flag=True, help="Treat warnings as errors."),
    ):
        command = option(command)
    return command


@contextmanager
def report_failures(folder: Path, report_format: ReportFormat, outcome: str) -> Iterator[None]:
    """Report an error of the block, and exit with status 1; `outcome` is a sentence such as "Nothing was written."."""
    try:
        yield
    except OutputError as error:
        raise OutputError(f"{error} {outcome}".strip()) from error
    except InvalidFiles as error:
        summary = f"{count_problems(error.problems)}. {outcome}"
        write_report(Report(summary, locate(error.problems, folder), error=error), report_format)
        raise SystemExit(1) from error
    except CounterpointError as error:
        write_report(Report(str(error), error=error), report_format)
        raise SystemExit(1) from error
    except DBAPIError as error:
        write_report(Report(message := describe_database_error(error), error=NotReady(message)), report_format)
        raise SystemExit(1) from error


def write_report(report: Report, report_format: ReportFormat) -> None:
    """Print a report. Problems in text go to stderr, and so does the summary of a failure."""
    match report_format:
        case ReportFormat.TEXT:
            for problem in report.problems:
                write_error(str(problem))
            write = write_error if report.has_errors else write_output
            write("\n".join([*report.details, report.summary]))
        case ReportFormat.GITHUB:
            commands = [*map(_github_command, report.problems)]
            if report.other_error:
                write_output("\n".join([*commands, f"::error::{_escape(report.summary)}"]))
            else:
                write_output("\n".join([*commands, *report.details, report.summary]))
        case ReportFormat.JSON:
            write_output(json.dumps(_json_document(report), ensure_ascii=False, indent=2))


def locate(problems: Sequence[Problem], folder: Path) -> list[Problem]:
    """Return problems with paths that the shell can open, instead of paths relative to the seed folder."""
    return [
        replace(problem, place=replace(problem.place, path=format_shell_path(folder, problem.place.path)))
        for problem in problems
    ]


def format_shell_path(folder: Path, path: str) -> str:
    """Return a path relative to the working directory if it is inside, or else joined with the folder."""
    joined = folder / path
    working_directory = Path.cwd()
    absolute = Path(os.path.normpath(joined.absolute()))
    return str(absolute.relative_to(working_directory) if absolute.is_relative_to(working_directory) else joined)


def count_problems(problems: Sequence[Problem]) -> str:
    """Return the numbers of errors and warnings as a text, with the number of files."""
    numbers = {severity: sum(problem.severity is severity for problem in problems) for severity in Severity}
    counts = " and ".join(count(number, severity.value) for severity, number in numbers.items() if number)
    return (
        f"{counts} in {count(len({problem.place.path for problem in problems}), 'file')}" if problems else "no errors"
    )


def summarize_ignored(ignored: Iterable[IgnoredEntry]) -> str:
    """Return the number of ignored entries by the rule that ignores them, or an empty text."""
    rules = Counter("duplicate" if entry.reason.startswith("the same") else entry.reason for entry in ignored)
    if not rules:
        return ""
    by_rule = ", ".join(f"{number:,} {rule}" for rule, number in sorted(rules.items()))
    return f"Ignored {'1 entry' if rules.total() == 1 else f'{rules.total():,} entries'}: {by_rule}."


def describe_ignored(ignored: Iterable[IgnoredEntry]) -> Iterator[str]:
    """Yield a line for each ignored entry."""
    for entry in ignored:
        yield f"ignored  {entry.path if entry.path.isprintable() else ascii(entry.path)}  {entry.reason}"


def ignored_as_json(ignored: Iterable[IgnoredEntry]) -> list[dict[str, str]]:
    """Return the ignored entries for a JSON document."""
    return [{"path": entry.path, "reason": entry.reason} for entry in ignored]


def _github_command(problem: Problem) -> str:
    """Return a workflow command, which GitHub shows beside the line of the file."""
    place = problem.place
    path = place.path.translate({ord("%"): "%25", ord(":"): "%3A", ord(","): "%2C"})
    return f"::{problem.severity} file={path},line={place.line},col={place.column}::{_escape(problem.describe())}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _json_document(report: Report) -> dict[str, Any]:
    error = report.other_error
    return {
        "ok": not report.has_errors,
        "problems": [_json_problem(problem) for problem in report.problems],
        "error": {"code": error.code, "message": str(error)} if error else None,
        **report.data,
    }


def _json_problem(problem: Problem) -> dict[str, object]:
    place = problem.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity,
        "message": problem.message,
        "hint": problem.hint,
        **({"code": problem.code} if problem.code else {}),
    }
