"""Filters: from the value of a `where` to SQL conditions on the listed row.

A condition through a relation is a semi-join, never a join that multiplies. It is written in one of two ways, each
quick where the other is slow: where little can match (an entity by its slug, a text) the matches are looked up first
(`IN`); where much can, each row is tried as it comes (`EXISTS`).
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import orjson
from graphql import GraphQLInputObjectType, get_named_type
from sqlalchemy import Table

from counterpoint.engine.json_text import RUN
from counterpoint.engine.narrowness import filter_of, is_narrow, names_one, storable_items
from counterpoint.engine.operations import Argument, Variables
from counterpoint.engine.sources import Folded, Link, Of, OneOf, Some, Span
from counterpoint.engine.statements import target_of
from counterpoint.engine.texts import storable, successor
from counterpoint.errors import LimitExceeded

if TYPE_CHECKING:
    from counterpoint.engine.compiling import Compiler

Path = tuple[str | int, ...]
"""Where in the value of a `where` something stands: keys, and places in lists."""

FILTERED = 60
"""Symbols that a parser keeps in mind while it reads a page's filter, at the most."""

GROUP = 4
RELATED = 12
"""Of these: how many and, or, not, and a relation add."""

NOTHING = "FALSE"
MANY = 2
UNITED = 20
"""Alternatives that are looked up each for itself."""


def shape(value: Any) -> Hashable:
    """Tell apart the values of a `where` that need another statement: its keys, and how much its lists hold."""
    match value:
        case Mapping():
            return tuple((key, shape(each)) for key, each in value.items() if each is not None)
        case [Mapping(), *_]:
            return tuple(shape(each) for each in value)
        case list():
            return min(len(storable_items(value)), MANY)
        case str():
            return "" if not value else storable(value) is not None
        case _:
            return True


def conditions(compiler: "Compiler", argument: Argument, table: Table, alias: str) -> list[str]:
    """Write the conditions that a row of a table, under an alias, must all meet."""
    compiler.reading.look(argument, shape, "shape")
    value = compiler.reading.sample(argument)
    if value is None:
        return []
    declared = get_named_type(argument.definition.type)
    assert isinstance(declared, GraphQLInputObjectType)
    found = _Writer(compiler, argument).all_of(declared, value, (), _Row(table, alias, certain=True))
    return found if len(found) <= RUN else [_joined(found)]


@dataclass(frozen=True)
class Above:
    """Conditions on what a foreign key of a row points at, which must be there; `is_one`: they name one by its key."""

    conditions: list[str]
    is_one: bool = False


def conditions_above(compiler: "Compiler", argument: Argument, table: Table, foreign_key: str, alias: str) -> Above:
    """Write what the object that a foreign key of a row points at must meet."""
    compiler.reading.look(argument, shape, "shape")
    value = compiler.reading.sample(argument)
    if value is None:
        return Above([])
    declared = get_named_type(argument.definition.type)
    assert isinstance(declared, GraphQLInputObjectType)
    writer = _Writer(compiler, argument)
    written = writer.of(foreign_key, declared, value, (), _Row(table, alias, certain=True, is_sought=True))
    return Above([written], names_one(compiler.graph.conditions, declared, value))


@dataclass(frozen=True)
class _Row:
    """The row that a condition is on. `certain`: null will do for false, since nothing negates it."""

    table: Table
    alias: str
    certain: bool
    depth: int = 0
    """Symbols that a parser keeps in mind when it comes to the condition, from the filter's beginning."""
    level: int = 0
    """How many keys it stands within."""
    is_sought: bool = False
    """Whether something else, such as words, leads to the rows."""

    def deeper(self, symbols: int, *, certain: bool = True) -> "_Row":
        """Give the row for a condition within another."""
        return replace(self, depth=self.depth + symbols, level=self.level + 1, certain=self.certain and certain)


@dataclass(frozen=True)
class _Column:
    """A folded text as SQL: its beginning, and the rest if that stands apart."""

    source: Folded
    head: str
    rest: str | None

    def beginning(self, given: str) -> str:
        """Fold what a client gives, and take the part that is compared with the beginning."""
        return self.source.split(given)[0]

    def remainder(self, given: str) -> str:
        """Fold what a client gives, and take the part that is compared with the rest."""
        return self.source.split(given)[1]


class _Writer:
    """Writes one filter."""

    def __init__(self, compiler: "Compiler", argument: Argument) -> None:
        self._compiler = compiler
        self._argument = argument
        self._name = compiler.dialect.name
        self._conditions = compiler.graph.conditions

    def all_of(self, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, row: _Row) -> list[str]:
        """Write a filter's conditions, one for each key."""
        most = self._compiler.statement.limits.filter_depth
        if row.level > most:
            raise LimitExceeded("The depth of a filter", most)
        if row.depth > self._compiler.dialect.filter_stack:
            return [self._apart(declared, value, path, row)]
        return [
            written
            for key, each in value.items()
            if each is not None
            for written in self._key(declared, key, each, (*path, key), row)
        ]

    def _apart(self, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, row: _Row) -> str:
        """Look up the rows that meet a filter apart, where it stands too deep for the database's parser."""
        found = replace(row, alias=self._compiler.statement.fresh("f"), depth=0)
        conditions = _joined(self.all_of(declared, value, path, found))
        rows = f"SELECT {found.alias}.id FROM {self._name(row.table.name)} AS {found.alias} WHERE {conditions}"
        return f"{row.alias}.id IN (SELECT id FROM {self._compiler.statement.common('w', rows)})"

    def _united(self, declared: GraphQLInputObjectType, value: list[Any], path: Path, row: _Row) -> str:
        """Look up the rows that meet either of a few filters, each of which leads to few."""
        found = []
        for place, each in enumerate(value):
            listed = self._row(row.table, row)
            conditions = " AND ".join(self.all_of(declared, each, (*path, place), listed))
            source = f"{self._name(row.table.name)} AS {listed.alias}"
            found.append(f"SELECT {listed.alias}.id FROM {source} WHERE {conditions}")
        return self._compiler.dialect.among(f"{row.alias}.id", " UNION ".join(found))

    def _key(self, declared: GraphQLInputObjectType, key: str, value: Any, path: Path, row: _Row) -> list[str]:
        self._compiler.statement.count_conditions(1)
        inner = row.deeper(GROUP, certain=key != "not")
        match key:
            case "and":
                self._count_empty(value)
                return [
                    written
                    for place, each in enumerate(value)
                    for written in self.all_of(declared, each, (*path, place), inner)
                ]
            case "or":
                self._count_empty(value)
                if MANY <= len(value) <= UNITED and all(is_narrow(self._conditions, declared, each) for each in value):
                    return [self._united(declared, value, path, inner)]
                either = (
                    _joined(self.all_of(declared, each, (*path, place), inner)) for place, each in enumerate(value)
                )
                return [f"({_balanced(list(either), ' OR ') or NOTHING})"]
            case "not":
                return [f"NOT {_joined(self.all_of(declared, value, path, inner))}"]
        source = self._conditions[declared.name, key]
        match source:
            case OneOf(name, fold):
                return [self._one_of(name, fold, value, path, row)]
            case Folded():
                return self._folded(source, value, path, row)
            case Span(name):
                return self._span(name, value, path, row)
            case Of(foreign_key):
                return [self.of(foreign_key, filter_of(declared, key), value, path, row)]
            case Some(link):
                return [self._some(link, filter_of(declared, key), value, path, row)]

    def _count_empty(self, value: list[Mapping[str, Any]]) -> None:
        """Count the filters of a list that ask for nothing: others count by what they ask for."""
        self._compiler.statement.count_conditions(sum(not each for each in value))

    def _one_of(self, name: str, fold: Callable[[str], str] | None, value: list[Any], path: Path, row: _Row) -> str:
        column = f"{row.alias}.{self._name(name)}"

        def wanted(given: list[Any]) -> list[str]:
            return [fold(each) if fold else each for each in storable_items(given)]

        match min(len(storable_items(value)), MANY):
            case 0:
                return NOTHING
            case 1:
                return self._defined(f"{column} = {self._slot(path, lambda given: wanted(given)[0])}", name, row)
            case _:
                members = self._compiler.dialect.items(self._slot(path, lambda given: _json(wanted(given))))
                return self._defined(self._compiler.dialect.among(column, members), name, row)

    def _folded(self, source: Folded, value: Mapping[str, Any], path: Path, row: _Row) -> list[str]:
        column = _Column(source, f"{row.alias}.{self._name(source.name)}", source.rest and f"{row.alias}.{source.rest}")
        written = []
        for key, each in value.items():
            if each is None:
                continue
            if not (storable_items(each) if key == "in" else storable(each) is not None):
                written.append(NOTHING)
                continue
            write = {"eq": self._equal, "in": self._equal_to_one, "startsWith": self._begins}[key]
            written.append(self._defined(write(column, (*path, key)), source.name, row))
        return written

    def _equal(self, column: _Column, path: Path) -> str:
        equal = f"{column.head} = {self._slot(path, column.beginning)}"
        return f"({equal} AND {column.rest} = {self._slot(path, column.remainder)})" if column.rest else equal

    def _equal_to_one(self, column: _Column, path: Path) -> str:
        dialect = self._compiler.dialect
        heads = self._slot(path, lambda given: _json([column.beginning(each) for each in storable_items(given)]))
        either = dialect.among(column.head, dialect.items(heads))
        if not column.rest:
            return either
        pairs = self._slot(path, lambda given: _json([column.source.split(each) for each in storable_items(given)]))
        return f"({either} AND ({column.head}, {column.rest}) IN ({dialect.pairs(pairs)}))"

    def _begins(self, column: _Column, path: Path) -> str:
        low = self._slot(path, column.beginning)
        high = self._slot(path, lambda given: successor(column.beginning(given)))
        begins = f"{column.head} >= {low} AND {column.head} < {high}"
        if column.rest:
            length = self._slot(path, lambda given: len(column.remainder(given)))
            begins += f" AND substr({column.rest}, 1, {length}) = {self._slot(path, column.remainder)}"
        return f"({begins})"

    def _span(self, name: str, value: Mapping[str, Any], path: Path, row: _Row) -> list[str]:
        column = f"{row.alias}.{self._name(name)}"
        operators = {"from": ">=", "to": "<="}
        return [
            self._defined(
                f"{column} {operators[key]} {self._compiler.dialect.day(self._slot((*path, key), date.isoformat))}",
                name,
                row,
            )
            for key, each in value.items()
            if each is not None
        ]

    def of(
        self, foreign_key: str, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, row: _Row
    ) -> str:
        """Write the condition that what a foreign key points at meets a filter."""
        target = target_of(row.table, foreign_key)
        column = f"{row.alias}.{self._name(foreign_key)}"
        named = self._row(target, row)
        found = self.all_of(declared, value, path, named)
        source = f"{self._name(target.name)} AS {named.alias}"
        if names_one(self._conditions, declared, value) and row.certain:
            one = f"SELECT {named.alias}.id FROM {source} WHERE {' AND '.join(found)}"
            if row.is_sought or target is not self._compiler.graph.owners:
                # Known to be one row, so that an index on the foreign key gives the rows in their order.
                return f"{column} = ({one})"
            return self._compiler.dialect.of_one(self._name(row.table.name), row.alias, self._name(foreign_key), one)
        if is_narrow(self._conditions, declared, value):
            rows = f"SELECT {named.alias}.id FROM {source} WHERE {' AND '.join(found)}"
            if row.is_sought:
                return self._compiler.dialect.among(column, rows)
            return self._compiler.dialect.few(self._name(row.table.name), row.alias, self._name(foreign_key), rows)
        return f"EXISTS (SELECT 1 FROM {source} WHERE {' AND '.join([f'{named.alias}.id = {column}', *found])})"

    def _some(
        self, link: Link, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, row: _Row
    ) -> str:
        near = link.near.table
        target = near if link.far is None else target_of(near, link.far.name)
        listed = self._row(target, row)
        owner = listed.alias
        source = f"{self._name(target.name)} AS {listed.alias}"
        found = self.all_of(declared, value, path, listed)
        leads_to_few = is_narrow(self._conditions, declared, value)
        if link.far is not None:
            owner = self._compiler.statement.fresh("f")
            far = f"{owner}.{self._name(link.far.name)}"
            between = f"{self._name(near.name)} AS {owner}"
            if leads_to_few:
                rows = f"SELECT {listed.alias}.id FROM {source} WHERE {' AND '.join(found)}"
                source, found = between, [self._compiler.dialect.among(far, rows)]
            else:
                # What is between is narrowed by the row; from the other side, all that meets the filter would be tried.
                source = f"{between} {self._compiler.dialect.join} {source} ON {listed.alias}.id = {far}"
        parent = f"{owner}.{self._name(link.near.name)}"
        if leads_to_few:
            rows = f"SELECT {parent} FROM {source} WHERE {' AND '.join(found)}"
            return self._compiler.dialect.among(f"{row.alias}.id", rows)
        return f"EXISTS (SELECT 1 FROM {source} WHERE {' AND '.join([f'{parent} = {row.alias}.id', *found])})"

    def _row(self, table: Table, within: _Row) -> _Row:
        alias = self._compiler.statement.fresh("f")
        return replace(within, table=table, alias=alias, is_sought=False).deeper(RELATED)

    def _defined(self, written: str, name: str, row: _Row) -> str:
        """Make sure that a condition on an absent value is false where something may negate it."""
        return f"coalesce({written}, {NOTHING})" if row.table.c[name].nullable and not row.certain else written

    def _slot(self, path: Path, transform: Callable[[Any], Any]) -> str:
        argument = self._argument

        def value(variables: Variables) -> Any:
            found = argument.value(variables)
            for step in path:
                found = found[step]
            return transform(found)

        return self._compiler.statement.bind(value)


def _joined(conditions: list[str]) -> str:
    """And-join conditions into one that may stand anywhere."""
    return f"({_balanced(conditions, ' AND ') or 'TRUE'})"


def _balanced(conditions: list[str], operator: str) -> str:
    """Join conditions in groups of groups: SQLite allows an expression a depth of 1,000, one for each in a row."""
    while len(conditions) > RUN:
        groups = (conditions[start : start + RUN] for start in range(0, len(conditions), RUN))
        conditions = [f"({operator.join(group)})" for group in groups]
    return operator.join(conditions)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
