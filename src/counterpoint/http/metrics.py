"""Metrics for Prometheus: what the observer counted, and the state of the process."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from counterpoint.http.application import RequestHead
from counterpoint.http.request_observer import BUCKETS_SECONDS, CACHE_LABELS, Histogram, RequestObserver
from counterpoint.http.responses import Response

METRICS_PATH = "/metrics"


class RequestCollector(Collector):
    """Presents the counts of an observer as metrics."""

    def __init__(self, observer: RequestObserver) -> None:
        self._observer = observer

    def collect(self) -> Iterator[Metric]:
        """Yield all metrics. Another thread may call it."""
        observer = self._observer
        requests = CounterMetricFamily(
            "counterpoint_requests", "Requests answered.", labels=("resource", "operation", "status", "cache")
        )
        for kind, number in observer.requests.copy().items():
            cache = CACHE_LABELS.get(kind.cache_status, "bypass")
            requests.add_metric((kind.resource, kind.operation, str(kind.status), cache), number)
        yield requests
        durations = HistogramMetricFamily(
            "counterpoint_request_duration_seconds", "Time from a request to its response.", labels=("resource",)
        )
        for resource, histogram in observer.durations.copy().items():
            durations.add_metric((resource,), _buckets(histogram), histogram.sum_seconds)
        yield durations
        reads = HistogramMetricFamily(
            "counterpoint_read_duration_seconds", "Time that operations waited for the database."
        )
        reads.add_metric((), _buckets(observer.reads), observer.reads.sum_seconds)
        yield reads
        for gauge in observer.gauges:
            yield GaugeMetricFamily(f"counterpoint_{gauge.name}", gauge.description, gauge.read())
        revision = GaugeMetricFamily(
            "counterpoint_revision", "The content's revision, as it was read last.", labels=("id",)
        )
        if revision_id := observer.read_revision():
            revision.add_metric((revision_id,), 1)
        yield revision


def build_registry(observer: RequestObserver) -> CollectorRegistry:
    """Return a registry with the metrics of an observer, and those of the process."""
    registry = CollectorRegistry()
    registry.register(RequestCollector(observer))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


@contextmanager
def serve_metrics(observer: RequestObserver, host: str, port: int) -> Iterator[None]:
    """Serve the metrics on a port of their own, in a thread. Raise OSError if the port is in use."""
    server, thread = start_http_server(port, host, build_registry(observer))
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class MetricsResource:
    """The metrics as a resource of the server."""

    def __init__(self, observer: RequestObserver) -> None:
        self._registry = build_registry(observer)

    async def read(self, head: RequestHead) -> Response:
        """Return the metrics in the format that the client accepts."""
        encode, media_type = choose_encoder(head.header_text(b"accept"))
        body = encode(self._registry)
        headers = [
            (b"content-type", media_type.encode()),
            (b"content-length", b"%d" % len(body)),
            (b"cache-control", b"no-store"),
        ]
        return Response(200, headers, body)


def _buckets(histogram: Histogram) -> Sequence[tuple[str, float]]:
    """Return the cumulated counts by upper bound."""
    bounds = [*map(str, BUCKETS_SECONDS), "+Inf"]
    return [(bound, float(count)) for bound, count in zip(bounds, accumulate(histogram.counts.copy()), strict=True)]
