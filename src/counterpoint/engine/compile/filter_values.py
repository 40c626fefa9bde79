"""Filter values: conditions that compare columns with bound values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Table

from counterpoint.engine.compile.filter_strategy import Path, filter_shape, storable_values
from counterpoint.engine.document.operations import Argument, RequestVariables
from counterpoint.engine.mapping import DateRange, FoldedText, InList
from counterpoint.engine.sql.answer_cache_tags import quote_table
from counterpoint.engine.sql.builder import Parameter, SqlBuilder, none_if_unstorable
from counterpoint.engine.sql.expressions import FALSE, dump_json
from counterpoint.engine.sql.key_lookup import KeyLookup
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.tag_scopes import TagScope

MAX_CODE_POINT = chr(0x10FFFF)
SURROGATES = range(0xD800, 0xE000)

MAX_INDEXED_CHARS = 1_001
"""One more than the characters of the longest indexed text."""

ValueCondition = InList | FoldedText | DateRange


@dataclass(frozen=True)
class _FoldedColumn:
    """The SQL of a folded text: its indexed prefix, and the column with the rest, if there is one."""

    mapping: FoldedText
    prefix: str
    rest: str | None

    def fold_prefix(self, text: str) -> str:
        return self.mapping.split(text)[0]

    def fold_rest(self, text: str) -> str:
        return self.mapping.split(text)[1]


@dataclass(frozen=True)
class FilterTarget:
    """The row that a condition is on.

    `null_is_false`: nothing negates the condition, so that null needs no conversion to false. `stack_depth` is the
    number of parser symbols since the beginning of the filter. `level` is the number of keys around the condition.
    `driven_by_index`: another condition, such as a full-text search, finds the rows. `scope` names the objects whose
    cache tags cover the row.
    """

    table: Table
    alias: str
    null_is_false: bool
    stack_depth: int = 0
    level: int = 0
    driven_by_index: bool = False
    scope: TagScope | None = None

    def nested(self, construct: Construct, *, null_is_false: bool = True) -> "FilterTarget":
        """Return the target for a condition within a construct."""
        stack_depth, null_is_false = self.stack_depth + construct, self.null_is_false and null_is_false
        return replace(self, stack_depth=stack_depth, level=self.level + 1, null_is_false=null_is_false)

    def false_if_null(self, condition: str, column: str) -> str:
        """Return a condition on a column that is false where the column is null, even under a negation."""
        if self.null_is_false or condition == FALSE or not self.table.c[column].nullable:
            return condition
        return f"coalesce({condition}, {FALSE})"


@dataclass(frozen=True)
class ValueConditionCompiler:
    """Compiles the conditions that compare columns of a row with values of one filter argument."""

    builder: SqlBuilder
    argument: Argument

    def compile(self, condition: ValueCondition, value: Any, path: Path, target: FilterTarget) -> Iterator[str]:
        """Compile a condition whose value is at a path of the argument; a text or date filter gives several."""
        column = f"{target.alias}.{self.builder.dialect.quote(condition.column)}"
        if isinstance(condition, InList):
            yield target.false_if_null(self._in_list(condition, target, value, path), condition.column)
            return
        for operator, operand in value.items():
            operand_path = (*path, operator)
            if isinstance(condition, DateRange):
                sql = self._date(column, operator, operand_path)
            else:
                rest = condition.rest_column and f"{target.alias}.{condition.rest_column}"
                sql = self._text(_FoldedColumn(condition, column, rest), operator, operand, operand_path)
            yield target.false_if_null(sql, condition.column)

    def _in_list(self, condition: InList, target: FilterTarget, values: list[Any], path: Path) -> str:
        dialect, fold = self.builder.dialect, condition.fold
        column = KeyLookup(
            dialect,
            target.table,
            condition.column,
            condition.alternatives,
            partial(quote_table, dialect, scope=target.scope),
        )

        def folded(values: list[Any]) -> list[str]:
            return [fold(text) if fold else text for text in storable_values(values)]

        match filter_shape(values):
            case 0:
                return FALSE
            case 1:
                return column.equals(target.alias, self._bind(path, lambda values: folded(values)[0]))
            case _:
                texts = dialect.unnest_texts(self._bind(path, lambda values: dump_json(folded(values))))
                return column.equals_any(target.alias, texts)

    def _text(self, column: _FoldedColumn, operator: str, value: Any, path: Path) -> str:
        if not (storable_values(value) if operator == "in" else none_if_unstorable(value) is not None):
            return FALSE
        compilers = {"eq": self._equals, "in": self._equals_any, "startsWith": self._starts_with}
        return compilers[operator](column, path)

    def _date(self, column: str, operator: str, path: Path) -> str:
        comparison = {"from": ">=", "to": "<="}[operator]
        return f"{column} {comparison} {self.builder.dialect.date_parameter(self._bind(path, date.isoformat))}"

    def _equals(self, column: _FoldedColumn, path: Path) -> str:
        condition = f"{column.prefix} = {self._bind(path, column.fold_prefix)}"
        if not column.rest:
            return condition
        return f"({condition} AND {column.rest} = {self._bind(path, column.fold_rest)})"

    def _equals_any(self, column: _FoldedColumn, path: Path) -> str:
        dialect, split = self.builder.dialect, column.mapping.split
        prefixes = self._bind(path, lambda texts: dump_json([split(text)[0] for text in storable_values(texts)]))
        condition = dialect.in_subquery(column.prefix, dialect.unnest_texts(prefixes))
        if not column.rest:
            return condition
        pairs = self._bind(path, lambda texts: dump_json([split(text) for text in storable_values(texts)]))
        return f"({condition} AND ({column.prefix}, {column.rest}) IN ({dialect.unnest_pairs(pairs)}))"

    def _starts_with(self, column: _FoldedColumn, path: Path) -> str:
        low = self._bind(path, column.fold_prefix)
        high = self._bind(path, lambda text: prefix_upper_bound(column.fold_prefix(text)))
        condition = f"{column.prefix} >= {low} AND {column.prefix} < {high}"
        if column.rest:
            length = self._bind(path, lambda text: len(column.fold_rest(text)))
            condition += f" AND substr({column.rest}, 1, {length}) = {self._bind(path, column.fold_rest)}"
        return f"({condition})"

    def _bind(self, path: Path, transform: Callable[[Any], Any]) -> str:
        """Bind a value of the argument. The parameter outlives the compiler, so it refers only to the argument."""
        value = value_at(self.argument, path)
        return self.builder.bind(lambda variables: transform(value(variables)))


def value_at(argument: Argument, path: Path) -> Parameter:
    """Return the function that returns the value at a path of a request's argument."""

    def value(variables: RequestVariables) -> Any:
        current = argument.value(variables)
        for step in path:
            current = current[step]
        return current

    return value


def prefix_upper_bound(prefix: str) -> str:
    """Return the least text that is greater than all texts with this prefix, compared by code points."""
    stem = prefix.rstrip(MAX_CODE_POINT)
    if not stem:
        return MAX_CODE_POINT * MAX_INDEXED_CHARS
    next_code_point = ord(stem[-1]) + 1
    return stem[:-1] + chr(SURROGATES.stop if next_code_point in SURROGATES else next_code_point)
