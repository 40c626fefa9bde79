"""Where the value of a field comes from: the vocabulary in which a schema declares itself to the engine.

A type with rows of its own has `Rows`; each field has one of the sources below. Columns of the object's own row go
by their name, so that an interface can declare a field once for all its types.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table

from counterpoint.engine.compile.search_query import Runs
from counterpoint.engine.compile.snippets import SnippetMarkers


@dataclass(frozen=True)
class TableMapping:
    """The rows that objects of one type are: all of a table, or those whose `discriminator` names the type.

    `key` is the column that follows the type's name in the global id; without one, objects have no id.
    """

    table: Table
    key: str | None = None
    discriminator: str | None = None


@dataclass(frozen=True)
class Column:
    """A scalar of the object's own row."""

    name: str


@dataclass(frozen=True)
class GlobalId:
    """The type's name, a colon, and the key."""


@dataclass(frozen=True)
class Constant:
    """The same number in every object."""

    value: int


@dataclass(frozen=True)
class ReferencedRow:
    """The object that a foreign key of the row points at."""

    foreign_key: str


@dataclass(frozen=True)
class ReferencedColumn:
    """A scalar of the row that a foreign key of the object's row points at."""

    foreign_key: str
    name: str


@dataclass(frozen=True)
class EmbeddedObject:
    """An object of a type without rows, made of the same row: the source of each of its fields."""

    fields: "Mapping[str, Scalar]"


Scalar = Column | Constant | GlobalId | ReferencedColumn


@dataclass(frozen=True)
class Relation:
    """How the rows of a list belong to a parent: `near` holds the parent's id.

    `near` is a column of the listed table itself, or of a table between, whose `far` holds the listed row's id.
    """

    near: "SqlColumn[object]"
    far: "SqlColumn[object] | None" = None


@dataclass(frozen=True)
class ChildList:
    """All objects that belong to this one, in the order of `position`.

    One link for each table that they are in; arguments narrow them by the column they are mapped to.
    """

    links: tuple[Relation, ...]
    narrowed_by: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Order:
    """An order by columns that together are unique, all in one direction."""

    columns: "tuple[SqlColumn[object], ...]"
    descending: bool = False


@dataclass(frozen=True)
class Connection:
    """A page of the objects that belong to this one, or of all objects: a cursor connection as Relay's.

    `orders` holds what the argument `orderBy` may name; the first is the default.
    """

    orders: Mapping[str, Order]
    link: Relation | None = None


@dataclass(frozen=True)
class FacetKey:
    """What a connection's objects are counted by: an object that a foreign key points at, or a column of their own.

    `key` and `label` are columns of the object pointed at. A column of their own is its key, and its label in words.
    """

    name: str
    key: str | None = None
    label: str | None = None


@dataclass(frozen=True)
class Facets:
    """How many of a connection's objects there are, by what the argument `by` may name."""

    by: Mapping[str, FacetKey]


@dataclass(frozen=True)
class Lookup:
    """The one object whose unique column equals the argument of the column's name, or null."""

    name: str


@dataclass(frozen=True)
class NodeById:
    """The object with the global id in the argument `id`, or null."""


@dataclass(frozen=True)
class NodesByIds:
    """The objects with the global ids in the argument `ids`, in their order; null where there is none."""


@dataclass(frozen=True)
class SingletonRow:
    """The only row of the type's table."""


@dataclass(frozen=True)
class Search:
    """A page of the objects whose passages hold what the argument `query` asks for, nearest first.

    `table` holds the passages, `index` their words; `kinds` gives the type of the objects that passages of a kind are
    of. `runs` cuts a text into words as those of the passages were; `signs` are in the texts to show.
    """

    table: Table
    index: str
    kinds: Mapping[str, str]
    runs: Runs
    signs: SnippetMarkers


@dataclass(frozen=True)
class InList:
    """A filter's list holds the column's value. `unique`: no two rows have the same; `fold` makes values comparable."""

    name: str
    fold: Callable[[str], str] | None = None
    unique: bool = False


@dataclass(frozen=True)
class FoldedText:
    """A folded text meets a TextFilter. `split` folds a text as it is stored: its beginning, and the rest beside it.

    Without a column for the rest, the first holds all of it.
    """

    name: str
    rest: str | None
    split: Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class DateRange:
    """A day lies within a DateFilter."""

    name: str


@dataclass(frozen=True)
class ToOne:
    """The object that a foreign key points at meets a filter."""

    foreign_key: str


@dataclass(frozen=True)
class ToMany:
    """Some of the objects that belong to this one meet a filter."""

    link: Relation


Condition = InList | FoldedText | DateRange | ToOne | ToMany

FieldMapping = (
    Scalar
    | ReferencedRow
    | EmbeddedObject
    | ChildList
    | Connection
    | Facets
    | Lookup
    | Search
    | NodeById
    | NodesByIds
    | SingletonRow
)


@dataclass(frozen=True)
class SchemaMapping:
    """What a schema declares: the rows of each type by its name, the source of each field by type and field.

    `conditions` are those of the filters, by input type and key. `revision` is the column of the one row that tells
    the content's state. `owner` is the type that content comes and goes with: a part points at one owner, and at other
    parts of the same owner only.
    """

    rows: Mapping[str, TableMapping]
    fields: Mapping[tuple[str, str], FieldMapping]
    conditions: Mapping[tuple[str, str], Condition]
    revision: "SqlColumn[object]"
    owner: str

    @property
    def owners(self) -> Table:
        """The table of the owners."""
        return self.rows[self.owner].table

    @cached_property
    def parts(self) -> frozenset[str]:
        """The tables each row of which belongs to one owner."""
        return frozenset(
            table.name
            for table in self.owners.metadata.tables.values()
            if [column.nullable for column in _pointing(table, self.owners)] == [False]
        )

    @cached_property
    def types(self) -> Mapping[str, frozenset[str]]:
        """The types that a table's name stands for: those of its objects, else of what its rows come and go with."""
        found: dict[str, frozenset[str]] = {
            table.name: frozenset([self.owner])
            for table in self.owners.metadata.tables.values()
            if _pointing(table, self.owners)
        }
        served: dict[str, set[str]] = {}
        for named, rows in self.rows.items():
            served.setdefault(rows.table.name, set()).add(named)
        found |= {table: frozenset(types) for table, types in served.items()}
        for source in self.fields.values():
            if isinstance(source, Search):
                found[source.table.name] = found.get(source.table.name, frozenset()).union(source.kinds.values())
        return found


def _pointing(table: Table, target: Table) -> "list[SqlColumn[object]]":
    """Give the columns of a table that point at another."""
    return [key.parent for key in table.foreign_keys if key.column.table is target]
