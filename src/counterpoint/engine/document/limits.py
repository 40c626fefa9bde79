"""The limits of one operation. They are checked on the document and its variables before execution."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql.language import ast

from counterpoint.engine.document.introspection import INTROSPECTION_FIELDS
from counterpoint.errors import LimitExceeded, RequestError


@dataclass(frozen=True)
class Limits:
    """Limits of one operation. The settings `COUNTERPOINT_LIMIT_...` define them and their defaults."""

    tokens: int
    depth: int
    introspection_depth: int
    introspection_values: int
    aliases: int
    directives: int
    directives_in_one_place: int
    root_fields: int
    page_size: int
    node_ids: int
    cost: int
    variable_values: int
    filter_conditions: int
    filter_depth: int
    sql_chars: int
    search_chars: int
    search_hits: int
    errors: int

    def find_exceeded(self, document: ast.DocumentNode) -> list[RequestError]:
        """Return an error for each limit that a document exceeds, with its fragments expanded."""
        measure = _DocumentMeasure(document)
        checks = [
            ("The depth of an operation", self.depth, measure.depth),
            ("The depth of introspection", self.introspection_depth, measure.introspection_depth),
            ("The number of aliases", self.aliases, measure.aliases),
            ("The number of root fields", self.root_fields, measure.root_fields),
            ("The number of directives", self.directives, measure.directives),
            ("The number of directives in one place", self.directives_in_one_place, measure.directives_in_one_place),
        ]
        return [LimitExceeded(quantity, limit, value) for quantity, limit, value in checks if value > limit]

    def check_variables(self, raw_variables: Mapping[str, Any]) -> None:
        """Raise LimitExceeded if the variables hold too many values, because coercing each value takes time."""
        unvisited: list[Any] = [raw_variables]
        count = 0
        while unvisited:
            container = unvisited.pop()
            count += len(container)
            if count > self.variable_values:
                raise LimitExceeded("The number of values in the variables", self.variable_values)
            values = container.values() if isinstance(container, dict) else container
            unvisited += [value for value in values if isinstance(value, (dict, list))]


@dataclass
class _SelectionMeasure:
    """The size of a selection set with its fragments expanded."""

    top_level_fields: int = 0
    aliases: int = 0
    depth: int = 0
    introspection_depth: int = 0

    def add(self, other: "_SelectionMeasure") -> None:
        """Add the size of another selection on the same level."""
        self.top_level_fields += other.top_level_fields
        self.aliases += other.aliases
        self.depth = max(self.depth, other.depth)
        self.introspection_depth = max(self.introspection_depth, other.introspection_depth)


class _DocumentMeasure:
    """The size of a document: its directives, and the maximum over its operations of each other quantity."""

    def __init__(self, document: ast.DocumentNode) -> None:
        """Measure a document. Each fragment is measured once, however often it is spread."""
        definitions = document.definitions
        fragments = (node for node in definitions if isinstance(node, ast.FragmentDefinitionNode))
        self._fragments = {fragment.name.value: fragment for fragment in fragments}
        self._fragment_measures: dict[str, _SelectionMeasure] = {}
        operations = [
            self._measure(node.selection_set) for node in definitions if isinstance(node, ast.OperationDefinitionNode)
        ]
        self.depth = max((operation.depth for operation in operations), default=0)
        self.introspection_depth = max((operation.introspection_depth for operation in operations), default=0)
        self.aliases = max((operation.aliases for operation in operations), default=0)
        self.root_fields = max((operation.top_level_fields for operation in operations), default=0)
        counts = [len(node.directives or ()) for definition in definitions for node in _directive_places(definition)]
        self.directives = sum(counts)
        self.directives_in_one_place = max(counts, default=0)

    def _measure(self, selections: ast.SelectionSetNode | None) -> _SelectionMeasure:
        measure = _SelectionMeasure()
        for selection in selections.selections if selections else ():
            measure.add(self._measure_selection(selection))
        return measure

    def _measure_selection(self, selection: ast.SelectionNode) -> _SelectionMeasure:
        match selection:
            case ast.FieldNode():
                subfields = self._measure(selection.selection_set)
                is_introspection = selection.name.value in INTROSPECTION_FIELDS
                depth = subfields.depth + 1
                return _SelectionMeasure(
                    top_level_fields=1,
                    aliases=subfields.aliases + (selection.alias is not None),
                    depth=1 if is_introspection else depth,
                    introspection_depth=depth if is_introspection else subfields.introspection_depth,
                )
            case ast.InlineFragmentNode():
                return self._measure(selection.selection_set)
            case ast.FragmentSpreadNode():
                return self._measure_fragment(selection.name.value)
            case _:
                return _SelectionMeasure()

    def _measure_fragment(self, name: str) -> _SelectionMeasure:
        if name not in self._fragment_measures:
            # Stop at a fragment that spreads itself; validation rejects it later.
            self._fragment_measures[name] = _SelectionMeasure()
            if name in self._fragments:
                self._fragment_measures[name] = self._measure(self._fragments[name].selection_set)
        return self._fragment_measures[name]


def _directive_places(
    definition: ast.DefinitionNode,
) -> Iterator[ast.ExecutableDefinitionNode | ast.VariableDefinitionNode | ast.SelectionNode]:
    """Yield the nodes of an operation or a fragment that may carry directives."""
    if not isinstance(definition, ast.ExecutableDefinitionNode):
        return
    yield definition
    yield from definition.variable_definitions or ()
    unvisited = [definition.selection_set]
    while unvisited:
        for selection in unvisited.pop().selections:
            yield selection
            if selection_set := getattr(selection, "selection_set", None):
                unvisited.append(selection_set)
