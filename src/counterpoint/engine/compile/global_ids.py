"""Global ids in arguments: the types that they begin with, and the keys that follow."""

from collections.abc import Callable

from counterpoint.engine.compile.context import CompileContext
from counterpoint.engine.document.operations import Argument, RequestVariables
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.builder import none_if_unstorable
from counterpoint.errors import LimitExceeded

# Guards and parameters outlive the compiler, so they must not refer to it.

KeysByPosition = Callable[[RequestVariables], dict[str, str]]
"""A function that returns the keys of objects by the positions of their ids in a list."""


def find_type(context: CompileContext, argument: Argument) -> str | None:
    """Return the type of the id in an argument; None for an id that no object can have."""
    mapping = context.mapping
    return context.selection.specialize_on(argument, lambda value: _type_of_id(mapping, value), "type")


def find_types(context: CompileContext, argument: Argument) -> tuple[str, ...]:
    """Return the types of the ids in an argument, sorted; the empty string for ids that no object can have."""
    mapping = context.mapping
    return context.selection.specialize_on(argument, lambda ids: _types_of_ids(mapping, ids), "types")


def count_ids(context: CompileContext, argument: Argument) -> int:
    """Return the number of ids in an argument. Raise LimitExceeded above the limit."""
    count = context.selection.specialize_on(argument, len, "number")
    if count > context.builder.limits.node_ids:
        raise LimitExceeded("The number of ids", context.builder.limits.node_ids, count)
    return count


def key_of_id(argument: Argument) -> Callable[[RequestVariables], str]:
    """Return a function that returns the key in the id of an argument."""
    return lambda variables: str(argument.value(variables)).partition(":")[2]


def keys_by_position(mapping: SchemaMapping, argument: Argument, type_name: str) -> KeysByPosition:
    """Return a function that maps the position of each id of one type to the key in that id."""

    def keys(variables: RequestVariables) -> dict[str, str]:
        return {
            str(position): global_id.partition(":")[2] if type_name else ""
            for position, global_id in enumerate(argument.value(variables))
            if (_type_of_id(mapping, global_id) or "") == type_name
        }

    return keys


def _type_of_id(mapping: SchemaMapping, global_id: str) -> str | None:
    type_name, colon, key = global_id.partition(":")
    table = mapping.tables.get(type_name)
    return type_name if table and table.key and colon and none_if_unstorable(key) else None


def _types_of_ids(mapping: SchemaMapping, global_ids: list[str]) -> tuple[str, ...]:
    return tuple(sorted({_type_of_id(mapping, global_id) or "" for global_id in global_ids}))
