"""Spans of OpenTelemetry for requests and their queries.

They are exported when the standard environment variables name an endpoint. Without one, no span is made.
"""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from opentelemetry import propagate, trace
from starlette.types import ASGIApp, Receive, Scope, Send

from counterpoint.http.request_observer import RequestObserver
from counterpoint.http.responses import Response
from counterpoint.store.database import Database, QueryLoad, ResultRow

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

log = logging.getLogger(__name__)

TRACER_NAME = "counterpoint"

PROTOCOL = "http/protobuf"
"""The only protocol to endpoints that is supported."""

MAX_FLUSH_SECONDS = 1.0
"""Seconds for which a server that stops waits for the endpoint to take the last spans."""


def is_tracing_wanted(environment: Mapping[str, str]) -> bool:
    """Return whether the environment names an endpoint for traces, and does not turn them off."""
    has_endpoint = any(environment.get(f"OTEL_EXPORTER_OTLP_{name}") for name in ("ENDPOINT", "TRACES_ENDPOINT"))
    is_disabled = environment.get("OTEL_SDK_DISABLED", "").lower() == "true"
    return has_endpoint and not is_disabled and environment.get("OTEL_TRACES_EXPORTER") != "none"


@asynccontextmanager
async def export_traces() -> AsyncIterator[None]:
    """Send spans to the endpoint that the environment names, until the block ends."""
    provider = _open_provider()
    if provider is None:
        yield
        return
    trace.set_tracer_provider(provider)
    yield
    # In a thread that ends with the process, because the exporter waits longer for an endpoint that does not answer.
    flush = Thread(target=provider.force_flush, daemon=True)
    flush.start()
    await asyncio.to_thread(flush.join, MAX_FLUSH_SECONDS)


def _open_provider() -> "TracerProvider | None":
    """Return the provider that exports spans. Log why there is none, and return None."""
    protocols = (os.environ.get(f"OTEL_EXPORTER_OTLP_{name}") for name in ("TRACES_PROTOCOL", "PROTOCOL"))
    if (protocol := next(filter(None, protocols), PROTOCOL)) != PROTOCOL:
        log.warning("No traces are exported: received the protocol %r, expected %s.", protocol, PROTOCOL)
        return None
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415

        provider = TracerProvider(shutdown_on_exit=False)
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    except ImportError:
        log.warning('No traces are exported: they need more packages, pip install "counterpoint[tracing]".')
        return None
    except ValueError as error:
        log.warning("No traces are exported: a variable OTEL_… has an invalid value: %s", error)
        return None
    return provider


class TracedApplication:
    """An application that runs in a span, which continues the trace of the client."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._tracer = trace.get_tracer(TRACER_NAME)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        attributes = {"http.request.method": scope["method"], "url.scheme": scope["scheme"], "url.path": scope["path"]}
        with self._tracer.start_as_current_span(
            scope["method"], propagate.extract(headers), trace.SpanKind.SERVER, attributes
        ):
            await self._app(scope, receive, send)


class TracingObserver(RequestObserver):
    """An observer that also adds what it learns to the span of the request. Values of variables are not part of it."""

    def observe(self, resource: str, request_line: str, response: Response, request_id: str, seconds: float) -> None:
        """Count a request, and describe it in its span."""
        super().observe(resource, request_line, response, request_id, seconds)
        span = trace.get_current_span()
        span.set_attribute("http.response.status_code", response.status)
        span.set_attribute("http.route", resource)
        span.set_attribute("counterpoint.request.id", request_id)
        if response.error_code:
            span.set_attribute("error.type", response.error_code)
        if response.status >= 500:
            span.set_status(trace.StatusCode.ERROR)
        if response.operation:
            _, name, document_hash, cost = response.operation
            span.update_name(f"query {name}" if name else "query")
            span.set_attribute("graphql.operation.type", "query")
            span.set_attribute("graphql.operation.name", name or "")
            span.set_attribute("graphql.document.hash", f"sha256:{document_hash}")
            span.set_attribute("counterpoint.operation.cost", cost)


class TracedDatabase:
    """A database whose queries run in spans."""

    def __init__(self, database: Database, system: str) -> None:
        """Trace the queries of a database. `system` is its name in OpenTelemetry's conventions."""
        self._database = database
        self._tracer = trace.get_tracer(TRACER_NAME)
        self._options: dict[str, Any] = {"kind": trace.SpanKind.CLIENT, "attributes": {"db.system.name": system}}

    @property
    def load(self) -> QueryLoad:
        """The queries at this moment."""
        return self._database.load

    async def fetch(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query."""
        with self._tracer.start_as_current_span("SELECT", **self._options):
            return await self._database.fetch(sql, parameters)

    async def fetch_large(self, sql: str, parameters: Sequence[Any]) -> ResultRow:
        """Return the only row of a query whose row is large."""
        with self._tracer.start_as_current_span("SELECT", **self._options):
            return await self._database.fetch_large(sql, parameters)

    async def fetch_unqueued(self, sql: str) -> ResultRow:
        """Return the only row of a fast query. It has no span, because health checks would fill the traces."""
        return await self._database.fetch_unqueued(sql)

    async def check_rights(self, tables: Sequence[str]) -> None:
        """Raise NotReady if one of the tables may not be read."""
        await self._database.check_rights(tables)

    async def explain(self, sql: str, parameters: Sequence[Any]) -> list[str]:
        """Return the lines of the database's plan for a query."""
        return await self._database.explain(sql, parameters)

    async def close(self) -> None:
        """Disconnect."""
        await self._database.close()
