"""The engine: a request's document and variables in, the bytes of its answer out."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Protocol

import orjson
from cachetools import LRUCache
from graphql import (
    DocumentNode,
    GraphQLSchema,
    OperationDefinitionNode,
    SelectionSetNode,
    execute_sync,
)

from counterpoint.engine.dialects import Dialect
from counterpoint.engine.documents import Document, coerce_variables, read_document
from counterpoint.engine.limits import Limits
from counterpoint.engine.operations import Operation, Variables
from counterpoint.engine.plans import Plan, plan
from counterpoint.engine.sources import Graph
from counterpoint.errors import BadUserInput, NotReady

DOCUMENTS = 4_000_000
"""Characters of all remembered documents together; what is made of one takes some twenty times as much memory."""

PLANS = 32_000_000
"""Characters of all remembered statements together."""


class Reader(Protocol):
    """Runs one statement on a read-only connection."""

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
        """Give the statement's only row, its texts as UTF-8."""

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line."""


@dataclass(frozen=True)
class Answer:
    """The data of an answer as JSON, and the revision that it was read at; None if it holds no content.

    `explanation` tells how it came about, where that was asked for: the statement, its parameters, the database's plan
    for it, the cost in rows, and how long each step took, in milliseconds.
    """

    data: bytes
    revision: str | None
    explanation: Mapping[str, Any] | None = None


class Engine:
    """Answers operations on a schema from one database."""

    def __init__(self, schema: GraphQLSchema, graph: Graph, dialect: Dialect, reader: Reader, limits: Limits) -> None:
        """Answer by what the graph declares, in the database's dialect, within limits."""
        self._limits = limits
        self._schema = schema
        self._graph = graph
        self._dialect = dialect
        self._reader = reader
        self._documents: LRUCache[str, Document] = LRUCache(DOCUMENTS, getsizeof=lambda document: document.size)
        self._plans: LRUCache[Hashable, Plan] = LRUCache(PLANS, getsizeof=lambda found: found.size)

    async def explain(self, text: str, operation_name: str | None, given: dict[str, Any]) -> Answer:
        """Execute an operation as `answer` does, and tell how."""
        clock = [perf_counter()]
        operation = self._document(text).operation(operation_name)
        variables = coerce_variables(operation, given, self._limits)
        clock.append(perf_counter())
        found = self._plan(operation, variables)
        clock.append(perf_counter())
        answer = await self.answer(text, operation_name, given)
        clock.append(perf_counter())
        steps = zip(("document", "plan", "statement"), clock, clock[1:], strict=False)
        parameters = found.bind(variables)
        return replace(
            answer,
            explanation={
                "statement": found.statement,
                "parameters": parameters,
                "plan": await self._reader.explain(found.statement, parameters) if found.statement else [],
                "cost": found.cost,
                "milliseconds": {step: round((end - start) * 1000, 3) for step, start, end in steps},
            },
        )

    async def answer(self, text: str, operation_name: str | None, given: dict[str, Any]) -> Answer:
        """Execute an operation. Raise RequestError or RequestErrors for what the client should mend."""
        document = self._document(text)
        operation = document.operation(operation_name)
        try:
            variables = coerce_variables(operation, given, self._limits)
            found = self._plan(operation, variables)
        except RecursionError:
            raise BadUserInput("The arguments of the operation nest too deeply.") from None
        introspected = self._introspect(operation, found, given) if found.introspected else {}
        if found.statement is None:
            return Answer(found.assemble((), introspected), None)
        *row, revision = await self._reader.fetch(found.statement, found.bind(variables))
        if revision is None:
            raise NotReady("There is no content yet: it comes with the first seeding.")
        return Answer(found.assemble(row, introspected), revision.decode())  # type: ignore[arg-type]

    def _document(self, text: str) -> Document:
        document = self._documents.get(text)
        if document is None:
            document = self._documents[text] = read_document(self._schema, text, self._limits)
        return document

    def _plan(self, operation: Operation, variables: Variables) -> Plan:
        """Find the plan for the shape of the variables, or make it."""
        found = self._plans.get((operation, operation.shape(variables)))
        if found is None:
            found = plan(self._schema, self._graph, self._dialect, self._limits, operation, variables)
            # What of the variables shapes the statement is known only now.
            self._plans[operation, operation.shape(variables)] = found
        return found

    def _introspect(self, operation: Operation, found: Plan, given: dict[str, Any]) -> dict[str, bytes]:
        """Answer the fields that ask for the schema itself."""
        nodes = [node for same in found.introspected.values() for node in same]
        whole = operation.node
        asked = OperationDefinitionNode(
            operation=whole.operation,
            name=whole.name,
            variable_definitions=whole.variable_definitions,
            directives=whole.directives,
            selection_set=SelectionSetNode(selections=tuple(nodes)),
        )
        document = DocumentNode(definitions=(asked, *operation.fragments.values()))
        result = execute_sync(self._schema, document, variable_values=given)
        return {key: orjson.dumps(value) for key, value in (result.data or {}).items()}
