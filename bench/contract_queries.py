"""Queries for the plan check, generated from the schema: one for each way to read a page or a single object.

Each connection is read in every order, forward and backward, with and without cursors, and with every filter by the
slug of an entity, its own or a related one. The same holds for connections of an object and of the objects of a list.
Search, lookups and global ids are added. Totals and facets are left out, because they must read all rows that they
count.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, get_named_type

from bench.sampled_values import SampledValues
from counterpoint.engine.mapping import Connection, InList, Lookup, NodeById, NodesByIds, ToMany, ToOne
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.search_mapping import Search

PAGE_SIZE = 20
MAX_FILTER_RELATIONS = 3
"""Most relations between a connection's type and the entity that it is filtered by."""

PAGE_VARIABLES = "$first: Int, $after: String, $last: Int, $before: String"
PAGE_ARGUMENTS = "first: $first, after: $after, last: $last, before: $before"
SELECTION = "edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
SEARCH_SELECTION = SELECTION.replace("cursor }", "cursor kind snippet }", 1)

USUAL_PAGES = ("first", "first after", "last", "last before")
UNUSUAL_PAGES = ("before", "first before", "last after", "after before")
MAIN_PAGES = ("first", "last before")
"""Combinations of page arguments, in the order from usual to few."""


@dataclass(frozen=True)
class PlanQuery:
    """A document with its variables.

    `count_document` returns how many rows the page is a part of; it takes a subset of the variables.
    `may_walk_index`: there is no filter, so that the page is read from the end of an index.
    `is_selective`: the filter matches few rows in a database of any size, so that the work must not grow with it.
    """

    name: str
    document: str
    variables: Mapping[str, Any]
    count_document: str | None = None
    may_walk_index: bool = False
    is_selective: bool = True


@dataclass(frozen=True)
class FilterPath:
    """The keys of a filter that lead to an entity, and the type of the entity."""

    keys: tuple[str, ...]
    entity: str

    def filter_by(self, *slugs: str) -> dict[str, Any]:
        """Return a filter value for the entities with these slugs."""
        value: dict[str, Any] = {"slug": list(slugs)}
        for key in reversed(self.keys):
            value = {key: value}
        return value

    def __str__(self) -> str:
        return ".".join((*self.keys, "slug"))


@dataclass(frozen=True)
class PageFilter:
    """The filter of a page, with a label for reports."""

    label: str
    where: Mapping[str, Any]
    is_selective: bool = True


@dataclass(frozen=True)
class ConnectionField:
    """A connection in the schema, and the document text before and after it: nothing for a root field."""

    name: str
    mapping: Connection
    node_type: str
    filter_type: GraphQLInputObjectType
    before: str
    after: str
    label: str
    is_selective: bool = True


class PlanQueryGenerator:
    """Generates the queries of a schema with values that were sampled from a database."""

    def __init__(self, schema: GraphQLSchema, mapping: SchemaMapping, values: SampledValues) -> None:
        self._schema = schema
        self._mapping = mapping
        self._values = values

    def generate(self) -> Iterator[PlanQuery]:
        """Yield all queries."""
        query = self._schema.query_type
        assert query is not None
        for field in self._connections(query, "", "", ""):
            yield from self._pages(field, (*USUAL_PAGES, *UNUSUAL_PAGES))
            yield from self._pages_at_ends(field)
            yield from self._filtered_pages(field)
            yield from self._connections_of_list(field.name, self._object_type(field.node_type))
        for name, definition in query.fields.items():
            match self._mapping.fields[query.name, name]:
                case Lookup():
                    object_type = self._object_type(get_named_type(definition.type).name)
                    yield self._lookup(name, object_type.name)
                    yield from self._connections_of_object(name, object_type)
                case NodeById():
                    yield from self._nodes_by_id()
                case NodesByIds():
                    ids = [*self._values.ids.values(), "Party:nobody", "nothing"]
                    document = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
                    yield PlanQuery("nodes", document, {"ids": ids})
                case Search():
                    yield from self._searches(query)

    def _object_type(self, name: str) -> GraphQLObjectType:
        object_type = self._schema.type_map[name]
        assert isinstance(object_type, GraphQLObjectType)
        return object_type

    def _connections(
        self, object_type: GraphQLObjectType, before: str, after: str, label: str
    ) -> Iterator[ConnectionField]:
        """Yield the connections of a type."""
        for name, definition in object_type.fields.items():
            mapping = self._mapping.fields.get((object_type.name, name))
            if isinstance(mapping, Connection):
                connection, filter_type = get_named_type(definition.type), get_named_type(definition.args["where"].type)
                assert isinstance(connection, GraphQLObjectType)
                assert isinstance(filter_type, GraphQLInputObjectType)
                node_type = get_named_type(connection.fields["nodes"].type).name
                yield ConnectionField(name, mapping, node_type, filter_type, before, after, f"{label} {name}".strip())

    def _pages(
        self, field: ConnectionField, pages: Iterable[str], page_filter: PageFilter | None = None
    ) -> Iterator[PlanQuery]:
        """Yield pages of a connection in every order."""
        where = page_filter and page_filter.where
        where_variable = f"$where: {field.node_type}Filter"
        count = f"{field.before}{field.name}(where: $where) {{ totalCount }}{field.after}"
        for order, page in product(field.mapping.orders, pages):
            cursor = self._values.cursors[field.node_type, order]
            arguments = {"first": PAGE_SIZE, "last": PAGE_SIZE, "after": cursor, "before": cursor}
            selection = f"{field.name}({PAGE_ARGUMENTS}, where: $where, orderBy: {order}) {{ {SELECTION} }}"
            yield PlanQuery(
                f"{field.label} {order} {page}{f' {page_filter.label}' if page_filter else ''}",
                f"query({PAGE_VARIABLES}, {where_variable}) {{ {field.before}{selection}{field.after} }}",
                {name: arguments[name] for name in page.split()} | ({"where": where} if where else {}),
                f"query({where_variable}) {{ {count} }}" if where or field.before else None,
                may_walk_index=not where and not field.before,
                is_selective=field.is_selective and (page_filter is None or page_filter.is_selective),
            )

    def _pages_at_ends(self, field: ConnectionField) -> Iterator[PlanQuery]:
        """Yield the page after the first cursor and the page before the last one, in every order."""
        for order in field.mapping.orders:
            first, last = self._values.end_cursors[field.node_type, order]
            selection = f"{field.name}({PAGE_ARGUMENTS}, orderBy: {order}) {{ {SELECTION} }}"
            for label, variables in (
                ("after the first", {"first": PAGE_SIZE, "after": first}),
                ("before the last", {"last": PAGE_SIZE, "before": last}),
            ):
                name = f"{field.label} {order} {label}"
                yield PlanQuery(name, f"query({PAGE_VARIABLES}) {{ {selection} }}", variables, may_walk_index=True)

    def _filtered_pages(self, field: ConnectionField, max_relations: int = MAX_FILTER_RELATIONS) -> Iterator[PlanQuery]:
        """Yield pages filtered by every entity: a rare one, a common one, two, and one or the other."""
        for path in self._filter_paths(field.filter_type, (), (field.filter_type.name,), max_relations):
            rare, second = self._values.rare[path.entity], self._values.second_rare[path.entity]
            by_rare = PageFilter(f"{path} rare", path.filter_by(rare), len(path.keys) < 2)
            by_common = PageFilter(
                f"{path} common", path.filter_by(self._values.common[path.entity]), is_selective=False
            )
            if field.before or len(path.keys) > 1:
                yield from self._pages(field, MAIN_PAGES, by_rare)
                yield from self._pages(field, MAIN_PAGES[:1], by_common)
            else:
                by_two = PageFilter(f"{path} two", path.filter_by(rare, second))
                by_either = PageFilter(f"{path} either", {"or": [path.filter_by(rare), path.filter_by(second)]})
                for page_filter in (by_rare, by_common, by_two, by_either):
                    yield from self._pages(field, USUAL_PAGES, page_filter)

    def _filter_paths(
        self, filter_type: GraphQLInputObjectType, keys: tuple[str, ...], visited: tuple[str, ...], max_relations: int
    ) -> Iterator[FilterPath]:
        """Yield the paths from a filter type to slugs. No path visits a type twice."""
        for key, definition in filter_type.fields.items():
            match self._mapping.conditions.get((filter_type.name, key)):
                case InList(unique=True):
                    yield FilterPath(keys, filter_type.name.removesuffix("Filter"))
                case ToOne() | ToMany():
                    related = get_named_type(definition.type)
                    assert isinstance(related, GraphQLInputObjectType)
                    if len(keys) < max_relations and related.name not in visited:
                        yield from self._filter_paths(related, (*keys, key), (*visited, related.name), max_relations)

    def _connections_of_object(self, lookup: str, object_type: GraphQLObjectType) -> Iterator[PlanQuery]:
        """Yield the connections of one object, a rare and a common one."""
        for label, slugs in (("rare", self._values.rare), ("common", self._values.common)):
            before = f'{lookup}(slug: "{slugs[object_type.name]}") {{ '
            for field in self._connections(object_type, before, " }", f"{lookup} {label}"):
                yield from self._pages(replace(field, is_selective=label == "rare"), USUAL_PAGES)
                if label == "rare":
                    yield from self._filtered_pages(field, max_relations=1)

    def _connections_of_list(self, parent: str, node_type: GraphQLObjectType) -> Iterator[PlanQuery]:
        """Yield the connections of all objects on a page of a parent connection."""
        for field in self._connections(node_type, "", "", parent):
            for order in field.mapping.orders:
                selection = f"{field.name}(first: 5, orderBy: {order}) {{ {SELECTION} }}"
                document = f"{{ {parent}(first: 5) {{ nodes {{ {selection} }} }} }}"
                yield PlanQuery(f"{field.label} {order}", document, {}, may_walk_index=True, is_selective=False)

    def _lookup(self, name: str, type_name: str) -> PlanQuery:
        document = f"query($slug: String!) {{ {name}(slug: $slug) {{ __typename id }} }}"
        return PlanQuery(f"{name}(slug)", document, {"slug": self._values.rare[type_name]})

    def _nodes_by_id(self) -> Iterator[PlanQuery]:
        document = "query($id: ID!) { node(id: $id) { __typename id } }"
        for type_name, node_id in self._values.ids.items():
            yield PlanQuery(f"node {type_name}", document, {"id": node_id})

    def _searches(self, query: GraphQLObjectType) -> Iterator[PlanQuery]:
        """Yield searches for selective words: without filter, in each kind, and in the articles of each filter."""
        variables = f"$query: String!, $kinds: [SearchKind!], $where: ArticleFilter, {PAGE_VARIABLES}"
        arguments = f"query: $query, kinds: $kinds, where: $where, {PAGE_ARGUMENTS}"
        for page_filter, word, page in product(
            self._search_filters(query), self._values.search_terms, ("first", "last")
        ):
            yield PlanQuery(
                f"search {word!r} {page} {page_filter.label}".strip(),
                f"query({variables}) {{ search({arguments}) {{ {SEARCH_SELECTION} }} }}",
                {"query": word, page: PAGE_SIZE, **page_filter.where},
                "query($query: String!) { search(query: $query) { totalCount } }",
                is_selective=page_filter.is_selective,
            )

    def _search_filters(self, query: GraphQLObjectType) -> Iterator[PageFilter]:
        kinds = get_named_type(query.fields["search"].args["kinds"].type)
        assert isinstance(kinds, GraphQLEnumType)
        article_filter = self._schema.type_map["ArticleFilter"]
        assert isinstance(article_filter, GraphQLInputObjectType)
        yield PageFilter("", {})
        yield from (PageFilter("kinds", {"kinds": [kind]}) for kind in kinds.values)
        for path in self._filter_paths(article_filter, (), (article_filter.name,), 2):
            rare, common = self._values.rare[path.entity], self._values.common[path.entity]
            yield PageFilter(f"{path} rare", {"where": path.filter_by(rare)})
            yield PageFilter(f"{path} common", {"where": path.filter_by(common)}, is_selective=False)
