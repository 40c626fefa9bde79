"""Declare types and fields: each has a description for clients and a mapping to tables for the engine."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, NamedTuple, TypeVar, dataclass_transform

import strawberry
from sqlalchemy import Column
from strawberry import UNSET
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from counterpoint.api.connections import PLURALS
from counterpoint.api.orderings import orderings_of
from counterpoint.engine import mapping
from counterpoint.store import models
from counterpoint.store.statement_kinds import ENTITY_KINDS
from counterpoint.store.table_html import PLAIN_TABLE_MARKUP

T = TypeVar("T", bound=type)
Attribute = Any
"""An attribute of a model, such as `models.Measure.text`: a column, which type checkers take for the column's value."""


class Argument(NamedTuple):
    """The type, description and default of a field's argument."""

    annotation: Any
    description: str
    default: Any = UNSET  # no default, because None would be printed as `= null`


PAGING = {
    "first": Argument(
        int | None,
        "The number of objects from the start of the list. The default is 20 if last is absent too. The maximum is "
        "100, unless the server has other settings. The default is never higher than the maximum.",
    ),
    "after": Argument(str | None, "Return only objects after this cursor."),
    "last": Argument(
        int | None,
        "The number of objects from the end of the list. It cannot be combined with first. The maximum is 100, unless "
        "the server has other settings.",
    ),
    "before": Argument(
        str | None,
        "Return only objects before this cursor. Without first, last and after, the page has the last 20 objects "
        "before the cursor.",
    ),
}


@dataclass_transform(kw_only_default=True)
def table_type(
    model: type[models.Base],
    *,
    description: str,
    key: Attribute = None,
    discriminator: Attribute = None,
    key_prefix: mapping.KeyPrefix | None = None,
) -> Callable[[T], T]:
    """Declare a class as a GraphQL type whose objects are rows of a model's table."""

    def declare(cls: T) -> T:
        declared: Any = strawberry.type(cls, description=description)
        declared.__table_mapping__ = mapping.TableMapping(
            models.sql_table(model), key and key.key, discriminator and discriminator.key, key_prefix
        )
        return declared  # type: ignore[no-any-return]  # strawberry.type returns the class

    return declare


def mapped_field(field_mapping: mapping.FieldMapping, description: str, arguments: Mapping[str, Argument] = {}) -> Any:
    """Declare a field with its mapping for the engine."""
    declared: StrawberryField = strawberry.field(description=description, metadata={"mapping": field_mapping})
    declared.arguments = [
        StrawberryArgument(name, None, StrawberryAnnotation(annotation), description=text, default=default)
        for name, (annotation, text, default) in arguments.items()
    ]
    return declared


def column(
    attribute: Attribute, description: str, *, default: Attribute = None, around: tuple[str, str] | None = None
) -> Any:
    """Declare a scalar field that reads a column of the object's own row.

    Where it is null, the field has the value of the column `default`, between the two texts of `around`.
    """
    return mapped_field(mapping.Column(attribute.key, default and default.key, around), description)


def inline_html(html: Attribute, text: Attribute) -> Any:
    """Declare a text as HTML: a column that is null where it equals the text."""
    return column(html, f"The same as {text.key.replace('_', ' ')}, as sanitized inline HTML.", default=text)


def table_html(html: Attribute, columns: Attribute, html_cells: Attribute, cells: Attribute, description: str) -> Any:
    """Declare the HTML of a table: a column that is null where the HTML follows from the cells."""
    markup = PLAIN_TABLE_MARKUP
    header = mapping.JoinedTexts(columns.key, (markup.between_columns,))
    body = mapping.JoinedTexts(html_cells.key, (markup.between_rows, markup.between_cells), default=cells.key)
    parts = (markup.before_columns, header, markup.before_cells, body, markup.after_cells)
    return mapped_field(mapping.Template(html.key, parts), description)


def referenced_object(foreign_key: Attribute | str, description: str) -> Any:
    """Declare a field that returns the object that a foreign key references."""
    name = foreign_key if isinstance(foreign_key, str) else foreign_key.key
    return mapped_field(mapping.ReferencedRow(name), description)


def source_location(article_key: str | None, description: str) -> Any:
    """Declare a field that returns the file and line where an object is stated.

    `article_key` is the foreign key to the article with the file's path and hash, or None for articles themselves.
    """
    line: mapping.Scalar = mapping.Constant(1) if article_key is None else mapping.Column("line")
    file: dict[str, mapping.Scalar] = {
        name: mapping.Column(name) if article_key is None else mapping.ReferencedColumn(article_key, name)
        for name in ("path", "sha256")
    }
    return mapped_field(mapping.EmbeddedObject({**file, "line": line}), description)


def child_list(
    *keys: Attribute | mapping.Relation, description: str, filters: Mapping[str, tuple[Argument, Attribute]] = {}
) -> Any:
    """Declare a list without pages, in reading order. `filters` maps names to an argument and the column it filters."""
    relations = tuple(key if isinstance(key, mapping.Relation) else relation(key) for key in keys)
    children = mapping.ChildList(relations, {name: attribute.key for name, (_, attribute) in filters.items()})
    return mapped_field(children, description, {name: argument for name, (argument, _) in filters.items()})


def relation(parent_column: Attribute, child_column: Attribute = None) -> mapping.Relation:
    """Return the relation of a parent to its children: their foreign key, or the two foreign keys of a join table."""
    return mapping.Relation(column_of(parent_column), None if child_column is None else column_of(child_column))


def key_prefix(foreign_key: Attribute, column: Attribute) -> mapping.KeyPrefix:
    """Return the part of a key before its slash: the column of the row that a foreign key references."""
    return mapping.KeyPrefix(foreign_key.key, column_of(column))


def column_of(attribute: Attribute) -> Column[Any]:
    """Return the column of a table that a model's attribute stands for."""
    name: str = attribute.key
    return models.sql_table(attribute.class_).c[name]


def all_objects(model: type[models.Base]) -> Any:
    """Declare a Relay connection to all objects of a type."""
    return _connection(model, f"All {PLURALS[model.__name__]}.", None)


def connection(parent_column: Attribute, description: str, child_column: Attribute = None) -> Any:
    """Declare a Relay connection to the children of the object."""
    return _connection(parent_column.class_, description, relation(parent_column, child_column))


def mentioning_articles(entity_id: Attribute) -> Any:
    """Declare a Relay connection to the articles that mention the entity, by its column in the table of mentions."""
    description = "The articles that mention it, newest first by default."
    return connection(entity_id, description, entity_id.class_.article_id)


def _connection(model: type[models.Base], description: str, of: mapping.Relation | None) -> Any:
    """Declare a connection with paging, filter, and the orderings of the model."""
    orderings = orderings_of(model)
    type_name = orderings.enum.__name__.removesuffix("Order")
    where: Any = Annotated[f"{type_name}Filter", strawberry.lazy("counterpoint.api.filters")]
    default = next(iter(orderings.enum))
    arguments = {
        **PAGING,
        "where": Argument(where | None, "Return only objects that match this filter."),
        "order_by": Argument(
            orderings.enum,
            "The order of the objects. A cursor is valid only in the order in which it was returned.",
            default,
        ),
    }
    return mapped_field(mapping.Connection(orderings.columns, of), description, arguments)


def lookup(slug: Attribute, alternatives: mapping.AlternativeKeys | None, description: str) -> Any:
    """Declare a field that finds one object by its slug, or by an alternative one."""
    arguments = {slug.key: Argument(str, "The slug of the object.")}
    return mapped_field(mapping.Lookup(slug.key, alternatives), description, arguments)


def entity_lookup(slug: Attribute) -> Any:
    """Declare a field that finds an entity by its slug, or by the slug of an alias."""
    description = f"The {_noun(slug.class_)} with this slug, or with an alias that has it, or null."
    return lookup(slug, alias_slugs(slug.class_), description)


def alias_slugs(model: type[models.Base]) -> mapping.AlternativeKeys | None:
    """Return the slugs of an entity's aliases; None for other models."""
    for kind in ENTITY_KINDS:
        if kind.model is model:
            columns = models.sql_table(kind.alias).c
            return mapping.AlternativeKeys(columns["slug"], columns[kind.foreign_key])
    return None


def alternative_keys(key: Attribute, foreign_key: Attribute) -> mapping.AlternativeKeys:
    """Return alternative keys by the columns of their table: the key, and the reference to the object."""
    return mapping.AlternativeKeys(column_of(key), column_of(foreign_key))


def entity_slug(slug: Attribute) -> Any:
    """Declare the slug of an entity."""
    noun, type_name = _noun(slug.class_), slug.class_.__name__
    return column(
        slug,
        f"Identifies the {noun} in URLs and in {type_name[0].lower()}{type_name[1:]}(slug:). It is derived "
        f"from the name: names with the same slug are the same {noun}.",
    )


def entity_name(name: Attribute) -> Any:
    """Declare the name of an entity."""
    return column(name, "The name as spelled in the newest article, unless `names.yaml` settles its spelling.")


def entity_aliases(aliases: Attribute) -> Any:
    """Declare the aliases of an entity."""
    return column(aliases, "Its other names by `names.yaml`, in the order of their slugs. Articles may use them.")


def _noun(model: type[models.Base]) -> str:
    """Return the name of a type in words, such as `policy area`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
