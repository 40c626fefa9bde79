"""The endpoint of the reader: an ASGI application that executes the documents of a page, and renders its template."""

import asyncio
from collections.abc import Mapping
from functools import partial
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qs, quote

import orjson

from counterpoint.engine.engine import Engine
from counterpoint.errors import CounterpointError, DatabaseUnreachable, NotReady
from counterpoint.http.application import HttpApplication, RequestHead, Scope, Send
from counterpoint.http.error_responses import ErrorResponder, HttpError, UnknownPath
from counterpoint.http.etags import etag_matches, lists_etag
from counterpoint.http.negotiation import HTML, JSON, choose_encoding, choose_media_type
from counterpoint.http.requests import Receive
from counterpoint.http.response_cache import CacheEntry, ResponseCache
from counterpoint.http.responses import (
    CACHE_FOREVER,
    CACHE_STATUS_BYPASS,
    CACHE_STATUS_HIT,
    CACHE_STATUS_STORED,
    HeaderLines,
    Headers,
    Response,
    build_content_headers,
)
from counterpoint.http.revision_polling import CurrentRevision
from counterpoint.http.stale_responses import StaleResponses
from counterpoint.http.static_resource import StaticResource
from counterpoint.reader.feeds import FEEDS
from counterpoint.reader.pages import FILE_PAGE, PAGES, Address, Data, Page
from counterpoint.reader.rendering import (
    DOCUMENTS,
    STYLE,
    STYLE_PATH,
    STYLE_PATHS,
    build_environment,
    build_explorer_link,
    digest_files,
)
from counterpoint.reader.sitemaps import SITEMAPS
from counterpoint.single_flight import SingleFlight

MAX_ATTEMPTS = 5
"""How often a page is read if its documents are read at different revisions."""

RENDER_IN_THREAD_BYTES = 50_000
"""Larger answers are rendered in a thread, because they would block the event loop for milliseconds."""

ALL_PAGES = PAGES | {page.path: page for page in (*FEEDS, *SITEMAPS, FILE_PAGE)}
"""The pages, feeds and sitemaps by their paths."""

ALLOW = (b"allow", b"GET, HEAD")

MOVED = ("This page has moved", "It has another address now.")

ERROR_TEXTS = {
    301: MOVED,
    302: MOVED,
    308: MOVED,
    404: ("There is no such page", "The address may be mistyped, or the page may have been removed."),
    405: ("This page can only be read", "Open its address again to read it."),
    422: (
        "This address is not valid",
        "A value behind the question mark is not valid, or it is too long. "
        "The address may have been cut off, or the content may have changed.",
    ),
    500: ("This page could not be made", "The error has been recorded. Please try again later."),
    503: ("Please try again in a moment", "This page could not be made in time."),
}
"""Heading and text of an error's page by status. Messages of the API are for developers."""

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
        revision: CurrentRevision,
        error_responder: ErrorResponder,
        *,
        public_url: str,
        cache_control: bytes,
        cache_bytes: int,
    ) -> None:
        """Cache pages within `cache_bytes`. `engine` has limits that the documents of the pages keep."""
        self._engine = engine
        self._error_responder = error_responder
        self._application = HttpApplication("page", self._respond, error_responder, self._build_error)
        self._public_url = public_url
        self._environment = build_environment()
        self._revision = revision
        self._renderings: SingleFlight[tuple[bytes, str], CacheEntry] = SingleFlight()
        vary = b"Accept-Encoding" + b"".join(b", " + value for _, value in error_responder.cors.vary_by_origin)
        self._responses = ResponseCache(
            cache_bytes, cache_control=cache_control, vary=vary, body_variant=digest_files()
        )
        self._stale_responses = StaleResponses(self._responses, revision, cache_control)
        self._style = StaticResource(STYLE, "text/css", [CACHE_FOREVER, *error_responder.cors.vary_by_origin])

    def serves(self, path: str) -> bool:
        """Return whether a path belongs to the reader."""
        return STYLE_PATHS.fullmatch(path) is not None or _find_page(path) is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._application(scope, receive, send)

    async def _respond(self, head: RequestHead, _: Receive) -> Response:
        if not self.serves(head.path):
            raise _describe_unknown_path(head)
        if head.method not in ("GET", "HEAD"):
            message = f"Method {head.method} is not supported: use GET."
            raise HttpError(405, "METHOD_NOT_ALLOWED", message, [ALLOW])
        match = _find_page(head.path)
        response = await (self._serve_page(head, *match) if match else self._serve_style(head))
        return response._replace(headers=[*response.headers, *SECURITY_HEADERS])

    async def _serve_page(self, head: RequestHead, page: Page, slug: str) -> Response:
        """Return a page from the cache, or read and render it. An unchanged page needs neither."""
        parameters = _parse_parameters(head.query_string, page.parameters)
        address = Address(head.origin(self._public_url), head.path, slug, parameters)
        # Without parameters that the page does not have, such as those that campaigns add to links.
        key = blake2b(address.url.encode("utf-8", "replace"), digest_size=16).digest()
        encoding = choose_encoding(head.header_text(b"accept-encoding"))
        if_none_match = head.headers.get(b"if-none-match")
        try:
            revision = self._revision.cached or await self._revision.current()
        except DatabaseUnreachable:
            stale_response = await self._stale_responses.find(key, page.media_type, encoding, if_none_match)
            if stale_response is None:
                raise
            return stale_response
        entry, cache_status = self._responses.get(key, revision), CACHE_STATUS_HIT
        if entry is None:
            etag = self._responses.etag(key, revision, page.media_type, encoding)
            if if_none_match and lists_etag(if_none_match, etag):
                return Response(304, self._responses.caching_headers(etag), b"", CACHE_STATUS_HIT)
            entry, cache_status = await self._render_once(page, address, key, revision), CACHE_STATUS_STORED
        representation = await self._responses.represent(entry, page.media_type, encoding)
        if not self._responses.fits(entry):
            cache_status = CACHE_STATUS_BYPASS
        if etag_matches(if_none_match, representation.etag):
            return Response(304, self._responses.caching_headers(representation.etag), b"", cache_status)
        return Response(200, HeaderLines(representation.header_lines), representation.body, cache_status)

    async def _serve_style(self, head: RequestHead) -> Response:
        """Return the stylesheet. Redirect from that of another version, because caches hold pages that load it."""
        if head.path != STYLE_PATH:
            raise HttpError(302, "MOVED", "The stylesheet has another address.", [(b"location", STYLE_PATH.encode())])
        return await self._style.read(head)

    async def _render_once(self, page: Page, address: Address, key: bytes, revision: str) -> CacheEntry:
        """Read and render a page, or share what another request does. Report a new revision, and a database away."""
        render = partial(self._read_and_render, page, address, key)
        try:
            entry = await self._renderings.run((key, revision), render)
        except DatabaseUnreachable as error:
            self._revision.suspect_outage(error)
            raise
        if entry.revision != revision:
            self._revision.invalidate()
        return entry

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
        tags = ",".join(sorted(reading.tags)).encode()
        entry = CacheEntry(key, reading.revisions.pop(), text.encode("utf-8", "replace"), tags)
        self._responses.put(entry)
        return entry

    def _build_error(self, error: CounterpointError, head: RequestHead, request_id: str) -> Response:
        response = self._error_responder.build_response(error, request_id)
        if _choose_error_type(head) == HTML:
            heading, text = ERROR_TEXTS.get(response.status, ERROR_TEXTS[500])
            # The operator's first visit may come before the first seeding.
            text = str(error) if isinstance(error, NotReady) else text
            context = {"status": response.status, "heading": heading, "text": text}
            template = self._environment.get_template("error.html")
            body = template.render(context, code=error.code, request_id=request_id).encode("utf-8", "replace")
            headers = dict(response.headers) | dict(build_content_headers(HTML, body))
            response = response._replace(headers=[*headers.items()], body=body)
        return response._replace(headers=[*response.headers, *SECURITY_HEADERS])


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
        self.queries.append(build_explorer_link(document, variables))
        self.size += len(result.data)
        data: Data = orjson.loads(result.data)
        return data


def _find_page(path: str) -> tuple[Page, str] | None:
    """Return the page with a path, and the slug in it; None if there is no page."""
    if page := ALL_PAGES.get(path):
        return page, ""
    prefix, _, slug = path.rpartition("/")
    page = ALL_PAGES.get(f"{prefix}/{{slug}}")
    return (page, slug) if page and slug else None


def _parse_parameters(query_string: bytes, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the values of the query parameters with these names."""
    values = parse_qs(query_string.decode("latin-1"), errors="replace")
    return {name: tuple(values[name]) for name in names if name in values}


def _describe_unknown_path(head: RequestHead) -> HttpError:
    """Return the error for a path that is no page's. With a slash too many, it leads to the page."""
    path = head.path.removesuffix("/")
    if not _find_page(path):
        return UnknownPath()
    location = quote(path).encode() + (b"?" + head.query_string if head.query_string else b"")
    return HttpError(308, "MOVED", "This page has another address.", [(b"location", location)])


def _choose_error_type(head: RequestHead) -> str:
    """Return HTML for pages and for browsers elsewhere. Programs that read feeds get errors as the API has them."""
    if match := _find_page(head.path):
        return HTML if match[0].media_type == HTML else JSON
    return choose_media_type(head.header_text(b"accept"), (JSON, HTML)) or JSON
