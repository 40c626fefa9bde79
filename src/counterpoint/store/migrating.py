"""Migrations, run from code: the tables brought to this version, in one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from counterpoint.errors import SettingsError

INI = "alembic.ini"


def migrate(engine: Engine) -> None:
    """Bring the tables to this version; create them where there are none."""
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _config() -> Config:
    """Find the migrations: in the working directory, or in the checkout that this code belongs to."""
    checkout = Path(__file__).parents[3]
    for folder in (Path.cwd(), checkout):
        if (folder / INI).exists():
            return Config(folder / INI)
    raise SettingsError(f"No {INI} here: start counterpoint where it and the folder migrations are.")
