"""The published schema keeps the contract with front ends, `contract.graphql`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    SchemaDefinitionNode,
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

from counterpoint.api.schema import DESCRIPTION
from support.database_helpers import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT = parse(Path(__file__).with_name("contract.graphql").read_text(encoding="utf-8"))
PUBLISHED = parse(SCHEMA.print_sdl())

# Elements that the published schema adds to the contract. The changelog lists them.
ADDED: set[str] = set()

TypeDefinition = (
    EnumTypeDefinitionNode
    | InputObjectTypeDefinitionNode
    | InterfaceTypeDefinitionNode
    | ObjectTypeDefinitionNode
    | ScalarTypeDefinitionNode
    | UnionTypeDefinitionNode
)


def shapes(document: DocumentNode) -> dict[str, str]:
    """Return the shape of each element by its schema coordinate, such as `Query.article(slug)`."""
    return {coordinate: shape for coordinate, shape, _ in elements(document)}


def elements(document: DocumentNode) -> Iterator[tuple[str, str, str | None]]:
    """Yield the schema coordinate, shape and description of each element."""
    for node in document.definitions:
        if isinstance(node, SchemaDefinitionNode):
            continue  # It has only a description, because the root type has its default name.
        assert isinstance(node, TypeDefinition), node
        yield node.name.value, _shape(node), _description(node)
        if isinstance(node, EnumTypeDefinitionNode):
            for value in node.values or ():
                yield f"{node.name.value}.{value.name.value}", "", _description(value)
        elif isinstance(node, InputObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode):
            for field in node.fields or ():
                yield from _field(f"{node.name.value}.{field.name.value}", field)


def _shape(node: TypeDefinition) -> str:
    match node:
        case InterfaceTypeDefinitionNode() | ObjectTypeDefinitionNode():
            related = node.interfaces
        case UnionTypeDefinitionNode():
            related = node.types
        case _:
            related = ()
    directives = "".join(f" {print_ast(directive)}" for directive in node.directives or ())
    return f"{node.kind} {sorted(type_node.name.value for type_node in related or ())}{directives}"


def _field(
    coordinate: str, node: FieldDefinitionNode | InputValueDefinitionNode
) -> Iterator[tuple[str, str, str | None]]:
    shape = print_ast(node.type)
    if isinstance(node, InputValueDefinitionNode) and node.default_value:
        shape += f" = {print_ast(node.default_value)}"
    yield coordinate, shape, _description(node)
    if isinstance(node, FieldDefinitionNode):
        for argument in node.arguments or ():
            for _, argument_shape, description in _field("", argument):
                yield f"{coordinate}({argument.name.value})", argument_shape, description


def _description(
    node: TypeDefinition | EnumValueDefinitionNode | FieldDefinitionNode | InputValueDefinitionNode,
) -> str | None:
    return node.description.value if node.description else None


def test_schema_contains_the_contract() -> None:
    published = shapes(PUBLISHED)
    contract = shapes(CONTRACT)
    assert {coordinate: published.get(coordinate) for coordinate in contract} == contract


def test_schema_adds_only_listed_elements() -> None:
    assert shapes(PUBLISHED).keys() - shapes(CONTRACT).keys() == ADDED


def test_every_element_has_a_description() -> None:
    assert [coordinate for coordinate, _, description in elements(PUBLISHED) if not description] == []


def test_published_schema_begins_with_the_introduction() -> None:
    (definition,) = (node for node in PUBLISHED.definitions if isinstance(node, SchemaDefinitionNode))
    assert definition.description
    assert definition.description.value == DESCRIPTION.strip()


def test_descriptions_of_connections_name_their_objects() -> None:
    descriptions = {coordinate: description for coordinate, _, description in elements(PUBLISHED)}
    assert descriptions["PolicyAreaConnection"] == "A page of policy areas."
    assert descriptions["PolicyAreaConnection.edges"] == "The policy areas with their cursors."
    assert descriptions["StanceConnection.nodes"] == "The stances."
    assert descriptions["StanceEdge"] == "One of the stances on a page."
    assert not [text for text in descriptions.values() if text and "{" in text]
