"""The command `backup`."""

import os
from functools import partial
from pathlib import Path

import click
from sqlalchemy import URL

from counterpoint.cli.errors import write_output
from counterpoint.cli.output_files import fill_new_file
from counterpoint.errors import OutputError
from counterpoint.settings import read_settings
from counterpoint.store.backup import copy_database


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def backup(file: Path, *, force: bool) -> None:
    """Write a copy of the SQLite database to FILE, while servers and seedings may be running.

    The copy holds the content of one revision in a single file, which needs no log beside it. It gets its name when it
    is complete and checked. PostgreSQL has its own program for this, pg_dump.
    """
    url = read_settings().database
    if url.get_backend_name() != "sqlite":
        raise click.UsageError(_suggest_pg_dump(url, file))
    _check_target(Path(url.database or ""), file, is_overwrite_allowed=force)
    copy = fill_new_file(file, partial(copy_database, url), is_overwrite_allowed=force)
    content = f"revision {copy.revision}" if copy.revision else "no content"
    write_output(f"Wrote {file}: {content}, {copy.size_bytes:,} bytes.")


def _suggest_pg_dump(url: URL, file: Path) -> str:
    address = url.set(drivername="postgresql").render_as_string(hide_password=True)
    return (
        "Expected COUNTERPOINT_DATABASE_URL to be that of an SQLite file. To back up PostgreSQL, run: "
        f"pg_dump --format=custom --file={file} {address}"
    )


def _check_target(database: Path, file: Path, *, is_overwrite_allowed: bool) -> None:
    """Raise OutputError before the copying if it would be in vain, or would replace a database that is in use."""
    if os.path.lexists(file) and not is_overwrite_allowed:
        raise OutputError(f"{file} exists: it is not overwritten without --force.")
    is_same = file.exists() and database.exists() and file.samefile(database)
    if is_same or Path(f"{file}-wal").exists():
        raise OutputError(f"{file} is a database in use: expected another file.")
