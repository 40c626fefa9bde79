"""The application that answers by a function."""

from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING, Any

from counterpoint.http.application import build_error_application, read_headers
from counterpoint.http.cors import CorsPolicy
from counterpoint.http.error_responses import ErrorResponder, HttpError

if TYPE_CHECKING:
    from collections.abc import MutableMapping


def test_values_of_repeated_headers_are_joined() -> None:
    lines = [(b"accept", b"text/html"), (b"host", b"localhost"), (b"accept", b"application/json")]
    assert read_headers(lines) == {b"accept": b"text/html, application/json", b"host": b"localhost"}


def test_repeated_error_keeps_nothing_of_the_requests() -> None:
    error = HttpError(421, "MISDIRECTED_REQUEST", "Another host.")
    application = build_error_application(error, ErrorResponder(CorsPolicy(["*"])))
    statuses = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request"}

    async def send(message: MutableMapping[str, Any]) -> None:
        statuses.extend([message["status"]] if message["type"] == "http.response.start" else [])

    async def request_often() -> None:
        scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": []}
        for _ in range(20):
            await application(scope, receive, send)

    asyncio.run(request_often())
    assert statuses == [421] * 20
    assert len(traceback.extract_tb(error.__traceback__)) < 5
