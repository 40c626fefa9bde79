"""An operation of a document as the compiler reads it: fields merged for a concrete type, arguments, variables.

A plan serves every request whose variables have the same shape. What the compiler looks at while it compiles, the
shape, is remembered as features of the variables; what it only passes on becomes a slot.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, partial
from itertools import count
from typing import Any, TypeVar

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLArgument,
    GraphQLDirective,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    GraphQLUnionType,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    is_non_null_type,
)
from graphql.execution.values import VariableValues
from graphql.pyutils import Undefined
from graphql.utilities.coerce_input_value import coerce_default_value, coerce_input_literal

from counterpoint.errors import BadUserInput

T = TypeVar("T", bound=Hashable)

Fields = dict[str, list[FieldNode]]
"""The fields selected on one concrete type: those of one response key stand together."""

Guard = Callable[["Variables"], Hashable]
"""Something about variables on which the shape of a statement depends."""


class Variables(VariableValues):
    """Coerced variables, and what has been made of them: each is made once a request."""

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """The values of literals with variables in them, by their node's id, and those of cursors."""
        return {}


@dataclass(frozen=True)
class Argument:
    """The value of an argument: known from the document, or known when variables are."""

    definition: GraphQLArgument
    node: ValueNode | None

    @property
    def is_constant(self) -> bool:
        """Whether no variable has a part in it."""
        return self.node is None or not _has_variable(self.node)

    def value(self, variables: Variables) -> Any:
        """Give the coerced value; None where it is left out and has no default."""
        node = self.node
        if isinstance(node, VariableNode):
            value = variables.coerced.get(node.name.value, Undefined)
        elif node is None:
            value = Undefined
        else:
            value = self._of_literal(node, variables)
        if value is Undefined:
            value = coerce_default_value(self.definition)
        if isinstance(value, Enum):
            return value.value
        if value is None and is_non_null_type(self.definition.type):
            raise BadUserInput("An argument gets null from a variable, but its type allows none.")
        return None if value is Undefined else value

    def _of_literal(self, node: ValueNode, variables: Variables) -> Any:
        found = variables.memo
        if id(node) not in found:
            found[id(node)] = coerce_input_literal(node, self.definition.type, variables)
        if found[id(node)] is Undefined:
            raise BadUserInput("An argument gets null from a variable, but its type allows none.")
        return found[id(node)]


def _has_variable(node: ValueNode) -> bool:
    match node:
        case VariableNode():
            return True
        case ListValueNode():
            return any(_has_variable(value) for value in node.values)
        case ObjectValueNode():
            return any(_has_variable(member.value) for member in node.fields)
        case _:
            return False


@dataclass(eq=False)
class Operation:
    """One operation of a valid document, with the features that its plans have been found to depend on.

    `text` is the whole document's. `number` is of no other operation: a plan that is known by it does not keep the
    document in memory.
    """

    schema: GraphQLSchema
    text: str
    node: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    features: dict[Hashable, Guard] = field(default_factory=dict)
    number: int = field(default_factory=count().__next__)

    def shape(self, variables: Variables) -> tuple[Hashable, ...]:
        """Tell apart the variables that need another plan."""
        return tuple(feature(variables) for feature in self.features.values())


class SelectionReader:
    """Reads an operation for one compilation: what it looks at in the variables becomes a feature."""

    def __init__(self, operation: Operation, variables: Variables) -> None:
        """Read an operation under these variables."""
        self.operation = operation
        self.schema = operation.schema
        self._variables = variables

    def specialize_on(self, argument: Argument, feature: Callable[[Any], T], kind: str = "value") -> T:
        """Look at an argument's value; if variables have a part in it, the plan depends on what was seen."""
        if not argument.is_constant:
            key = (kind, id(argument.node))
            self.operation.features.setdefault(key, partial(_guard_value, feature, argument))
        return feature(argument.value(self._variables))

    def value_unguarded(self, argument: Argument) -> Any:
        """Give an argument's value in this compilation; only what was looked at may shape the statement."""
        return argument.value(self._variables)

    def argument(self, field: FieldNode, definition: GraphQLField, name: str) -> Argument:
        """Find an argument of a field."""
        node = next((given.value for given in field.arguments or () if given.name.value == name), None)
        return Argument(definition.args[name], node)

    def fields(self, concrete: GraphQLObjectType, nodes: Iterable[FieldNode]) -> Fields:
        """Merge what some fields select on a concrete type, in the order of their response keys."""
        fields: Fields = {}
        spread: set[str] = set()
        for node in nodes:
            if node.selection_set:
                self._collect(concrete, node.selection_set, fields, spread)
        return fields

    def root_fields(self, root: GraphQLObjectType) -> Fields:
        """Merge what the operation itself selects."""
        fields: Fields = {}
        self._collect(root, self.operation.node.selection_set, fields, set())
        return fields

    def _collect(
        self, concrete: GraphQLObjectType, selections: SelectionSetNode, fields: Fields, spread: set[str]
    ) -> None:
        """Add what is selected; `spread` are the fragments that have been added, each of which is once."""
        for selection in selections.selections:
            if not self._is_included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                fields.setdefault(key, []).append(selection)
                continue
            if isinstance(selection, FragmentSpreadNode):
                if selection.name.value in spread:
                    continue
                spread.add(selection.name.value)
                fragment: InlineFragmentNode | FragmentDefinitionNode
                fragment = self.operation.fragments[selection.name.value]
            else:
                assert isinstance(selection, InlineFragmentNode)
                fragment = selection
            if self._applies(fragment, concrete):
                self._collect(concrete, fragment.selection_set, fields, spread)

    def _applies(self, fragment: InlineFragmentNode | FragmentDefinitionNode, concrete: GraphQLObjectType) -> bool:
        condition = fragment.type_condition
        if condition is None or condition.name.value == concrete.name:
            return True
        named = self.schema.get_type(condition.name.value)
        return isinstance(named, GraphQLInterfaceType | GraphQLUnionType) and self.schema.is_sub_type(named, concrete)

    def _is_included(self, selection: SelectionNode) -> bool:
        return all(
            self.specialize_on(_directive_argument(node, directive), bool) is wanted
            for node in selection.directives or ()
            for directive, wanted in ((GraphQLSkipDirective, False), (GraphQLIncludeDirective, True))
            if node.name.value == directive.name
        )


def _guard_value(feature: Callable[[Any], Hashable], argument: Argument, variables: Variables) -> Hashable:
    """Look at an argument that the shape of variables may leave out, and with it what is wrong with its value."""
    try:
        return feature(argument.value(variables))
    except BadUserInput:
        return BadUserInput


def _directive_argument(node: DirectiveNode, directive: GraphQLDirective) -> Argument:
    return Argument(directive.args["if"], (node.arguments or ())[0].value)
