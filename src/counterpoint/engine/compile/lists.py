"""Plain lists: the children of a row, without paging, in reading order."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from graphql import is_abstract_type

from counterpoint.engine.compile.context import CompileContext, CompileItem, SelectedField
from counterpoint.engine.mapping import ChildList, Relation
from counterpoint.engine.sql.expressions import JsonText, json_array
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.row_query import ROW_ALIAS, RowQuery
from counterpoint.engine.sql.rows import FromClauseBuilder, RowRef


def compile_list(
    context: CompileContext, compile_item: CompileItem, parent: RowRef, child_list: ChildList, field: SelectedField
) -> JsonText:
    """Compile the array of a row's children."""
    conditions = _argument_conditions(context, child_list, field)
    queries = [_child_query(context, parent, relation, conditions) for relation in child_list.relations]
    compiler = _ListCompiler(context, compile_item, parent, field, queries)
    if len(queries) > 1:
        return parent.compile_inline_or_in_cte(compiler.compile, Construct.MERGED_LIST_ITEM)
    if not is_abstract_type(field.type):
        return parent.compile_inline_or_in_cte(compiler.compile, Construct.LIST_ITEM)
    symbols = Construct.LIST_ITEM + Construct.TYPE_CASE
    return parent.compile_inline_or_in_cte(compiler.compile, symbols, symbols + Construct.TEMPLATE)


def _argument_conditions(context: CompileContext, child_list: ChildList, field: SelectedField) -> list[str]:
    conditions: list[str] = []
    for name, column in child_list.argument_columns.items():
        argument = context.find_argument(field, name)
        if context.has_value(argument):
            placeholder = context.builder.bind(argument.value)
            conditions.append(f"{ROW_ALIAS}.{context.dialect.quote(column)} = {placeholder}")
    return conditions


def _child_query(context: CompileContext, parent: RowRef, relation: Relation, conditions: list[str]) -> RowQuery:
    table = relation.parent_column.table
    order = (table.c["position"],)
    scope, link_scope = parent.child_scopes(relation)
    return RowQuery(context.dialect, relation.child_table, relation, order, conditions, scope, link_scope)


@dataclass(frozen=True)
class _ListCompiler:
    """Compiles one list, for a parent's id and at a depth of the parser's stack."""

    context: CompileContext
    compile_item: CompileItem
    parent: RowRef
    field: SelectedField
    queries: Sequence[RowQuery]

    def compile(self, parent_id: str, stack_depth: int) -> JsonText:
        """Compile the array. Its items are rows of one table, or of several tables, each with one type."""
        dialect = self.context.dialect
        if len(self.queries) == 1:
            row, item, rows = self._compile_items(self.queries[0], parent_id, stack_depth)
            return json_array(dialect.join_json_items(item, [f"{row.alias}.o0"]), rows)

        def compile_arm(query: RowQuery) -> str:
            row, item, rows = self._compile_items(query, parent_id, stack_depth)
            return f"SELECT {row.alias}.o0 AS o, {item} AS v FROM {rows}"

        arms = dialect.union_in_order([compile_arm(query) for query in self.queries], "o")
        return json_array(dialect.join_json_items("m.v", ["m.o"]), f"({arms}) AS m")

    def _compile_items(self, query: RowQuery, parent_id: str, stack_depth: int) -> tuple[RowRef, str, str]:
        """Return the row of an item, the item's SQL, and the FROM clause."""
        source = FromClauseBuilder(self.context.builder, query.table, stack_depth)
        row = RowRef(source, source.alias, query.table, partial(self._select_ids, query), query.scope)
        item = self.compile_item(row, self.field.type, self.field.nodes).sql()
        return row, item, source.from_clause(query.select_ordered(parent_id, source.columns))

    def _select_ids(self, query: RowQuery) -> str:
        return query.select_ids_for_parents(
            self.parent.get_or_add_ids_cte(), lambda parent_id: query.select_ordered(parent_id, ["id"])
        )
