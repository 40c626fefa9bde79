"""The comparison of the schema with a published one, as a report that shows the changes at their lines."""

import sys
from pathlib import Path

from graphql import (
    GraphQLError,
    GraphQLSchema,
    Node,
    build_ast_schema,
    get_location,
    parse,
    resolve_schema_coordinate,
    validate_schema,
)
from graphql.validation.validate import validate_sdl

from counterpoint.api.schema_changes import SchemaChange, find_unsafe_changes
from counterpoint.article.messages import count
from counterpoint.article.source_file import decode
from counterpoint.cli.reports import Report, format_shell_path
from counterpoint.errors import InvalidFiles, Place, Problem, Severity
from counterpoint.files import read_file

STANDARD_INPUT = "-"


def compare(published: str, sdl: str) -> Report:
    """Return the unsafe changes from the schema in a file to the one in `sdl`. Raise InvalidFiles."""
    path, content = _read(published)
    schema = _parse_schema(decode(content, path=path), path)
    changes = find_unsafe_changes(schema, _parse_schema(sdl, path="schema.graphql"))
    problems = sorted((_to_problem(change, schema, path) for change in changes), key=lambda problem: problem.place)
    breaking = sum(change.is_breaking for change in changes)
    dangerous = len(changes) - breaking
    summary = f"Compared with {path}: {count(breaking, 'breaking change')}, {count(dangerous, 'dangerous change')}."
    return Report(summary, problems, data={"breaking": breaking, "dangerous": dangerous})


def _read(published: str) -> tuple[str, bytes]:
    """Return the path and the content of the file or the standard input."""
    if published == STANDARD_INPUT:
        return "<stdin>", sys.stdin.buffer.read()
    return format_shell_path(Path(), published), read_file(Path(), published)


def _parse_schema(sdl: str, path: str) -> GraphQLSchema:
    """Parse a schema. Raise InvalidFiles with its mistakes."""
    try:
        document = parse(sdl)
    except GraphQLError as error:
        raise InvalidFiles([_describe_mistake(error, path)]) from error
    if errors := validate_sdl(document):
        raise InvalidFiles([_describe_mistake(error, path) for error in errors])
    schema = build_ast_schema(document, assume_valid_sdl=True)
    if errors := validate_schema(schema):
        raise InvalidFiles([_describe_mistake(error, path) for error in errors])
    return schema


def _describe_mistake(error: GraphQLError, path: str) -> Problem:
    line, column = error.locations[0] if error.locations else (1, 1)
    return Problem(Place(path, line, column), error.message, "expected a schema as `counterpoint schema` prints it")


def _to_problem(change: SchemaChange, published: GraphQLSchema, path: str) -> Problem:
    line, column = _find_position(published, change.coordinate)
    severity = Severity.ERROR if change.is_breaking else Severity.WARNING
    return Problem(Place(path, line, column), change.description, change.effect, severity, change.code)


def _find_position(schema: GraphQLSchema, coordinate: str) -> tuple[int, int]:
    """Return line and column of an element, or of its parent if the schema lacks it."""
    resolved = resolve_schema_coordinate(schema, coordinate)
    if not resolved:
        return _find_position(schema, coordinate.rpartition("(")[0] or coordinate.rpartition(".")[0])
    *_, element, _ = resolved
    node: Node | None = getattr(element, "ast_node", None)
    if node is None or node.loc is None:
        return 1, 1  # A built-in scalar or directive is not in the file.
    start = node.name.loc.start if hasattr(node, "name") else node.loc.start
    location = get_location(node.loc.source, start)
    return location.line, location.column
