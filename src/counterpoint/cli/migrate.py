"""The command `migrate`."""

import click

from counterpoint.cli.errors import write_error, write_output
from counterpoint.settings import read_settings
from counterpoint.store.write_engine import WAITING_MESSAGE, write_engine


@click.command()
def migrate() -> None:
    """Create the database tables, or upgrade them to this version.

    If that loses content which the files hold, `counterpoint status` says so: run `counterpoint seed` then.
    """
    from counterpoint.store.migrations import migrate as migrate_tables  # noqa: PLC0415

    with write_engine(read_settings().database, creates_file=True) as engine:
        migrate_tables(engine, on_wait=lambda: write_error(WAITING_MESSAGE))
    write_output("The tables are up to date.")
