"""The mapping of facets: which column the counts of a connection are grouped by, and what identifies a group."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column as SqlColumn


@dataclass(frozen=True)
class EnumFacet:
    """Groups by a column with the names of enum values. The label is the name in words."""

    column: "SqlColumn[object]"


@dataclass(frozen=True)
class YearFacet:
    """Groups by the year of a date. Objects without a date are left out."""

    column: "SqlColumn[object]"


@dataclass(frozen=True)
class TextFacet:
    """Groups by a folded text. Key and label are the text in `text_column`, in the first row by `order_column`.

    With `counted_column`, which references the counted objects, all columns belong to a join table. With `foreign_key`,
    they belong to the table that this column of the counted objects references; objects without a reference are left
    out.
    """

    column: "SqlColumn[object]"
    text_column: str
    order_column: str
    counted_column: "SqlColumn[object] | None" = None
    foreign_key: str | None = None


@dataclass(frozen=True)
class ReferenceFacet:
    """Groups by a foreign key. Key and label are columns of the referenced table; `key_prefix` precedes the key.

    With `counted_column`, which references the counted objects, the foreign key belongs to a join table.
    """

    column: "SqlColumn[object]"
    key_column: str
    label_column: str
    key_prefix: str = ""
    counted_column: "SqlColumn[object] | None" = None


FacetKey = EnumFacet | YearFacet | TextFacet | ReferenceFacet


@dataclass(frozen=True)
class Facets:
    """Counts of a connection's objects, grouped as the argument `by` selects."""

    by: Mapping[str, FacetKey]
