"""Migration of the database to the schema of this version, in one transaction."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect, text

from counterpoint.errors import MigrationError, NotReady
from counterpoint.store.models import SCHEMA_VERSION, STALE_PARSER_VERSION
from counterpoint.store.schema_version import find_schema_defect, is_newer, read_schema_version
from counterpoint.store.write_engine import begin_write

NEW_SQLITE_DATABASE = "sqlite.sql"
"""Statements, separated by blank lines, that create what the migrations to a version create in an empty database."""


def migrate(engine: Engine, on_wait: Callable[[], None] = lambda: None) -> None:
    """Create or upgrade the tables, after the end of any other migration or seeding.

    Raise NotReady if the tables are newer than this version, or MigrationError. The database is then as before.
    """
    config = Config()
    folder = find_migrations(Path(__file__), Path(sys.prefix))
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    try:
        with begin_migration(engine, on_wait) as connection:
            _check_encoding(connection)
            version = read_schema_version(connection)
            if is_newer(version):
                raise NotReady(find_schema_defect(version))
            if _is_empty(connection):
                _create_tables(connection, folder / NEW_SQLITE_DATABASE)
            config.attributes["connection"] = connection
            command.upgrade(config, SCHEMA_VERSION)
    except CommandError as error:
        raise MigrationError(f"The database cannot be migrated to version {SCHEMA_VERSION}: {error}.") from error


def _is_empty(connection: Connection) -> bool:
    """Return whether a database is an SQLite file without tables."""
    return connection.dialect.name == "sqlite" and not inspect(connection).get_table_names()


def _create_tables(connection: Connection, script: Path) -> None:
    """Create all tables at once, because the migrations, which copy tables again and again, take half a second."""
    for statement in script.read_text(encoding="utf-8").split("\n\n"):
        connection.exec_driver_sql(statement)


def _check_encoding(connection: Connection) -> None:
    """Raise MigrationError if PostgreSQL cannot store every text."""
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        hint = "CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0"
        raise MigrationError(f"The database has the encoding {encoding}, expected UTF8. Create one with {hint}.")


@contextmanager
def begin_migration(engine: Engine, on_wait: Callable[[], None] = lambda: None) -> Iterator[Connection]:
    """Begin the transaction of a migration. Raise MigrationError at its end if rows refer to missing rows.

    On SQLite, references are checked only then, because a table is changed there by copying, dropping and renaming it.
    """
    with begin_write(engine, on_wait, foreign_keys=False) as connection:
        yield connection
        if connection.dialect.name == "sqlite":
            _check_references(connection)


def _check_references(connection: Connection) -> None:
    violations = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    counts = Counter((table, parent) for table, _, parent, _ in violations)
    if counts:
        rows = ", ".join(f"{count} of {table!r} to {parent!r}" for (table, parent), count in counts.items())
        raise MigrationError(f"The migration was undone, because rows would refer to missing rows: {rows}.")


def mark_content_stale(connection: Connection) -> None:
    """Make the next seeding read all files again, and end the revision. For migrations that lose derived content.

    Call it in `upgrade` if files hold more than the new tables get, and in `downgrade` likewise. The new id of the
    revision is random, because it must differ from that of every other state of the content: caches may keep no answer
    from before, and those from now only until the seeding.
    """
    connection.execute(text("UPDATE article SET parser_version = :version"), {"version": STALE_PARSER_VERSION})
    connection.execute(text("UPDATE revision SET id = :id"), {"id": token_hex(16)})


def require_reader(connection: Connection, version: str) -> None:
    """Declare that only servers of this schema version and of newer ones can read the tables.

    Call it in `upgrade` with the migration's own version, if it removes or changes what older servers read, and in
    `downgrade` with the version from before. Without it, older servers go on.
    """
    connection.execute(text("UPDATE schema_compatibility SET oldest_reader = :version"), {"version": version})


def find_migrations(code: Path, environment: Path) -> Path:
    """Return the folder of the migrations: in the checkout that contains the code, or beside its environment.

    The working directory is not searched, because its migrations may belong to another project.
    """
    folders = [parent / "migrations" for parent in (code.parents[3], environment.parent)]
    for folder in folders:
        if any(folder.glob(f"versions/{SCHEMA_VERSION}_*.py")):
            return folder
    searched = " or ".join(str(folder) for folder in folders)
    raise MigrationError(f"There is no migration to version {SCHEMA_VERSION} in {searched}: copy it from the sources.")
