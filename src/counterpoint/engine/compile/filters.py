"""Filters: compiles the value of a `where` argument to SQL conditions on a row.

`filter_strategy` chooses the SQL construct of each condition, and `filter_values` compiles comparisons with values.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from graphql import GraphQLInputObjectType, get_named_type
from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table

from counterpoint.engine.compile.context import CompileContext
from counterpoint.engine.compile.filter_argument import FilterArgument
from counterpoint.engine.compile.filter_scope import find_filter_scope
from counterpoint.engine.compile.filter_strategy import FilterNode, FilterStrategy, choose_for_reference, filter_shape
from counterpoint.engine.compile.filter_values import FilterTarget, ValueConditionCompiler
from counterpoint.engine.document.operations import Argument
from counterpoint.engine.mapping import InList, Relation, ToMany, ToManyInList, ToOne, referenced_table
from counterpoint.engine.sql.answer_cache_tags import quote_table
from counterpoint.engine.sql.expressions import MAX_OPERANDS, conjunction, disjunction
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.tag_scopes import TagScope, child_scopes
from counterpoint.errors import LimitExceeded


def compile_filter(
    context: CompileContext,
    argument: Argument,
    table: Table,
    alias: str,
    scope: TagScope | None,
    outer_symbols: int = 0,
) -> tuple[list[str], TagScope | None]:
    """Compile a filter argument on rows with a tag scope.

    Return the conditions that a row of `table`, named `alias` in SQL, must meet, and the scope of the rows that do.
    `outer_symbols` counts the parser symbols that are open around the filter, beyond those of a connection.
    """
    filter_argument = FilterArgument(argument.definition, argument.node)
    node = _read_filter(context, filter_argument)
    if node is None:
        return [], scope
    scope = scope or find_filter_scope(context, filter_argument, node, table)
    target = FilterTarget(table, alias, null_is_false=True, stack_depth=outer_symbols, scope=scope)
    conditions = FilterCompiler(context, filter_argument).compile_all(node, target)
    return conditions if len(conditions) <= MAX_OPERANDS else [conjunction(conditions)], scope


def compile_parent_filter(
    context: CompileContext, argument: Argument, table: Table, foreign_key: str, alias: str
) -> tuple[list[str], bool]:
    """Compile a filter on the object that a foreign key references, for rows that another condition finds.

    Return the conditions, and whether at most one object meets them.
    """
    filter_argument = FilterArgument(argument.definition, argument.node)
    node = _read_filter(context, filter_argument)
    if node is None:
        return [], False
    target = FilterTarget(table, alias, null_is_false=True, driven_by_index=True)
    condition = FilterCompiler(context, filter_argument).compile_reference(foreign_key, node, target)
    return [condition], node.matches_at_most_one


def _read_filter(context: CompileContext, argument: FilterArgument) -> FilterNode | None:
    """Return the value of a filter argument, None if nothing is given. The plan may depend on its shape only."""
    context.selection.specialize_on(argument, filter_shape, "shape")
    value = context.selection.value_unguarded(argument)
    declared = get_named_type(argument.definition.type)
    assert isinstance(declared, GraphQLInputObjectType)
    return None if value is None else FilterNode(context.mapping.conditions, declared, value)


class FilterCompiler:
    """Compiles the filter objects of one filter argument to conditions on a target row."""

    def __init__(self, context: CompileContext, argument: FilterArgument) -> None:
        self._context = context
        self._argument = argument
        self._builder = context.builder
        self._dialect = context.dialect
        self._mapping = context.mapping
        self._values = ValueConditionCompiler(context.builder, argument)

    def compile_all(self, node: FilterNode, target: FilterTarget) -> list[str]:
        """Compile a filter object to conditions that must all hold. Raise LimitExceeded if it nests too deep."""
        max_depth = self._builder.limits.filter_depth
        if target.level > max_depth:
            raise LimitExceeded("The depth of a filter", max_depth)
        if not self._dialect.parser_stack.fits_filter(target.stack_depth):
            return [self._hoist_to_cte(node, target)]
        return [condition for key in node.value for condition in self._compile_key(node, key, target)]

    def _hoist_to_cte(self, node: FilterNode, target: FilterTarget) -> str:
        """Compile a filter object in a CTE, where the parser's stack is empty."""
        row = replace(target, alias=self._builder.new_alias("f"), stack_depth=0)
        select = _select(f"{row.alias}.id", self._from_item(row), [conjunction(self.compile_all(node, row))])
        return f"{target.alias}.id IN (SELECT id FROM {self._builder.add_cte('w', select)})"

    def _compile_key(self, node: FilterNode, key: str, target: FilterTarget) -> Iterable[str]:
        self._builder.count_condition()
        inner = target.nested(Construct.LOGICAL, null_is_false=key != "not")
        match key:
            case "and":
                return chain.from_iterable(self._compile_operands(node, key, inner))
            case "or":
                return [self._compile_or(node, inner)]
            case "not":
                return [f"NOT {conjunction(self.compile_all(node.member(key), inner))}"]
        match node.conditions[node.declared.name, key]:
            case ToOne(foreign_key):
                return [self.compile_reference(foreign_key, node.member(key), target)]
            case ToMany(relation):
                return [self._compile_children(relation, node.member(key), target)]
            case ToManyInList(parent_column, values):
                return [self._compile_child_values(parent_column, values, node, key, target)]
            case condition:
                return self._values.compile(condition, node.value[key], (*node.path, key), target)

    def _compile_operands(self, node: FilterNode, key: str, target: FilterTarget) -> Iterator[list[str]]:
        """Compile each filter of a list."""
        return (self.compile_all(operand, target) for operand in node.operands(key))

    def _compile_or(self, node: FilterNode, target: FilterTarget) -> str:
        if not node.is_union:
            return disjunction([*map(conjunction, self._compile_operands(node, "or", target))])
        selects = []
        for operand in node.operands("or"):
            row = self._new_row(target.table, target, target.scope or self._find_scope(operand, target.table))
            selects.append(_select(f"{row.alias}.id", self._from_item(row), self.compile_all(operand, row)))
        return self._dialect.in_subquery(f"{target.alias}.id", " UNION ".join(selects))

    def compile_reference(self, foreign_key: str, node: FilterNode, target: FilterTarget) -> str:
        """Compile the condition that the object that a foreign key references matches a filter object."""
        scope = target.scope and target.scope.of_referenced(self._mapping, target.table, foreign_key)
        referenced = referenced_table(target.table, foreign_key)
        row = self._new_row(referenced, target, scope or self._find_scope(node, referenced))
        conditions = self.compile_all(node, row)
        from_item, ids = self._from_item(row), _select(f"{row.alias}.id", self._from_item(row), conditions)
        table, column = quote_table(self._dialect, target.table, target.scope), self._dialect.quote(foreign_key)
        strategy = choose_for_reference(
            node,
            is_owner=row.table is self._mapping.owner_table,
            null_is_false=target.null_is_false,
            driven_by_index=target.driven_by_index,
        )
        match strategy:
            case FilterStrategy.EQUALITY:
                return f"{target.alias}.{column} = {_only_id(row.alias, conditions) or f'({ids})'}"
            case FilterStrategy.EQUALITY_IN_FEW_ROWS:
                return self._dialect.equals_in_few_rows(table, target.alias, column, ids)
            case FilterStrategy.IN:
                return self._dialect.in_subquery(f"{target.alias}.{column}", ids)
            case FilterStrategy.IN_FEW_ROWS:
                return self._dialect.in_few_rows(table, target.alias, column, ids)
            case _:
                return _exists(from_item, [f"{row.alias}.id = {target.alias}.{column}", *conditions])

    def _compile_children(self, relation: Relation, node: FilterNode, target: FilterTarget) -> str:
        """Compile the condition that at least one child matches a filter object."""
        scope, link_scope = child_scopes(self._mapping, target.scope, relation)
        row_scope = scope or self._find_scope(node, relation.child_table)
        construct = Construct.RELATION if relation.child_column is None else Construct.RELATION_BY_JOIN_TABLE
        row = self._new_row(relation.child_table, target, row_scope, construct)
        conditions = self.compile_all(node, row)
        from_clause, alias = self._from_item(row), row.alias
        if relation.child_column is not None:
            alias = self._builder.new_alias("f")
            child_id = f"{alias}.{self._dialect.quote(relation.child_column.name)}"
            join_table = f"{quote_table(self._dialect, relation.parent_column.table, link_scope)} AS {alias}"
            if node.is_selective:
                ids = _select(f"{row.alias}.id", from_clause, conditions)
                from_clause, conditions = join_table, [self._dialect.in_subquery(child_id, ids)]
            else:
                # The join starts at the join table's rows of this parent, because many children can match the filter.
                from_clause = f"{join_table} {self._dialect.join} {from_clause} ON {row.alias}.id = {child_id}"
        parent_id = f"{alias}.{self._dialect.quote(relation.parent_column.name)}"
        if node.is_selective:
            return self._dialect.in_subquery(f"{target.alias}.id", _select(parent_id, from_clause, conditions))
        return _exists(from_clause, [f"{parent_id} = {target.alias}.id", *conditions])

    def _compile_child_values(
        self, parent_column: "SqlColumn[object]", values: InList, node: FilterNode, key: str, target: FilterTarget
    ) -> str:
        """Compile the condition that a column of at least one child has one of some values."""
        scope, _ = child_scopes(self._mapping, target.scope, Relation(parent_column))
        row = self._new_row(parent_column.table, target, scope)
        conditions = [*self._values.compile(values, node.value[key], (*node.path, key), row)]
        parent_id = f"{row.alias}.{self._dialect.quote(parent_column.name)}"
        return self._dialect.in_subquery(f"{target.alias}.id", _select(parent_id, self._from_item(row), conditions))

    def _new_row(
        self, table: Table, outer: FilterTarget, scope: TagScope | None, construct: Construct = Construct.RELATION
    ) -> FilterTarget:
        """Return the target for conditions on another row, within a subquery."""
        alias = self._builder.new_alias("f")
        row = replace(outer, table=table, alias=alias, driven_by_index=False, scope=scope)
        return row.nested(construct)

    def _find_scope(self, node: FilterNode, table: Table) -> TagScope | None:
        return find_filter_scope(self._context, self._argument, node, table)

    def _from_item(self, target: FilterTarget) -> str:
        return f"{quote_table(self._dialect, target.table, target.scope)} AS {target.alias}"


def _select(column: str, from_clause: str, conditions: list[str]) -> str:
    return f"SELECT {column} FROM {from_clause} WHERE {' AND '.join(conditions)}"


def _only_id(alias: str, conditions: list[str]) -> str | None:
    """Return the id that a single condition compares the row's id with, so that the row need not be looked up by it."""
    prefix = f"{alias}.id = "
    return conditions[0].removeprefix(prefix) if len(conditions) == 1 and conditions[0].startswith(prefix) else None


def _exists(from_clause: str, conditions: list[str]) -> str:
    return f"EXISTS ({_select('1', from_clause, conditions)})"
