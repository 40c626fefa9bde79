"""Request handler: from the raw bytes of a GraphQL request to its response, cached, not modified, or executed."""

from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import TypeAlias

import orjson

from counterpoint.engine.engine import Engine, PreparedOperation
from counterpoint.engine.plans import OperationSummary
from counterpoint.errors import CounterpointError, DatabaseUnreachable
from counterpoint.http.etags import etag_matches, lists_etag
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.requests import Request, parse_body, parse_query_string
from counterpoint.http.response_cache import CacheEntry, ResponseCache
from counterpoint.http.responses import (
    CACHE_STATUS_BYPASS,
    CACHE_STATUS_COLLAPSED,
    CACHE_STATUS_HIT,
    CACHE_STATUS_STORED,
    HeaderLines,
    Response,
    build_content_headers,
)
from counterpoint.http.revision_polling import CurrentRevision
from counterpoint.http.stale_responses import StaleResponses
from counterpoint.lru_cache import LruCache
from counterpoint.single_flight import SingleFlight

REQUEST_CACHE_BYTES = 16_000_000
"""Estimated total size of the requests for content that were repeated, whose operations have known keys."""

REQUEST_OVERHEAD_BYTES = 400
"""Estimated size of an entry for a request without its bytes."""

RequestedOperation: TypeAlias = tuple[bytes, OperationSummary]
"""The key of the operation that a request executes, and its summary."""


@dataclass(frozen=True)
class ResponseOptions:
    """Settings that change responses: two header values, and two entries of `extensions`.

    With `allow_explain`, a request may ask for its SQL and query plan. With `show_cost`, responses contain their cost.
    """

    cache_control: bytes
    vary: bytes
    allow_explain: bool = False
    show_cost: bool = False


class RequestHandler:
    """Answers GraphQL requests from the response cache or the engine."""

    def __init__(
        self,
        engine: Engine,
        revision: CurrentRevision,
        persisted: PersistedDocuments,
        options: ResponseOptions,
        cache_bytes: int,
    ) -> None:
        """Cache responses within `cache_bytes`; if it is 0, cache neither responses nor requests."""
        self._engine = engine
        self._persisted = persisted
        self._options = options
        self.responses = ResponseCache(
            cache_bytes,
            cache_control=options.cache_control,
            vary=options.vary,
            body_variant=b"with cost" if options.show_cost else b"",
        )
        self.revision = revision
        self._stale_responses = StaleResponses(self.responses, revision, options.cache_control)
        self._requests: LruCache[tuple[bool, bytes], RequestedOperation] = LruCache(
            REQUEST_CACHE_BYTES * bool(cache_bytes)
        )
        self._executions: SingleFlight[tuple[bytes, str | None], CacheEntry] = SingleFlight()

    async def handle(
        self, raw: bytes, media_type: str, encoding: str, *, from_url: bool, if_none_match: bytes | None
    ) -> Response:
        """Return the response to a request. `raw` is a query string if `from_url` is true, else a JSON body.

        Raise CounterpointError if the request is invalid or cannot be executed.
        """
        start = perf_counter()
        prepared = parsed = None
        operation = self._requests.get((from_url, raw))
        if operation is None:
            prepared, parsed = await self._prepare(raw, from_url=from_url)
            if self._options.allow_explain and parsed.extensions.get("explain") is True:
                return await self._explain(prepared, media_type, perf_counter() - start)
            operation = prepared.key, prepared.plan.summary
        key, summary = operation
        is_constant = prepared is not None and prepared.is_constant
        try:
            revision = None if is_constant else self.revision.cached or await self.revision.current()
        except DatabaseUnreachable as error:
            return await self._serve_stale(error, operation, media_type, encoding, if_none_match)
        entry, cache_status = self.responses.get(key, revision), CACHE_STATUS_HIT
        timing, read_seconds = b"", None
        if entry is None:
            etag = self.responses.etag(key, revision, media_type, encoding) if if_none_match else b""
            if if_none_match and lists_etag(if_none_match, etag):
                return self._build_not_modified(etag, summary)
            prepared = prepared or (await self._prepare(raw, from_url=from_url))[0]
            execution_start = perf_counter()
            entry, cache_status = await self._execute(prepared, revision)
            read_seconds = perf_counter() - execution_start
            timing = b"prepare;dur=%.3f, read;dur=%.3f, " % (1000 * (execution_start - start), 1000 * read_seconds)
        elif parsed and not is_constant:
            self._remember(raw, operation, parsed, from_url=from_url)
        representation = entry.representations.get((media_type, encoding))
        representation = representation or await self.responses.represent(entry, media_type, encoding)
        if if_none_match and etag_matches(if_none_match, representation.etag):
            return self._build_not_modified(representation.etag, summary)
        lines = HeaderLines(representation.header_lines)
        return Response(200, lines, representation.body, cache_status, timing, summary, read_seconds)

    async def _prepare(self, raw: bytes, *, from_url: bool) -> tuple[PreparedOperation, Request]:
        """Parse a request and prepare its operation. Return both."""
        request = parse_query_string(raw) if from_url else parse_body(raw)
        document = self._persisted.resolve(request)
        prepared = await self._engine.prepare(document, request.operation_name, request.variables)
        self._persisted.register(request)
        return prepared, request

    def _remember(self, raw: bytes, operation: RequestedOperation, parsed: Request, *, from_url: bool) -> None:
        """Remember the operation of a request for content that is repeated. Most requests never are."""
        # Do not remember APQ registrations, because the document may have been evicted since.
        if not parsed.is_registration:
            self._requests.put((from_url, raw), operation, len(raw) + REQUEST_OVERHEAD_BYTES)

    async def _execute(self, prepared: PreparedOperation, revision: str | None) -> tuple[CacheEntry, bytes]:
        """Execute an operation, or share its running execution; return the new entry and its Cache-Status."""
        key = (prepared.key, revision)
        is_running = self._executions.is_running(key)
        try:
            entry = await self._executions.run(key, partial(self._execute_and_store, prepared, revision))
        except CounterpointError as error:
            error.operation = prepared.plan.summary
            raise
        if is_running:
            return entry, CACHE_STATUS_COLLAPSED
        return entry, CACHE_STATUS_STORED if self.responses.fits(entry) else CACHE_STATUS_BYPASS

    async def _execute_and_store(self, prepared: PreparedOperation, revision: str | None) -> CacheEntry:
        try:
            result = await self._engine.execute(prepared)
        except DatabaseUnreachable as error:
            self.revision.suspect_outage(error)
            raise
        extensions = b',"extensions":{"cost":%d}' % prepared.plan.cost if self._options.show_cost else b""
        body, tags = b'{"data":%b%b}' % (result.data, extensions), ",".join(result.tags).encode()
        entry = CacheEntry(prepared.key, result.revision, body, tags)
        self.responses.put(entry)
        if result.revision != revision:
            self.revision.invalidate()
        return entry

    async def _serve_stale(
        self,
        error: DatabaseUnreachable,
        operation: RequestedOperation,
        media_type: str,
        encoding: str,
        if_none_match: bytes | None,
    ) -> Response:
        """Return a stale response to a request for an operation. Raise the error if there is none."""
        key, error.operation = operation
        response = await self._stale_responses.find(key, media_type, encoding, if_none_match)
        if response is None:
            raise error
        return response._replace(operation=error.operation)

    def _build_not_modified(self, etag: bytes, summary: OperationSummary) -> Response:
        headers = self.responses.caching_headers(etag)
        return Response(304, headers, b"", CACHE_STATUS_HIT, operation=summary)

    async def _explain(self, prepared: PreparedOperation, media_type: str, prepare_seconds: float) -> Response:
        """Execute an operation without the cache, and add `extensions.explain` to the response."""
        start = perf_counter()
        result = await self._engine.execute(prepared)
        timings = {"prepare": round(1000 * prepare_seconds, 3), "read": round(1000 * (perf_counter() - start), 3)}
        explanation = {**await self._engine.explain(prepared), "milliseconds": timings}
        cost = {"cost": prepared.plan.cost} if self._options.show_cost else {}
        body = b'{"data":%b,"extensions":%b}' % (result.data, orjson.dumps({**cost, "explain": explanation}))
        headers = [
            *build_content_headers(media_type, body),
            (b"cache-control", b"no-store"),
            (b"vary", self._options.vary),
        ]
        return Response(200, headers, body, operation=prepared.plan.summary)
