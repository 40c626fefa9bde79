"""Root fields: lookups, objects by global id, connections to all objects of a type, and search."""

from collections.abc import Iterable
from functools import partial

from graphql import FieldNode, GraphQLNamedType, GraphQLObjectType

from counterpoint.engine.compile.connections import compile_connection
from counterpoint.engine.compile.context import CompileContext, SelectedField
from counterpoint.engine.compile.global_ids import (
    KeysByPosition,
    count_ids,
    find_type,
    find_types,
    key_of_id,
    keys_by_position,
)
from counterpoint.engine.compile.objects import ObjectCompiler
from counterpoint.engine.compile.search import compile_search
from counterpoint.engine.document.operations import Argument, RequestVariables
from counterpoint.engine.mapping import (
    AlternativeKeys,
    Connection,
    KeyPrefix,
    Lookup,
    NodeById,
    NodesByIds,
    SingletonRow,
)
from counterpoint.engine.search_mapping import Search
from counterpoint.engine.sql.answer_cache_tags import Keys, LookedUpObjects, quote_table
from counterpoint.engine.sql.builder import Parameter, none_if_unstorable
from counterpoint.engine.sql.expressions import JsonText, dump_json, json_array, json_from_sql
from counterpoint.engine.sql.key_lookup import KeyLookup
from counterpoint.engine.sql.parser_stack import Construct
from counterpoint.engine.sql.row_query import ROW_ALIAS
from counterpoint.engine.sql.rows import FromClauseBuilder, RowRef
from counterpoint.engine.sql.tag_scopes import TagScope, lookup_scope


class RootFieldCompiler:
    """Compiles the fields of the query type."""

    def __init__(self, context: CompileContext, query_type: GraphQLObjectType) -> None:
        self._context = context
        self._query_type = query_type
        self._objects = ObjectCompiler(context)

    def compile_field(self, nodes: list[FieldNode]) -> JsonText:
        """Compile the value of a root field."""
        context, compile_item = self._context, self._objects.resolve_type_and_compile
        name = nodes[0].name.value
        field = SelectedField(self._query_type.fields[name], nodes)
        match context.mapping.fields[self._query_type.name, name]:
            case Connection() as connection:
                return compile_connection(context, compile_item, None, connection, field)
            case Search() as search:
                return compile_search(context, compile_item, search, field)
            case SingletonRow():
                return self._compile_row(field.object_type, nodes)
            case Lookup(column, alternatives):
                key = _storable_value(context.find_argument(field, column))
                return self._compile_row(field.object_type, nodes, column, key, alternatives)
            case NodeById():
                return self._compile_node(context.find_argument(field, "id"), nodes)
            case NodesByIds():
                return self._compile_nodes(context.find_argument(field, "ids"), nodes)
            case other:
                raise NotImplementedError(f"{other} is not valid for a root field")

    def _compile_row(
        self,
        concrete: GraphQLObjectType,
        nodes: list[FieldNode],
        key_column: str = "",
        key: Parameter | None = None,
        alternatives: AlternativeKeys | None = None,
    ) -> JsonText:
        """Compile the object with this key; without a key column, the only row of the table. Null if there is none."""
        builder, mapping, dialect = self._context.builder, self._context.mapping, self._context.dialect
        table = mapping.tables[concrete.name].table
        scope = lookup_scope(mapping, table, key_column)
        quote_name = partial(quote_table, dialect, scope=scope)
        lookup = KeyLookup(dialect, table, key_column, alternatives, quote_name)
        where = ""
        if key:
            value = builder.bind(key)
            where = f" WHERE {lookup.equals(ROW_ALIAS, value)}{self._other_conditions(concrete, ROW_ALIAS, value)}"

        def select(columns: Iterable[str]) -> str:
            selected = ", ".join(f"{ROW_ALIAS}.{dialect.quote(column)}" for column in columns) or "1 AS one"
            return f"SELECT {selected} FROM {quote_name(table)} AS {ROW_ALIAS}{where}"

        if key and scope:
            builder.looked_up.append(LookedUpObjects(scope.type_name, _keys_of(key), lambda column: select([column])))
        source = FromClauseBuilder(builder, table, Construct.ROOT_FIELD)
        row = RowRef(source, source.alias, table, lambda: select(["id"]), scope)
        item = self._objects.compile_object(row, concrete, nodes).sql()
        return json_from_sql(f"coalesce((SELECT {item} FROM {source.from_clause(select(source.columns))}), 'null')")

    def _compile_node(self, argument: Argument, nodes: list[FieldNode]) -> JsonText:
        type_name = find_type(self._context, argument)
        if type_name is None:
            return JsonText("null")
        key_column = self._context.mapping.tables[type_name].key or ""
        return self._compile_row(self._object_type(type_name), nodes, key_column, key_of_id(argument))

    def _compile_nodes(self, argument: Argument, nodes: list[FieldNode]) -> JsonText:
        builder, dialect, mapping = self._context.builder, self._context.dialect, self._context.mapping
        count = count_ids(self._context, argument)
        arms = []
        for type_name in find_types(self._context, argument):
            keys = keys_by_position(mapping, argument, type_name)
            members = dialect.unnest_object(builder.bind(_as_json(keys)), count)
            if type_name:
                arms.append(self._select_by_keys(type_name, keys, members, nodes))
            else:
                arms.append(_select_nulls(members))
        if not arms:
            return JsonText("[]")
        items = dialect.join_json_items("m.v", ["m.o"])
        return json_array(items, f"({dialect.union_in_order(arms, 'o')}) AS m")

    def _select_by_keys(self, type_name: str, keys: KeysByPosition, members: str, nodes: list[FieldNode]) -> str:
        """Select the position and the object of each key in the FROM item `members`; null for an unknown key."""
        concrete, mapping, quote = self._object_type(type_name), self._context.mapping, self._context.dialect.quote
        table = mapping.tables[type_name].table
        scope = lookup_scope(mapping, table, mapping.tables[type_name].key or "")
        table_name, key = quote_table(self._context.dialect, table, scope), quote(mapping.tables[type_name].key or "")
        depth = Construct.ROOT_FIELD + Construct.MERGED_LIST_ITEM
        source = FromClauseBuilder(self._context.builder, table, depth, left_join=True)

        def select(column: str) -> str:
            condition = f"k.{key} = e.value{self._other_conditions(concrete, 'k', 'e.value')}"
            return f"SELECT DISTINCT k.{quote(column)} FROM {members} AS e JOIN {table_name} AS k ON {condition}"

        if scope:
            looked_up = LookedUpObjects(type_name, lambda variables: [*keys(variables).values()], select)
            self._context.builder.looked_up.append(looked_up)
        row = RowRef(source, source.alias, table, lambda: select("id"), scope)
        item = self._objects.compile_object(row, concrete, nodes).sql()
        condition = f"{row.alias}.{key} = e.value{self._other_conditions(concrete, row.alias, 'e.value')}"
        return (
            f"SELECT CAST(e.key AS INTEGER) AS o, CASE WHEN {row.alias}.id IS NULL THEN 'null' ELSE {item} END AS v"
            f" FROM {members} AS e LEFT JOIN {table_name} AS {row.alias} ON {condition}{source.joins}"
        )

    def _other_conditions(self, concrete: GraphQLObjectType, alias: str, key: str) -> str:
        """Return the conditions on the type and the key prefix of a row with a key (SQL), each beginning with AND."""
        table, quote = self._context.mapping.tables[concrete.name], self._context.dialect.quote
        condition = f" AND {alias}.{quote(table.discriminator)} = '{concrete.name}'" if table.discriminator else ""
        if table.key_prefix:
            parent = self._select_by_prefix(concrete, table.key_prefix, key)
            condition += f" AND {alias}.{quote(table.key_prefix.foreign_key)} = ({parent})"
        return condition

    def _select_by_prefix(self, concrete: GraphQLObjectType, prefix: KeyPrefix, key: str) -> str:
        """Select the id of the row that the prefix of a key (SQL) names."""
        dialect, column = self._context.dialect, prefix.column
        # The tags of the object itself cover this row, because its key contains the prefix.
        table_name = quote_table(dialect, column.table, TagScope(concrete.name))
        slash = dialect.text_position(f"{key} || '/'", "'/'")
        return (
            f"SELECT p.id FROM {table_name} AS p WHERE p.{dialect.quote(column.name)} = substr({key}, 1, {slash} - 1)"
        )

    def _object_type(self, type_name: str) -> GraphQLObjectType:
        concrete: GraphQLNamedType = self._context.selection.schema.type_map[type_name]
        assert isinstance(concrete, GraphQLObjectType)
        return concrete


def _storable_value(argument: Argument) -> Parameter:
    return lambda variables: none_if_unstorable(argument.value(variables))


def _as_json(keys: KeysByPosition) -> Parameter:
    return lambda variables: dump_json(keys(variables))


def _keys_of(key: Parameter) -> Keys:
    """Return the function that returns the key in a list, which is empty for a key that no object can have."""

    def keys(variables: RequestVariables) -> list[str]:
        value = key(variables)
        return [] if value is None else [value]

    return keys


def _select_nulls(keys: str) -> str:
    return f"SELECT CAST(e.key AS INTEGER) AS o, 'null' AS v FROM {keys} AS e"
