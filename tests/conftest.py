"""What every test may ask for: real, empty databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from databases import postgresql_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from databases import Server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """Run the session's PostgreSQL server; `postgresql.database()` lends a database."""
    with postgresql_server() as server:
        yield server


@pytest.fixture
def postgresql_url(postgresql: Server) -> Iterator[str]:
    """Give the address of an empty PostgreSQL database."""
    with postgresql.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite database that no file holds yet."""
    return f"sqlite:///{tmp_path}/counterpoint.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
