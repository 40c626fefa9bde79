"""Mappings: the table, column or relation that a GraphQL type, field or filter is compiled to.

A type with rows of its own has a `TableMapping`. Each field has one of the field mappings below. Columns of the
object's own row are given by name, so that an interface declares a field once for all its types.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Column as SqlColumn
from sqlalchemy import Table

from counterpoint.engine.facet_mapping import Facets
from counterpoint.engine.search_mapping import Search


@dataclass(frozen=True)
class KeyPrefix:
    """The part of a key before its first slash: the unique `column` of the row that `foreign_key` references."""

    foreign_key: str
    column: "SqlColumn[object]"


@dataclass(frozen=True)
class TableMapping:
    """The table that holds the objects of one type.

    `key` is the column whose value follows the type's name in the global id; without it, objects have no id. The key
    has an index, or its `key_prefix` leads to the row. `discriminator` is the column that names the type, if the table
    holds several types.
    """

    table: Table
    key: str | None = None
    discriminator: str | None = None
    key_prefix: KeyPrefix | None = None


@dataclass(frozen=True)
class Column:
    """A scalar from a column of the object's own row.

    Where it is null, it comes from the column `default`, between the two texts of `around`.
    """

    name: str
    default: str | None = None
    around: tuple[str, str] | None = None


@dataclass(frozen=True)
class JoinedTexts:
    """The texts in a JSON array, or in an array of such arrays, joined by a separator for each level.

    The array is in the column `name`, or in `default` where that is null. The JSON has a space after each comma.
    """

    name: str
    separators: tuple[str, ...]
    default: str | None = None


@dataclass(frozen=True)
class Template:
    """A scalar from a column of the object's own row. Where the column is null, the parts are concatenated."""

    name: str
    parts: tuple[str | JoinedTexts, ...]


@dataclass(frozen=True)
class GlobalId:
    """The global id: the type's name, a colon, and the key."""


@dataclass(frozen=True)
class Constant:
    """The same number for every object."""

    value: int


@dataclass(frozen=True)
class ReferencedRow:
    """The object that a foreign key of the row references."""

    foreign_key: str


@dataclass(frozen=True)
class ReferencedColumn:
    """A scalar from the row that a foreign key of the object's row references."""

    foreign_key: str
    name: str


@dataclass(frozen=True)
class EmbeddedObject:
    """An object of a type without a table, built from the same row."""

    fields: "Mapping[str, Scalar]"


Scalar = Column | Template | Constant | GlobalId | ReferencedColumn


@dataclass(frozen=True)
class Relation:
    """A one-to-many or many-to-many relation from a parent to its children.

    `parent_column` holds the parent's id. It is a column of the child's table, or of a join table whose `child_column`
    holds the child's id.
    """

    parent_column: "SqlColumn[object]"
    child_column: "SqlColumn[object] | None" = None

    @property
    def child_table(self) -> Table:
        """The table of the children."""
        if self.child_column is None:
            return self.parent_column.table
        return referenced_table(self.parent_column.table, self.child_column.name)

    @property
    def links_peers(self) -> bool:
        """Whether parents and children are rows of one table, linked by a join table."""
        if self.child_column is None:
            return False
        return referenced_table(self.parent_column.table, self.parent_column.name) is self.child_table


@dataclass(frozen=True)
class ChildList:
    """All children of the object, ordered by their `position`: one relation for each table that holds some.

    `argument_columns` maps the field's arguments to the columns that they filter by equality.
    """

    relations: tuple[Relation, ...]
    argument_columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RankedKey:
    """A unique key of a table and its rank there, an integer in the same order of which other tables have copies."""

    key: "SqlColumn[object]"
    rank: "SqlColumn[object]"


@dataclass(frozen=True)
class Order:
    """An ordering by columns that together are unique, all in one direction.

    With `ranked_key`, the first column holds a copy of its rank. Cursors then contain the key, because ranks change.
    """

    columns: "tuple[SqlColumn[object], ...]"
    descending: bool = False
    ranked_key: RankedKey | None = None

    @property
    def cursor_columns(self) -> "tuple[SqlColumn[object], ...]":
        """The columns whose values cursors contain."""
        return (self.ranked_key.key, *self.columns[1:]) if self.ranked_key else self.columns


@dataclass(frozen=True)
class Connection:
    """A Relay connection. With `relation`, it contains the children of the object; without, all objects of the type.

    `orders` maps the values of the argument `orderBy`; the first is the default.
    """

    orders: Mapping[str, Order]
    relation: Relation | None = None


@dataclass(frozen=True)
class AlternativeKeys:
    """Further unique values that identify a row, beside a unique column of its own, which takes precedence.

    `column` holds the values and `foreign_key` references the row. Both are columns of one other table.
    """

    column: "SqlColumn[object]"
    foreign_key: "SqlColumn[object]"


@dataclass(frozen=True)
class Lookup:
    """The object whose unique column equals the argument of the same name, or null.

    With `alternatives`, the argument may also be one of the object's alternative keys.
    """

    column: str
    alternatives: AlternativeKeys | None = None


@dataclass(frozen=True)
class NodeById:
    """The object with the global id in the argument `id`, or null."""


@dataclass(frozen=True)
class NodesByIds:
    """The objects with the global ids in the argument `ids`, in their order, with null for an unknown id."""


@dataclass(frozen=True)
class SingletonRow:
    """The only row of the type's table."""


@dataclass(frozen=True)
class InList:
    """A filter by a list of values: the column equals one of them.

    `fold` normalizes the values before they are compared. `unique`: no two rows have the same value. With
    `alternatives`, the values may also be alternative keys of the row.
    """

    column: str
    fold: Callable[[str], str] | None = None
    unique: bool = False
    alternatives: AlternativeKeys | None = None


@dataclass(frozen=True)
class ToManyInList:
    """A filter by a list of values: the column of at least one child row equals one of them."""

    parent_column: "SqlColumn[object]"
    values: InList


@dataclass(frozen=True)
class FoldedText:
    """A TextFilter on a folded text, which is stored as an indexed prefix in `column` and the rest in `rest_column`.

    `split` folds a text and splits it in the same way. Without `rest_column`, `column` holds the whole text.
    """

    column: str
    rest_column: str | None
    split: Callable[[str], tuple[str, str]]


@dataclass(frozen=True)
class DateRange:
    """A DateFilter on a column."""

    column: str


@dataclass(frozen=True)
class ToOne:
    """A filter on the object that a foreign key references."""

    foreign_key: str


@dataclass(frozen=True)
class ToMany:
    """A filter that at least one child must match."""

    relation: Relation


Condition = InList | ToManyInList | FoldedText | DateRange | ToOne | ToMany

RootFieldMapping = Lookup | Search | NodeById | NodesByIds | SingletonRow
FieldMapping = Scalar | ReferencedRow | EmbeddedObject | ChildList | Connection | Facets | RootFieldMapping


def referenced_table(table: Table, foreign_key: str) -> Table:
    """Return the table that a foreign key references."""
    (reference,) = table.c[foreign_key].foreign_keys
    return reference.column.table
