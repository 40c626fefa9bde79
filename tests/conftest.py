"""Fixtures for all tests: real databases. Each test is marked by what it needs, so that a run can leave tests out."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from support.compiled_statements import share_compiled_statements
from support.database_helpers import DATABASE_KINDS, create_sqlite_database, migrated_database
from support.markers import choose_markers
from support.postgresql_server import PostgresqlServer
from support.property_profiles import load_profile
from support.raw_http import QUICK_LIMITS, SMALL_LIMITS, run_bare_server
from support.variants import skip_variants

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.servers import ServerProcess

gc.disable()  # until all tests are collected, because almost all objects stay
load_profile()
share_compiled_statements()


@pytest.hookimpl(tryfirst=True)  # because `-m` selects by marker in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test `pure`, `database` or `process`, and `postgresql` if it needs that server. Skip variants."""
    for item in items:
        if isinstance(item, pytest.Function):
            for name in choose_markers(item):
                item.add_marker(name)
    skip_variants(items)
    # Slow tests first, because a worker that runs one at the end keeps the others waiting.
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Keep the collected tests out of all garbage collections, which would otherwise take a sixth of the time.

    Not even the first one visits them: it would take longer than its little garbage is worth.
    """
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlServer]:
    """Yield the session's PostgreSQL server, which starts when a test first uses it."""
    server = PostgresqlServer()
    yield server
    server.close()


@pytest.fixture
def postgresql_url(postgresql: PostgresqlServer) -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL database."""
    with postgresql.temporary_database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the URL of a SQLite database whose file does not exist yet."""
    return f"sqlite:///{tmp_path}/counterpoint.db"


@pytest.fixture
def migrated_sqlite_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a SQLite database with all tables and no content."""
    return create_sqlite_database(tmp_path_factory)


@pytest.fixture
def migrated_postgresql_url(postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the URL of a PostgreSQL database with all tables and no content."""
    with migrated_database("postgresql", postgresql, tmp_path_factory) as url:
        yield url


@pytest.fixture(params=DATABASE_KINDS)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of an empty database of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=DATABASE_KINDS)
def database_url(
    request: pytest.FixtureRequest, postgresql: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Yield the URL of a database of each kind, with all tables and no content."""
    with migrated_database(request.param, postgresql, tmp_path_factory) as url:
        yield url


@pytest.fixture(scope="session", params=["asgi", "direct"])
def small_server(request: pytest.FixtureRequest) -> Iterator[ServerProcess]:
    """Run a server with small size limits."""
    with run_bare_server(SMALL_LIMITS, interface=request.param) as server:
        yield server


@pytest.fixture(scope="session", params=["asgi", "direct"])
def quick_server(request: pytest.FixtureRequest) -> Iterator[ServerProcess]:
    """Run a server with short timeouts."""
    with run_bare_server(QUICK_LIMITS, interface=request.param) as server:
        yield server
