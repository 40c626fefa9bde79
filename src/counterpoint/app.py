"""The web door: builds engine and application from settings, and hands them to each other."""

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
from strawberry.http.ides import get_graphql_ide_html

from counterpoint.api.schema import build_schema, graphql_schema, schema_mapping
from counterpoint.engine.document.documents import parse_document
from counterpoint.engine.document.limits import Limits
from counterpoint.engine.engine import Engine
from counterpoint.engine.sql.dialects import dialect_for
from counterpoint.errors import CounterpointError
from counterpoint.http.access import AllowedHosts, CorsPolicy
from counterpoint.http.endpoint import Endpoint
from counterpoint.http.error_responses import ErrorResponder, HttpError
from counterpoint.http.explorer import HtmlPage, bundled_page, cdn_page, is_built
from counterpoint.http.handler import RequestHandler, ResponseOptions
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.server.limits import ConnectionLimits
from counterpoint.settings import Settings
from counterpoint.store.database import Database, QueryLimits
from counterpoint.store.database_factory import open_database
from counterpoint.store.status import read_status
from counterpoint.trusted_documents import TrustedDocument, documents_by_hash, read_trusted_documents

log = logging.getLogger(__name__)

READ_METHODS = ["GET", "HEAD"]

PROBE_PATHS = ("/healthz", "/readyz")
"""What is asked by who runs the server, at whatever address it has: by its number, as a rule."""

MISDIRECTED_REQUEST = HttpError(
    421, "MISDIRECTED_REQUEST", "The Host header names a host that this server does not serve."
)


def build_app(settings: Settings, error_responder: ErrorResponder) -> ASGIApp:
    """Build the application. It connects when it starts, and answers as soon as there is content.

    What it can't answer it tells as its connections do, by the same `error_responder`.
    """
    schema = build_schema()
    reader = open_database(settings.database, _build_query_limits(settings))
    dialect = dialect_for(settings.database.get_dialect()())
    built_schema = graphql_schema(schema)
    engine = Engine(built_schema, schema_mapping(schema), dialect, reader, build_limits(settings))
    app = FastAPI(title="Counterpoint", openapi_url=None, lifespan=_lifespan(reader))
    built = is_built(settings.explorer_dir)
    page = bundled_page() if built else cdn_page(get_graphql_ide_html())
    endpoint = _endpoint(settings, engine, _persisted(built_schema, settings), page, error_responder)
    hosts = AllowedHosts(_split_list(settings.allowed_hosts))
    if built:
        app.mount("/assets", StaticFiles(directory=Path(settings.explorer_dir)))
    _add_probes(app, reader, schema.as_str())

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        # Straight to the endpoint: the way through middleware and router would cost as much as all of delivery.
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif not hosts.allows_all and scope["path"] not in PROBE_PATHS and not hosts.allows(_host(scope)):
            await endpoint.reject(MISDIRECTED_REQUEST, scope, send)
        elif scope["path"] == "/graphql":
            await endpoint(scope, receive, send)
        else:
            await app(scope, receive, _add_nosniff(send))

    return site


def build_connection_limits(settings: Settings) -> ConnectionLimits:
    """Return the limits of connections."""
    return ConnectionLimits(
        max_url_bytes=settings.limit_url_bytes,
        max_header_bytes=settings.limit_header_bytes,
        header_timeout_seconds=settings.header_timeout_seconds,
        body_timeout_seconds=settings.body_timeout_seconds,
        write_timeout_seconds=settings.write_timeout_seconds,
        keepalive_timeout_seconds=settings.keepalive_timeout_seconds,
        max_connections=settings.max_connections,
    )


def build_error_responder(settings: Settings) -> ErrorResponder:
    """Build what tells errors, to pages of the origins that may read answers."""
    return ErrorResponder(CorsPolicy(_split_list(settings.cors_origins)))


def trusted_documents(folder: Path, schema: GraphQLSchema, settings: Settings) -> list[TrustedDocument]:
    """Read a folder of trusted documents. Raise SettingsError, or ProblemsFound if one could not be executed."""
    limits = build_limits(settings)
    return read_trusted_documents(folder, lambda text: parse_document(schema, text, limits))


def _persisted(schema: GraphQLSchema, settings: Settings) -> PersistedDocuments:
    # A folder that nobody asked for need not be there.
    is_asked_for = (
        settings.trusted_documents_only
        or "trusted_documents_dir" in settings.model_fields_set
        or settings.trusted_documents_dir.is_dir()
    )
    documents = trusted_documents(settings.trusted_documents_dir, schema, settings) if is_asked_for else []
    trusted = documents_by_hash(documents)
    return PersistedDocuments(
        trusted, only_trusted=settings.trusted_documents_only, store_bytes=settings.apq_cache_bytes
    )


def _endpoint(
    settings: Settings, engine: Engine, persisted: PersistedDocuments, page: HtmlPage, error_responder: ErrorResponder
) -> Endpoint:
    options = ResponseOptions(
        settings.cache_control.encode(),
        error_responder.cors.vary,
        allow_explain=settings.allow_explain,
        show_cost=settings.show_cost,
    )
    handler = RequestHandler(engine, persisted, options, settings.response_cache_bytes)
    return Endpoint(handler, page, error_responder, max_body_bytes=settings.limit_body_bytes)


def _host(scope: Scope) -> bytes:
    host: bytes = dict(scope["headers"]).get(b"host", b"")
    return host


def _split_list(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _add_nosniff(send: Send) -> Send:
    async def unsniffed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"x-content-type-options", b"nosniff")]
        await send(message)

    return unsniffed


def _build_query_limits(settings: Settings) -> QueryLimits:
    return QueryLimits(
        timeout_seconds=settings.query_timeout_seconds,
        max_concurrent=settings.max_concurrent_queries,
        max_queued=settings.max_queued_queries,
        mmap_bytes=settings.sqlite_mmap_bytes,
    )


def build_limits(settings: Settings) -> Limits:
    """Build the limits of one operation from the settings named `limit_...`."""
    return Limits(**{limit.name: getattr(settings, f"limit_{limit.name}") for limit in fields(Limits)})


def _lifespan(reader: Database) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await reader.open()
            yield
        finally:
            await reader.close()

    return lifespan


def _add_probes(app: FastAPI, reader: Database, sdl: str) -> None:
    @app.api_route("/healthz", methods=READ_METHODS)
    async def health() -> Response:
        """Tell that the process lives."""
        return JSONResponse({"alive": True})

    @app.api_route("/readyz", methods=READ_METHODS)
    async def readiness() -> Response:
        """Tell whether content can be asked for."""
        try:
            status = await read_status(reader)
        except CounterpointError as error:
            return _not_ready(str(error))
        except Exception:
            log.exception("The database's status can't be told.")
            return _not_ready("The database can't be asked.")
        return JSONResponse(
            {
                "ready": True,
                "revision": status.revision,
                "articles": status.article_count,
                "seededAt": status.seeded_at.isoformat(),
            }
        )

    @app.api_route("/schema.graphql", methods=READ_METHODS)
    async def schema_language() -> Response:
        """Give the schema in the schema definition language."""
        return PlainTextResponse(sdl, media_type="application/graphql")


def _not_ready(reason: str) -> Response:
    return JSONResponse({"ready": False, "reason": reason}, status_code=503)
