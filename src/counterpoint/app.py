"""The web application: schema, engine, database and HTTP endpoint, built from the settings.

FastAPI routes the requests, except those to /graphql and to pages, which go directly to their endpoints.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from graphql import GraphQLSchema
from starlette.routing import Route
from starlette.types import ASGIApp

from counterpoint.api.schema import Schema, build_schema
from counterpoint.engine.document.documents import parse_document
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.engine import Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.http.application import HttpApplication, Read, build_error_application, build_resource_application
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.endpoint import Endpoint
from counterpoint.http.error_responses import ErrorResponder, HttpError
from counterpoint.http.explorer import ASSETS_PATH, ExplorerAssets, build_page, read_bundle
from counterpoint.http.handler import RequestHandler, ResponseOptions
from counterpoint.http.images import IMAGES_PATH, ImageEndpoint, ReadImage
from counterpoint.http.metrics import METRICS_PATH, MetricsResource
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.probes import DrainState, ReadinessProbe, read_health
from counterpoint.http.request_observer import Gauge, RequestObserver
from counterpoint.http.revision_polling import CurrentRevision
from counterpoint.http.robots import RobotsFile
from counterpoint.http.routing_errors import report_routing_errors
from counterpoint.http.stale_responses import read_stale_if_error
from counterpoint.http.static_resource import LateResource, StaticResource
from counterpoint.reader.endpoint import ReaderEndpoint
from counterpoint.reader.sitemaps import ROWS_PER_STATEMENT
from counterpoint.request_router import AllowedHosts, RequestRouter
from counterpoint.server.limits import ConnectionLimits
from counterpoint.setting_formats import split_list
from counterpoint.settings import Settings
from counterpoint.store.database import Database, QueryLimits
from counterpoint.store.database_factory import open_database
from counterpoint.store.image_files import build_image_reader
from counterpoint.store.status import read_status, refuse_newer_schema
from counterpoint.tracing import TracedApplication, TracedDatabase, TracingObserver, export_traces, is_tracing_wanted
from counterpoint.trusted_documents import TrustedDocument, index_by_hash, read_trusted_documents

FAVICON = Path(__file__).with_name("favicon.svg").read_bytes()
"""The icon. Browsers ask for /favicon.ico and accept SVG there."""

MISDIRECTED_REQUEST = HttpError(
    421, "MISDIRECTED_REQUEST", "The Host header names a host that this server does not serve."
)


NO_TELEMETRY: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""Turns FastAPI's telemetry off, because its router sees few requests. `tracing.py` makes the spans."""

AddPages = Callable[[FastAPI, Engine], None]
"""Adds pages to the application. They read the content through the engine."""


def build_app(
    settings: Settings, error_responder: ErrorResponder, drain_state: DrainState, add_pages: AddPages | None = None
) -> ASGIApp:
    """Build the ASGI application. Its first query connects to the database.

    Pass the `error_responder` and the `drain_state` of the connections, because both share them.
    """
    schema = build_schema()
    database = _open_database(settings)
    engine = _build_engine(settings, schema, database, build_limits(settings))
    revision = CurrentRevision(engine.revision)
    resources = _build_resources(settings, schema, database, revision, error_responder, drain_state)
    app = FastAPI(
        openapi_url=None,
        redirect_slashes=False,
        lifespan=_build_lifespan(database),
        telemetry=NO_TELEMETRY,
        routes=[
            Route(path, build_resource_application(path, read, error_responder)) for path, read in resources.items()
        ],
    )
    report_routing_errors(app, error_responder)
    reader = _build_reader(settings, schema, database, revision, error_responder) if settings.reader else None
    if add_pages:
        add_pages(app, engine)
    if reader:
        app.mount("/", reader)  # It answers unknown paths, too.
    handler = _build_handler(settings, schema, engine, revision, error_responder.cors)
    _add_gauges(error_responder.observer, handler, database)
    explorer = build_page(read_bundle(settings.explorer_dir), is_trusted_only=settings.trusted_documents_only)
    endpoint = Endpoint(handler, explorer, error_responder, max_body_bytes=settings.limit_body_bytes)
    graphql = HttpApplication("/graphql", endpoint.respond, error_responder, endpoint.build_error)
    misdirected = build_error_application(MISDIRECTED_REQUEST, error_responder)
    hosts = AllowedHosts(split_list(settings.allowed_hosts))
    # The added pages have precedence over those of the reader with the same addresses.
    pages = None if add_pages else reader
    router = RequestRouter(graphql, pages, app, misdirected, hosts)
    return TracedApplication(router) if is_tracing_wanted(os.environ) else router


def refuse_newer_database(settings: Settings) -> None:
    """Raise NotReady if a newer version of Counterpoint has migrated the database."""
    asyncio.run(refuse_newer_schema(open_database(settings.read_database, _build_query_limits(settings))))


def build_error_responder(settings: Settings) -> ErrorResponder:
    """Build the error responder, which applies the CORS policy of the settings."""
    observer = TracingObserver if is_tracing_wanted(os.environ) else RequestObserver
    return ErrorResponder(CorsPolicy(split_list(settings.cors_origins)), observer(has_access_log=settings.access_log))


def build_connection_limits(settings: Settings) -> ConnectionLimits:
    """Build the limits of client connections from the settings with the same names."""
    return ConnectionLimits(**{limit.name: getattr(settings, limit.name) for limit in fields(ConnectionLimits)})


def build_limits(settings: Settings) -> Limits:
    """Build the limits of one operation from the settings named `limit_...`."""
    return Limits(**{limit.name: getattr(settings, f"limit_{limit.name}") for limit in fields(Limits)})


def load_trusted_documents(
    folder: Path, schema: GraphQLSchema, settings: Settings, *, may_be_empty: bool = False
) -> list[TrustedDocument]:
    """Read and validate the trusted documents of a folder. Raise SettingsError or InvalidFiles."""
    limits = build_limits(settings)
    return read_trusted_documents(folder, lambda text: parse_document(schema, text, limits), may_be_empty=may_be_empty)


def _build_engine(settings: Settings, schema: Schema, database: Database, limits: Limits) -> Engine:
    return Engine(schema.graphql, schema.mapping, dialect_for(settings.read_database), database, limits)


def _build_reader(
    settings: Settings, schema: Schema, database: Database, revision: CurrentRevision, error_responder: ErrorResponder
) -> ReaderEndpoint:
    # The default limits, because the documents of the reader are trusted, and must work with tighter settings too.
    defaults = {limit.name: Settings.model_fields[f"limit_{limit.name}"].default for limit in fields(Limits)}
    limits = Limits(**defaults | {"page_size": ROWS_PER_STATEMENT})
    return ReaderEndpoint(
        _build_engine(settings, schema, database, limits),
        revision,
        error_responder,
        public_url=settings.public_url,
        cache_control=settings.cache_control.encode(),
        cache_bytes=settings.response_cache_bytes // 4,
    )


def _build_image_reader(settings: Settings, database: Database) -> ReadImage:
    placeholder, _ = dialect_for(settings.read_database).render_parameters("$1")
    return build_image_reader(database, placeholder)


def _add_gauges(observer: RequestObserver, handler: RequestHandler, database: Database) -> None:
    """Add the state of the caches and of the database to the metrics."""
    observer.gauges += (
        Gauge("response_cache_bytes", "Estimated bytes of cached responses.", lambda: handler.responses.size),
        Gauge("response_cache_max_bytes", "Limit of cached responses.", lambda: handler.responses.max_size),
        Gauge("queries_running", "Queries that run.", lambda: database.load.running),
        Gauge("queries_queued", "Queries that wait until another one ends.", lambda: database.load.queued),
    )
    observer.read_revision = lambda: handler.revision.last


def _build_handler(
    settings: Settings, schema: Schema, engine: Engine, revision: CurrentRevision, cors: CorsPolicy
) -> RequestHandler:
    options = ResponseOptions(
        settings.cache_control.encode(),
        cors.vary,
        allow_explain=settings.allow_explain,
        show_cost=settings.show_cost,
    )
    persisted = _build_persisted_documents(settings, schema.graphql)
    return RequestHandler(engine, revision, persisted, options, settings.response_cache_bytes)


def _build_persisted_documents(settings: Settings, schema: GraphQLSchema) -> PersistedDocuments:
    # The default folder may be missing or empty; a folder that the settings require must contain documents.
    is_required = settings.trusted_documents_only or "trusted_documents_dir" in settings.model_fields_set
    folder, documents = settings.trusted_documents_dir, []
    if is_required or folder.is_dir():
        documents = load_trusted_documents(folder, schema, settings, may_be_empty=not is_required)
    return PersistedDocuments(
        index_by_hash(documents), only_trusted=settings.trusted_documents_only, store_bytes=settings.apq_cache_bytes
    )


def _open_database(settings: Settings) -> Database:
    database = open_database(settings.read_database, _build_query_limits(settings))
    system = settings.read_database.get_backend_name()
    return TracedDatabase(database, system) if is_tracing_wanted(os.environ) else database


def _build_query_limits(settings: Settings) -> QueryLimits:
    return QueryLimits(
        timeout_seconds=settings.query_timeout_seconds,
        max_concurrent=settings.max_concurrent_queries,
        max_queued=settings.max_queued_queries,
        mmap_bytes=settings.sqlite_mmap_bytes,
        pooler_keeps_prepared=settings.pooler_keeps_prepared,
    )


def _build_lifespan(database: Database) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return FastAPI's lifespan handler, which closes the database."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with export_traces() if is_tracing_wanted(os.environ) else nullcontext():
            try:
                yield
            finally:
                await database.close()

    return lifespan


def _build_resources(
    settings: Settings,
    schema: Schema,
    database: Database,
    revision: CurrentRevision,
    error_responder: ErrorResponder,
    drain_state: DrainState,
) -> dict[str, Read]:
    """Return the resources for reading, by the patterns of their paths."""
    cors = error_responder.cors
    cache_control = (b"cache-control", settings.cache_control.encode())

    def build_sdl() -> StaticResource:
        # Plain text, because browsers show it and download other types.
        return StaticResource(schema.print_sdl().encode(), "text/plain", [cache_control, *cors.vary_by_origin])

    stale_seconds = read_stale_if_error(settings.cache_control.encode()) if settings.response_cache_bytes else 0
    # With several workers, each request could reach another one.
    has_metrics = settings.metrics_port is None and settings.workers == 1
    metrics = {METRICS_PATH: MetricsResource(error_responder.observer).read} if has_metrics else {}
    return {
        **metrics,
        "/healthz": read_health,
        "/readyz": ReadinessProbe(partial(_read_status, database), revision, drain_state, stale_seconds).read,
        "/schema.graphql": LateResource(build_sdl).read,
        "/robots.txt": RobotsFile(settings.public_url, has_sitemap=settings.reader).read,
        "/favicon.ico": StaticResource(FAVICON, "image/svg+xml", [(b"cache-control", b"public, max-age=86400")]).read,
        f"{IMAGES_PATH}{{name:path}}": ImageEndpoint(_build_image_reader(settings, database), revision, cors).read,
        f"{ASSETS_PATH}{{name:path}}": ExplorerAssets(settings.explorer_dir).read,
    }


async def _read_status(database: Database) -> dict[str, Any]:
    status = await read_status(database)
    return {"revision": status.revision, "articles": status.article_count, "seededAt": status.seeded_at.isoformat()}
