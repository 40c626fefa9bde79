"""The cost of an operation, computed from its selection before any SQL is compiled.

The cost is an estimate of the rows that the query reads: page sizes and assumed lengths of lists, multiplied where they
nest.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from graphql import FieldNode, GraphQLObjectType

from counterpoint.engine import mapping
from counterpoint.engine.compile.context import CompileContext, SelectedField
from counterpoint.engine.compile.cost_tree import FieldCost, find_costliest_path, find_fitting_size, sum_costs
from counterpoint.engine.compile.global_ids import count_ids, find_type, find_types
from counterpoint.engine.compile.page_query import parse_page_size
from counterpoint.engine.search_mapping import Search
from counterpoint.errors import CostExceeded

ASSUMED_LIST_ROWS = 10
"""Rows that a list without pages is assumed to have."""

Fields = tuple[FieldCost, ...]


def check_cost(context: CompileContext, query_type: GraphQLObjectType) -> int:
    """Return the cost of an operation. Raise CostExceeded above the limit, InvalidPage or LimitExceeded."""
    fields = tuple(_CostReader(context).read_operation(query_type))
    cost, limit = sum_costs(fields), context.builder.limits.cost
    if cost > limit:
        path = find_costliest_path(fields)
        keys = ".".join(field.key for field in path)
        raise CostExceeded(limit, cost, keys, find_fitting_size(fields, path, limit))
    return cost


class _CostReader:
    """Reads the costs of selections. Each selection on a type is read once, however often a fragment spreads it."""

    def __init__(self, context: CompileContext) -> None:
        self._context = context
        self._fields: dict[tuple[str, tuple[int, ...]], Fields] = {}

    def read_operation(self, query_type: GraphQLObjectType) -> Iterator[FieldCost]:
        """Yield the costs of the root fields that have any."""
        for key, nodes in self._context.selection.collect_root_fields(query_type).items():
            if nodes[0].name.value in query_type.fields:
                yield from self._read_field(query_type, key, nodes)

    def _read_selection(self, concrete: GraphQLObjectType, nodes: list[FieldNode]) -> Fields:
        """Return the costs of the fields below some nodes, for an object of a type."""
        memo_key = concrete.name, tuple(map(id, nodes))
        if memo_key not in self._fields:
            self._fields[memo_key] = tuple(
                field
                for key, subnodes in self._context.selection.collect_subfields(concrete, nodes).items()
                if subnodes[0].selection_set  # because a field of a scalar type costs nothing
                for field in self._read_field(concrete, key, subnodes)
            )
        return self._fields[memo_key]

    def _read_field(self, parent: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Iterator[FieldCost]:
        """Yield the cost of a field, if it has any."""
        name = nodes[0].name.value
        field = SelectedField(parent.fields[name], nodes)
        match self._context.mapping.fields.get((parent.name, name)):
            case mapping.ReferencedRow() | mapping.Lookup() | mapping.SingletonRow():
                yield FieldCost(key, None, None, self._read_types(self._context.possible_types(field.type), nodes))
            case mapping.ChildList(relations):
                tables = {relation.child_table.name for relation in relations}
                types = self._context.possible_types(field.type, tables)
                yield FieldCost(key, ASSUMED_LIST_ROWS, None, self._read_types(types, nodes))
            case mapping.Connection():
                yield self._read_connection(key, field, None)
            case Search(types_by_kind=types_by_kind):
                yield self._read_connection(key, field, dict.fromkeys(types_by_kind.values()))
            case mapping.NodeById():
                type_name = find_type(self._context, self._context.find_argument(field, "id"))
                yield FieldCost(key, None, None, self._read_types(self._named_types([type_name or ""]), nodes))
            case mapping.NodesByIds():
                argument = self._context.find_argument(field, "ids")
                types = self._named_types(find_types(self._context, argument))
                yield FieldCost(key, count_ids(self._context, argument), None, self._read_all_types(types, nodes))

    def _read_connection(self, key: str, field: SelectedField, hit_types: Iterable[str] | None) -> FieldCost:
        """Return the cost of a connection. `hit_types` are the types of the hits of a search."""
        size, is_backward = parse_page_size(self._context, field)
        fields = tuple(self._read_items(field, hit_types))
        return FieldCost(key, size, "last" if is_backward else "first", (fields,))

    def _read_items(self, parent: SelectedField, hit_types: Iterable[str] | None) -> Iterator[FieldCost]:
        """Yield the costs of the fields of a connection or of an edge that lead to objects."""
        for key, nodes in self._context.collect_subfields(parent).items():
            name = nodes[0].name.value
            if not nodes[0].selection_set:
                continue
            field = SelectedField(parent.object_type.fields[name], nodes)
            if name == "edges":
                yield FieldCost(key, None, None, (tuple(self._read_items(field, hit_types)),))
            elif name in ("nodes", "node") and hit_types is not None:
                yield FieldCost(key, None, None, self._read_all_types(self._named_types(hit_types), nodes))
            else:
                yield FieldCost(key, None, None, self._read_types(self._context.possible_types(field.type), nodes))

    def _read_types(self, types: Iterable[GraphQLObjectType], nodes: list[FieldNode]) -> tuple[Fields, ...]:
        """Return the costs below some nodes for each type, of which each row has one."""
        return tuple(self._read_selection(concrete, nodes) for concrete in types)

    def _read_all_types(self, types: Iterable[GraphQLObjectType], nodes: list[FieldNode]) -> tuple[Fields, ...]:
        """Return the costs below some nodes for all types together, where the query joins the objects of all types."""
        return (tuple(chain.from_iterable(self._read_types(types, nodes))),)

    def _named_types(self, names: Iterable[str]) -> list[GraphQLObjectType]:
        types = (self._context.selection.schema.type_map.get(name) for name in names)
        return [concrete for concrete in types if isinstance(concrete, GraphQLObjectType)]
