"""The contract with front ends, `contract.graphql`, and what is served of it."""

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
    UnionTypeDefinitionNode,
    parse,
    print_ast,
)

from support.database_helpers import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTRACT = parse(Path(__file__).with_name("contract.graphql").read_text(encoding="utf-8"))
SERVED = parse(SCHEMA.as_str())

# What is served beyond the contract, as the changelog tells.
ADDED: set[str] = set()

Described = (
    EnumTypeDefinitionNode
    | InputObjectTypeDefinitionNode
    | InterfaceTypeDefinitionNode
    | ObjectTypeDefinitionNode
    | ScalarTypeDefinitionNode
    | UnionTypeDefinitionNode
)


def shapes(document: DocumentNode) -> dict[str, str]:
    """Give what each element is, by its coordinate, such as `Query.article(slug)`."""
    return {coordinate: shape for coordinate, shape, _ in elements(document)}


def elements(document: DocumentNode) -> Iterator[tuple[str, str, str | None]]:
    """Give each element: its coordinate, what it is, its description."""
    for node in document.definitions:
        assert isinstance(node, Described), node
        yield node.name.value, _shape(node), _description(node)
        if isinstance(node, EnumTypeDefinitionNode):
            for value in node.values or ():
                yield f"{node.name.value}.{value.name.value}", "", _description(value)
        elif isinstance(node, InputObjectTypeDefinitionNode | InterfaceTypeDefinitionNode | ObjectTypeDefinitionNode):
            for field in node.fields or ():
                yield from _field(f"{node.name.value}.{field.name.value}", field)


def _shape(node: Described) -> str:
    match node:
        case InterfaceTypeDefinitionNode() | ObjectTypeDefinitionNode():
            related = node.interfaces
        case UnionTypeDefinitionNode():
            related = node.types
        case _:
            related = ()
    return f"{node.kind} {sorted(each.name.value for each in related or ())}"


def _field(
    coordinate: str, node: FieldDefinitionNode | InputValueDefinitionNode
) -> Iterator[tuple[str, str, str | None]]:
    shape = print_ast(node.type)
    if isinstance(node, InputValueDefinitionNode) and node.default_value:
        shape += f" = {print_ast(node.default_value)}"
    yield coordinate, shape, _description(node)
    if isinstance(node, FieldDefinitionNode):
        for argument in node.arguments or ():
            for _, of_argument, description in _field("", argument):
                yield f"{coordinate}({argument.name.value})", of_argument, description


def _description(
    node: Described | EnumValueDefinitionNode | FieldDefinitionNode | InputValueDefinitionNode,
) -> str | None:
    return node.description.value if node.description else None


def test_whatever_is_served_is_what_was_promised() -> None:
    served = shapes(SERVED)
    promised = shapes(CONTRACT)
    assert {coordinate: served.get(coordinate) for coordinate in promised} == promised


def test_nothing_is_served_that_was_not_promised() -> None:
    assert shapes(SERVED).keys() - shapes(CONTRACT).keys() == ADDED


def test_every_element_is_described() -> None:
    assert [coordinate for coordinate, _, description in elements(SERVED) if not description] == []


def test_pages_say_what_is_on_them() -> None:
    described = {coordinate: description for coordinate, _, description in elements(SERVED)}
    assert described["PolicyAreaConnection"] == "A page of policy areas."
    assert described["PolicyAreaConnection.edges"] == "The policy areas with their cursors."
    assert described["StanceConnection.nodes"] == "The stances."
    assert described["StanceEdge"] == "One of the stances on a page."
    assert not [each for each in described.values() if each and "{" in each]
