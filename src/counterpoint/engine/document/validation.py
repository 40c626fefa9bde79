"""Find out whether a document is valid, in less than half of the time of `graphql.validate`.

The rules are those of graphql-core, and one of them must find an error if `graphql.validate` finds any. The time is
saved around them: the methods of the rules are looked up once for each kind of node, not for each document; nodes are
compared by identity, because the hash of a node covers all nodes below it; and names are not visited.
"""

from functools import cache
from typing import Any, NoReturn

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    Node,
    TypeInfo,
    TypeInfoVisitor,
    ValidationContext,
    Visitor,
    specified_rules,
    visit,
)
from graphql.language import ast
from graphql.language.visitor import EnterLeaveVisitor
from graphql.pyutils import RefMap
from graphql.validation.validate import FragmentNestingVisitor, query_document_keys_to_validate
from graphql.validation.validation_context import VariableUsage, VariableUsageVisitor

VISITED_KEYS = {
    kind: tuple(key for key in keys if key not in ("name", "alias"))
    for kind, keys in query_document_keys_to_validate.items()
}
"""The children to visit of each kind of node. Rules read names from the node that has the name."""


class _Invalid(Exception):  # because it reports no error, but ends the visit
    """A rule has found an error."""


def is_valid(schema: GraphQLSchema, document: ast.DocumentNode) -> bool:
    """Return whether no rule finds an error. A document that nests too deeply is not valid.

    Raise ValidationAbortedError if the comparison of its fields takes too long.
    """
    type_info = TypeInfo(schema)
    context = _Context(schema, document, type_info, _reject)
    definitions = document.definitions
    fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
    try:
        if fragments:
            visit(document, FragmentNestingVisitor(fragments))
        visit(document, TypeInfoVisitor(type_info, _Rules(context)), VISITED_KEYS)
    except (_Invalid, RecursionError):
        return False
    return True


def _reject(_: GraphQLError) -> NoReturn:
    raise _Invalid


class _Context(ValidationContext):
    """A context that compares nodes by identity, and visits no names to find variables."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._variable_usages = RefMap()  # type: ignore[assignment]  # a mapping, too
        self._recursive_variable_usages = RefMap()  # type: ignore[assignment]

    def get_variable_usages(self, node: ast.OperationDefinitionNode | FragmentDefinitionNode) -> list[VariableUsage]:
        """Return the variables in an operation or fragment, without those in the fragments that it spreads."""
        usages: list[VariableUsage] | None = self._variable_usages.get(node)
        if usages is None:
            fragment = node if isinstance(node, FragmentDefinitionNode) else None
            visitor = VariableUsageVisitor(self._type_info, fragment)
            visit(node, TypeInfoVisitor(self._type_info, visitor), VISITED_KEYS)
            usages = self._variable_usages[node] = visitor.usages
        return usages


class _Rules(Visitor):
    """Visits each node with the rules that have a method for its kind."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__()
        self._rules = [rule(context) for rule in specified_rules]
        self._skipped: list[Node | None] = [None] * len(self._rules)

    def get_enter_leave_for_kind(self, kind: str) -> EnterLeaveVisitor:
        """Return the functions that enter and leave a node of this kind."""
        functions = self.enter_leave_map.get(kind)
        if functions is None:
            functions = self.enter_leave_map[kind] = self._bind(_find_methods(kind))
        return functions

    def _bind(self, names: "_MethodNames") -> EnterLeaveVisitor:
        """Return functions that call these methods, except for nodes below one that the rule skips."""
        rules, skipped = self._rules, self._skipped
        methods = [
            (index, enter and getattr(rules[index], enter), leave and getattr(rules[index], leave))
            for index, enter, leave in names
        ]

        def enter_node(node: Node, *arguments: Any) -> None:
            for index, enter, _ in methods:
                # A rule that skips a node or ends its visit returns something.
                if enter and skipped[index] is None and enter(node, *arguments) is not None:
                    skipped[index] = node

        def leave_node(node: Node, *arguments: Any) -> None:
            for index, _, leave in methods:
                if skipped[index] is node:
                    skipped[index] = None
                elif leave and skipped[index] is None:
                    leave(node, *arguments)

        return EnterLeaveVisitor(enter_node, leave_node) if methods else EnterLeaveVisitor(None, None)


_MethodNames = tuple[tuple[int, str | None, str | None], ...]


@cache
def _find_methods(kind: str) -> _MethodNames:
    """Return which rules have methods for a kind of node: their positions and the methods' names."""
    candidates = [
        (index, _find_method(rule, "enter", kind), _find_method(rule, "leave", kind))
        for index, rule in enumerate(specified_rules)
    ]
    return tuple(candidate for candidate in candidates if candidate[1] or candidate[2])


def _find_method(rule: type[Visitor], event: str, kind: str) -> str | None:
    return next((name for name in (f"{event}_{kind}", event) if hasattr(rule, name)), None)
