"""Parse the URL of a database for SQLAlchemy."""

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SQLALCHEMY_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def parse_database_url(text: str) -> URL:
    """Parse a database URL and add the driver. Raise ValueError with the expected format."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise ValueError("not a database URL, expected sqlite:///file or postgresql://user@host/name") from None
    family = url.drivername.partition("+")[0]
    if family not in SQLALCHEMY_DRIVERS:
        raise ValueError(f"unsupported database {family!r}, expected sqlite or postgresql")
    if family == "sqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("missing file, expected sqlite:///file because several processes share the database")
    return url.set(drivername=SQLALCHEMY_DRIVERS[family])
