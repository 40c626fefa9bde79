"""The engine: a request's document and variables in, the bytes of its answer out."""

import asyncio
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from hashlib import blake2b
from typing import Any, Protocol, TypeVar

from cachetools import LRUCache
from graphql import GraphQLSchema, print_schema

from counterpoint.engine.document.documents import Document, coerce_variables, parse_document
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import Operation, Variables
from counterpoint.engine.mapping import SchemaMapping
from counterpoint.engine.offload import SerialWorker
from counterpoint.engine.plans import Plan, compile_plan, revision_query
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.errors import BadUserInput, NotReady

K = TypeVar("K")
V = TypeVar("V")

DOCUMENT_CACHE_BYTES = 24_000_000
"""Bytes of all remembered documents together, about."""

NO_CONTENT_MESSAGE = "There is no content yet: it comes with the first seeding."

PLAN_CACHE_BYTES = 16_000_000
"""Bytes of all remembered plans together, about."""


class Database(Protocol):
    """Runs one statement on a read-only connection."""

    async def fetch(self, statement: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
        """Give the statement's only row, its texts as UTF-8."""

    async def peek(self, statement: str) -> Sequence[bytes | None]:
        """Give the only row of a statement that takes no time, past all that wait."""

    async def explain(self, statement: str, parameters: Sequence[Any]) -> list[str]:
        """Give the database's plan for a statement, line by line."""


@dataclass(frozen=True)
class PreparedOperation:
    """An operation with its plan and parameters, ready to be executed.

    `key` is equal for requests with equal answers at one revision. `tags` name the content that the answer depends on.
    `raw_variables` are the request's variables; they are empty unless the operation contains introspection.
    """

    plan: Plan
    parameters: Sequence[Any]
    key: bytes
    tags: tuple[str, ...]
    raw_variables: Mapping[str, Any]

    @property
    def size(self) -> int:
        """How many bytes it takes, about, beside what was asked."""
        return self.plan.size

    @property
    def cost(self) -> int:
        """How many rows may be read."""
        return self.plan.cost

    @property
    def is_constant(self) -> bool:
        """Whether the answer depends on the schema alone."""
        return self.plan.statement is None


@dataclass(frozen=True)
class EngineResult:
    """The data of an answer as JSON, and the revision that it was read at; None if it holds no content."""

    data: bytes
    revision: str | None


class Engine:
    """Answers operations on a schema from one database."""

    def __init__(
        self, schema: GraphQLSchema, graph: SchemaMapping, dialect: Dialect, reader: Database, limits: Limits
    ) -> None:
        """Answer by what the graph declares, in the database's dialect, within limits."""
        self._limits = limits
        self._schema = schema
        self._graph = graph
        self._dialect = dialect
        self._reader = reader
        self._documents: LRUCache[str, Document] = LRUCache(
            DOCUMENT_CACHE_BYTES, getsizeof=lambda document: document.size
        )
        self._plans: LRUCache[Hashable, Plan] = LRUCache(PLAN_CACHE_BYTES, getsizeof=lambda found: found.size)
        self._revision = revision_query(graph, dialect)
        self._worker = SerialWorker()
        self._reading: dict[str, asyncio.Task[Document]] = {}

    async def prepare(self, text: str, operation_name: str | None, given: dict[str, Any]) -> PreparedOperation:
        """Accept an operation. Raise RequestError or RequestErrors for what the client should mend."""
        operation = (await self._document(text)).operation(operation_name)
        try:
            variables = coerce_variables(operation, given, self._limits)
            found = self._plan(operation, variables)
            parameters = found.bind(variables)
        except RecursionError:
            raise BadUserInput("The arguments of the operation nest too deeply.") from None
        key = blake2b(found.digest, digest_size=16)
        key.update(repr(parameters).encode())
        if found.introspection is None:
            return PreparedOperation(found, parameters, key.digest(), found.tags(variables), {})
        # Variables that ask for the schema are not among the parameters.
        key.update(repr((self._schema_digest, variables.coerced)).encode())
        return PreparedOperation(found, parameters, key.digest(), found.tags(variables), given)

    async def execute(self, prepared: PreparedOperation) -> EngineResult:
        """Read the answer. Raise NotReady, StatementTimeout, Overloaded or LimitExceeded."""
        found = prepared.plan
        introspected = await self._introspect(prepared)
        if found.statement is None:
            return EngineResult(found.assemble((), introspected), None)
        *row, revision = await self._reader.fetch(found.statement, prepared.parameters)
        if revision is None:
            raise NotReady(NO_CONTENT_MESSAGE)
        return EngineResult(found.assemble(row, introspected), revision.decode())  # type: ignore[arg-type]  # none is null

    @cached_property
    def _schema_digest(self) -> bytes:
        return blake2b(print_schema(self._schema).encode()).digest()

    async def answer(self, text: str, operation_name: str | None, given: dict[str, Any]) -> EngineResult:
        """Accept an operation, and read its answer."""
        return await self.execute(await self.prepare(text, operation_name, given))

    async def revision(self) -> str:
        """Read which revision the database holds now. Raise NotReady."""
        row = await self._reader.peek(self._revision)
        if not row or row[0] is None:
            raise NotReady(NO_CONTENT_MESSAGE)
        return row[0].decode()

    async def explain(self, prepared: PreparedOperation) -> dict[str, Any]:
        """Tell how an answer comes about: statement, parameters, the database's plan for it, and cost in rows."""
        statement = prepared.plan.statement
        return {
            "statement": statement,
            "parameters": prepared.parameters,
            "plan": await self._reader.explain(statement, prepared.parameters) if statement else [],
            "cost": prepared.plan.cost,
        }

    async def _document(self, text: str) -> Document:
        """Find a document, or read it: aside, for validating some takes long; once, however many bring it."""
        document = self._documents.get(text)
        if document is not None:
            return document
        if text not in self._reading:
            self._reading[text] = asyncio.create_task(self._read(text))
        return await asyncio.shield(self._reading[text])

    async def _read(self, text: str) -> Document:
        try:
            document = await self._worker.run(partial(parse_document, self._schema, text, self._limits))
            _cache(self._documents, text, document)
            return document
        finally:
            del self._reading[text]

    def _plan(self, operation: Operation, variables: Variables) -> Plan:
        """Return the cached plan for the variables, or compile it."""
        plan = self._plans.get((operation.number, operation.shape(variables)))
        if plan is None:
            plan = compile_plan(self._schema, self._graph, self._dialect, self._limits, operation, variables)
            # Compute the shape again because compiling adds guards.
            _cache(self._plans, (operation.number, operation.shape(variables)), plan)
        return plan

    async def _introspect(self, prepared: PreparedOperation) -> dict[str, bytes]:
        introspection = prepared.plan.introspection
        if introspection is None:
            return {}
        most = self._limits.introspection_values
        return await self._worker.run(partial(introspection.answer, self._schema, prepared.raw_variables, most))


def _cache(kept: "LRUCache[K, V]", key: K, value: V) -> None:
    """Keep something, unless it alone is larger than all that may be kept: limits are settings."""
    if kept.getsizeof(value) <= kept.maxsize:
        kept[key] = value
