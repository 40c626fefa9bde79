"""A plan: the statement that answers an operation, and how the answer is put together from its row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from graphql import GraphQLSchema

from counterpoint.engine.answer_tags import AnswerTags, read_answer_tags, strip_marks
from counterpoint.engine.compile.objects import TYPENAME, Compiler
from counterpoint.engine.compile.root_fields import compile_root_field
from counterpoint.engine.document.introspection import INTROSPECTION_FIELDS, Introspection, extract_introspection
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import GroupedFields, Operation, SelectionReader, Variables
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.engine.sql.builder import Parameter, SqlBuilder
from counterpoint.engine.sql.dialects import Dialect

_ALIAS = re.compile(r"\b[a-z][0-9]+\b")
"""What `Statement.fresh` gives."""

PLAN_OVERHEAD_BYTES = 2_000
"""Bytes that a plan takes beside its statement, about."""


@dataclass(frozen=True)
class Plan:
    """How to answer an operation under one shape of its variables.

    `statement` is None where no content is asked for. `pieces` are the bytes of the data object, with None in the
    place of each column of the statement's row, and a response key in the place of each introspection field.
    """

    statement: str | None
    slots: tuple[Parameter, ...]
    parameters: tuple[int, ...]
    pieces: tuple[bytes | str | None, ...]
    introspection: Introspection | None
    cost: int
    depends: AnswerTags

    @cached_property
    def digest(self) -> bytes:
        """What tells this plan from every other, in every process: with the values bound, it makes the answer."""
        introspection = self.introspection and self.introspection.text
        told = (self.statement, self.parameters, self.pieces, introspection, self.cost)
        return blake2b(repr(told).encode()).digest()

    @property
    def size(self) -> int:
        """How many bytes the plan takes, about."""
        return (
            PLAN_OVERHEAD_BYTES + 2 * len(self.statement or "") + (self.introspection.size if self.introspection else 0)
        )

    def bind(self, variables: Variables) -> list[Any]:
        """Give the statement's parameters."""
        values = [slot(variables) for slot in self.slots]
        return [values[slot] for slot in self.parameters]

    def tags(self, variables: Variables) -> tuple[str, ...]:
        """Give what the answer depends on, sorted: lowercase ASCII without space or comma, each once.

        They are the names of types, and of owners that are looked up by their keys (`article:a-slug`).
        """
        return self.depends.under(variables)

    def assemble(self, row: Sequence[bytes], introspected: Mapping[str, bytes]) -> bytes:
        """Put the data object together."""
        columns = iter(row)
        return b"".join(
            next(columns) if piece is None else introspected[piece] if isinstance(piece, str) else piece
            for piece in self.pieces
        )


def compile_plan(
    schema: GraphQLSchema,
    graph: SchemaMapping,
    dialect: Dialect,
    limits: Limits,
    operation: Operation,
    variables: Variables,
) -> Plan:
    """Compile an operation. The statement's last column is the revision that the answer was read at."""
    assert schema.query_type
    reading = SelectionReader(operation, variables)
    statement = SqlBuilder(dialect, limits, graph)
    compiler = Compiler(graph, reading, statement)
    columns: list[str] = []
    pieces: list[bytes | str | None] = []
    introspected: GroupedFields = {}
    for key, nodes in reading.collect_root_fields(schema.query_type).items():
        pieces.append(f'{"," if pieces else "{"}"{key}":'.encode())
        name = nodes[0].name.value
        if name == TYPENAME:
            pieces.append(f'"{schema.query_type.name}"'.encode())
        elif name in INTROSPECTION_FIELDS:
            introspected[key] = nodes
            pieces.append(key)
        else:
            columns.append(compile_root_field(compiler, schema.query_type, nodes).sql())
            pieces.append(None)
            statement.check_length(columns)
    pieces.append(b"}" if pieces else b"{}")
    content = _select_columns(statement, columns)
    text, parameters = _render_parameters(content, statement, graph) if columns else (None, ())
    slots = tuple(statement.slots)
    depends = read_answer_tags(content, graph, statement.owners)
    introspection = extract_introspection(operation, introspected)
    return Plan(text, slots, parameters, tuple(pieces), introspection, statement.cost, depends)


def _select_columns(statement: SqlBuilder, columns: list[str]) -> str:
    selected = "SELECT " + ", ".join(f"{column} AS c{number}" for number, column in enumerate(columns))
    if not statement.commons:
        return selected
    # A table may have been made for a part of which nothing is selected in the end.
    needed: list[str] = []
    read = set(_ALIAS.findall(selected))
    for name, common in reversed(statement.commons.items()):
        if name in read:
            needed.append(common)
            read.update(_ALIAS.findall(common))
    return f"WITH {', '.join(reversed(needed))} {selected}" if needed else selected


def _render_parameters(content: str, statement: SqlBuilder, graph: SchemaMapping) -> tuple[str, tuple[int, ...]]:
    revision = f"({revision_query(graph, statement.dialect)})"
    return statement.dialect.finish(f"{strip_marks(content)}, {revision} AS revision")


def revision_query(graph: SchemaMapping, dialect: Dialect) -> str:
    """Write the statement that reads the revision."""
    return f"SELECT {dialect.name(graph.revision.name)} FROM {dialect.name(graph.revision.table.name)}"
