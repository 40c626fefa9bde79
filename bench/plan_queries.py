"""Every kind of question that reads a page or one thing, made from the contract itself.

For each connection: every order, forward and backward, with and without cursors; every filter by an entity's slug, of
the thing's own and through what it is related to; the same for connections under an object and under a list. Beside
them search, look-ups and objects by their ids. Totals and counts are left out: those must look at all that they count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, get_named_type

from counterpoint.engine.mapping import (
    Connection,
    InList,
    Lookup,
    NodeById,
    NodesByIds,
    SchemaMapping,
    Search,
    ToMany,
    ToOne,
)

PAGE = 20
RELATIONS = 3
"""How many relations a filter may go through."""

DECLARED = "$first: Int, $after: String, $last: Int, $before: String"
PAGING = "first: $first, after: $after, last: $last, before: $before"
SELECTED = "edges { cursor } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
WAYS = ("first", "first after", "last", "last before")
ODD_WAYS = ("before", "first before", "last after", "after before")
FEW_WAYS = ("first", "last before")


@dataclass(frozen=True)
class Question:
    """A document with its variables; `total` asks, with some of them, how many the page is one of, if a filter tells.

    `may_walk`: nothing narrows it, so that a page is the beginning of a walk along an index. `is_narrow`: what narrows
    it leads to few rows in a database of any size, so that answering it may not take more in a larger one.
    """

    name: str
    document: str
    variables: Mapping[str, Any]
    total: str | None = None
    may_walk: bool = False
    is_narrow: bool = True


@dataclass(frozen=True)
class Known:
    """What of the content questions name: slugs by type, of what is named seldom and often; ids; cursors; words.

    `second` is named seldom too. `ends` are the cursors of the first and the last of all.
    """

    rare: Mapping[str, str]
    second: Mapping[str, str]
    common: Mapping[str, str]
    ids: Mapping[str, str]
    cursors: Mapping[tuple[str, str], str]
    ends: Mapping[tuple[str, str], tuple[str, str]]
    words: Sequence[str]


@dataclass(frozen=True)
class Filter:
    """A filter by one entity: the keys that lead to it, and the type of what is named at their end."""

    keys: tuple[str, ...]
    entity: str

    def value(self, slugs: Sequence[str]) -> dict[str, Any]:
        """Write it."""
        value: dict[str, Any] = {"slug": list(slugs)}
        for key in reversed(self.keys):
            value = {key: value}
        return value


@dataclass(frozen=True)
class Narrowed:
    """What a page is narrowed to."""

    told: str
    where: Mapping[str, Any]
    is_narrow: bool = True


@dataclass(frozen=True)
class Place:
    """A connection: of what, filtered by what, and what of a document stands around it."""

    name: str
    source: Connection
    item: str
    filter: GraphQLInputObjectType
    before: str
    after: str
    told: str
    is_narrow: bool = True


class Contract:
    """The questions of a schema."""

    def __init__(self, schema: GraphQLSchema, graph: SchemaMapping, known: Known) -> None:
        """Ask a schema about what is known of its content."""
        self._schema = schema
        self._graph = graph
        self._known = known

    def questions(self) -> Iterator[Question]:
        """Give them all."""
        query = self._schema.query_type
        assert query is not None
        for place in self._places(query, "", "", ""):
            yield from self._pages(place, (*WAYS, *ODD_WAYS))
            yield from self._ends(place)
            yield from self._filtered(place)
            yield from self._under_list(place.name, self._object(place.item))
        for name, member in query.fields.items():
            match self._graph.fields[query.name, name]:
                case Lookup():
                    declared = self._object(get_named_type(member.type).name)
                    yield from self._looked_up(name, declared.name)
                    yield from self._under_object(name, declared)
                case NodeById():
                    yield from self._by_id()
                case NodesByIds():
                    yield Question("nodes", "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", self._ids)
                case Search():
                    yield from self._searches(query)

    def _object(self, name: str) -> GraphQLObjectType:
        declared = self._schema.type_map[name]
        assert isinstance(declared, GraphQLObjectType)
        return declared

    def _pages(self, place: Place, ways: Iterable[str], narrowed: Narrowed | None = None) -> Iterator[Question]:
        """Ask for pages of one connection, in every order."""
        item = place.item
        where = narrowed and narrowed.where
        declared = f"{DECLARED}, $where: {item}Filter"
        total = (
            f"query($where: {item}Filter) {{ {place.before}{place.name}(where: $where) {{ totalCount }}{place.after} }}"
        )
        for order, way in product(place.source.orders, ways):
            cursor = self._known.cursors[item, order]
            values = {"first": PAGE, "last": PAGE, "after": cursor, "before": cursor}
            asked = f"{place.name}({PAGING}, where: $where, orderBy: {order}) {{ {SELECTED} }}"
            yield Question(
                f"{place.told} {order} {way}{f' {narrowed.told}' if narrowed else ''}",
                f"query({declared}) {{ {place.before}{asked}{place.after} }}",
                {key: values[key] for key in way.split()} | ({"where": where} if where else {}),
                total if where or place.before else None,
                may_walk=not where and not place.before,
                is_narrow=place.is_narrow and (narrowed is None or narrowed.is_narrow),
            )

    def _ends(self, place: Place) -> Iterator[Question]:
        """Ask for the pages next to the first of all, and to the last: little stands on their other side."""
        for order in place.source.orders:
            first, last = self._known.ends[place.item, order]
            asked = f"{place.name}({PAGING}, orderBy: {order}) {{ {SELECTED} }}"
            for way, variables in (
                ("after", {"first": PAGE, "after": first}),
                ("before", {"last": PAGE, "before": last}),
            ):
                name = f"{place.told} {order} {way} the end"
                yield Question(name, f"query({DECLARED}) {{ {asked} }}", variables, may_walk=True)

    def _filtered(self, place: Place, relations: int = RELATIONS) -> Iterator[Question]:
        """Narrow a connection by every entity: one named seldom, one named often, two, and one or the other."""
        for found in self._filters(place.filter, (), (place.filter.name,), relations):
            rare, common = self._known.rare[found.entity], self._known.common[found.entity]
            path = ".".join((*found.keys, "slug"))
            by_rare = Narrowed(f"{path} rare", found.value([rare]), len(found.keys) < 2)
            by_common = Narrowed(f"{path} common", found.value([common]), is_narrow=False)
            if place.before or len(found.keys) > 1:
                yield from self._pages(place, FEW_WAYS, by_rare)
                yield from self._pages(place, FEW_WAYS[:1], by_common)
            else:
                second = self._known.second[found.entity]
                two = found.value([rare, second])
                either = {"or": [found.value([rare]), found.value([second])]}
                for narrowed in (by_rare, by_common, Narrowed(f"{path} two", two), Narrowed(f"{path} either", either)):
                    yield from self._pages(place, WAYS, narrowed)

    def _filters(
        self, declared: GraphQLInputObjectType, keys: tuple[str, ...], passed: tuple[str, ...], relations: int
    ) -> Iterator[Filter]:
        """Find the ways from a filter to a slug; none passes a type twice."""
        for key, member in declared.fields.items():
            match self._graph.conditions.get((declared.name, key)):
                case InList(unique=True):
                    yield Filter(keys, declared.name.removesuffix("Filter"))
                case ToOne() | ToMany():
                    target = get_named_type(member.type)
                    assert isinstance(target, GraphQLInputObjectType)
                    if len(keys) < relations and target.name not in passed:
                        yield from self._filters(target, (*keys, key), (*passed, target.name), relations)

    def _under_object(self, lookup: str, declared: GraphQLObjectType) -> Iterator[Question]:
        """Ask for the connections of one object, named seldom or often."""
        for told, slugs in (("rare", self._known.rare), ("common", self._known.common)):
            for place in self._places(
                declared, f'{lookup}(slug: "{slugs[declared.name]}") {{ ', " }", f"{lookup} {told}"
            ):
                yield from self._pages(replace(place, is_narrow=told == "rare"), WAYS)
                if told == "rare":
                    yield from self._filtered(place, relations=1)

    def _under_list(self, connection: str, item: GraphQLObjectType) -> Iterator[Question]:
        """Ask for the connections of each object of a page."""
        for place in self._places(item, "", "", connection):
            for order in place.source.orders:
                asked = f"{place.name}(first: 5, orderBy: {order}) {{ {SELECTED} }}"
                document = f"{{ {connection}(first: 5) {{ nodes {{ {asked} }} }} }}"
                yield Question(f"{place.told} {order}", document, {}, may_walk=True, is_narrow=False)

    def _places(self, declared: GraphQLObjectType, before: str, after: str, told: str) -> Iterator[Place]:
        """Find the connections of a type."""
        for name, member in declared.fields.items():
            source = self._graph.fields.get((declared.name, name))
            if isinstance(source, Connection):
                connection, condition = get_named_type(member.type), get_named_type(member.args["where"].type)
                assert isinstance(connection, GraphQLObjectType)
                assert isinstance(condition, GraphQLInputObjectType)
                item = get_named_type(connection.fields["nodes"].type).name
                yield Place(name, source, item, condition, before, after, f"{told} {name}".strip())

    def _looked_up(self, name: str, named: str) -> Iterator[Question]:
        document = f"query($slug: String!) {{ {name}(slug: $slug) {{ __typename id }} }}"
        yield Question(f"{name}(slug)", document, {"slug": self._known.rare[named]})

    def _by_id(self) -> Iterator[Question]:
        for named in self._known.ids:
            document = "query($id: ID!) { node(id: $id) { __typename id } }"
            yield Question(f"node {named}", document, {"id": self._known.ids[named]})

    @property
    def _ids(self) -> dict[str, Any]:
        return {"ids": [*self._known.ids.values(), "Party:nobody", "nothing"]}

    def _searches(self, query: GraphQLObjectType) -> Iterator[Question]:
        """Search for words that few passages hold: anywhere, in some kinds, in the articles of each filter."""
        kinds = get_named_type(query.fields["search"].args["kinds"].type)
        assert isinstance(kinds, GraphQLEnumType)
        article = self._schema.type_map["ArticleFilter"]
        assert isinstance(article, GraphQLInputObjectType)
        wheres: list[tuple[str, dict[str, Any]]] = [("", {})]
        wheres += [("kinds", {"kinds": [kind]}) for kind in kinds.values]
        for found in self._filters(article, (), (article.name,), 2):
            slugs = {"rare": self._known.rare, "common": self._known.common}
            for told, of in slugs.items():
                label = f"{'.'.join((*found.keys, 'slug'))} {told}"
                wheres.append((label, {"where": found.value([of[found.entity]])}))
        declared = f"$query: String!, $kinds: [SearchKind!], $where: ArticleFilter, {DECLARED}"
        given = f"query: $query, kinds: $kinds, where: $where, {PAGING}"
        asked = SELECTED.replace("cursor }", "cursor kind snippet }", 1)
        for (label, narrowed), word in product(wheres, self._known.words):
            for way in ("first", "last"):
                yield Question(
                    f"search {word!r} {way} {label}".strip(),
                    f"query({declared}) {{ search({given}) {{ {asked} }} }}",
                    {"query": word, way: PAGE, **narrowed},
                    "query($query: String!) { search(query: $query) { totalCount } }",
                    is_narrow=not label.endswith("common"),
                )
