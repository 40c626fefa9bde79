"""Changes of the schema that can break clients, compared with a schema that they were written for."""

import re
from dataclasses import dataclass

from graphql import GraphQLSchema
from graphql.utilities.find_schema_changes import BreakingChangeType, SafeChangeType, find_schema_changes

COORDINATE = re.compile(r"(?:@\w+|\w+\.\w+)(?:\(\w+:\))?")
"""A schema coordinate of the GraphQL specification, except the bare name of a type."""

# Kinds whose sentences end with the element that changes. All others without a coordinate begin with it.
_ELEMENT_IS_LAST = {"TYPE_ADDED_TO_UNION", "TYPE_REMOVED_FROM_UNION", "IMPLEMENTED_INTERFACE_ADDED"}

# Sentences of graphql-core that are hard to read, and what replaces them.
_WORDINGS = {
    r"^(\w+) added to interfaces implemented by (\w+)": r"\2 now implements \1",
    r"^(\S+) defaultValue was removed": r"the default of \1 was removed",
    r"^(\S+) has changed defaultValue from": r"the default of \1 changed from",
    r" (?:has )?changed type from ": " changed its type from ",
}

# Words, not elements of the schema, with which sentences of graphql-core begin.
_FIRST_WORD = re.compile(r"^(Field|Argument|Enum|An?|Directive|Standard|Repeatable)\b")

EFFECTS = {
    "TYPE_REMOVED": "documents that name it are rejected",
    "TYPE_CHANGED_KIND": "documents that name it may be rejected",
    "TYPE_REMOVED_FROM_UNION": "fragments on the removed type are rejected there",
    "VALUE_REMOVED_FROM_ENUM": "documents and variables that contain it are rejected",
    "REQUIRED_INPUT_FIELD_ADDED": "documents and variables without it are rejected",
    "IMPLEMENTED_INTERFACE_REMOVED": "fragments on the interface do not match it any more",
    "FIELD_REMOVED": "documents that use it are rejected",
    "FIELD_CHANGED_KIND": "clients that expect the old type fail, or their documents are rejected",
    "REQUIRED_ARG_ADDED": "documents without it are rejected",
    "ARG_REMOVED": "documents that pass it are rejected",
    "ARG_CHANGED_KIND": "documents that pass it may be rejected",
    "VALUE_ADDED_TO_ENUM": "clients with a case for each value have none for this one",
    "TYPE_ADDED_TO_UNION": "clients with a case for each type have none for this one",
    "OPTIONAL_INPUT_FIELD_ADDED": "requests without it must mean the same as before",
    "OPTIONAL_ARG_ADDED": "requests without it must mean the same as before",
    "IMPLEMENTED_INTERFACE_ADDED": "clients with a case for each type of the interface have none for this one",
    "ARG_DEFAULT_VALUE_CHANGE": "requests without it now mean something else",
    "INPUT_FIELD_DEFAULT_VALUE_CHANGE": "requests without it now mean something else",
}
"""What a change means for clients, by its code. Directives have only one effect."""

DIRECTIVE_EFFECT = "documents that use it may be rejected"


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A change that breaks clients, or one that is dangerous because it may surprise some.

    `coordinate` is the schema coordinate of the changed element, such as `Query.article(slug:)`.
    """

    code: str
    is_breaking: bool
    coordinate: str
    description: str
    effect: str


def find_unsafe_changes(published: GraphQLSchema, current: GraphQLSchema) -> list[SchemaChange]:
    """Return the breaking and the dangerous changes from a published schema to the current one."""
    return [
        SchemaChange(
            change.type.name,
            isinstance(change.type, BreakingChangeType),
            _find_coordinate(change.type.name, change.description),
            _reword(change.description),
            EFFECTS.get(change.type.name, DIRECTIVE_EFFECT),
        )
        for change in find_schema_changes(published, current)
        if not isinstance(change.type, SafeChangeType)
    ]


def _find_coordinate(code: str, description: str) -> str:
    """Return the coordinate in a sentence of graphql-core, which has no field for it."""
    if match := COORDINATE.search(description):
        return match.group()
    words: list[str] = re.findall(r"\w+", description.removeprefix("Standard scalar "))
    return words[-1] if code in _ELEMENT_IS_LAST else words[0]


def _reword(description: str) -> str:
    for pattern, replacement in _WORDINGS.items():
        description = re.sub(pattern, replacement, description)
    return _FIRST_WORD.sub(lambda match: match.group().lower(), description).removesuffix(".")
