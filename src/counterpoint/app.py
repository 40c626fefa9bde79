"""The web application: schema, engine, database and HTTP endpoint, built from the settings.

FastAPI hosts the application and serves the probes, the published schema and the explorer's assets. Requests to
/graphql and to images bypass it and go directly to their endpoints.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import fields
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from graphql import GraphQLSchema
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from strawberry import Schema
from strawberry.http.ides import get_graphql_ide_html

from counterpoint.api.schema import build_schema, graphql_schema, schema_mapping
from counterpoint.engine.document.documents import parse_document
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.engine import Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.errors import CounterpointError
from counterpoint.http.allowed_hosts import AllowedHosts
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.endpoint import Endpoint
from counterpoint.http.error_responses import ErrorResponder, HttpError
from counterpoint.http.explorer import bundled_page, cdn_page, is_built
from counterpoint.http.handler import RequestHandler, ResponseOptions
from counterpoint.http.images import IMAGES_PATH, ImageEndpoint, ReadImage
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.public_address import PublicAddress
from counterpoint.reader.endpoint import ReaderEndpoint
from counterpoint.server.limits import ConnectionLimits
from counterpoint.settings import Settings
from counterpoint.store.database import Database, QueryLimits
from counterpoint.store.database_factory import open_database
from counterpoint.store.image_files import image_reader
from counterpoint.store.status import read_status, refuse_newer_schema
from counterpoint.trusted_documents import TrustedDocument, index_by_hash, read_trusted_documents

log = logging.getLogger(__name__)

READ_METHODS = ["GET", "HEAD"]

PROBE_PATHS = ("/healthz", "/readyz")
"""Health-check paths. Exempt from the Host check because orchestrators call them by IP address."""

MISDIRECTED_REQUEST = HttpError(
    421, "MISDIRECTED_REQUEST", "The Host header names a host that this server does not serve."
)


AddPages = Callable[[FastAPI, Engine], None]
"""Adds pages to the application. They read the content through the engine."""


def build_app(settings: Settings, error_responder: ErrorResponder, add_pages: AddPages | None = None) -> ASGIApp:
    """Build the ASGI application. It connects to the database when it starts.

    Pass the `error_responder` of the connections, because both share its log throttle and request ids.
    """
    schema = build_schema()
    database = open_database(settings.database, _build_query_limits(settings))
    app = FastAPI(title="Counterpoint", openapi_url=None, lifespan=_lifespan(database))
    if is_built(settings.explorer_dir):
        app.mount("/assets", StaticFiles(directory=settings.explorer_dir))
    _add_probes(app, database)
    _add_published_schema(app, schema.as_str())
    engine = _build_engine(settings, schema, database, build_limits(settings))
    reader = _build_reader(settings, schema, database, error_responder) if settings.reader else None
    if add_pages:
        add_pages(app, engine)
    if add_pages and reader:
        # The added pages have precedence over those of the reader with the same addresses.
        app.mount("/", reader)
        reader = None
    endpoint = _build_endpoint(settings, schema, engine, error_responder)
    images = ImageEndpoint(_image_reader(settings, database), error_responder)
    return _route(endpoint, images, reader, app, AllowedHosts(_split_list(settings.allowed_hosts)))


def refuse_newer_database(settings: Settings) -> None:
    """Raise NotReady if a newer version of Counterpoint has migrated the database."""
    asyncio.run(refuse_newer_schema(open_database(settings.database, _build_query_limits(settings))))


def build_error_responder(settings: Settings) -> ErrorResponder:
    """Build the error responder, which applies the CORS policy of the settings."""
    return ErrorResponder(CorsPolicy(_split_list(settings.cors_origins)))


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
    dialect = dialect_for(settings.database.get_dialect()())
    return Engine(graphql_schema(schema), schema_mapping(schema), dialect, database, limits)


def _build_reader(
    settings: Settings, schema: Schema, database: Database, error_responder: ErrorResponder
) -> ReaderEndpoint:
    # The default limits, because the documents of the reader are trusted, and must work with tighter settings too.
    limits = Limits(**{limit.name: Settings.model_fields[f"limit_{limit.name}"].default for limit in fields(Limits)})
    return ReaderEndpoint(
        _build_engine(settings, schema, database, limits),
        error_responder,
        PublicAddress(settings.public_url),
        cache_control=settings.cache_control.encode(),
        cache_bytes=settings.response_cache_bytes // 4,
    )


def _image_reader(settings: Settings, database: Database) -> ReadImage:
    dialect = dialect_for(settings.database.get_dialect()())
    placeholder, _ = dialect.render_parameters("$1")
    return image_reader(database, placeholder)


def _build_endpoint(settings: Settings, schema: Schema, engine: Engine, error_responder: ErrorResponder) -> Endpoint:
    options = ResponseOptions(
        settings.cache_control.encode(),
        error_responder.cors.vary,
        allow_explain=settings.allow_explain,
        show_cost=settings.show_cost,
    )
    persisted = _build_persisted_documents(settings, graphql_schema(schema))
    handler = RequestHandler(engine, persisted, options, settings.response_cache_bytes)
    explorer = bundled_page() if is_built(settings.explorer_dir) else cdn_page(get_graphql_ide_html())
    return Endpoint(handler, explorer, error_responder, max_body_bytes=settings.limit_body_bytes)


def _build_persisted_documents(settings: Settings, schema: GraphQLSchema) -> PersistedDocuments:
    # The default folder may be missing or empty; a folder that the settings require must contain documents.
    is_required = settings.trusted_documents_only or "trusted_documents_dir" in settings.model_fields_set
    folder, documents = settings.trusted_documents_dir, []
    if is_required or folder.is_dir():
        documents = load_trusted_documents(folder, schema, settings, may_be_empty=not is_required)
    return PersistedDocuments(
        index_by_hash(documents), only_trusted=settings.trusted_documents_only, store_bytes=settings.apq_cache_bytes
    )


def _build_query_limits(settings: Settings) -> QueryLimits:
    return QueryLimits(
        timeout_seconds=settings.query_timeout_seconds,
        max_concurrent=settings.max_concurrent_queries,
        max_queued=settings.max_queued_queries,
        mmap_bytes=settings.sqlite_mmap_bytes,
    )


def _split_list(text: str) -> list[str]:
    """Split a comma-separated list, without white space and empty items."""
    return [item.strip() for item in text.split(",") if item.strip()]


def _route(
    endpoint: Endpoint, images: ImageEndpoint, reader: ReaderEndpoint | None, app: ASGIApp, hosts: AllowedHosts
) -> ASGIApp:
    """Return an application that sends /graphql, images and pages to their endpoints, and all other paths to `app`."""

    async def route(scope: Scope, receive: Receive, send: Send) -> None:
        # Bypass FastAPI for /graphql because its middleware and router take as long as a cached response.
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif not hosts.allows_all and scope["path"] not in PROBE_PATHS and not hosts.allows(_host(scope)):
            await endpoint.reject(MISDIRECTED_REQUEST, scope, send)
        elif scope["path"] == "/graphql":
            await endpoint(scope, receive, send)
        elif scope["path"].startswith(IMAGES_PATH):
            await images(scope, receive, send)
        elif reader and reader.serves(scope["path"]):
            await reader(scope, receive, send)
        else:
            await app(scope, receive, _add_nosniff(send))

    return route


def _host(scope: Scope) -> bytes:
    host: bytes = dict(scope["headers"]).get(b"host", b"")
    return host


def _add_nosniff(send: Send) -> Send:
    """Wrap `send` to add the header X-Content-Type-Options: nosniff."""

    async def send_with_nosniff(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"x-content-type-options", b"nosniff")]
        await send(message)

    return send_with_nosniff


def _lifespan(database: Database) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """Return FastAPI's lifespan handler, which opens and closes the database."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await database.open()
            yield
        finally:
            await database.close()

    return lifespan


def _add_probes(app: FastAPI, database: Database) -> None:
    @app.api_route("/healthz", methods=READ_METHODS)
    async def health() -> Response:
        """Report that the process is alive."""
        return JSONResponse({"alive": True})

    @app.api_route("/readyz", methods=READ_METHODS)
    async def readiness() -> Response:
        """Report whether the database holds content that this version can read."""
        try:
            status = await read_status(database)
        except CounterpointError as error:
            return _not_ready(str(error))
        except Exception:
            log.exception("The readiness check failed unexpectedly.")
            return _not_ready("The status of the database cannot be read.")
        return JSONResponse(
            {
                "ready": True,
                "revision": status.revision,
                "articles": status.article_count,
                "seededAt": status.seeded_at.isoformat(),
            }
        )


def _not_ready(reason: str) -> Response:
    return JSONResponse({"ready": False, "reason": reason}, status_code=503)


def _add_published_schema(app: FastAPI, sdl: str) -> None:
    @app.api_route("/schema.graphql", methods=READ_METHODS)
    async def published_schema() -> Response:
        """Return the schema in the schema definition language (SDL)."""
        return PlainTextResponse(sdl, media_type="application/graphql")
