"""The engine: execute a GraphQL document with variables, and return the response data as JSON bytes."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cached_property, partial
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

from graphql import GraphQLSchema, print_schema

from counterpoint.engine.document.documents import Document, coerce_variables, parse_document
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.document.operations import Operation, RequestVariables
from counterpoint.engine.offload import SerialWorker
from counterpoint.engine.plans import Plan, compile_plan, revision_query
from counterpoint.engine.schema_mapping import SchemaMapping
from counterpoint.engine.sql.answer_cache_tags import AnswerTags
from counterpoint.engine.sql.dialects import Dialect
from counterpoint.errors import NO_CONTENT_MESSAGE, BadUserInput, NotReady
from counterpoint.lru_cache import LruCache
from counterpoint.single_flight import SingleFlight

DOCUMENT_CACHE_BYTES = 16_000_000
"""Approximate memory of the cached documents: some 250 of the size of an article page."""

PLAN_CACHE_BYTES = 8_000_000
"""Approximate memory of the cached plans: some 600 of the size of an article page."""


class Database(Protocol):
    """A read-only database. Each method runs one query; texts are UTF-8 bytes."""

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> Sequence[bytes | None]:
        """Return the only row of a query."""

    async def fetch_unqueued(self, sql: str) -> Sequence[bytes | None]:
        """Return the only row of a fast query, ahead of all queued queries."""

    async def explain(self, sql: str, parameters: Sequence[Any]) -> list[str]:
        """Return the lines of the database's query plan."""


class PreparedOperation(NamedTuple):
    """An operation with its plan and parameters, ready to be executed.

    `key` is equal for requests with equal responses at one revision. `tags` are completed by the execution.
    `raw_variables` are the request's variables; they are empty unless the operation contains introspection.
    """

    plan: Plan
    parameters: Sequence[Any]
    key: bytes
    tags: AnswerTags
    raw_variables: Mapping[str, Any]

    @property
    def is_constant(self) -> bool:
        """Return whether the result depends on the schema only."""
        return self.plan.sql is None


class EngineResult(NamedTuple):
    """The response data as JSON, its cache tags, and the revision it was read at; None if it contains no content."""

    data: bytes
    tags: tuple[str, ...]
    revision: str | None


class Engine:
    """Executes operations on one database. It caches parsed documents and compiled plans."""

    def __init__(
        self, schema: GraphQLSchema, mapping: SchemaMapping, dialect: Dialect, database: Database, limits: Limits
    ) -> None:
        """Create an engine for a schema, its mapping to tables, and a database with its dialect."""
        self._limits = limits
        self._schema = schema
        self._mapping = mapping
        self._dialect = dialect
        self._database = database
        self._documents: LruCache[str, Document] = LruCache(DOCUMENT_CACHE_BYTES)
        self._plans: LruCache[Hashable, Plan] = LruCache(PLAN_CACHE_BYTES)
        self._revision_query = revision_query(mapping, dialect)
        self._worker = SerialWorker()
        self._parses: SingleFlight[str, Document] = SingleFlight()

    async def prepare(self, text: str, operation_name: str | None, raw_variables: dict[str, Any]) -> PreparedOperation:
        """Parse, validate and plan an operation. Raise RequestError or RequestErrors for a client's mistakes."""
        document = self._documents.get(text) or await self._parses.run(text, partial(self._parse, text))
        operation = document.select_operation(operation_name)
        try:
            variables = coerce_variables(operation, raw_variables, self._limits)
            plan = self._load_plan(operation, variables)
            parameters = plan.bind(variables)
        except RecursionError:
            raise BadUserInput("The arguments of the operation nest too deeply.") from None
        identity = plan.digest_without_values + repr(parameters).encode()
        if plan.introspection is None:
            raw_variables = {}
        else:
            # Add the variables to the key because those of introspection fields are not among the parameters.
            identity += repr((self._schema_digest, variables.coerced)).encode()
        key = blake2b(identity, digest_size=16).digest()
        return PreparedOperation(plan, parameters, key, plan.cache_tags.resolve(variables), raw_variables)

    async def execute(self, prepared: PreparedOperation) -> EngineResult:
        """Run the query of an operation. Raise NotReady, QueryTimeout, Overloaded or LimitExceeded."""
        plan = prepared.plan
        introspected = await self._introspect(prepared) if plan.introspection else {}
        if plan.sql is None:
            return EngineResult(plan.assemble((), introspected), prepared.tags.complete(b""), None)
        *row, revision = await self._database.fetch(plan.sql, prepared.parameters)
        if revision is None:
            raise NotReady(NO_CONTENT_MESSAGE)
        columns: list[bytes] = row  # type: ignore[assignment]  # no other column is null
        tags = prepared.tags.complete(columns[-1] if plan.cache_tags.mentioned_types else b"")
        return EngineResult(plan.assemble(columns, introspected), tags, revision.decode())

    @cached_property
    def _schema_digest(self) -> bytes:
        return blake2b(print_schema(self._schema).encode()).digest()

    async def revision(self) -> str:
        """Return the current revision of the content. Raise NotReady if there is none."""
        row = await self._database.fetch_unqueued(self._revision_query)
        if not row or row[0] is None:
            raise NotReady(NO_CONTENT_MESSAGE)
        return row[0].decode()

    async def explain(self, prepared: PreparedOperation) -> dict[str, Any]:
        """Return the SQL of an operation, its parameters, the database's query plan, and the cost in rows."""
        statement = prepared.plan.sql
        return {
            "statement": statement,
            "parameters": prepared.parameters,
            "plan": await self._database.explain(statement, prepared.parameters) if statement else [],
            "cost": prepared.plan.cost,
        }

    async def _parse(self, text: str) -> Document:
        """Parse a document in a thread, and cache it."""
        document = await self._worker.run(partial(parse_document, self._schema, text, self._limits))
        self._documents.put(text, document, document.size)
        return document

    def _load_plan(self, operation: Operation, variables: RequestVariables) -> Plan:
        """Return the cached plan for the shape of the variables, or compile it."""
        plan = self._plans.get((operation.number, operation.shape(variables)))
        if plan is None:
            plan = compile_plan(self._mapping, self._dialect, self._limits, operation, variables)
            # Compute the shape again because compiling adds guards.
            self._plans.put((operation.number, operation.shape(variables)), plan, plan.size)
        return plan

    async def _introspect(self, prepared: PreparedOperation) -> dict[str, bytes]:
        introspection = prepared.plan.introspection
        assert introspection is not None
        max_values = self._limits.introspection_values
        return await self._worker.run(partial(introspection.execute, self._schema, prepared.raw_variables, max_values))
