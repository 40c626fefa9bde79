"""What every test may ask for: real databases, empty or with the tables made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.database_helpers import DATABASE_KINDS, MIGRATED_TEMPLATE, migrate_database, migrated_database
from support.postgresql_server import run_postgresql_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.postgresql_server import PostgresqlServer


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """Run the session's PostgreSQL server; `postgresql.database()` lends a database."""
    with run_postgresql_server() as server:
        migrate_database(server.make(MIGRATED_TEMPLATE))
        yield server


@pytest.fixture
def postgresql_url(postgresql: PostgresqlServer) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database."""
    with postgresql.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite database that no file holds yet."""
    return f"sqlite:///{tmp_path}/counterpoint.db"


@pytest.fixture(params=DATABASE_KINDS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DATABASE_KINDS)
def database_url(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the address of a database with all tables and no content, once of each kind."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        yield url
