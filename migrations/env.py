"""Runs migrations on the connection that it is handed, or on the database that the settings name."""

from alembic import context
from sqlalchemy import Connection

from counterpoint.settings import read_settings
from counterpoint.store.models import include_in_autogenerate, metadata
from counterpoint.store.write_engine import create_write_engine


def run(connection: Connection) -> None:
    """Migrate within one transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_server_default=True,
        include_name=include_in_autogenerate,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    run(handed)
else:
    with create_write_engine(read_settings().database).begin() as opened:
        run(opened)
