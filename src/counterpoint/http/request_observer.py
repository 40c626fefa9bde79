"""The observer of requests: it counts them for metrics, and writes the access log.

Counters are plain dictionaries, because those of a metrics library take as long as a tenth of a request from the cache.
"""

import logging
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import NamedTuple

from counterpoint.http.responses import (
    CACHE_STATUS_COLLAPSED,
    CACHE_STATUS_HIT,
    CACHE_STATUS_STALE,
    CACHE_STATUS_STORED,
    Response,
)

access_log = logging.getLogger("counterpoint.access")

BUCKETS_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of the histograms' buckets. Another bucket holds the longer times."""

CACHE_LABELS = {
    CACHE_STATUS_HIT: "hit",
    CACHE_STATUS_STALE: "stale",
    CACHE_STATUS_STORED: "miss",
    CACHE_STATUS_COLLAPSED: "collapsed",
}
"""The cache's part in a response, by its Cache-Status. Of all others it is "bypass"."""


class Histogram:
    """Counts times by bucket."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BUCKETS_SECONDS) + 1)
        self.sum_seconds = 0.0

    def add(self, seconds: float) -> None:
        """Count a time."""
        self.counts[bisect_left(BUCKETS_SECONDS, seconds)] += 1
        self.sum_seconds += seconds


class RequestKind(NamedTuple):
    """The labels by which requests are counted. Clients cannot make the number of combinations grow."""

    resource: str
    operation: str
    status: int
    cache_status: bytes


class Gauge(NamedTuple):
    """A value that metrics read when they are asked for."""

    name: str
    description: str
    read: Callable[[], float]


class RequestObserver:
    """Observes the requests of one process.

    `gauges` and `read_revision` are set by the application, which has the caches and the database.
    """

    def __init__(self, *, has_access_log: bool = False) -> None:
        self.requests: Counter[RequestKind] = Counter()
        self.durations: defaultdict[str, Histogram] = defaultdict(Histogram)
        """How long requests took, by resource."""
        self.reads = Histogram()
        """How long operations waited for the database."""
        self.in_flight = 0
        self.gauges: list[Gauge] = [Gauge("requests_in_flight", "Requests being answered.", lambda: self.in_flight)]
        self.read_revision: Callable[[], str | None] = lambda: None
        self._has_access_log = has_access_log

    def observe(self, resource: str, request_line: str, response: Response, request_id: str, seconds: float) -> None:
        """Count a request to which the response is ready, and log it.

        `request_line` is the method and the path, without the query string and without variables, because their values
        may be personal.
        """
        operation = response.operation
        kind = operation[0] if operation else ""
        self.requests[RequestKind(resource, kind, response.status, response.cache_status)] += 1
        self.durations[resource].add(seconds)
        if response.read_seconds is not None:
            self.reads.add(response.read_seconds)
        if self._has_access_log:
            access_log.info(request_line, extra={"fields": _describe(response, request_id, seconds)})


def _describe(response: Response, request_id: str, seconds: float) -> dict[str, object]:
    """Return the fields of a line of the access log."""
    fields: dict[str, object] = {
        "request": request_id,
        "status": response.status,
        "milliseconds": round(1000 * seconds, 3),
        "bytes": len(response.body),
        "cache": CACHE_LABELS.get(response.cache_status, "bypass"),
    }
    if operation := response.operation:
        fields |= dict(zip(("operation", "document", "cost"), operation[1:], strict=True))
    if response.read_seconds is not None:
        fields["read_milliseconds"] = round(1000 * response.read_seconds, 3)
    if response.error_code:
        fields["error"] = response.error_code
    return fields
