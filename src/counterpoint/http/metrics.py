"""Metrics for Prometheus: what the observer counted, and the state of the process."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from prometheus_client import CollectorRegistry, GCCollector, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from counterpoint.http.application import RequestHead
from counterpoint.http.request_observer import BUCKETS_SECONDS, CACHE_LABELS, Histogram, RequestObserver
from counterpoint.http.responses import Response

METRICS_PATH = "/metrics"

ReadGauges = Callable[[], Mapping[str, tuple[str, float]]]
"""Returns the description and the value of each gauge, by its name."""


class RequestCollector(Collector):
    """Presents the counts of an observer as metrics. `read_gauges` adds the state of caches and of the database."""

    def __init__(
        self, observer: RequestObserver, read_gauges: ReadGauges, read_revision: Callable[[], str | None]
    ) -> None:
        self._observer = observer
        self._read_gauges = read_gauges
        self._read_revision = read_revision

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
        yield GaugeMetricFamily("counterpoint_requests_in_flight", "Requests being answered.", observer.in_flight)
        for name, (description, value) in self._read_gauges().items():
            yield GaugeMetricFamily(f"counterpoint_{name}", description, value)
        revision = GaugeMetricFamily(
            "counterpoint_revision", "The content's revision, as it was read last.", labels=("id",)
        )
        if known := self._read_revision():
            revision.add_metric((known,), 1)
        yield revision


def build_registry(collector: Collector) -> CollectorRegistry:
    """Return a registry with a collector, and those of the process."""
    registry = CollectorRegistry()
    registry.register(collector)
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


class MetricsResource:
    """The metrics as a resource of the server."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

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
    counts = histogram.counts.copy()
    bounds = [*map(str, BUCKETS_SECONDS), "+Inf"]
    return [(bound, float(sum(counts[: number + 1]))) for number, bound in enumerate(bounds)]
