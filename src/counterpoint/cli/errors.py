"""Errors of commands: one clear line on stderr and exit status 1, never a traceback."""

import io
import os
import sqlite3
import sys
from typing import IO, Any

import click
from sqlalchemy.exc import DBAPIError

from counterpoint.errors import CounterpointError, OutputError
from counterpoint.store.sqlite_files import find_result_code

INTERRUPTED_STATUS = 130
"""The exit status after Ctrl-C: 128 and the number of the signal, as shells have it."""

SQLITE_CAUSES = {
    sqlite3.SQLITE_CANTOPEN: "is its path a folder, or not readable?",
    sqlite3.SQLITE_IOERR: "is the disk full, or the path a folder?",
    sqlite3.SQLITE_READONLY: "is the file or its folder not writable?",
}


class ErrorReportingGroup(click.Group):
    """A group of commands that prints the errors which are not bugs, and exits with status 1."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run a command with the arguments of the process."""
        if sys.stdout is None:
            fail("The standard output is closed: expected a file, a pipe or a terminal.")
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # Paths and articles contain characters that the encoding of a terminal may lack.
                stream.reconfigure(errors="backslashreplace")
        try:
            try:
                return super().main(*arguments, **options)
            finally:
                sys.stdout.flush()
        except OSError as error:
            _discard(sys.stdout)
            fail(describe_os_error(error))

    def invoke(self, context: click.Context) -> Any:
        """Run the command that the arguments name."""
        try:
            return super().invoke(context)
        except CounterpointError as error:
            fail(str(error))
        except DBAPIError as error:
            fail(describe_database_error(error))
        except KeyboardInterrupt:
            fail("Interrupted.", INTERRUPTED_STATUS)


def fail(message: str, status: int = 1) -> None:
    """Print a message on stderr, and exit with this status."""
    write_error(message)
    sys.exit(status)


def write_error(message: str) -> None:
    """Print a message on stderr, if it can be written."""
    try:
        click.echo(message, err=True)
    except OSError:
        _discard(sys.stderr)


def write_output(content: str | bytes, *, ends_line: bool = True) -> None:
    """Write to stdout at once, and end the line. Raise OutputError if it cannot be written."""
    try:
        click.echo(content, nl=ends_line)
    except OSError as error:
        _discard(sys.stdout)
        raise OutputError(describe_os_error(error)) from error


def describe_os_error(error: OSError) -> str:
    """Return the sentence for an error of the operating system."""
    reason = error.strerror or error
    return f"{error.filename}: {reason}." if error.filename else f"The output can't be written: {reason}."


def describe_database_error(error: DBAPIError) -> str:
    """Return the sentence for an error of the database, with the probable cause if SQLite does not name it."""
    lines = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    message = f"The database reported an error: {lines[0]}"
    code = find_result_code(error.orig)
    return f"{message} ({SQLITE_CAUSES[code]})" if code in SQLITE_CAUSES else message


def _discard(stream: IO[str] | None) -> None:
    """Send what a stream still buffers to nowhere, because Python would report it again at its exit."""
    try:
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError:
        return
