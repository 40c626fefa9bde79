"""Pages: keyset connections. The page is selected once; edges, nodes and page info are read off it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from graphql import FieldNode, GraphQLField, GraphQLNamedType, GraphQLObjectType, get_named_type

from counterpoint.engine.compile.facets import compile_facets
from counterpoint.engine.compile.filters import FILTER_STACK, compile_filter
from counterpoint.engine.mapping import Connection
from counterpoint.engine.sql.builder import RowRef, RowSource
from counterpoint.engine.sql.cursors import CursorCodec
from counterpoint.engine.sql.json_text import JsonText, json_object, sql_text
from counterpoint.engine.sql.row_query import ROW_ALIAS, RowQuery
from counterpoint.errors import InvalidPage, LimitExceeded

if TYPE_CHECKING:
    from counterpoint.engine.compile.objects import Compiler

PAGE = 24
"""Symbols that a parser keeps in mind while it reads an item of a page."""

DEFAULT_PAGE_SIZE = 20


def compile_connection(
    compiler: "Compiler",
    scope: RowRef | None,
    source: Connection,
    owner: GraphQLObjectType,
    nodes: list[FieldNode],
) -> JsonText:
    """Write a connection: of the rows that belong to a row, or of all rows of a table."""
    declared = get_named_type(owner.fields[nodes[0].name.value].type)
    assert isinstance(declared, GraphQLObjectType)
    item = get_named_type(declared.fields["nodes"].type)
    definition = owner.fields[nodes[0].name.value]
    name = compiler.reading.specialize_on(compiler.reading.find_argument(nodes[0], definition, "orderBy"), str)
    order = source.orders[name]
    window = parse_page_arguments(compiler, definition, nodes[0], CursorCodec(item.name, name, order))
    table = compiler.graph.rows[item.name].table
    where = compiler.reading.find_argument(nodes[0], definition, "where")
    listing = RowQuery(
        compiler.dialect, table, source.link, order.columns, compile_filter(compiler, where, table, ROW_ALIAS)
    )

    compiler.statement.spend(window.size * (scope.level.rows if scope else 1))

    def write(parent: str | None, depth: int) -> str:
        return ConnectionQuery(compiler, scope, listing, window, parent, depth).written(declared, item, nodes)

    if scope is None:
        return sql_text(write(None, PAGE))
    return compiler.within(scope, PAGE, write, needed=FILTER_STACK if listing.conditions else 0)


@dataclass(frozen=True)
class PageArguments:
    """What the arguments ask for: how many, from which end, between which cursors (as bound values)."""

    size: int
    backward: bool
    cursors: CursorCodec
    after: tuple[str, ...]
    before: tuple[str, ...]

    @property
    def descending(self) -> bool:
        """Whether the page is fetched against the ascending order."""
        return self.cursors.order.descending is not self.backward


def parse_page_arguments(
    compiler: "Compiler", definition: GraphQLField, node: FieldNode, cursors: CursorCodec
) -> PageArguments:
    """Read what a field's arguments ask for."""

    def size(name: str) -> int | None:
        given = compiler.reading.find_argument(node, definition, name)
        return _check_page_size(
            name, compiler.reading.specialize_on(given, lambda value: value), compiler.statement.limits.page_size
        )

    def cursor(name: str) -> tuple[str, ...]:
        given = compiler.reading.find_argument(node, definition, name)
        if not compiler.reading.specialize_on(given, lambda value: value is not None, "given"):
            return ()
        columns = range(len(cursors.order.columns))
        return tuple(compiler.statement.bind(cursors.slot(given.value, column)) for column in columns)

    first, last = size("first"), size("last")
    if first is not None and last is not None:
        raise InvalidPage("first and last can't both be given: ask for the start or for the end.")
    after, before = cursor("after"), cursor("before")
    backward = last is not None or (first is None and bool(before) and not after)
    chosen = last if first is None else first
    usual = min(DEFAULT_PAGE_SIZE, compiler.statement.limits.page_size)
    return PageArguments(usual if chosen is None else chosen, backward, cursors, after, before)


def _check_page_size(name: str, size: int | None, most: int) -> int | None:
    if size is not None and size < 0:
        raise InvalidPage(f"{name} is {size}, but can't be negative.")
    if size is not None and size > most:
        raise LimitExceeded("The size of a page", most, size)
    return size


@dataclass
class ConnectionQuery:
    """One connection under one parent, in the making."""

    compiler: "Compiler"
    scope: RowRef | None
    listing: RowQuery
    window: PageArguments
    parent: str | None
    depth: int
    columns: dict[str, None] = field(default_factory=dict)
    outer: ClassVar[bool] = False
    """Whether a row's parents may not be there."""
    dear: ClassVar[bool] = False
    """Whether the rows must be looked for even where no filter narrows them."""

    def __post_init__(self) -> None:
        self.name = self.compiler.statement.fresh("p")
        self.rows = self.window.size * (self.scope.level.rows if self.scope else 1)
        self.kept = False
        self.order = [f"o{number}" for number in range(len(self.listing.order))]

    def written(self, declared: GraphQLObjectType, item: GraphQLNamedType, nodes: list[FieldNode]) -> str:
        """Write the connection's object as an SQL expression."""
        selected = self.compiler.reading.collect_subfields(declared, nodes)
        names = [fields[0].name.value for fields in selected.values()]
        # A few looks at an index cost less than a table made of them; what a filter had to look for is kept.
        self.kept = (self.dear or bool(self.listing.conditions)) and ("pageInfo" in names or len(names) > 1)
        whole = json_object((key, self._field(declared, item, fields)) for key, fields in selected.items())
        if not self.kept:
            return f"({whole.sql()})"
        # One row more than asked for tells whether anything follows.
        page = self._rows(self.columns, limit=self.window.size + 1)
        return f"(WITH {self.name} AS ({page}) SELECT {whole.sql()})"

    def item(self, row: RowRef, declared: GraphQLNamedType, nodes: list[FieldNode]) -> JsonText:
        """Write the object that a row of the page is."""
        return self.compiler.row(row, declared, nodes)

    def member(self, edge: GraphQLObjectType, row: RowRef, name: str) -> JsonText:
        """Write a field of an edge that is neither its node nor its cursor."""
        return JsonText(f'"{edge.name}"')

    def _field(self, declared: GraphQLObjectType, item: GraphQLNamedType, nodes: list[FieldNode]) -> JsonText:
        match nodes[0].name.value:
            case "nodes":
                return self._array(lambda row: self.item(row, item, nodes))
            case "edges":
                edge = get_named_type(declared.fields["edges"].type)
                assert isinstance(edge, GraphQLObjectType)
                return self._array(lambda row: self._edge(edge, item, row, nodes))
            case "pageInfo":
                info = get_named_type(declared.fields["pageInfo"].type)
                assert isinstance(info, GraphQLObjectType)
                return json_object(
                    (key, self._info(info, fields[0].name.value))
                    for key, fields in self.compiler.reading.collect_subfields(info, nodes).items()
                )
            case "counts":
                return compile_facets(self.compiler, self.listing, declared, nodes, self.parent)
            case "totalCount":
                return sql_text(self.compiler.dialect.number(self.listing.count(self.parent)))
            case _:
                return JsonText(f'"{declared.name}"')

    def _edge(self, edge: GraphQLObjectType, item: GraphQLNamedType, row: RowRef, nodes: list[FieldNode]) -> JsonText:
        def member(fields: list[FieldNode]) -> JsonText:
            match fields[0].name.value:
                case "node":
                    return self.item(row, item, fields)
                case "cursor":
                    return self._cursor(row.alias)
                case name:
                    return self.member(edge, row, name)

        selected = self.compiler.reading.collect_subfields(edge, nodes)
        return json_object((key, member(fields)) for key, fields in selected.items())

    def _info(self, info: GraphQLObjectType, name: str) -> JsonText:
        match name:
            case "hasNextPage":
                return self._reaches(backward=False)
            case "hasPreviousPage":
                return self._reaches(backward=True)
            case "startCursor":
                return self._outermost(backward=False)
            case "endCursor":
                return self._outermost(backward=True)
            case _:
                return JsonText(f'"{info.name}"')

    def _array(self, write: Callable[[RowRef], JsonText]) -> JsonText:
        level = RowSource(self.compiler.statement, self.listing.table, self.depth, rows=self.rows, outer=self.outer)
        row = RowRef(level, level.alias, self.listing.table, self._identities)
        text = write(row).sql()
        self.columns.update(dict.fromkeys(level.columns))
        rows = self._slice(level.columns, limit=self.window.size)
        if self.window.backward:
            # Without a limit of its own, SQLite may take the order for the page's, or for one that nobody needs.
            order = f"{self._sorted(self.window.cursors.order.descending)} LIMIT {self.window.size}"
            rows = f"SELECT * FROM ({rows}) AS b ORDER BY {order}"
        order = self._sorted(self.window.cursors.order.descending, f"{level.alias}.")
        gathered = self.compiler.dialect.gather(text, order.split(", "))
        return sql_text(f"'[' || coalesce((SELECT {gathered} FROM {level.source(rows)}), '') || ']'")

    def _reaches(self, *, backward: bool) -> JsonText:
        """Tell whether rows stand beyond the page's end in one direction."""
        window = self.window
        conditions = []
        if window.backward is backward:
            conditions.append(f"EXISTS ({self._slice((), offset=window.size, limit=1)})")
        cursor = window.after if backward else window.before
        if cursor:
            # The row that the cursor names, and all beyond, are not on the page.
            conditions.append(self.listing.exists(self.parent, [self._beside(cursor, before=backward, itself=True)]))
        return sql_text(self.compiler.dialect.boolean(" OR ".join(conditions))) if conditions else JsonText("false")

    def _outermost(self, *, backward: bool) -> JsonText:
        """Give the cursor of the page's first row, or of its last."""
        window = self.window
        if window.size == 0:
            return JsonText("null")
        cursor = self._cursor("q").sql()
        if window.backward is backward:
            rows = [self._slice((), limit=1)]
        else:
            # The last of a full page, or of all that there is.
            rows = [
                self._slice((), offset=window.size - 1, limit=1),
                self._slice((), limit=1, descending=not window.descending),
            ]
        found = ", ".join(f"(SELECT {cursor} FROM ({row}) AS q)" for row in rows)
        return sql_text(f"coalesce({found}, 'null')")

    def _cursor(self, alias: str) -> JsonText:
        return self.window.cursors.written(self.compiler.dialect, [f"{alias}.{column}" for column in self.order])

    def _slice(self, columns: Iterable[str], *, limit: int, offset: int = 0, descending: bool | None = None) -> str:
        """Select some of the rows that the page is cut from, in the order in which it is fetched or against it."""
        if not self.kept:
            return self._rows(columns, limit=limit, offset=offset, descending=descending)
        order = self._sorted(self.window.descending if descending is None else descending)
        return f"SELECT * FROM {self.name} ORDER BY {order} LIMIT {limit}{f' OFFSET {offset}' * bool(offset)}"

    def _rows(
        self,
        columns: Iterable[str],
        *,
        limit: int,
        offset: int = 0,
        descending: bool | None = None,
        parent: str | None = None,
    ) -> str:
        window = self.window
        within = []
        if window.after:
            within.append(self._beside(window.after, before=False))
        if window.before:
            within.append(self._beside(window.before, before=True))
        descending = window.descending if descending is None else descending
        limited = f"{limit}{f' OFFSET {offset}' * bool(offset)}"
        return self.listing.ordered(parent or self.parent, columns, descending=descending, limit=limited, within=within)

    def _beside(self, cursor: Sequence[str], *, before: bool, itself: bool = False) -> str:
        """Compare a row's place in the order with a cursor's."""
        operator = "<" if before is not self.window.cursors.order.descending else ">"
        columns = self.listing.order_columns
        if len(columns) == 1:
            return f"{columns[0]} {operator}{'=' * itself} {cursor[0]}"
        return f"({', '.join(columns)}) {operator}{'=' * itself} ({', '.join(cursor)})"

    def _sorted(self, descending: bool, prefix: str = "") -> str:
        return ", ".join(f"{prefix}{column}{' DESC' * descending}" for column in self.order)

    def _identities(self) -> str:
        if self.scope is None:
            return f"SELECT id FROM ({self._rows(['id'], limit=self.window.size)}) AS t"
        return self.listing.identities(self.scope.ids(), self._rows_of)

    def _rows_of(self, parent: str) -> str:
        return self._rows(["id"], limit=self.window.size, parent=parent)
