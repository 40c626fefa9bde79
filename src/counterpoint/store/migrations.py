"""Migration of the database to the schema of this version, in one transaction."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from counterpoint.errors import SettingsError
from counterpoint.store.models import SCHEMA_VERSION


def migrate(engine: Engine) -> None:
    """Create or upgrade the tables. Raise SettingsError if the database is of an unknown version."""
    config = Config()
    folder = find_migrations(Path(__file__), Path(sys.prefix))
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, SCHEMA_VERSION)
    except CommandError as error:
        raise SettingsError(f"The database cannot be migrated to version {SCHEMA_VERSION}: {error}.") from error


def find_migrations(code: Path, environment: Path) -> Path:
    """Return the folder of the migrations: in the checkout that contains the code, or beside its environment.

    The working directory is not searched, because its migrations may belong to another project.
    """
    folders = [parent / "migrations" for parent in (code.parents[3], environment.parent)]
    for folder in folders:
        if any(folder.glob(f"versions/{SCHEMA_VERSION}_*.py")):
            return folder
    searched = " or ".join(str(folder) for folder in folders)
    raise SettingsError(f"There is no migration to version {SCHEMA_VERSION} in {searched}: copy it from the sources.")
