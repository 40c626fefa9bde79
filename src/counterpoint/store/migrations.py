"""Migrations, run from code: the tables brought to this version, in one transaction."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine

from counterpoint.errors import SettingsError
from counterpoint.store.models import SCHEMA_VERSION


def migrate(engine: Engine) -> None:
    """Bring the tables to this version; create them where there are none. Raise SettingsError if that can't be done."""
    config = Config()
    folder = find_migrations(Path(__file__), Path(sys.prefix))
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, SCHEMA_VERSION)
    except CommandError as error:
        raise SettingsError(f"The database can't be brought to version {SCHEMA_VERSION}: {error}.") from error


def find_migrations(code: Path, environment: Path) -> Path:
    """Find the folder of our migrations: in the checkout of the code, or beside its environment, as in the image.

    Never where a command happens to be started: what is there may be another project's.
    """
    places = [home / "migrations" for home in (code.parents[3], environment.parent)]
    for folder in places:
        if any(folder.glob(f"versions/{SCHEMA_VERSION}_*.py")):
            return folder
    told = " nor ".join(str(folder) for folder in places)
    raise SettingsError(
        f"There are no migrations to version {SCHEMA_VERSION}, neither in {told}: they come with the sources."
    )
