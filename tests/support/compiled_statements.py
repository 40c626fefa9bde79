"""Statements that SQLAlchemy has compiled, shared by all engines of a test run.

A seeding executes about a hundred statements. An engine compiles them once, but each test has engines of its own, and
compiling took a third of the time of small seedings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

if TYPE_CHECKING:
    from sqlalchemy import Connection


class SharedStatements(dict[Any, Any]):
    """A cache for the engines of all databases of a kind: its keys begin with the class of the engine's dialect."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """Return a compiled statement."""
        return super().get(_without_engine(key), default)

    def __setitem__(self, key: tuple[Any, ...], statement: Any) -> None:
        super().__setitem__(_without_engine(key), statement)


def _without_engine(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return (type(dialect), *rest)


def share_compiled_statements() -> None:
    """Make all engines of this process use one cache."""
    statements = SharedStatements()

    @event.listens_for(Engine, "engine_connect")
    def use_shared_statements(connection: Connection) -> None:
        connection.execution_options(compiled_cache=statements)
