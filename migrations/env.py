"""Runs the migrations: on the connection that the caller passes, or on the database of the settings."""

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection

from counterpoint.errors import CounterpointError
from counterpoint.settings import read_settings
from counterpoint.store.migrations import begin_migration
from counterpoint.store.models import include_in_autogenerate, metadata
from counterpoint.store.write_engine import WAITING_MESSAGE, write_engine


def run_migrations(connection: Connection) -> None:
    """Run the migrations in the transaction of the connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=True,
        include_name=include_in_autogenerate,
        render_as_batch=True,  # because SQLite changes a table only by copying it
    )
    with context.begin_transaction():
        context.run_migrations()


def run_command() -> None:
    """Run the migrations for the `alembic` command line."""
    try:
        with (
            write_engine(read_settings().database) as engine,
            begin_migration(engine, lambda: context.config.print_stdout(WAITING_MESSAGE)) as connection,
        ):
            run_migrations(connection)
    except CounterpointError as error:
        raise CommandError(str(error)) from error


passed_connection = context.config.attributes.get("connection")
if passed_connection is not None:
    run_migrations(passed_connection)
else:
    run_command()
