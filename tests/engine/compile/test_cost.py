"""A rejected operation names the field that costs most, and a page size with which it would be accepted."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
from graphql import Visitor, parse, print_ast, visit
from graphql.language import ast
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from counterpoint.engine.engine import Database, Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.errors import CostExceeded, PageSize
from support.argument_strategies import KnownValues
from support.database_helpers import SCHEMA, UNLIMITED_LIMITS
from support.operation_strategies import operations
from support.property_profiles import scale_examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.operation_strategies import Operation

LIMIT = 20_000
MAPPING = SCHEMA.mapping
VALUES = KnownValues(["a"], ["Article:a", "Party:a", "Table:a", "nothing"], ["A"], ["A"], {})


def prepare(document: str, variables: dict[str, Any], limit: int) -> int:
    """Plan an operation, which reads no database, and return its cost."""
    engine = Engine(
        SCHEMA.graphql,
        MAPPING,
        dialect_for(make_url("sqlite://")),
        cast("Database", None),
        replace(UNLIMITED_LIMITS, cost=limit),
    )
    return asyncio.run(engine.prepare(document, None, variables)).plan.cost


def reject(document: str, variables: dict[str, Any] | None = None, limit: int = LIMIT) -> CostExceeded:
    """Return the error of an operation that costs too much."""
    with pytest.raises(CostExceeded) as error:
        prepare(document, variables or {}, limit)
    return error.value


MEASURES = "{ nodes { measures { id } } }"
BLOCKS = "sections { blocks { __typename } }"
STATEMENTS = "sections { blocks { ... on Table { statements { id } } } }"
IDS = '"Article:a" ' * 100
NO_PAGE_SIZE = "No page size of a single field would fit: request fewer fields at once."

CASES = {
    "a field with pages": (
        "{ articles(first: 100) { nodes { parties { stances(first: 100) { nodes { id } } } } } }",
        "got 101100, expected at most 20000. The field articles.nodes.parties.stances costs most. "
        "`first: 18` would fit.",
    ),
    "a field without pages in one with pages": (
        f"{{ stances(first: 100) {{ nodes {{ article {{ {BLOCKS} parties {{ id }} }} }} }} "
        f"articles(first: 100) {{ edges {{ node {{ {STATEMENTS} }} }} }} }}",
        "got 123200, expected at most 20000. The field articles.edges.node.sections.blocks.statements costs most. "
        "`first: 7` in articles would fit.",
    ),
    "a page that is read from its end": (
        f"{{ parties(last: 50) {{ nodes {{ s: stances(last: 100) {MEASURES} }} }} }}",
        "got 55050, expected at most 20000. The field parties.nodes.s.nodes.measures costs most. "
        "`last: 36` in parties.nodes.s would fit.",
    ),
    "pages of the default size": (
        f"{{ parties {{ nodes {{ stances {{ nodes {{ article {{ points {{ id }} {BLOCKS} }} }} }} }} }} }}",
        "got 48420, expected at most 20000. The field parties.nodes.stances.nodes.article.sections.blocks costs most. "
        "`first: 8` in parties.nodes.stances would fit.",
    ),
    "hits of several types": (
        '{ search(query: "a", first: 100) { edges { node { '
        f"... on Party {{ stances(first: 99) {MEASURES} }} ... on Article {{ {BLOCKS} }} }} }} }} }}",
        "got 120000, expected at most 20000. The field search.edges.node.stances.nodes.measures costs most. "
        "`first: 8` in search.edges.node.stances would fit.",
    ),
    "many fields": (
        "".join(["{", *(f"k{at}: articles(first: 100) {{ nodes {{ parties {{ id }} }} }} " for at in range(30)), "}"]),
        f"got 33000, expected at most 20000. The field k0.nodes.parties costs most. {NO_PAGE_SIZE}",
    ),
    "no pages": (
        f"{{ nodes(ids: [{IDS}]) {{ ... on Article {{ {STATEMENTS} }} }} }}",
        f"got 111100, expected at most 20000. The field nodes.sections.blocks.statements costs most. {NO_PAGE_SIZE}",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rejection_names_the_costliest_field_and_a_page_size_that_fits(name: str) -> None:
    document, message = CASES[name]
    assert str(reject(document)) == f"The cost of an operation in rows exceeds the limit: {message}"


def test_page_before_a_cursor_is_made_smaller_by_last() -> None:
    document = "query ($cursor: String) { stances(before: $cursor) { nodes { measures { id } } } }"
    assert reject(document, {"cursor": "x"}, limit=100).page_size == PageSize("stances", "last", 9)
    assert reject(document, {"cursor": None}, limit=100).page_size == PageSize("stances", "first", 9)


def test_fragment_that_is_spread_at_several_places_is_read_once() -> None:
    """Without that, the time would be multiplied at each level: by the types of statements, and by the spreads."""
    spreads = "... on Table {{ statements {{ ...F{0} id ...F{0} }} }} ... on PointList {{ points {{ ...F{0} }} }}"
    fragments = "".join(
        f" fragment F{at} on Statement {{ section {{ blocks {{ {spreads.format(at + 1)} }} }} }}" for at in range(12)
    )
    document = f"{{ stances(first: 1) {{ nodes {{ ...F0 }} }} }}{fragments} fragment F12 on Statement {{ id }}"
    error = reject(document)
    assert error.requested == sum(100**level for level in range(13)) + sum(10 * 100**level for level in range(12))
    assert error.page_size is None


@settings(max_examples=scale_examples(10), deadline=None, suppress_health_check=list(HealthCheck))
@given(operation=operations(VALUES, depth=6), data=st.data())
def test_operation_with_the_suggested_page_size_is_accepted(operation: Operation, data: st.DataObject) -> None:
    for variables in operation.variables:
        cost = prepare(operation.document, variables, UNLIMITED_LIMITS.cost)
        if cost == 0:
            continue
        limit = data.draw(st.integers(0, cost - 1))
        error = reject(operation.document, variables, limit)
        assert error.requested == cost
        assert error.path
        if error.page_size:
            assert prepare(*set_page_size(operation.document, variables, error.page_size), limit) <= limit


def set_page_size(document: str, variables: dict[str, Any], page_size: PageSize) -> tuple[str, dict[str, Any]]:
    """Return the document and its variables with another page size of the fields at a response path."""
    tree = parse(document)
    fragments = {node.name.value: node for node in tree.definitions if isinstance(node, ast.FragmentDefinitionNode)}
    (operation,) = (node for node in tree.definitions if isinstance(node, ast.OperationDefinitionNode))
    nodes: list[Any] = [operation]
    for key in page_size.path.split("."):
        nodes = [field for node in nodes for field in iterate_fields(node, fragments) if response_key(field) == key]
    setter = _PageSizeSetter({*map(id, nodes)}, page_size)
    return print_ast(visit(tree, setter)), variables | setter.variables


class _PageSizeSetter(Visitor):
    """Sets the page size of some fields, which are given by their Python ids: in the document, or in a variable."""

    def __init__(self, ids: set[int], page_size: PageSize) -> None:
        super().__init__()
        self.ids = ids
        self.page_size = page_size
        self.variables: dict[str, int] = {}

    def enter_field(self, node: ast.FieldNode, *_: Any) -> ast.FieldNode | None:
        arguments = {argument.name.value: argument for argument in node.arguments or ()}
        old = arguments.get(self.page_size.argument)
        if id(node) not in self.ids:
            return None
        if old and isinstance(old.value, ast.VariableNode):
            self.variables[old.value.name.value] = self.page_size.size
            return None
        name, value = ast.NameNode(value=self.page_size.argument), ast.IntValueNode(value=str(self.page_size.size))
        arguments[self.page_size.argument] = ast.ArgumentNode(name=name, value=value)
        return replace(node, arguments=tuple(arguments.values()))


def iterate_fields(node: Any, fragments: dict[str, ast.FragmentDefinitionNode]) -> Iterator[ast.FieldNode]:
    """Yield the fields that a node selects, with those of its fragments."""
    for selection in node.selection_set.selections if node.selection_set else ():
        if isinstance(selection, ast.FieldNode):
            yield selection
        else:
            is_spread = isinstance(selection, ast.FragmentSpreadNode)
            yield from iterate_fields(fragments[selection.name.value] if is_spread else selection, fragments)


def response_key(field: ast.FieldNode) -> str:
    return (field.alias or field.name).value
