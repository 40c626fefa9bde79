"""Throttling of log lines: an overloaded server must not fill its log as well."""

import asyncio
import logging
from collections.abc import Callable

from counterpoint.errors import CounterpointError

log = logging.getLogger(__name__)

LOG_INTERVAL_SECONDS = 1.0
"""Minimum seconds between two log lines with the same error code."""


class LogThrottle:
    """Logs failed requests, at most one line for each error code in LOG_INTERVAL_SECONDS."""

    def __init__(self, call_later: Callable[..., object] | None = None) -> None:
        """Start intervals with `call_later`, by default that of the running event loop."""
        self._call_later = call_later
        self._suppressed: dict[str, int] = {}
        self._last_request_ids: dict[str, str] = {}

    def log_or_count(self, error: CounterpointError, request_id: str) -> None:
        """Log an error, or count it if a line with its code was logged within the interval."""
        if error.code in self._suppressed:
            self._suppressed[error.code] += 1
            self._last_request_ids[error.code] = request_id
        else:
            log.warning("Request %s failed with %s: %s", request_id, error.code, error)
            self._start_interval(error.code)

    def _start_interval(self, code: str) -> None:
        self._suppressed[code] = 0
        call_later = self._call_later or asyncio.get_running_loop().call_later
        call_later(LOG_INTERVAL_SECONDS, self._end_interval, code)

    def _end_interval(self, code: str) -> None:
        if suppressed := self._suppressed.pop(code):
            message = "%d more requests failed with %s in the last %g s; the last was %s."
            log.warning(message, suppressed, code, LOG_INTERVAL_SECONDS, self._last_request_ids[code])
            self._start_interval(code)
