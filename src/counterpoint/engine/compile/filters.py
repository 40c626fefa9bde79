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

from counterpoint.engine.compile.selectivity import filter_of, is_selective, matches_at_most_one, storable_values
from counterpoint.engine.document.operations import Argument, Variables
from counterpoint.engine.mapping import DateRange, FoldedText, InList, Relation, ToMany, ToOne
from counterpoint.engine.sql.builder import referenced_table
from counterpoint.engine.sql.json_text import MAX_OPERANDS
from counterpoint.engine.sql.text_ranges import prefix_upper_bound, storable
from counterpoint.errors import LimitExceeded

if TYPE_CHECKING:
    from counterpoint.engine.compile.objects import Compiler

Path = tuple[str | int, ...]
"""Where in the value of a `where` something stands: keys, and places in lists."""

FILTER_STACK = 60
"""Symbols that a parser keeps in mind while it reads a page's filter, at the most."""

STACK_PER_GROUP = 4
STACK_PER_RELATION = 12
"""Of these: how many and, or, not, and a relation add."""

FALSE = "FALSE"
SEVERAL = 2
MAX_UNION_BRANCHES = 20
"""Alternatives that are looked up each for itself."""


def shape(value: Any) -> Hashable:
    """Tell apart the values of a `where` that need another statement: its keys, and how much its lists hold."""
    match value:
        case Mapping():
            return tuple((key, shape(each)) for key, each in value.items() if each is not None)
        case [Mapping(), *_]:
            return tuple(shape(each) for each in value)
        case list():
            return min(len(storable_values(value)), SEVERAL)
        case str():
            return "" if not value else storable(value) is not None
        case _:
            return True


def compile_filter(compiler: "Compiler", argument: Argument, table: Table, alias: str) -> list[str]:
    """Write the conditions that a row of a table, under an alias, must all meet."""
    compiler.reading.specialize_on(argument, shape, "shape")
    value = compiler.reading.value_unguarded(argument)
    if value is None:
        return []
    declared = get_named_type(argument.definition.type)
    assert isinstance(declared, GraphQLInputObjectType)
    found = FilterCompiler(compiler, argument).all_of(declared, value, (), FilterTarget(table, alias, certain=True))
    return found if len(found) <= MAX_OPERANDS else [_joined(found)]


@dataclass(frozen=True)
class ParentFilter:
    """Conditions on what a foreign key of a row points at, which must be there; `is_one`: they name one by its key."""

    conditions: list[str]
    is_one: bool = False


def compile_parent_filter(
    compiler: "Compiler", argument: Argument, table: Table, foreign_key: str, alias: str
) -> ParentFilter:
    """Write what the object that a foreign key of a row points at must meet."""
    compiler.reading.specialize_on(argument, shape, "shape")
    value = compiler.reading.value_unguarded(argument)
    if value is None:
        return ParentFilter([])
    declared = get_named_type(argument.definition.type)
    assert isinstance(declared, GraphQLInputObjectType)
    writer = FilterCompiler(compiler, argument)
    written = writer.of(foreign_key, declared, value, (), FilterTarget(table, alias, certain=True, is_sought=True))
    return ParentFilter([written], matches_at_most_one(compiler.graph.conditions, declared, value))


@dataclass(frozen=True)
class FilterTarget:
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

    def deeper(self, symbols: int, *, certain: bool = True) -> "FilterTarget":
        """Give the row for a condition within another."""
        return replace(self, depth=self.depth + symbols, level=self.level + 1, certain=self.certain and certain)


@dataclass(frozen=True)
class _Column:
    """A folded text as SQL: its beginning, and the rest if that stands apart."""

    source: FoldedText
    head: str
    rest: str | None

    def beginning(self, given: str) -> str:
        """Fold what a client gives, and take the part that is compared with the beginning."""
        return self.source.split(given)[0]

    def remainder(self, given: str) -> str:
        """Fold what a client gives, and take the part that is compared with the rest."""
        return self.source.split(given)[1]


class FilterCompiler:
    """Writes one filter."""

    def __init__(self, compiler: "Compiler", argument: Argument) -> None:
        self._compiler = compiler
        self._argument = argument
        self._name = compiler.dialect.name
        self._conditions = compiler.graph.conditions

    def all_of(
        self, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, row: FilterTarget
    ) -> list[str]:
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

    def _apart(self, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, row: FilterTarget) -> str:
        """Look up the rows that meet a filter apart, where it stands too deep for the database's parser."""
        found = replace(row, alias=self._compiler.statement.fresh("f"), depth=0)
        conditions = _joined(self.all_of(declared, value, path, found))
        rows = f"SELECT {found.alias}.id FROM {self._name(row.table.name)} AS {found.alias} WHERE {conditions}"
        return f"{row.alias}.id IN (SELECT id FROM {self._compiler.statement.common('w', rows)})"

    def _united(self, declared: GraphQLInputObjectType, value: list[Any], path: Path, row: FilterTarget) -> str:
        """Look up the rows that meet either of a few filters, each of which leads to few."""
        found = []
        for place, each in enumerate(value):
            listed = self._row(row.table, row)
            conditions = " AND ".join(self.all_of(declared, each, (*path, place), listed))
            source = f"{self._name(row.table.name)} AS {listed.alias}"
            found.append(f"SELECT {listed.alias}.id FROM {source} WHERE {conditions}")
        return self._compiler.dialect.among(f"{row.alias}.id", " UNION ".join(found))

    def _key(self, declared: GraphQLInputObjectType, key: str, value: Any, path: Path, row: FilterTarget) -> list[str]:
        self._compiler.statement.count_conditions(1)
        inner = row.deeper(STACK_PER_GROUP, certain=key != "not")
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
                if SEVERAL <= len(value) <= MAX_UNION_BRANCHES and all(
                    is_selective(self._conditions, declared, each) for each in value
                ):
                    return [self._united(declared, value, path, inner)]
                either = (
                    _joined(self.all_of(declared, each, (*path, place), inner)) for place, each in enumerate(value)
                )
                return [f"({_balanced(list(either), ' OR ') or FALSE})"]
            case "not":
                return [f"NOT {_joined(self.all_of(declared, value, path, inner))}"]
        source = self._conditions[declared.name, key]
        match source:
            case InList(name, fold):
                return [self._one_of(name, fold, value, path, row)]
            case FoldedText():
                return self._folded(source, value, path, row)
            case DateRange(name):
                return self._span(name, value, path, row)
            case ToOne(foreign_key):
                return [self.of(foreign_key, filter_of(declared, key), value, path, row)]
            case ToMany(link):
                return [self._some(link, filter_of(declared, key), value, path, row)]

    def _count_empty(self, value: list[Mapping[str, Any]]) -> None:
        """Count the filters of a list that ask for nothing: others count by what they ask for."""
        self._compiler.statement.count_conditions(sum(not each for each in value))

    def _one_of(
        self, name: str, fold: Callable[[str], str] | None, value: list[Any], path: Path, row: FilterTarget
    ) -> str:
        column = f"{row.alias}.{self._name(name)}"

        def wanted(given: list[Any]) -> list[str]:
            return [fold(each) if fold else each for each in storable_values(given)]

        match min(len(storable_values(value)), SEVERAL):
            case 0:
                return FALSE
            case 1:
                return self._defined(f"{column} = {self._slot(path, lambda given: wanted(given)[0])}", name, row)
            case _:
                members = self._compiler.dialect.items(self._slot(path, lambda given: _json(wanted(given))))
                return self._defined(self._compiler.dialect.among(column, members), name, row)

    def _folded(self, source: FoldedText, value: Mapping[str, Any], path: Path, row: FilterTarget) -> list[str]:
        column = _Column(source, f"{row.alias}.{self._name(source.name)}", source.rest and f"{row.alias}.{source.rest}")
        written = []
        for key, each in value.items():
            if each is None:
                continue
            if not (storable_values(each) if key == "in" else storable(each) is not None):
                written.append(FALSE)
                continue
            write = {"eq": self._equal, "in": self._equal_to_one, "startsWith": self._begins}[key]
            written.append(self._defined(write(column, (*path, key)), source.name, row))
        return written

    def _equal(self, column: _Column, path: Path) -> str:
        equal = f"{column.head} = {self._slot(path, column.beginning)}"
        return f"({equal} AND {column.rest} = {self._slot(path, column.remainder)})" if column.rest else equal

    def _equal_to_one(self, column: _Column, path: Path) -> str:
        dialect = self._compiler.dialect
        heads = self._slot(path, lambda given: _json([column.beginning(each) for each in storable_values(given)]))
        either = dialect.among(column.head, dialect.items(heads))
        if not column.rest:
            return either
        pairs = self._slot(path, lambda given: _json([column.source.split(each) for each in storable_values(given)]))
        return f"({either} AND ({column.head}, {column.rest}) IN ({dialect.pairs(pairs)}))"

    def _begins(self, column: _Column, path: Path) -> str:
        low = self._slot(path, column.beginning)
        high = self._slot(path, lambda given: prefix_upper_bound(column.beginning(given)))
        begins = f"{column.head} >= {low} AND {column.head} < {high}"
        if column.rest:
            length = self._slot(path, lambda given: len(column.remainder(given)))
            begins += f" AND substr({column.rest}, 1, {length}) = {self._slot(path, column.remainder)}"
        return f"({begins})"

    def _span(self, name: str, value: Mapping[str, Any], path: Path, row: FilterTarget) -> list[str]:
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
        self,
        foreign_key: str,
        declared: GraphQLInputObjectType,
        value: Mapping[str, Any],
        path: Path,
        row: FilterTarget,
    ) -> str:
        """Write the condition that what a foreign key points at meets a filter."""
        target = referenced_table(row.table, foreign_key)
        column = f"{row.alias}.{self._name(foreign_key)}"
        named = self._row(target, row)
        found = self.all_of(declared, value, path, named)
        source = f"{self._name(target.name)} AS {named.alias}"
        if matches_at_most_one(self._conditions, declared, value) and row.certain:
            one = f"SELECT {named.alias}.id FROM {source} WHERE {' AND '.join(found)}"
            if row.is_sought or target is not self._compiler.graph.owners:
                # Known to be one row, so that an index on the foreign key gives the rows in their order.
                return f"{column} = ({one})"
            return self._compiler.dialect.of_one(self._name(row.table.name), row.alias, self._name(foreign_key), one)
        if is_selective(self._conditions, declared, value):
            rows = f"SELECT {named.alias}.id FROM {source} WHERE {' AND '.join(found)}"
            if row.is_sought:
                return self._compiler.dialect.among(column, rows)
            return self._compiler.dialect.few(self._name(row.table.name), row.alias, self._name(foreign_key), rows)
        return f"EXISTS (SELECT 1 FROM {source} WHERE {' AND '.join([f'{named.alias}.id = {column}', *found])})"

    def _some(
        self, link: Relation, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, row: FilterTarget
    ) -> str:
        near = link.near.table
        target = near if link.far is None else referenced_table(near, link.far.name)
        listed = self._row(target, row)
        owner = listed.alias
        source = f"{self._name(target.name)} AS {listed.alias}"
        found = self.all_of(declared, value, path, listed)
        leads_to_few = is_selective(self._conditions, declared, value)
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

    def _row(self, table: Table, within: FilterTarget) -> FilterTarget:
        alias = self._compiler.statement.fresh("f")
        return replace(within, table=table, alias=alias, is_sought=False).deeper(STACK_PER_RELATION)

    def _defined(self, written: str, name: str, row: FilterTarget) -> str:
        """Make sure that a condition on an absent value is false where something may negate it."""
        return f"coalesce({written}, {FALSE})" if row.table.c[name].nullable and not row.certain else written

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
    while len(conditions) > MAX_OPERANDS:
        groups = (conditions[start : start + MAX_OPERANDS] for start in range(0, len(conditions), MAX_OPERANDS))
        conditions = [f"({operator.join(group)})" for group in groups]
    return operator.join(conditions)


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
