"""Request handler: from the raw bytes of a GraphQL request to its response, cached, not modified, or executed."""

from dataclasses import dataclass
from functools import partial
from time import perf_counter

import orjson
from cachetools import LRUCache

from counterpoint.engine.engine import Engine, PreparedOperation
from counterpoint.http.etags import etag_matches, lists_etag
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.requests import parse_body, parse_query_string
from counterpoint.http.response_cache import ENTRY_OVERHEAD_BYTES, CacheEntry, ResponseCache
from counterpoint.http.responses import CACHE_STATUS_BYPASS, Response, content_headers
from counterpoint.http.revision_polling import CurrentRevision
from counterpoint.single_flight import SingleFlight

REQUEST_CACHE_BYTES = 16_000_000
"""Estimated total size of the cached requests."""

CACHE_STATUS_HIT = b"Counterpoint; hit"
CACHE_STATUS_STORED = b"Counterpoint; fwd=miss; stored"
CACHE_STATUS_COLLAPSED = b"Counterpoint; fwd=miss; collapsed"


@dataclass(frozen=True)
class ResponseOptions:
    """Settings that change responses: two header values, and two entries of `extensions`.

    With `allow_explain`, a request may ask for its SQL and query plan. With `show_cost`, responses contain their cost.
    """

    cache_control: bytes
    vary: bytes
    allow_explain: bool = False
    show_cost: bool = False


@dataclass(frozen=True, slots=True)
class _CachedRequest:
    """A parsed and prepared request. `size` is its estimated number of bytes in memory."""

    prepared: PreparedOperation
    size: int
    wants_explanation: bool


class RequestHandler:
    """Answers GraphQL requests from the response cache or the engine."""

    def __init__(
        self, engine: Engine, persisted: PersistedDocuments, options: ResponseOptions, cache_bytes: int
    ) -> None:
        """Cache responses within `cache_bytes`; if it is 0, cache neither responses nor requests."""
        self._engine = engine
        self._persisted = persisted
        self._options = options
        self._responses = ResponseCache(
            cache_bytes,
            cache_control=options.cache_control,
            vary=options.vary,
            body_variant=b"with cost" if options.show_cost else b"",
        )
        self._revision = CurrentRevision(engine.revision)
        self._requests: LRUCache[tuple[bool, bytes], _CachedRequest] = LRUCache(
            REQUEST_CACHE_BYTES * bool(cache_bytes), lambda request: request.size
        )
        self._executions: SingleFlight[tuple[bytes, str | None], CacheEntry] = SingleFlight()

    async def handle(
        self, raw: bytes, media_type: str, encoding: str, *, from_url: bool, if_none_match: bytes | None
    ) -> Response:
        """Return the response to a request. `raw` is a query string if `from_url` is true, else a JSON body.

        Raise CounterpointError if the request is invalid or cannot be executed.
        """
        start = perf_counter()
        request = self._requests.get((from_url, raw)) or await self._prepare(raw, from_url=from_url)
        prepared = request.prepared
        if request.wants_explanation:
            return await self._explain(prepared, media_type, perf_counter() - start)
        revision = None if prepared.is_constant else self._revision.cached or await self._revision.current()
        entry, cache_status, timing = self._responses.get(prepared.key, revision), CACHE_STATUS_HIT, b""
        if entry is None:
            if if_none_match:
                etag = self._responses.etag(prepared.key, revision, media_type, encoding)
                if lists_etag(if_none_match, etag):
                    return self._not_modified(etag)
            execution_start = perf_counter()
            entry, cache_status = await self._execute(prepared, revision)
            seconds = (execution_start - start, perf_counter() - execution_start)
            timing = b"prepare;dur=%.3f, read;dur=%.3f, " % (1000 * seconds[0], 1000 * seconds[1])
        representation = entry.representations.get((media_type, encoding)) or await self._responses.represent(
            entry, media_type, encoding
        )
        if if_none_match and etag_matches(if_none_match, representation.etag):
            return self._not_modified(representation.etag)
        if cache_status is CACHE_STATUS_STORED and not self._responses.contains(entry):
            cache_status = CACHE_STATUS_BYPASS
        return Response(200, representation.headers, representation.body, cache_status, timing)

    async def _prepare(self, raw: bytes, *, from_url: bool) -> _CachedRequest:
        """Parse a request and prepare its operation; cache the result where that is allowed."""
        request = parse_query_string(raw) if from_url else parse_body(raw)
        document = self._persisted.resolve(request)
        prepared = await self._engine.prepare(document, request.operation_name, request.variables)
        self._persisted.register(request)
        wants_explanation = self._options.allow_explain and request.extensions.get("explain") is True
        # Count the plan's size per request: the request keeps the plan alive after the engine evicts it.
        size = 2 * len(raw) + prepared.plan.size + ENTRY_OVERHEAD_BYTES
        prepared_request = _CachedRequest(prepared, size, wants_explanation)
        # Do not cache APQ registrations, because the document may have been evicted since.
        # Do not cache introspection, because its variables are not counted in `size`.
        if size <= self._requests.maxsize and not request.is_registration and not prepared.raw_variables:
            self._requests[from_url, raw] = prepared_request
        return prepared_request

    async def _execute(self, prepared: PreparedOperation, revision: str | None) -> tuple[CacheEntry, bytes]:
        """Execute an operation, or share its running execution; return the new entry and its Cache-Status."""
        key = (prepared.key, revision)
        cache_status = CACHE_STATUS_COLLAPSED if self._executions.is_running(key) else CACHE_STATUS_STORED
        return await self._executions.run(key, partial(self._execute_and_store, prepared, revision)), cache_status

    async def _execute_and_store(self, prepared: PreparedOperation, revision: str | None) -> CacheEntry:
        result = await self._engine.execute(prepared)
        extensions = b',"extensions":{"cost":%d}' % prepared.plan.cost if self._options.show_cost else b""
        entry = CacheEntry(prepared.key, result.revision, b'{"data":%b%b}' % (result.data, extensions), result.tags)
        self._responses.put(entry)
        if result.revision != revision:
            self._revision.invalidate()
        return entry

    def _not_modified(self, etag: bytes) -> Response:
        return Response(304, self._responses.caching_headers(etag), b"", CACHE_STATUS_HIT)

    async def _explain(self, prepared: PreparedOperation, media_type: str, prepare_seconds: float) -> Response:
        """Execute an operation without the cache, and add `extensions.explain` to the response."""
        start = perf_counter()
        result = await self._engine.execute(prepared)
        timings = {"prepare": round(1000 * prepare_seconds, 3), "read": round(1000 * (perf_counter() - start), 3)}
        explanation = {**await self._engine.explain(prepared), "milliseconds": timings}
        cost = {"cost": prepared.plan.cost} if self._options.show_cost else {}
        body = b'{"data":%b,"extensions":%b}' % (result.data, orjson.dumps({**cost, "explain": explanation}))
        headers = [*content_headers(media_type, body), (b"cache-control", b"no-store"), (b"vary", self._options.vary)]
        return Response(200, headers, body)
