"""The version of a database's tables: the newest migration that ran on it. Versions sort as text."""

from sqlalchemy import Connection, inspect, text

from counterpoint.errors import NotReady
from counterpoint.store.database import WRONG_SCHEMA_MESSAGE
from counterpoint.store.models import SCHEMA_VERSION

VERSION_QUERY = "SELECT CAST(version_num AS TEXT) FROM alembic_version"

OLDEST_READER_QUERY = "SELECT CAST(oldest_reader AS TEXT) FROM schema_compatibility"
"""The oldest version that can read the tables. The table exists since version 0014."""


def read_schema_version(connection: Connection) -> str | None:
    """Return the version, or None if no migration ran yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text(VERSION_QUERY))
    return version


def check_schema_version(connection: Connection) -> None:
    """Raise NotReady if the tables are not those of this version of Counterpoint."""
    if defect := find_schema_defect(read_schema_version(connection)):
        raise NotReady(defect)


def find_schema_defect(version: str | None) -> str | None:
    """Return why this version of Counterpoint cannot use the tables, or None."""
    if is_newer(version):
        return (
            f"The database has schema version {version!r}, but this version of Counterpoint knows only versions up to "
            f"{SCHEMA_VERSION!r}: run the newer version of Counterpoint, or downgrade the database with it "
            f"(`alembic downgrade {SCHEMA_VERSION}`)."
        )
    return None if version == SCHEMA_VERSION else WRONG_SCHEMA_MESSAGE


def find_read_defect(version: str | None, oldest_reader: str | None) -> str | None:
    """Return why a server of this version cannot read the tables, or None.

    It reads newer tables too, if their migrations only added to those of this version.
    """
    is_readable = oldest_reader is not None and oldest_reader <= SCHEMA_VERSION
    return None if is_newer(version) and is_readable else find_schema_defect(version)


def read_oldest_reader(connection: Connection) -> str | None:
    """Return the oldest version that can read the tables, or None if only their own version can."""
    if not inspect(connection).has_table("schema_compatibility"):
        return None
    oldest_reader: str | None = connection.scalar(text(OLDEST_READER_QUERY))
    return oldest_reader


def is_newer(version: str | None) -> bool:
    """Return whether a newer version of Counterpoint made the tables."""
    return version is not None and version > SCHEMA_VERSION
