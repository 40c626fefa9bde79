"""Health checks: whether the process is alive, and whether it is ready to answer from the database."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from counterpoint.errors import CounterpointError, NotReady
from counterpoint.http.application import RequestHead
from counterpoint.http.error_responses import error_object
from counterpoint.http.negotiation import JSON
from counterpoint.http.responses import Response, content_headers

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
    """Reports whether the database holds content that this version can read, and the server does not stop."""

    def __init__(self, read_status: ReadStatus, drain_state: DrainState) -> None:
        self._read_status = read_status
        self._drain_state = drain_state

    async def read(self, _: RequestHead) -> Response:
        """Return the status with 200, or the reason why the server is not ready with 503."""
        if self._drain_state.is_draining:
            return _build_not_ready(NotReady(DRAINING_MESSAGE))
        try:
            return _build_response(200, {"ready": True, **await self._read_status()})
        except CounterpointError as error:
            return _build_not_ready(error)
        except Exception:
            log.exception("The readiness check failed unexpectedly.")
            return _build_not_ready(NotReady("The status of the database cannot be read."))


def _build_not_ready(error: CounterpointError) -> Response:
    return _build_response(503, {"ready": False, "errors": [error_object(error)]})


def _build_response(status: int, content: Mapping[str, Any]) -> Response:
    body = orjson.dumps(content)
    return Response(status, [*content_headers(JSON, body), (b"cache-control", b"no-store")], body)
