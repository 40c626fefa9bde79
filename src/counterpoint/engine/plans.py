"""The planner: compiles an operation to a plan, which is one SQL query and the template of its answer."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256
from typing import Any, TypeAlias

from graphql import GraphQLObjectType

from counterpoint.engine.compile.context import TYPENAME, CompileContext
from counterpoint.engine.compile.cost import check_cost
from counterpoint.engine.compile.root_fields import RootFieldCompiler
from counterpoint.engine.document.introspection import INTROSPECTION_FIELDS, Introspection, extract_introspection
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import GroupedFields, Operation, RequestVariables, SelectionReader
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.answer_cache_tags import PlanTags, compile_entity_tags, read_plan_tags, strip_marks
from counterpoint.engine.sql.builder import Parameter, SqlBuilder
from counterpoint.engine.sql.cursors import UNFINISHED, add_checksums
from counterpoint.engine.sql.dialects import Dialect

_ALIAS = re.compile(r"\b[a-z][0-9]+\b")
"""An alias from `SqlBuilder.new_alias`."""

KIND_QUERY = "query"
KIND_INTROSPECTION = "introspection"

OperationSummary: TypeAlias = tuple[str, str | None, str, int]
"""What logs and metrics say of an operation: its kind, its name, the SHA-256 of its document in hexadecimal, its cost.

It is kept for many requests. The garbage collector does not visit plain tuples of texts and numbers.
"""

PLAN_OVERHEAD_BYTES = 2_000
"""Approximate size of a plan without its SQL and introspection."""


@dataclass(frozen=True)
class Plan:
    """One SQL query, and the template that turns its result into the answer, for all variables of one shape.

    `sql` is None if the operation selects no content. `parameters` compute the values to bind, and `parameter_order`
    lists the parameter of each placeholder. `fragments` are the bytes of the data object, with None in place of each
    result column, and a response key in place of each introspection field. `cost` is the estimated number of rows read.
    """

    sql: str | None
    parameters: tuple[Parameter, ...]
    parameter_order: tuple[int, ...]
    fragments: tuple[bytes | str | None, ...]
    introspection: Introspection | None
    cost: int
    cache_tags: PlanTags
    has_cursors: bool
    summary: OperationSummary

    @cached_property
    def digest_without_values(self) -> bytes:
        """The hash of everything but the bound values, equal in every process; with them, it identifies the answer."""
        introspection = self.introspection and self.introspection.text
        identity = (self.sql, self.parameter_order, self.fragments, introspection, self.cost)
        return blake2b(repr(identity).encode()).digest()

    @property
    def size(self) -> int:
        """Approximate size of the plan in bytes."""
        return PLAN_OVERHEAD_BYTES + 2 * len(self.sql or "") + (self.introspection.size if self.introspection else 0)

    def bind(self, variables: RequestVariables) -> list[Any]:
        """Return the values of the placeholders for a request's variables. Raise BadUserInput or InvalidCursor."""
        values = [parameter(variables) for parameter in self.parameters]
        return [values[index] for index in self.parameter_order]

    def assemble(self, row: Sequence[bytes], introspection_values: Mapping[str, bytes]) -> bytes:
        """Build the data object from the columns of the result row and the introspection values by response key."""
        columns = iter(row)  # that of the cache tags follows
        data = b"".join(
            next(columns)
            if fragment is None
            else introspection_values[fragment]
            if isinstance(fragment, str)
            else fragment
            for fragment in self.fragments
        )
        return add_checksums(data) if self.has_cursors else data


def compile_plan(
    mapping: SchemaMapping, dialect: Dialect, limits: Limits, operation: Operation, variables: RequestVariables
) -> Plan:
    """Compile an operation. The last columns of its query are the tags of entities, and the content's revision."""
    builder = SqlBuilder(dialect, limits, mapping)
    context = CompileContext(SelectionReader(operation, variables), builder)
    query_type = operation.schema.query_type
    assert query_type
    cost = check_cost(context, query_type)
    columns, fragments, introspection_fields = _compile_root_fields(context, query_type)
    sql = _select_columns(builder, columns)
    tags = read_plan_tags(sql, mapping, builder.looked_up)
    last_columns = [compile_entity_tags(dialect, mapping, builder.looked_up)] if tags.mentioned_types else []
    last_columns.append(f"({revision_query(mapping, dialect)}) AS revision")
    complete_sql = ", ".join([strip_marks(sql), *last_columns])
    rendered, parameter_order = dialect.render_parameters(complete_sql) if columns else (None, ())
    return Plan(
        rendered,
        tuple(builder.parameters),
        parameter_order,
        (*fragments, b"}" if fragments else b"{}"),
        extract_introspection(operation, introspection_fields),
        cost,
        tags,
        UNFINISHED in complete_sql,
        _summarize(operation, cost, reads_content=bool(columns)),
    )


def _summarize(operation: Operation, cost: int, *, reads_content: bool) -> OperationSummary:
    kind = KIND_QUERY if reads_content else KIND_INTROSPECTION
    return kind, operation.name, sha256(operation.text.encode()).hexdigest(), cost


def _compile_root_fields(
    context: CompileContext, query_type: GraphQLObjectType
) -> tuple[list[str], list[bytes | str | None], GroupedFields]:
    """Split the root selection set into SQL columns, the fragments around them, and introspection fields."""
    compiler = RootFieldCompiler(context, query_type)
    columns: list[str] = []
    fragments: list[bytes | str | None] = []
    introspection_fields: GroupedFields = {}
    for key, nodes in context.selection.collect_root_fields(query_type).items():
        fragments.append(f'{"," if fragments else "{"}"{key}":'.encode())
        name = nodes[0].name.value
        if name == TYPENAME:
            fragments.append(f'"{query_type.name}"'.encode())
        elif name in INTROSPECTION_FIELDS:
            introspection_fields[key] = nodes
            fragments.append(key)
        else:
            columns.append(compiler.compile_field(nodes).sql())
            fragments.append(None)
            context.builder.check_length(columns)
    return columns, fragments, introspection_fields


def _select_columns(builder: SqlBuilder, columns: list[str]) -> str:
    """Return the SELECT of all columns, with the CTEs that it reads, directly or through other CTEs."""
    select = "SELECT " + ", ".join(f"{column} AS c{number}" for number, column in enumerate(columns))
    if not builder.ctes:
        return select
    ctes: list[str] = []
    aliases = set(_ALIAS.findall(select))
    for name, cte in reversed(builder.ctes.items()):
        if name in aliases:
            ctes.append(cte)
            aliases.update(_ALIAS.findall(cte))
    return f"WITH {', '.join(reversed(ctes))} {select}" if ctes else select


def revision_query(mapping: SchemaMapping, dialect: Dialect) -> str:
    """Return the query that reads the revision."""
    return f"SELECT {dialect.quote(mapping.revision.name)} FROM {dialect.quote(mapping.revision.table.name)}"
