"""One operation as the compiler reads it: fields merged for a concrete type, arguments and variables.

A plan serves all requests whose variables have the same shape. Compiling specializes the plan on some argument values
and adds a guard for each; the results of the guards are the shape. All other values become SQL parameters.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, partial
from itertools import count
from typing import Any, TypeVar

from graphql import (
    GraphQLArgument,
    GraphQLDirective,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    GraphQLUnionType,
    is_non_null_type,
)
from graphql.execution.values import VariableValues
from graphql.language import ast
from graphql.pyutils import Undefined
from graphql.utilities.coerce_input_value import coerce_default_value

from counterpoint.engine.document.literal_coercion import LiteralCoercer, compile_literal, contains_variable
from counterpoint.engine.document.variable_coercion import VariableCoercer
from counterpoint.errors import BadUserInput, LimitExceeded

T = TypeVar("T", bound=Hashable)

GroupedFields = dict[str, list[ast.FieldNode]]
"""The fields selected on one concrete type, grouped by response key."""

Guard = Callable[["RequestVariables"], Hashable]
"""A function of the variables; a plan is valid only for requests with the same result."""

NULL_FROM_VARIABLE = "Invalid argument: got null from a variable, expected a value because the type is non-null."


class RequestVariables(VariableValues):
    """The coerced variables of one request, with a memo for values computed from them."""

    def __init__(self, *_: Any) -> None:
        """Take the fields of VariableValues."""
        self.memo: dict[Hashable, Any] = {}
        """The coerced literals and the pruned filters, by the id of their node, and the decoded cursors."""


@dataclass(frozen=True)
class Argument:
    """The argument of a field or directive. Its value is constant or depends on variables."""

    definition: GraphQLArgument
    node: ast.ValueNode | None

    @property
    def is_constant(self) -> bool:
        """Return whether the value contains no variable."""
        return self.node is None or not contains_variable(self.node)

    def value(self, variables: RequestVariables) -> Any:
        """Return the coerced value, or None if it is omitted and has no default. Raise BadUserInput."""
        node = self.node
        if isinstance(node, ast.VariableNode):
            value = variables.coerced.get(node.name.value, Undefined)
        elif node is None:
            value = Undefined
        else:
            value = self._coerce_literal(node, variables)
        if value is Undefined:
            value = coerce_default_value(self.definition)
        if isinstance(value, Enum):
            return value.value
        if value is None and is_non_null_type(self.definition.type):
            raise BadUserInput(NULL_FROM_VARIABLE)
        return None if value is Undefined else value

    @cached_property
    def _literal(self) -> LiteralCoercer:
        assert self.node is not None
        return compile_literal(self.node, self.definition.type)

    def _coerce_literal(self, node: ast.ValueNode, variables: RequestVariables) -> Any:
        memo, key = variables.memo, id(node)
        value = memo[key] if key in memo else self._literal(variables)
        if value is Undefined:
            raise BadUserInput(NULL_FROM_VARIABLE)
        memo[key] = value
        return value


@dataclass(eq=False)
class Operation:
    """An operation of a valid document, with the guards of its plans.

    `text` is the text of the whole document. `number` is unique in the process. Plan keys use it because a reference
    to the operation would keep the document in memory.
    """

    schema: GraphQLSchema
    text: str
    node: ast.OperationDefinitionNode
    fragments: dict[str, ast.FragmentDefinitionNode]
    guards: dict[Hashable, Guard] = field(default_factory=dict)
    number: int = field(default_factory=count().__next__)

    @property
    def name(self) -> str | None:
        """The name of the operation, if it has one."""
        return self.node.name.value if self.node.name else None

    @cached_property
    def variable_coercer(self) -> VariableCoercer:
        """The compiled coercion of the variables, for all requests of this operation."""
        return VariableCoercer(self.schema, self.node.variable_definitions or ())

    def shape(self, variables: RequestVariables) -> tuple[Hashable, ...]:
        """Return the results of the guards. Requests with equal shapes share a plan."""
        return tuple([guard(variables) for guard in self.guards.values()])


class SelectionReader:
    """Reads the selections and arguments of an operation for one compilation."""

    def __init__(self, operation: Operation, variables: RequestVariables) -> None:
        """Create a reader that evaluates guards and directives with these variables."""
        self.operation = operation
        self.schema = operation.schema
        self._variables = variables
        self._subfields: dict[tuple[str, tuple[int, ...]], GroupedFields] = {}

    def specialize_on(self, argument: Argument, derive: Callable[[Any], T], guard_name: str = "value") -> T:
        """Return `derive` of the argument's value and add a guard, so that the plan may depend on the result.

        A constant argument needs no guard. `guard_name` separates several guards on one argument.
        """
        if not argument.is_constant:
            key = (guard_name, id(argument.node))
            self.operation.guards.setdefault(key, partial(_guard_value, derive, argument))
        return derive(argument.value(self._variables))

    def value_unguarded(self, argument: Argument) -> Any:
        """Return the argument's value in this request. The plan must not depend on it without a guard."""
        return argument.value(self._variables)

    def find_argument(self, field: ast.FieldNode, definition: GraphQLField, name: str) -> Argument:
        """Return the argument of a field by its name; its node is None if the field omits it."""
        node = next((argument.value for argument in field.arguments or () if argument.name.value == name), None)
        return Argument(definition.args[name], node)

    def collect_subfields(self, concrete: GraphQLObjectType, nodes: Sequence[ast.FieldNode]) -> GroupedFields:
        """Merge the selection sets of some fields for a concrete type, in the order of the response keys.

        The result is shared, because the cost and the SQL are computed from the same selections.
        """
        key = concrete.name, tuple(map(id, nodes))
        if key not in self._subfields:
            fields = self._subfields[key] = {}
            visited: set[str] = set()
            for node in nodes:
                if node.selection_set:
                    self._collect(concrete, node.selection_set, fields, visited)
        return self._subfields[key]

    def collect_root_fields(self, root: GraphQLObjectType) -> GroupedFields:
        """Merge the selection set of the operation, in the order of the response keys."""
        fields: GroupedFields = {}
        self._collect(root, self.operation.node.selection_set, fields, set())
        return fields

    def _collect(
        self, concrete: GraphQLObjectType, selections: ast.SelectionSetNode, fields: GroupedFields, visited: set[str]
    ) -> None:
        """Add the fields of a selection set to `fields`, as CollectFields() of the GraphQL specification does."""
        for selection in selections.selections:
            if not self._is_included(selection):
                continue
            if isinstance(selection, ast.FieldNode):
                key = (selection.alias or selection.name).value
                fields.setdefault(key, []).append(selection)
                continue
            if isinstance(selection, ast.FragmentSpreadNode):
                if selection.name.value in visited:
                    continue
                visited.add(selection.name.value)
                fragment: ast.InlineFragmentNode | ast.FragmentDefinitionNode
                fragment = self.operation.fragments[selection.name.value]
            else:
                assert isinstance(selection, ast.InlineFragmentNode)
                fragment = selection
            if self._applies(fragment, concrete):
                self._collect(concrete, fragment.selection_set, fields, visited)

    def _applies(
        self, fragment: ast.InlineFragmentNode | ast.FragmentDefinitionNode, concrete: GraphQLObjectType
    ) -> bool:
        condition = fragment.type_condition
        if condition is None or condition.name.value == concrete.name:
            return True
        abstract = self.schema.get_type(condition.name.value)
        if not isinstance(abstract, GraphQLInterfaceType | GraphQLUnionType):
            return False
        return self.schema.is_sub_type(abstract, concrete)

    def _is_included(self, selection: ast.SelectionNode) -> bool:
        return all(
            self.specialize_on(_if_argument(node, directive), bool) is includes
            for node in selection.directives or ()
            for directive, includes in ((GraphQLSkipDirective, False), (GraphQLIncludeDirective, True))
            if node.name.value == directive.name
        )


def _guard_value(derive: Callable[[Any], Hashable], argument: Argument, variables: RequestVariables) -> Hashable:
    """Return the guard's result. If the value is invalid, return the name of the error instead of raising it."""
    try:
        return derive(argument.value(variables))
    except (BadUserInput, LimitExceeded) as error:
        return type(error).__name__  # because the request may not use this argument


def _if_argument(node: ast.DirectiveNode, directive: GraphQLDirective) -> Argument:
    return Argument(directive.args["if"], (node.arguments or ())[0].value)
