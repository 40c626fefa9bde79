"""Runs the migrations: on the connection that the caller passes, or on the database of the settings."""

from alembic import context
from sqlalchemy import Connection

from counterpoint.settings import read_settings
from counterpoint.store.models import include_in_autogenerate, metadata
from counterpoint.store.write_engine import write_engine


def run_migrations(connection: Connection) -> None:
    """Run the migrations in one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=True,
        include_name=include_in_autogenerate,
    )
    with context.begin_transaction():
        context.run_migrations()


passed_connection = context.config.attributes.get("connection")
if passed_connection is not None:
    run_migrations(passed_connection)
else:
    with write_engine(read_settings().database) as engine, engine.begin() as own_connection:
        run_migrations(own_connection)
