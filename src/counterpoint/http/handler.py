"""From what is asked to the answer as it is sent: kept, not changed since, or read now."""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

import orjson
from cachetools import LRUCache

from counterpoint.engine.engine import Engine, PreparedOperation
from counterpoint.http.headers import Headers, content_headers
from counterpoint.http.persisted import PersistedDocuments
from counterpoint.http.representations import RepresentationBuilder, matches
from counterpoint.http.requests import from_body, from_query_string
from counterpoint.http.response_cache import ENTRY_OVERHEAD_BYTES, CacheEntry, ResponseCache
from counterpoint.http.revision_cache import RevisionCache

REQUEST_CACHE_BYTES = 16_000_000
"""Bytes of all remembered requests together, about."""

CACHE_STATUS_HIT = b"Counterpoint; hit"
CACHE_STATUS_STORED = b"Counterpoint; fwd=miss; stored"
CACHE_STATUS_BYPASS = b"Counterpoint; fwd=bypass"
CACHE_STATUS_COLLAPSED = b"Counterpoint; fwd=miss; collapsed"


class Response(NamedTuple):
    """What is sent: status, headers, body; what the cache did, and what took how long."""

    status: int
    head: Headers
    body: bytes
    cache: bytes
    timing: bytes = b""


@dataclass(frozen=True)
class ResponseOptions:
    """What is told beside the data, and by which headers that are always the same.

    `explains`: requests may ask how they are answered. `costs`: each answer tells its cost.
    """

    cache_control: bytes
    vary: bytes
    explains: bool = False
    costs: bool = False


@dataclass(frozen=True, slots=True)
class _CachedRequest:
    """What a request asks for, remembered by its bytes; how many bytes that takes, about."""

    prepared: PreparedOperation
    size: int
    is_explained: bool


class RequestHandler:
    """Answers requests from an engine, and keeps answers while the revision holds."""

    def __init__(
        self, engine: Engine, persisted: PersistedDocuments, telling: ResponseOptions, cache_bytes: int
    ) -> None:
        """Keep answers in so many bytes; with 0, requests are not remembered either."""
        self._engine = engine
        self._persisted = persisted
        self._telling = telling
        self._answers = ResponseCache(cache_bytes)
        written = b"with cost" if telling.costs else b""
        self._forms = RepresentationBuilder(self._answers, telling.cache_control, telling.vary, written)
        self._revision = RevisionCache(engine.revision)
        self._accepted: LRUCache[tuple[bool, bytes], _CachedRequest] = LRUCache(
            REQUEST_CACHE_BYTES * bool(cache_bytes), lambda each: each.size
        )
        self._under_way: dict[tuple[bytes, str | None], asyncio.Future[CacheEntry]] = {}

    async def deliver(
        self, asked: bytes, media_type: str, encoding: str, *, in_url: bool, condition: bytes | None
    ) -> Response:
        """Answer a request, given as a query string or a body. Raise CounterpointError for what can't be answered."""
        begun = perf_counter()
        accepted = self._accepted.get((in_url, asked)) or await self._accept(asked, in_url=in_url)
        prepared = accepted.prepared
        if accepted.is_explained:
            return await self._explained(prepared, media_type, perf_counter() - begun)
        revision = None if prepared.is_constant else self._revision.known or await self._revision.current()
        kept, cache, timing = self._answers.get(prepared.key, revision), CACHE_STATUS_HIT, b""
        if kept is None:
            if condition and matches(condition, tag := self._forms.etag(prepared.key, revision, media_type, encoding)):
                return self._unchanged(tag)
            read = perf_counter()
            kept, cache = await self._read(prepared, revision)
            timing = b"prepare;dur=%.3f, read;dur=%.3f, " % (1000 * (read - begun), 1000 * (perf_counter() - read))
        form = kept.forms.get((media_type, encoding)) or await self._forms.form(kept, media_type, encoding)
        if condition and matches(condition, form.etag):
            return self._unchanged(form.etag)
        if cache is CACHE_STATUS_STORED and not self._answers.holds(kept):
            cache = CACHE_STATUS_BYPASS
        return Response(200, form.head, form.body, cache, timing)

    async def _accept(self, asked: bytes, *, in_url: bool) -> _CachedRequest:
        request = from_query_string(asked) if in_url else from_body(asked)
        text = self._persisted.text_of(request)
        prepared = await self._engine.prepare(text, request.operation_name, request.variables)
        self._persisted.remember(request)
        is_explained = self._telling.explains and request.extensions.get("explain") is True
        # Its plan counts each time: the engine may have forgotten it, and it lives on for this request alone.
        accepted = _CachedRequest(prepared, 2 * len(asked) + prepared.size + ENTRY_OVERHEAD_BYTES, is_explained)
        # What brings a document to be persisted is looked at each time: the document may have given way to others.
        # And what a request holds that asks for the schema was not weighed.
        if accepted.size <= self._accepted.maxsize and not request.registers and not prepared.raw_variables:
            self._accepted[in_url, asked] = accepted
        return accepted

    async def _read(self, prepared: PreparedOperation, revision: str | None) -> tuple[CacheEntry, bytes]:
        """Read an answer, or wait for the same reading under way."""
        question = (prepared.key, revision)
        if question in self._under_way:
            return await asyncio.shield(self._under_way[question]), CACHE_STATUS_COLLAPSED
        future = self._under_way[question] = asyncio.get_running_loop().create_future()
        try:
            answer = await self._engine.execute(prepared)
            kept = CacheEntry(prepared.key, answer.revision, self._body(prepared, answer.data), prepared.tags)
            self._answers.keep(kept)
            future.set_result(kept)
        except BaseException as error:
            future.set_exception(error)
            future.exception()  # it is told here, whether others wait or not
            raise
        finally:
            del self._under_way[question]
        if answer.revision != revision:
            self._revision.doubt()
        return kept, CACHE_STATUS_STORED

    def _body(self, prepared: PreparedOperation, data: bytes) -> bytes:
        if self._telling.costs:
            return b'{"data":%b,"extensions":{"cost":%d}}' % (data, prepared.cost)
        return b'{"data":%b}' % data

    def _unchanged(self, tag: bytes) -> Response:
        return Response(304, self._forms.lasting(tag), b"", CACHE_STATUS_HIT)

    async def _explained(self, prepared: PreparedOperation, media_type: str, preparing: float) -> Response:
        """Answer, and tell how: read now, and never kept."""
        begun = perf_counter()
        answer = await self._engine.execute(prepared)
        steps = {"prepare": round(1000 * preparing, 3), "read": round(1000 * (perf_counter() - begun), 3)}
        explanation = {**await self._engine.explain(prepared), "milliseconds": steps}
        told = {"cost": prepared.cost, "explain": explanation} if self._telling.costs else {"explain": explanation}
        body = b'{"data":%b,"extensions":%b}' % (answer.data, orjson.dumps(told))
        head = [*content_headers(media_type, body), (b"cache-control", b"no-store"), (b"vary", self._telling.vary)]
        return Response(200, head, body, CACHE_STATUS_BYPASS)
