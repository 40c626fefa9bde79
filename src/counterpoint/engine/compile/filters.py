"""Filters: compiles the value of a `where` argument to SQL conditions on a row.

`filter_strategy` chooses the SQL construct of each condition, and `filter_values` compiles comparisons with values.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graphql import GraphQLInputObjectType, get_named_type
from sqlalchemy import Table

from counterpoint.engine.compile.context import CompileContext
from counterpoint.engine.compile.filter_strategy import (
    FilterStrategy,
    choose_for_alternatives,
    choose_for_children,
    choose_for_group,
    choose_for_reference,
    filter_type_of,
    matches_at_most_one,
)
from counterpoint.engine.compile.filter_values import (
    FoldedColumn,
    Path,
    ValueConditionCompiler,
    false_if_null,
    filter_shape,
)
from counterpoint.engine.document.operations import Argument
from counterpoint.engine.mapping import DateRange, FoldedText, InList, Relation, ToMany, ToOne, referenced_table
from counterpoint.engine.sql.expressions import MAX_OPERANDS, conjunction, disjunction
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.errors import LimitExceeded


def compile_filter(context: CompileContext, argument: Argument, table: Table, alias: str) -> list[str]:
    """Compile a filter argument to the conditions that a row of a table, under an alias, must all meet."""
    value = _read_filter(context, argument)
    if value is None:
        return []
    target = FilterTarget(table, alias, null_is_false=True)
    conditions = FilterCompiler(context, argument).compile_all(_filter_type(argument), value, (), target)
    return conditions if len(conditions) <= MAX_OPERANDS else [conjunction(conditions)]


@dataclass(frozen=True)
class ParentFilter:
    """Conditions on the object that a foreign key references. `is_one`: at most one object meets them."""

    conditions: list[str]
    is_one: bool = False


def compile_parent_filter(
    context: CompileContext, argument: Argument, table: Table, foreign_key: str, alias: str
) -> ParentFilter:
    """Compile a filter on the object that a foreign key references, for rows that another condition finds."""
    value = _read_filter(context, argument)
    if value is None:
        return ParentFilter([])
    declared = _filter_type(argument)
    target = FilterTarget(table, alias, null_is_false=True, driven_by_index=True)
    condition = FilterCompiler(context, argument).compile_reference(foreign_key, declared, value, (), target)
    return ParentFilter([condition], matches_at_most_one(context.mapping.conditions, declared, value))


def _read_filter(context: CompileContext, argument: Argument) -> Mapping[str, Any] | None:
    """Return the value of a filter. The plan depends on its shape only."""
    context.selection.specialize_on(argument, filter_shape, "shape")
    value: Mapping[str, Any] | None = context.selection.value_unguarded(argument)
    return value


def _filter_type(argument: Argument) -> GraphQLInputObjectType:
    declared = get_named_type(argument.definition.type)
    assert isinstance(declared, GraphQLInputObjectType)
    return declared


@dataclass(frozen=True)
class FilterTarget:
    """The row that a condition is on.

    `null_is_false`: nothing negates the condition, so that null needs no conversion to false. `stack_depth` counts the
    parser symbols since the beginning of the filter, `level` the keys. `driven_by_index`: another condition, such as
    a full-text search, finds the rows.
    """

    table: Table
    alias: str
    null_is_false: bool
    stack_depth: int = 0
    level: int = 0
    driven_by_index: bool = False

    def nested(self, construct: Construct, *, null_is_false: bool = True) -> "FilterTarget":
        """Return the target for a condition within a construct."""
        return replace(
            self,
            stack_depth=self.stack_depth + construct,
            level=self.level + 1,
            null_is_false=self.null_is_false and null_is_false,
        )


class FilterCompiler:
    """Compiles one filter argument. `path` is always the location of the compiled value in the argument."""

    def __init__(self, context: CompileContext, argument: Argument) -> None:
        """Compile with the mapping and builder of a context."""
        self._builder = context.builder
        self._dialect = context.dialect
        self._mapping = context.mapping
        self._conditions = context.mapping.conditions
        self._values = ValueConditionCompiler(context.builder, argument)

    def compile_all(
        self, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, target: FilterTarget
    ) -> list[str]:
        """Compile a filter object to conditions that must all hold. Raise LimitExceeded if it nests too deep."""
        max_depth = self._builder.limits.filter_depth
        if target.level > max_depth:
            raise LimitExceeded("The depth of a filter", max_depth)
        if choose_for_group(self._dialect.parser_stack, target.stack_depth) is FilterStrategy.CTE:
            return [self._hoist_to_cte(declared, value, path, target)]
        return [
            condition
            for key, member in value.items()
            if member is not None
            for condition in self._compile_key(declared, key, member, (*path, key), target)
        ]

    def _hoist_to_cte(
        self, declared: GraphQLInputObjectType, value: Mapping[str, Any], path: Path, target: FilterTarget
    ) -> str:
        """Compile a filter object in a CTE, where the parser's stack is empty."""
        row = replace(target, alias=self._builder.new_alias("f"), stack_depth=0)
        condition = conjunction(self.compile_all(declared, value, path, row))
        cte = self._builder.add_cte("w", f"SELECT {row.alias}.id FROM {self._from_item(row)} WHERE {condition}")
        return f"{target.alias}.id IN (SELECT id FROM {cte})"

    def _compile_key(
        self, declared: GraphQLInputObjectType, key: str, value: Any, path: Path, target: FilterTarget
    ) -> Iterable[str]:
        self._builder.count_conditions(1)
        match key:
            case "and":
                operands = self._compile_operands(declared, value, path, target.nested(Construct.LOGICAL))
                return [condition for conditions in operands for condition in conditions]
            case "or":
                return [self._compile_or(declared, value, path, target.nested(Construct.LOGICAL))]
            case "not":
                inner = target.nested(Construct.LOGICAL, null_is_false=False)
                return [f"NOT {conjunction(self.compile_all(declared, value, path, inner))}"]
        match self._conditions[declared.name, key]:
            case InList(column) as in_list:
                return [self._compile_in_list(in_list, column, value, path, target)]
            case FoldedText() as folded:
                return self._compile_text(folded, value, path, target)
            case DateRange(column):
                return self._compile_dates(column, value, path, target)
            case ToOne(foreign_key):
                return [self.compile_reference(foreign_key, filter_type_of(declared, key), value, path, target)]
            case ToMany(relation):
                return [self._compile_children(relation, filter_type_of(declared, key), value, path, target)]

    def _compile_operands(
        self, declared: GraphQLInputObjectType, operands: list[Mapping[str, Any]], path: Path, target: FilterTarget
    ) -> Iterator[list[str]]:
        """Compile each filter of a list. An empty one counts as a condition, because it contains none that count."""
        self._builder.count_conditions(sum(not operand for operand in operands))
        for index, operand in enumerate(operands):
            yield self.compile_all(declared, operand, (*path, index), target)

    def _compile_or(
        self, declared: GraphQLInputObjectType, operands: list[Mapping[str, Any]], path: Path, target: FilterTarget
    ) -> str:
        if choose_for_alternatives(self._conditions, declared, operands) is FilterStrategy.OR:
            return disjunction([*map(conjunction, self._compile_operands(declared, operands, path, target))])
        selects = []
        for index, operand in enumerate(operands):
            row = self._new_row(target.table, target)
            conditions = self.compile_all(declared, operand, (*path, index), row)
            selects.append(_select(f"{row.alias}.id", self._from_item(row), conditions))
        return self._dialect.in_subquery(f"{target.alias}.id", " UNION ".join(selects))

    def _compile_in_list(
        self, in_list: InList, column: str, values: list[Any], path: Path, target: FilterTarget
    ) -> str:
        condition = self._values.compile_in_list(in_list, self._column(target, column), values, path)
        return self._false_if_null(condition, column, target)

    def _compile_text(
        self, folded: FoldedText, value: Mapping[str, Any], path: Path, target: FilterTarget
    ) -> Iterator[str]:
        rest = folded.rest_column and f"{target.alias}.{folded.rest_column}"
        column = FoldedColumn(folded, self._column(target, folded.column), rest)
        for operator, text in value.items():
            if text is not None:
                condition = self._values.compile_text(column, operator, text, (*path, operator))
                yield self._false_if_null(condition, folded.column, target)

    def _compile_dates(self, column: str, value: Mapping[str, Any], path: Path, target: FilterTarget) -> Iterator[str]:
        for operator, day in value.items():
            if day is not None:
                condition = self._values.compile_date(self._column(target, column), operator, (*path, operator))
                yield self._false_if_null(condition, column, target)

    def compile_reference(
        self,
        foreign_key: str,
        declared: GraphQLInputObjectType,
        value: Mapping[str, Any],
        path: Path,
        target: FilterTarget,
    ) -> str:
        """Compile the condition that the object that a foreign key references matches a filter."""
        row = self._new_row(referenced_table(target.table, foreign_key), target)
        conditions = self.compile_all(declared, value, path, row)
        table, column = self._dialect.quote(target.table.name), self._dialect.quote(foreign_key)
        ids = _select(f"{row.alias}.id", self._from_item(row), conditions)
        strategy = choose_for_reference(
            self._conditions,
            declared,
            value,
            is_owner=row.table is self._mapping.owner_table,
            null_is_false=target.null_is_false,
            driven_by_index=target.driven_by_index,
        )
        match strategy:
            case FilterStrategy.EQUALITY:
                return f"{target.alias}.{column} = ({ids})"
            case FilterStrategy.EQUALITY_IN_FEW_ROWS:
                return self._dialect.equals_subquery(table, target.alias, column, ids)
            case FilterStrategy.IN:
                return self._dialect.in_subquery(f"{target.alias}.{column}", ids)
            case FilterStrategy.IN_FEW_ROWS:
                return self._dialect.in_few_rows(table, target.alias, column, ids)
            case _:
                return _exists(self._from_item(row), [f"{row.alias}.id = {target.alias}.{column}", *conditions])

    def _compile_children(
        self,
        relation: Relation,
        declared: GraphQLInputObjectType,
        value: Mapping[str, Any],
        path: Path,
        target: FilterTarget,
    ) -> str:
        """Compile the condition that at least one child matches a filter."""
        row = self._new_row(relation.child_table, target)
        conditions = self.compile_all(declared, value, path, row)
        is_looked_up = choose_for_children(self._conditions, declared, value) is FilterStrategy.IN
        from_clause, alias = self._from_item(row), row.alias
        if relation.child_column is not None:
            alias = self._builder.new_alias("f")
            child_id = f"{alias}.{self._dialect.quote(relation.child_column.name)}"
            join_table = f"{self._dialect.quote(relation.parent_column.table.name)} AS {alias}"
            if is_looked_up:
                ids = _select(f"{row.alias}.id", from_clause, conditions)
                from_clause, conditions = join_table, [self._dialect.in_subquery(child_id, ids)]
            else:
                # The join starts at the join table's rows of this parent, because many children can match the filter.
                from_clause = f"{join_table} {self._dialect.join} {from_clause} ON {row.alias}.id = {child_id}"
        parent_id = f"{alias}.{self._dialect.quote(relation.parent_column.name)}"
        if is_looked_up:
            return self._dialect.in_subquery(f"{target.alias}.id", _select(parent_id, from_clause, conditions))
        return _exists(from_clause, [f"{parent_id} = {target.alias}.id", *conditions])

    def _new_row(self, table: Table, outer: FilterTarget) -> FilterTarget:
        """Return the target for conditions on another row, within a subquery."""
        alias = self._builder.new_alias("f")
        return replace(outer, table=table, alias=alias, driven_by_index=False).nested(Construct.RELATION)

    def _column(self, target: FilterTarget, column: str) -> str:
        return f"{target.alias}.{self._dialect.quote(column)}"

    def _from_item(self, target: FilterTarget) -> str:
        return f"{self._dialect.quote(target.table.name)} AS {target.alias}"

    @staticmethod
    def _false_if_null(condition: str, column: str, target: FilterTarget) -> str:
        return false_if_null(condition, target.table, column, null_is_false=target.null_is_false)


def _select(column: str, from_clause: str, conditions: list[str]) -> str:
    return f"SELECT {column} FROM {from_clause} WHERE {' AND '.join(conditions)}"


def _exists(from_clause: str, conditions: list[str]) -> str:
    return f"EXISTS ({_select('1', from_clause, conditions)})"
