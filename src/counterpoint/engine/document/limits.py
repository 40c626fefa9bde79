"""How much one request may ask for: checked before anything is executed, on the document as it is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from counterpoint.engine.document.introspection import INTROSPECTION_FIELDS
from counterpoint.errors import LimitExceeded, RequestError


@dataclass(frozen=True)
class Limits:
    """The most of each that one request may ask for."""

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
    errors: int

    def check(self, document: DocumentNode) -> list[RequestError]:
        """Tell each limit that a document exceeds, fragments expanded."""
        measured = _DocumentMeasure(document)
        asked = [
            ("The depth of an operation", self.depth, measured.depth),
            ("The depth of introspection", self.introspection_depth, measured.introspection_depth),
            ("The number of aliases", self.aliases, measured.aliases),
            ("The number of fields of the query itself", self.root_fields, measured.root_fields),
            ("The number of directives", self.directives, measured.directives),
            ("The number of directives in one place", self.directives_in_one_place, measured.directives_in_one_place),
        ]
        return [LimitExceeded(what, limit, much) for what, limit, much in asked if much > limit]

    def check_variables(self, given: Mapping[str, Any]) -> None:
        """Raise LimitExceeded where the variables, as they came, hold too many values: coercing each takes time."""
        waiting: list[Any] = [given]
        number = 0
        while waiting:
            each = waiting.pop()
            if isinstance(each, dict | list):
                number += len(each)
                if number > self.variable_values:
                    raise LimitExceeded("The number of values in the variables", self.variable_values)
                waiting.extend(each.values() if isinstance(each, dict) else each)


@dataclass
class _SelectionMeasure:
    """What a selection set amounts to, fragments expanded."""

    fields: int = 0
    aliases: int = 0
    depth: int = 0
    introspection_depth: int = 0

    def add(self, other: "_SelectionMeasure") -> None:
        """Put another selection set beside this one."""
        self.fields += other.fields
        self.aliases += other.aliases
        self.depth = max(self.depth, other.depth)
        self.introspection_depth = max(self.introspection_depth, other.introspection_depth)


@dataclass
class _DocumentMeasure:
    """Measures the largest operation of a document. Each fragment is measured once, however often it is spread."""

    document: DocumentNode
    depth: int = 0
    introspection_depth: int = 0
    aliases: int = 0
    root_fields: int = 0
    directives: int = 0
    directives_in_one_place: int = 0
    _known: dict[str, _SelectionMeasure] = field(default_factory=dict)

    def __post_init__(self) -> None:
        definitions = self.document.definitions
        self._fragments = {each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)}
        for definition in definitions:
            if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
                self._count_directives(len(definition.directives or ()))
                for variable in definition.variable_definitions or ():
                    self._count_directives(len(variable.directives or ()))
                for selection in _selections(definition.selection_set):
                    self._count_directives(len(selection.directives or ()))
            if isinstance(definition, OperationDefinitionNode):
                whole = self._extent(definition.selection_set)
                self.depth = max(self.depth, whole.depth)
                self.introspection_depth = max(self.introspection_depth, whole.introspection_depth)
                self.aliases = max(self.aliases, whole.aliases)
                self.root_fields = max(self.root_fields, whole.fields)

    def _count_directives(self, number: int) -> None:
        self.directives += number
        self.directives_in_one_place = max(self.directives_in_one_place, number)

    def _extent(self, selections: SelectionSetNode | None) -> _SelectionMeasure:
        extent = _SelectionMeasure()
        for selection in selections.selections if selections else ():
            extent.add(self._selected(selection))
        return extent

    def _selected(self, selection: SelectionNode) -> _SelectionMeasure:
        match selection:
            case FieldNode():
                below = self._extent(selection.selection_set)
                introspects = selection.name.value in INTROSPECTION_FIELDS
                return _SelectionMeasure(
                    fields=1,
                    aliases=below.aliases + (selection.alias is not None),
                    depth=1 if introspects else below.depth + 1,
                    introspection_depth=below.depth + 1 if introspects else below.introspection_depth,
                )
            case InlineFragmentNode():
                return self._extent(selection.selection_set)
            case FragmentSpreadNode():
                return self._fragment(selection.name.value)
            case _:
                return _SelectionMeasure()

    def _fragment(self, name: str) -> _SelectionMeasure:
        if name not in self._known:
            # A fragment that spreads itself is for validation to refuse.
            self._known[name] = _SelectionMeasure()
            if name in self._fragments:
                self._known[name] = self._extent(self._fragments[name].selection_set)
        return self._known[name]


def _selections(selections: SelectionSetNode | None) -> Iterator[SelectionNode]:
    waiting: list[Iterable[SelectionNode]] = [selections.selections] if selections else []
    while waiting:
        for selection in waiting.pop():
            yield selection
            below = getattr(selection, "selection_set", None)
            if below:
                waiting.append(below.selections)
