"""The markers of a test, chosen by what its module imports and by the fixtures that it uses.

`process`     starts a server, a command or a browser
`database`    queries a real database in the test's own process
`pure`        does neither
`postgresql`  needs a PostgreSQL server, and has one of the markers above too
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING

from support import database_helpers, processes, raw_http, servers
from support.database_helpers import DATABASE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

PROCESS_MODULES = ("subprocess", processes.__name__, servers.__name__, raw_http.__name__)
PROCESS_FIXTURES = {"small_server", "quick_server"}
DATABASE_FUNCTIONS = (database_helpers.open_write_engine, database_helpers.open_client)
DATABASE_FIXTURES = {"postgresql", "sqlite_url", "migrated_sqlite_url"}


def choose_markers(test: pytest.Function) -> Iterator[str]:
    """Yield the names of the markers of a test."""
    fixtures = set(test.fixturenames)
    if _imports_processes(test.module) or fixtures & PROCESS_FIXTURES:
        yield "process"
    elif _imports_databases(test.module) or fixtures & DATABASE_FIXTURES:
        yield "database"
    else:
        yield "pure"
    if _needs_postgresql(test):
        yield "postgresql"


@cache
def _imports_processes(module: ModuleType) -> bool:
    return any(_module_name(value) in PROCESS_MODULES for value in vars(module).values())


@cache
def _imports_databases(module: ModuleType) -> bool:
    return any(value in DATABASE_FUNCTIONS for value in vars(module).values())


def _module_name(value: object) -> str | None:
    return value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)


def _needs_postgresql(test: pytest.Function) -> bool:
    """Return whether a test runs on PostgreSQL: by its parameter if it has one for the kind of database."""
    parameters = list(test.callspec.params.values()) if hasattr(test, "callspec") else []
    kinds = [kind for kind in DATABASE_KINDS if kind in parameters]
    return "postgresql" in (kinds or test.fixturenames)
