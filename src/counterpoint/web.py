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

from counterpoint.api.schema import build_schema, declared_graph, graphql_schema
from counterpoint.delivery.deliverer import Deliverer, Telling
from counterpoint.delivery.endpoint import Endpoint
from counterpoint.delivery.explorer import Page, cdn_page, is_built, own_page
from counterpoint.delivery.persisted import Persisted
from counterpoint.delivery.policies import Hosts, Lifetimes, Origins
from counterpoint.delivery.refusals import Refusal, Refusals
from counterpoint.engine.dialects import dialect_of
from counterpoint.engine.documents import read_document
from counterpoint.engine.engine import Engine
from counterpoint.engine.limits import Limits
from counterpoint.errors import CounterpointError
from counterpoint.server.bounds import Bounds
from counterpoint.settings import Settings
from counterpoint.store.readers import reader_of
from counterpoint.store.reading import Allowance, Reader
from counterpoint.store.status import read_status
from counterpoint.trusted import TrustedDocument, read_trusted, texts_by_hash

log = logging.getLogger(__name__)

READ = ["GET", "HEAD"]

PROBES = ("/healthz", "/readyz")
"""What is asked by who runs the server, at whatever address it has: by its number, as a rule."""

MISDIRECTED = Refusal(421, "MISDIRECTED_REQUEST", "This server does not answer for the host that was asked.")


def build_app(settings: Settings, refusals: Refusals) -> ASGIApp:
    """Build the application. It connects when it starts, and answers as soon as there is content.

    What it can't answer it tells as its connections do, by the same `refusals`.
    """
    schema = build_schema()
    reader = reader_of(settings.database, _allowance(settings))
    dialect = dialect_of(settings.database.get_dialect()())
    built_schema = graphql_schema(schema)
    engine = Engine(built_schema, declared_graph(schema), dialect, reader, _limits(settings))
    app = FastAPI(title="Counterpoint", openapi_url=None, lifespan=_connected(reader))
    built = is_built(settings.assets)
    page = own_page() if built else cdn_page()
    endpoint = _endpoint(settings, engine, _persisted(built_schema, settings), page, refusals)
    hosts = Hosts(_listed(settings.allowed_hosts))
    if built:
        app.mount("/assets", StaticFiles(directory=Path(settings.assets)))
    _add_pages(app, reader, schema.as_str())

    async def site(scope: Scope, receive: Receive, send: Send) -> None:
        # Straight to the endpoint: the way through middleware and router would cost as much as all of delivery.
        if scope["type"] != "http":
            await app(scope, receive, send)
        elif not hosts.are_all and scope["path"] not in PROBES and not hosts.allow(_host(scope)):
            await endpoint.refuse(MISDIRECTED, scope, send)
        elif scope["path"] == "/graphql":
            await endpoint(scope, receive, send)
        else:
            await app(scope, receive, _unsniffed(send))

    return site


def connection_bounds(settings: Settings) -> Bounds:
    """Give what clients may do on a connection."""
    return Bounds(
        target=settings.limit_target,
        head=settings.limit_head,
        head_seconds=settings.head_seconds,
        body_seconds=settings.body_seconds,
        answer_seconds=settings.answer_seconds,
        idle_seconds=settings.idle_seconds,
        connections=settings.connections,
    )


def build_refusals(settings: Settings) -> Refusals:
    """Build what tells errors, to pages of the origins that may read answers."""
    return Refusals(Origins(_listed(settings.cors_origins)))


def trusted_documents(folder: Path, schema: GraphQLSchema, settings: Settings) -> list[TrustedDocument]:
    """Read a folder of trusted documents. Raise SettingsError, or ProblemsFound if one could not be executed."""
    limits = _limits(settings)
    return read_trusted(folder, lambda text: read_document(schema, text, limits))


def _persisted(schema: GraphQLSchema, settings: Settings) -> Persisted:
    # A folder that nobody asked for need not be there.
    is_asked_for = settings.trusted_only or "documents" in settings.model_fields_set or settings.documents.is_dir()
    documents = trusted_documents(settings.documents, schema, settings) if is_asked_for else []
    trusted = texts_by_hash(documents)
    return Persisted(trusted, only_trusted=settings.trusted_only, store_bytes=settings.persisted_bytes)


def _endpoint(settings: Settings, engine: Engine, persisted: Persisted, page: Page, refusals: Refusals) -> Endpoint:
    lifetimes = Lifetimes(settings.max_age, settings.s_maxage, settings.stale_while_revalidate, settings.stale_if_error)
    telling = Telling(lifetimes.header, refusals.origins.vary, explains=settings.explain, costs=settings.cost)
    deliverer = Deliverer(engine, persisted, telling, settings.cache_bytes)
    return Endpoint(deliverer, page, refusals, largest_body=settings.limit_body)


def _host(scope: Scope) -> bytes:
    host: bytes = dict(scope["headers"]).get(b"host", b"")
    return host


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


def _unsniffed(send: Send) -> Send:
    async def unsniffed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"x-content-type-options", b"nosniff")]
        await send(message)

    return unsniffed


def _allowance(settings: Settings) -> Allowance:
    return Allowance(
        seconds=settings.statement_seconds,
        at_once=settings.statements,
        waiting=settings.statements_waiting,
        mapped=settings.mapped_bytes,
    )


def _limits(settings: Settings) -> Limits:
    return Limits(**{limit.name: getattr(settings, f"limit_{limit.name}") for limit in fields(Limits)})


def _connected(reader: Reader) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await reader.open()
            yield
        finally:
            await reader.close()

    return lifespan


def _add_pages(app: FastAPI, reader: Reader, sdl: str) -> None:
    @app.api_route("/healthz", methods=READ)
    async def health() -> Response:
        """Tell that the process lives."""
        return JSONResponse({"alive": True})

    @app.api_route("/readyz", methods=READ)
    async def readiness() -> Response:
        """Tell whether content can be asked for."""
        try:
            status = await read_status(reader)
        except CounterpointError as error:
            return _unready(str(error))
        except Exception:
            log.exception("The database's status can't be told.")
            return _unready("The database can't be asked.")
        return JSONResponse(
            {
                "ready": True,
                "revision": status.revision,
                "articles": status.article_count,
                "seededAt": status.seeded_at.isoformat(),
            }
        )

    @app.api_route("/schema.graphql", methods=READ)
    async def schema_language() -> Response:
        """Give the schema in the schema definition language."""
        return PlainTextResponse(sdl, media_type="application/graphql")


def _unready(reason: str) -> Response:
    return JSONResponse({"ready": False, "reason": reason}, status_code=503)
