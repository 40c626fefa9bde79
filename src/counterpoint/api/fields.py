"""How types and fields are declared: a description for people, and beside it the source that the engine reads."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, NamedTuple, TypeVar, dataclass_transform

import strawberry
from strawberry import UNSET
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from counterpoint.api.columns import column_of
from counterpoint.api.connections import PLURALS
from counterpoint.api.orderings import Orderings
from counterpoint.engine import mapping
from counterpoint.store import models

T = TypeVar("T", bound=type)
Attribute = Any
"""A model's attribute (`models.Measure.text`): typed as the value, it is a column."""


@dataclass_transform(kw_only_default=True)
def table_type(
    model: type[models.Base], *, description: str, key: Attribute = None, discriminator: Attribute = None
) -> Callable[[T], T]:
    """Make a class a GraphQL type whose objects are rows of a model's table."""

    def declare(cls: T) -> T:
        declared: Any = strawberry.type(cls, description=description)
        declared.__rows__ = mapping.TableMapping(
            models.sql_table(model), key and key.key, discriminator and discriminator.key
        )
        return declared  # type: ignore[no-any-return]  # the decorator hands the class back

    return declare


def column(attribute: Attribute, *, description: str) -> Any:
    """Declare a scalar of the object's own row."""
    return mapped_field(mapping.Column(attribute.key), description)


def global_id() -> Any:
    """Declare the global id."""
    return mapped_field(
        mapping.GlobalId(), "The global id, for node(id:). It begins with the type's name; what follows is opaque."
    )


def referenced_object(foreign_key: Attribute | str, *, description: str) -> Any:
    """Declare the one object that a foreign key points at."""
    name = foreign_key if isinstance(foreign_key, str) else foreign_key.key
    return mapped_field(mapping.ReferencedRow(name), description)


def source_location(article: str | None, *, description: str) -> Any:
    """Declare where a row is written: a line of the file of the article that it points at, or is."""
    line: mapping.Scalar = mapping.Constant(1) if article is None else mapping.Column("line")
    file: dict[str, mapping.Scalar] = {
        name: mapping.Column(name) if article is None else mapping.ReferencedColumn(article, name)
        for name in ("path", "sha256")
    }
    return mapped_field(mapping.EmbeddedObject({**file, "line": line}), description)


def child_list(
    *links: mapping.Relation,
    description: str,
    narrowed_by: "Mapping[str, tuple[Argument, Attribute]] | None" = None,
) -> Any:
    """Declare a list that one article bounds, in reading order."""
    narrowed_by = narrowed_by or {}
    source = mapping.ChildList(links, {name: attribute.key for name, (_, attribute) in narrowed_by.items()})
    return mapped_field(source, description, {name: argument for name, (argument, _) in narrowed_by.items()})


def link(near: Attribute, far: Attribute = None) -> mapping.Relation:
    """Tell how listed rows belong to their parent: by their own column, or through a table between."""
    return mapping.Relation(column_of(near), None if far is None else column_of(far))


def connection(orders: Orderings, *, description: str, of: mapping.Relation | None = None) -> Any:
    """Declare a list that grows with the number of articles, served in pages, filtered and ordered."""
    item = orders.enum.__name__.removesuffix("Order")
    where: Any = Annotated[f"{item}Filter", strawberry.lazy("counterpoint.api.filters")]
    default = next(iter(orders.enum))
    arguments = {
        **PAGING,
        "where": Argument(where | None, "Only those that match."),
        "order_by": Argument(
            orders.enum, "The order. A cursor is good only for the order that it comes from.", default
        ),
    }
    return mapped_field(mapping.Connection(orders.columns, of), description, arguments)


def counts(name: str, keys: Mapping[str, tuple[mapping.FacetKey, str]], *, description: str) -> Any:
    """Declare how many of a connection's objects there are by what they point at."""
    values = {value: strawberry.enum_value(value, description=text) for value, (_, text) in keys.items()}
    enum: Any = Enum(f"{name}CountBy", values)  # type: ignore[misc]  # its members are data
    strawberry.enum(enum, description=f"What {PLURALS[name]} can be counted by.")
    source = mapping.Facets({value: key for value, (key, _) in keys.items()})
    return mapped_field(source, description, {"by": Argument(enum, "What to count by.")})


def lookup(attribute: Attribute, *, description: str) -> Any:
    """Declare the one object with this value in a unique column, the argument of the column's name."""
    argument = Argument(str, f"Its {attribute.key}.")
    return mapped_field(mapping.Lookup(attribute.key), description, {attribute.key: argument})


def by_id(*, description: str) -> Any:
    """Declare the object with a global id."""
    return mapped_field(mapping.NodeById(), description, {"id": Argument(strawberry.ID, "The id.")})


def by_ids(*, description: str) -> Any:
    """Declare the objects with some global ids."""
    return mapped_field(mapping.NodesByIds(), description, {"ids": Argument(list[strawberry.ID], "The ids.")})


def single(*, description: str) -> Any:
    """Declare the only row of a table."""
    return mapped_field(mapping.SingletonRow(), description)


class Argument(NamedTuple):
    """An argument's type, its description, and its default if it has one; None would be printed as `= null`."""

    annotation: Any
    description: str
    default: Any = UNSET


PAGING = {
    "first": Argument(
        int | None,
        "How many from the start: 20 if neither first nor last is given, and at most 100, unless the server is set "
        "otherwise.",
    ),
    "after": Argument(str | None, "Only what follows this cursor."),
    "last": Argument(
        int | None,
        "How many from the end; not together with first. At most 100, unless the server is set otherwise.",
    ),
    "before": Argument(
        str | None, "Only what precedes this cursor. Given alone, the page is the one that ends right before it."
    ),
}


def mapped_field(
    source: mapping.FieldMapping, description: str, arguments: Mapping[str, Argument] | None = None
) -> Any:
    """Declare a field by its source."""
    declared: StrawberryField = strawberry.field(description=description, metadata={"source": source})
    declared.arguments = [
        StrawberryArgument(name, None, StrawberryAnnotation(annotation), description=text, default=default)
        for name, (annotation, text, default) in (arguments or {}).items()
    ]
    return declared
