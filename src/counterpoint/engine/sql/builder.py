"""A statement in the making: its common tables, its slots, and the levels of rows that it is built from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table

from counterpoint.engine.answer_tags import OwnerKey, mark_owner_rows
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import Variables
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.errors import LimitExceeded

MAX_PARAMETERS = 30_000
"""What both databases take with one statement."""

T = TypeVar("T")

Parameter = Callable[[Variables], Any]
"""How a bound value is had from a request's variables."""


@dataclass
class SqlBuilder:
    """What grows while an operation is compiled."""

    dialect: Dialect
    limits: Limits
    graph: SchemaMapping
    cost: int = 0
    conditions: int = 0
    commons: dict[str, str] = field(default_factory=dict)
    """Common tables by name, each after those that it reads."""
    slots: list[Parameter] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    owners: list[OwnerKey] = field(default_factory=list)
    """The keys of the owners that are looked up."""
    _names: int = 0

    def bind(self, slot: Parameter) -> str:
        """Add a bound value and give the place it takes in the text."""
        if len(self.slots) >= MAX_PARAMETERS:
            raise LimitExceeded("The number of values in the arguments of an operation", MAX_PARAMETERS)
        self.slots.append(slot)
        return f"${len(self.slots)}"

    def spend(self, rows: int) -> int:
        """Count rows that may be read; give them back. Raise LimitExceeded when they are too many in all."""
        self.cost += rows
        if self.cost > self.limits.cost:
            raise LimitExceeded("The cost of an operation in rows", self.limits.cost, self.cost)
        return rows

    def check_length(self, columns: Iterable[str]) -> None:
        """Raise LimitExceeded when all that is written so far, with these columns, is too long."""
        length = sum(map(len, self.commons.values())) + sum(map(len, columns))
        if length > self.limits.sql_chars:
            raise LimitExceeded("The length of the SQL for an operation in characters", self.limits.sql_chars, length)

    def count_conditions(self, number: int) -> None:
        """Count conditions of a filter. Raise LimitExceeded when they are too many in all."""
        self.conditions += number
        if self.conditions > self.limits.filter_conditions:
            raise LimitExceeded(
                "The number of conditions in the filters of an operation", self.limits.filter_conditions
            )

    def either(self, writes: Iterable[Callable[[], T]]) -> list[T]:
        """Write parts of which each row needs one only: together they cost what the dearest does."""
        before = dearest = self.cost
        written = []
        for write in writes:
            self.cost = before
            written.append(write())
            dearest = max(dearest, self.cost)
        self.cost = dearest
        return written

    def fresh(self, letter: str) -> str:
        """Give a name that occurs nowhere else in the statement."""
        self._names += 1
        return f"{letter}{self._names}"

    def common(self, letter: str, select: str, *, once: bool = True) -> str:
        """Add a common table, computed once, or wherever it is read with what is needed there; give its name."""
        name = self.fresh(letter)
        self.commons[name] = f"{name} AS {'NOT ' * (not once)}MATERIALIZED ({select})"
        return name


class RowSource:
    """The rows of one list or look-up: what is selected of the listed table, and the parents joined to it.

    `depth` counts the symbols that a parser keeps in mind when it comes to what is selected.
    """

    def __init__(self, statement: SqlBuilder, table: Table, depth: int, *, rows: int = 1, outer: bool = False) -> None:
        """Begin a level of so many rows; with `outer`, rows that are not there give nulls."""
        self.rows = rows
        self.statement = statement
        self.table = table
        self.depth = depth
        self.alias = statement.fresh("r")
        self._join = "LEFT JOIN" if outer else statement.dialect.join
        self._columns: dict[str, None] = {}
        self._joins: dict[tuple[str, str], str] = {}
        self._joined: list[str] = []

    def column(self, name: str) -> str:
        """Select a column of the listed table."""
        self._columns[name] = None
        return f"{self.alias}.{self.statement.dialect.name(name)}"

    def parent(self, alias: str, foreign_key: str, table: Table, name: str, *, is_own: bool = False) -> str:
        """Join the row that a foreign key (`foreign_key` as SQL) points at, once; give its alias."""
        key = (alias, name)
        if key not in self._joins:
            joined = self._joins[key] = self.statement.fresh("r")
            target = mark_owner_rows(self.statement.dialect.name(table.name), is_own=is_own)
            self._joined.append(f" {self._join} {target} AS {joined} ON {joined}.id = {foreign_key}")
        return self._joins[key]

    @property
    def columns(self) -> list[str]:
        """The selected columns of the listed table, by name."""
        return list(self._columns)

    @property
    def joins(self) -> str:
        """The joined parents."""
        return "".join(self._joined)

    def source(self, base: str) -> str:
        """Give what follows FROM: a select that yields the level's columns, and the joined parents."""
        return f"({base}) AS {self.alias}{self.joins}"


@dataclass(frozen=True)
class RowRef:
    """One row of a level, under the alias of the listed table or of a joined parent.

    `identities` selects the ids of all rows that the scope stands for, for lists that are computed apart. `is_own`: the
    row is the owner that the query looks up, or a part of it.
    """

    level: RowSource
    alias: str
    table: Table
    identities: Callable[[], str]
    is_own: bool = False

    @property
    def id(self) -> str:
        """The row's id as SQL."""
        return self.column("id")

    def column(self, name: str) -> str:
        """Give a column of the row as SQL."""
        if self.alias == self.level.alias:
            return self.level.column(name)
        return f"{self.alias}.{self.level.statement.dialect.name(name)}"

    def ids(self) -> str:
        """Give the common table of the ids of all rows that the scope stands for."""
        statement = self.level.statement
        if self.alias not in statement.ids:
            statement.ids[self.alias] = statement.common("i", self.identities())
        return statement.ids[self.alias]

    def definition(self, name: str) -> "SqlColumn[object]":
        """Give a column's definition."""
        return self.table.c[name]

    def parent(self, foreign_key: str) -> "RowRef":
        """Give the row that a foreign key points at."""
        target = referenced_table(self.table, foreign_key)
        graph = self.level.statement.graph
        is_own = self.is_own and self.table.name in graph.parts and target.name in {*graph.parts, graph.owners.name}
        alias = self.level.parent(self.alias, self.column(foreign_key), target, foreign_key, is_own=is_own)

        def identities() -> str:
            name = self.level.statement.dialect.name
            from_table = mark_owner_rows(name(self.table.name), is_own=self.is_own)
            return (
                f"SELECT DISTINCT t.{name(foreign_key)} AS id FROM {self.ids()} AS u"
                f" {self.level.statement.dialect.join} {from_table} AS t ON t.id = u.id"
            )

        return RowRef(self.level, alias, target, identities, is_own)


def referenced_table(table: Table, foreign_key: str) -> Table:
    """Give the table that a foreign key points at."""
    (reference,) = table.c[foreign_key].foreign_keys
    return reference.column.table
