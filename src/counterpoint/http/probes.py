"""Health checks: whether the process is alive, and whether it is ready to answer from the database."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson

from counterpoint.errors import CounterpointError, NotReady
from counterpoint.http.application import RequestHead
from counterpoint.http.error_responses import error_object
from counterpoint.http.negotiation import JSON
from counterpoint.http.responses import Response, content_headers

log = logging.getLogger(__name__)

ReadStatus = Callable[[], Awaitable[Mapping[str, Any]]]
"""Returns what a ready server reports. Raises CounterpointError if it is not ready."""


async def read_health(_: RequestHead) -> Response:
    """Report that the process is alive."""
    return _build_response(200, {"alive": True})


class ReadinessProbe:
    """Reports whether the database holds content that this version can read."""

    def __init__(self, read_status: ReadStatus) -> None:
        self._read_status = read_status

    async def read(self, _: RequestHead) -> Response:
        """Return the status with 200, or the reason why the server is not ready with 503."""
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
