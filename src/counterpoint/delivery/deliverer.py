"""From what is asked to the answer as it is sent: kept, not changed since, or read now."""

import asyncio
from dataclasses import dataclass
from time import perf_counter
from typing import NamedTuple

import orjson
from cachetools import LRUCache

from counterpoint.delivery.answers import OVERHEAD, Answers, Kept
from counterpoint.delivery.forms import Forms, matches
from counterpoint.delivery.heads import Head, content_head
from counterpoint.delivery.persisted import Persisted
from counterpoint.delivery.requests import from_body, from_query_string
from counterpoint.delivery.revisions import Revision
from counterpoint.engine.engine import Engine, Prepared

ACCEPTED = 16_000_000
"""Bytes of all remembered requests together, about."""

HIT = b"Counterpoint; hit"
STORED = b"Counterpoint; fwd=miss; stored"
PASSED = b"Counterpoint; fwd=bypass"
COLLAPSED = b"Counterpoint; fwd=miss; collapsed"


class Reply(NamedTuple):
    """What is sent: status, headers, body; what the cache did, and what took how long."""

    status: int
    head: Head
    body: bytes
    cache: bytes
    timing: bytes = b""


@dataclass(frozen=True)
class Telling:
    """What is told beside the data, and by which headers that are always the same.

    `explains`: requests may ask how they are answered. `costs`: each answer tells its cost.
    """

    cache_control: bytes
    vary: bytes
    explains: bool = False
    costs: bool = False


@dataclass(frozen=True, slots=True)
class _Accepted:
    """What a request asks for, remembered by its bytes; how many bytes that takes, about."""

    prepared: Prepared
    size: int
    is_explained: bool


class Deliverer:
    """Answers requests from an engine, and keeps answers while the revision holds."""

    def __init__(self, engine: Engine, persisted: Persisted, telling: Telling, cache_bytes: int) -> None:
        """Keep answers in so many bytes; with 0, requests are not remembered either."""
        self._engine = engine
        self._persisted = persisted
        self._telling = telling
        self._answers = Answers(cache_bytes)
        written = b"with cost" if telling.costs else b""
        self._forms = Forms(self._answers, telling.cache_control, telling.vary, written)
        self._revision = Revision(engine.revision)
        self._accepted: LRUCache[tuple[bool, bytes], _Accepted] = LRUCache(
            ACCEPTED * bool(cache_bytes), lambda each: each.size
        )
        self._under_way: dict[tuple[bytes, str | None], asyncio.Future[Kept]] = {}

    async def deliver(
        self, asked: bytes, media_type: str, encoding: str, *, in_url: bool, condition: bytes | None
    ) -> Reply:
        """Answer a request, given as a query string or a body. Raise CounterpointError for what can't be answered."""
        begun = perf_counter()
        accepted = self._accepted.get((in_url, asked)) or await self._accept(asked, in_url=in_url)
        prepared = accepted.prepared
        if accepted.is_explained:
            return await self._explained(prepared, media_type, perf_counter() - begun)
        revision = None if prepared.is_constant else self._revision.known or await self._revision.current()
        kept, cache, timing = self._answers.get(prepared.key, revision), HIT, b""
        if kept is None:
            if condition and matches(condition, tag := self._forms.etag(prepared.key, revision, media_type, encoding)):
                return self._unchanged(tag)
            read = perf_counter()
            kept, cache = await self._read(prepared, revision)
            timing = b"prepare;dur=%.3f, read;dur=%.3f, " % (1000 * (read - begun), 1000 * (perf_counter() - read))
        form = kept.forms.get((media_type, encoding)) or await self._forms.form(kept, media_type, encoding)
        if condition and matches(condition, form.etag):
            return self._unchanged(form.etag)
        if cache is STORED and not self._answers.holds(kept):
            cache = PASSED
        return Reply(200, form.head, form.body, cache, timing)

    async def _accept(self, asked: bytes, *, in_url: bool) -> _Accepted:
        request = from_query_string(asked) if in_url else from_body(asked)
        text = self._persisted.text_of(request)
        prepared = await self._engine.prepare(text, request.operation_name, request.variables)
        self._persisted.remember(request)
        is_explained = self._telling.explains and request.extensions.get("explain") is True
        # Its plan counts each time: the engine may have forgotten it, and it lives on for this request alone.
        accepted = _Accepted(prepared, 2 * len(asked) + prepared.size + OVERHEAD, is_explained)
        # What brings a document to be persisted is looked at each time: the document may have given way to others.
        # And what a request holds that asks for the schema was not weighed.
        if accepted.size <= self._accepted.maxsize and not request.registers and not prepared.given:
            self._accepted[in_url, asked] = accepted
        return accepted

    async def _read(self, prepared: Prepared, revision: str | None) -> tuple[Kept, bytes]:
        """Read an answer, or wait for the same reading under way."""
        question = (prepared.key, revision)
        if question in self._under_way:
            return await asyncio.shield(self._under_way[question]), COLLAPSED
        future = self._under_way[question] = asyncio.get_running_loop().create_future()
        try:
            answer = await self._engine.run(prepared)
            kept = Kept(prepared.key, answer.revision, self._body(prepared, answer.data), prepared.tags)
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
        return kept, STORED

    def _body(self, prepared: Prepared, data: bytes) -> bytes:
        if self._telling.costs:
            return b'{"data":%b,"extensions":{"cost":%d}}' % (data, prepared.cost)
        return b'{"data":%b}' % data

    def _unchanged(self, tag: bytes) -> Reply:
        return Reply(304, self._forms.lasting(tag), b"", HIT)

    async def _explained(self, prepared: Prepared, media_type: str, preparing: float) -> Reply:
        """Answer, and tell how: read now, and never kept."""
        begun = perf_counter()
        answer = await self._engine.run(prepared)
        steps = {"prepare": round(1000 * preparing, 3), "read": round(1000 * (perf_counter() - begun), 3)}
        explanation = {**await self._engine.explain(prepared), "milliseconds": steps}
        told = {"cost": prepared.cost, "explain": explanation} if self._telling.costs else {"explain": explanation}
        body = b'{"data":%b,"extensions":%b}' % (answer.data, orjson.dumps(told))
        head = [*content_head(media_type, body), (b"cache-control", b"no-store"), (b"vary", self._telling.vary)]
        return Reply(200, head, body, PASSED)
