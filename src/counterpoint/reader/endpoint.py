"""The endpoint of the reader: an ASGI application that executes the documents of a page, and renders its template."""

import asyncio
from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from time import perf_counter
from typing import Any
from urllib.parse import parse_qs

import orjson

from counterpoint.engine.engine import Engine
from counterpoint.errors import CounterpointError, NotReady
from counterpoint.http.application import RequestHead, Scope, Send, read_head
from counterpoint.http.error_responses import ErrorResponder, HttpError, InternalError
from counterpoint.http.etags import etag_matches, lists_etag
from counterpoint.http.handler import CACHE_STATUS_HIT, CACHE_STATUS_STORED
from counterpoint.http.negotiation import HTML, choose_encoding
from counterpoint.http.public_address import PublicAddress
from counterpoint.http.requests import Receive
from counterpoint.http.response_cache import CacheEntry, ResponseCache
from counterpoint.http.responses import CACHE_STATUS_BYPASS, Headers, Response, content_headers
from counterpoint.http.revision_polling import CurrentRevision
from counterpoint.reader.pages import Address, Data, Page
from counterpoint.reader.rendering import (
    DOCUMENTS,
    STYLE,
    STYLE_PATH,
    STYLE_PATHS,
    build_environment,
    digest_files,
    explorer_link,
)
from counterpoint.reader.routes import find_page
from counterpoint.single_flight import SingleFlight

MAX_ATTEMPTS = 5
"""How often a page is read if its documents are read at different revisions."""

RENDER_IN_THREAD_BYTES = 50_000
"""Larger answers are rendered in a thread, because they would block the event loop for milliseconds."""

ALLOW = (b"allow", b"GET, HEAD")

ERROR_HEADINGS = {
    301: "This page has moved",
    302: "This page has moved",
    404: "There is no such page",
    405: "This page can only be read",
    422: "This address is not valid",
    503: "Please try again in a moment",
}

SECURITY_HEADERS: Headers = [
    (
        b"content-security-policy",
        # Editors may link to images on any host.
        b"default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        b"img-src 'self' https: http:; style-src 'self'",
    ),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
]


class ReaderEndpoint:
    """Serves GET and HEAD of pages from a cache, or from the engine. Errors are pages too."""

    def __init__(
        self,
        engine: Engine,
        error_responder: ErrorResponder,
        public_address: PublicAddress,
        *,
        cache_control: bytes,
        cache_bytes: int,
    ) -> None:
        """Cache pages within `cache_bytes`. `engine` has limits that the documents of the pages keep."""
        self._engine = engine
        self._error_responder = error_responder
        self._public_address = public_address
        self._environment = build_environment()
        self._revision = CurrentRevision(engine.revision)
        self._renderings: SingleFlight[tuple[bytes, str], CacheEntry] = SingleFlight()
        vary = b"Accept-Encoding" + b"".join(b", " + value for _, value in error_responder.cors.vary_by_origin)
        self._responses = ResponseCache(
            cache_bytes, cache_control=cache_control, vary=vary, body_variant=digest_files()
        )
        immutable = b"public, max-age=31536000, immutable"
        self._constant_responses = ResponseCache(0, cache_control=immutable, vary=vary)
        self._style = CacheEntry(STYLE_PATH.encode(), None, STYLE, ())

    def serves(self, path: str) -> bool:
        """Return whether a path belongs to the reader."""
        return STYLE_PATHS.fullmatch(path) is not None or find_page(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        start = perf_counter()
        head = read_head(scope)
        request_id = self._error_responder.request_id(head.headers.get(b"x-request-id", b""))
        response = await self._respond(scope, head, request_id)
        headers = self._error_responder.complete_headers(response, request_id, head.headers.get(b"origin"), start)
        await send({"type": "http.response.start", "status": response.status, "headers": headers + SECURITY_HEADERS})
        await send({"type": "http.response.body", "body": b"" if head.method == "HEAD" else response.body})

    async def _respond(self, scope: Scope, head: RequestHead, request_id: str) -> Response:
        try:
            if head.method not in ("GET", "HEAD"):
                message = f"Method {head.method} is not supported: use GET."
                raise HttpError(405, "METHOD_NOT_ALLOWED", message, [ALLOW])
            encoding = choose_encoding(head.header_text(b"accept-encoding"))
            if_none_match = head.headers.get(b"if-none-match")
            if STYLE_PATHS.fullmatch(scope["path"]):
                return await self._serve_style(scope["path"], encoding, if_none_match)
            return await self._serve_page(scope, head, encoding, if_none_match)
        except CounterpointError as error:
            return self._render_error(error, scope["path"], request_id)
        except Exception as error:
            return self._render_error(InternalError(error), scope["path"], request_id)

    async def _serve_page(
        self, scope: Scope, head: RequestHead, encoding: str, if_none_match: bytes | None
    ) -> Response:
        """Return a page from the cache, or read and render it. An unchanged page needs neither."""
        match = find_page(scope["path"])
        if match is None:
            raise HttpError(404, "NOT_FOUND", f"There is no page at {scope['path']}.")
        page, slug = match
        parameters = _parse_parameters(head.query_string, page.parameters)
        address = Address(self._public_address.origin(head), scope["path"], slug, parameters)
        # Without parameters that the page does not have, such as those that campaigns add to links.
        key = blake2b(address.url.encode("utf-8", "replace")).digest()
        revision = self._revision.cached or await self._revision.current()
        entry, cache_status = self._responses.get(key, revision), CACHE_STATUS_HIT
        if entry is None:
            etag = self._responses.etag(key, revision, page.media_type, encoding)
            if if_none_match and lists_etag(if_none_match, etag):
                return Response(304, self._responses.caching_headers(etag), b"", CACHE_STATUS_HIT)
            render = partial(self._read_and_render, page, address, key)
            entry, cache_status = await self._renderings.run((key, revision), render), CACHE_STATUS_STORED
            if entry.revision != revision:
                self._revision.invalidate()
        response = await self._serve(self._responses, entry, page.media_type, encoding, if_none_match)
        return response._replace(cache_status=cache_status if self._responses.contains(entry) else CACHE_STATUS_BYPASS)

    async def _serve_style(self, path: str, encoding: str, if_none_match: bytes | None) -> Response:
        """Return the stylesheet. Redirect from that of another version, because caches hold pages that load it."""
        if path != STYLE_PATH:
            raise HttpError(302, "MOVED", "The stylesheet has another address.", [(b"location", STYLE_PATH.encode())])
        return await self._serve(self._constant_responses, self._style, "text/css", encoding, if_none_match)

    async def _serve(
        self, responses: ResponseCache, entry: CacheEntry, media_type: str, encoding: str, if_none_match: bytes | None
    ) -> Response:
        representation = await responses.represent(entry, media_type, encoding)
        if if_none_match and etag_matches(if_none_match, representation.etag):
            return Response(304, responses.caching_headers(representation.etag), b"", CACHE_STATUS_HIT)
        return Response(200, representation.headers, representation.body, CACHE_STATUS_HIT)

    async def _read_and_render(self, page: Page, address: Address, key: bytes) -> CacheEntry:
        for _ in range(MAX_ATTEMPTS):
            reading = _Reading(self._engine)
            data = await page.read(reading.execute, address)
            if len(reading.revisions) == 1:
                break
        else:
            raise NotReady("The content changes too often at the moment.")
        context = {**data, "address": address, "queries": reading.queries}
        render = partial(self._environment.get_template(page.template).render, context)
        text = await asyncio.to_thread(render) if reading.size > RENDER_IN_THREAD_BYTES else render()
        entry = CacheEntry(key, reading.revisions.pop(), text.encode("utf-8", "replace"), tuple(sorted(reading.tags)))
        self._responses.put(entry)
        return entry

    def _render_error(self, error: CounterpointError, path: str, request_id: str) -> Response:
        response = self._error_responder.build_response(error, request_id)
        if (match := find_page(path)) and match[0].media_type != HTML:
            return response  # Programs that read feeds get errors as the API has them.
        template = self._environment.get_template("error.html")
        heading = ERROR_HEADINGS.get(response.status, "This page could not be made")
        context = {"status": response.status, "heading": heading, "error": error, "request_id": request_id}
        body = template.render(context).encode("utf-8", "replace")
        headers = dict(response.headers) | dict(content_headers(HTML, body))
        return response._replace(headers=[*headers.items()], body=body)


class _Reading:
    """Executes the documents of one page, and collects what the page depends on."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.revisions: set[str | None] = set()
        self.tags: set[str] = set()
        self.queries: list[str] = []
        """Links that open the explorer with each document."""
        self.size = 0

    async def execute(self, name: str, variables: Mapping[str, Any]) -> Data:
        """Execute a document with variables. Raise RequestError, NotReady, QueryTimeout or Overloaded."""
        document = DOCUMENTS[name]
        result = await self._engine.execute(await self._engine.prepare(document, None, dict(variables)))
        self.revisions.add(result.revision)
        self.tags.update(result.tags)
        self.queries.append(explorer_link(document, variables))
        self.size += len(result.data)
        data: Data = orjson.loads(result.data)
        return data


def _parse_parameters(query_string: bytes, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the values of the query parameters with these names."""
    values = parse_qs(query_string.decode("latin-1"), errors="replace")
    return {name: tuple(values[name]) for name in names if name in values}
