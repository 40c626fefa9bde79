"""Health checks: whether the process is alive, and whether it is ready to answer requests."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from counterpoint.errors import CounterpointError, DatabaseUnreachable, NotReady
from counterpoint.http.application import RequestHead
from counterpoint.http.error_responses import build_error_object
from counterpoint.http.negotiation import JSON
from counterpoint.http.responses import Response, build_content_headers
from counterpoint.http.revision_polling import CurrentRevision

log = logging.getLogger(__name__)

DRAINING_MESSAGE = "The server is draining: it still answers requests, and stops in a moment."


@dataclass
class DrainState:
    """Whether the server stops: it is not ready, answers the requests that still arrive, and closes connections."""

    is_draining: bool = False


ReadStatus = Callable[[], Awaitable[Mapping[str, Any]]]
"""Returns what a ready server reports. Raises CounterpointError if it is not ready."""


async def read_health(_: RequestHead) -> Response:
    """Report that the process is alive."""
    return _build_response(200, {"alive": True})


class ReadinessProbe:
    """Reports whether the database holds content that this version can read, and the server does not stop.

    A server that has lost the database stays ready as long as it may give stale answers, because other servers often
    lose it too: if none of them were ready, balancers would send none of them a request.
    """

    def __init__(
        self, read_status: ReadStatus, revision: CurrentRevision, drain_state: DrainState, stale_seconds: int
    ) -> None:
        """Allow stale answers of the last revision for `stale_seconds`."""
        self._read_status = read_status
        self._revision = revision
        self._drain_state = drain_state
        self._stale_seconds = stale_seconds

    async def read(self, _: RequestHead) -> Response:
        """Return the status with 200, or the reason why the server is not ready with 503."""
        if self._drain_state.is_draining:
            return _build_not_ready(NotReady(DRAINING_MESSAGE))
        try:
            await self._revision.check_reachable()
            return _build_response(200, {"ready": True, **await self._read_status()})
        except DatabaseUnreachable as error:
            return self._build_degraded(error)
        except CounterpointError as error:
            return _build_not_ready(error)
        except Exception:
            log.exception("The readiness check failed unexpectedly.")
            return _build_not_ready(NotReady("The status of the database cannot be read."))

    def _build_degraded(self, error: DatabaseUnreachable) -> Response:
        if self._revision.last is None or self._revision.age_seconds > self._stale_seconds:
            return _build_not_ready(error)
        report = {
            "ready": True,
            "degraded": True,
            "revision": self._revision.last,
            "errors": [build_error_object(error)],
        }
        return _build_response(200, report)


def _build_not_ready(error: CounterpointError) -> Response:
    return _build_response(503, {"ready": False, "errors": [build_error_object(error)]})


def _build_response(status: int, content: Mapping[str, Any]) -> Response:
    body = orjson.dumps(content)
    return Response(status, [*build_content_headers(JSON, body), (b"cache-control", b"no-store")], body)
