"""All performance targets, each with the measurement of its present value."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.cold_documents import measure_cold_documents
from bench.common_words import measure_common_word
from bench.comparison import Result
from bench.datasets import (
    CommandUsage,
    database_path,
    ensure_articles,
    ensure_database,
    log_progress,
    measure_database_size,
    measure_seedings,
    remove_database,
)
from bench.load_runs import (
    FLOOR_SCENARIOS,
    LoadOptions,
    ScenarioResult,
    compare_cache_hits,
    compare_cache_misses,
    compare_sizes,
    compare_with_floor,
)
from bench.machine import KIB_PER_MIB, Memory
from bench.memory_under_load import measure_peaks
from bench.report_tables import Bound, Figure
from bench.scaling import SCALING_SCENARIOS
from bench.scenarios import SCENARIOS
from bench.servers import counterpoint_server, measure_start, run_server

COLD_DOCUMENTS = 300

FLOOR_RATE = Bound("≥", 0.85, " of the floor")
MISS_RATE = Bound("≥", 0.95, " of cache off")
MISS_TAIL = Bound("≤", 3, " times the median")
HIT_RATE = Bound("≥", 0.85, " of constant bytes")
GROWTH = Bound("≤", 1.5, " times the small one")
COMMON_WORD_TIME = Bound("≤", 0.5, " s")
COLD_DOCUMENT_TIME = Bound("≤", 4, " ms")
NEW_RATE = Bound("≥", 1_000, " articles/s")
UNCHANGED_RATE = Bound("≥", 20_000, " articles/s")
SIZE = Bound("≤", 4, " times the source text")
SERVING_MEMORY = Bound("≤", 150, " MB")
SEEDING_MEMORY = Bound("≤", 400, " MB")
START_TIME = Bound("≤", 1, " s")


@dataclass(frozen=True)
class TargetSizes:
    """Numbers of articles and requests to measure with. The targets are stated for the defaults.

    With the URL of a PostgreSQL database, known documents are measured there, too.
    """

    articles: int = 20_000
    large: int = 100_000
    small: int = 100
    requests: int = 100_000
    seed: int = 1
    postgresql_url: str | None = None

    @property
    def articles_remark(self) -> str:
        """Remark for a figure that is not measured with the target's number of articles."""
        return "" if self.articles == TARGET_SIZES.articles else f"at {self.articles:,} articles"

    @property
    def large_remark(self) -> str:
        """Remark for a figure that is not measured with the target's number of articles in the large database."""
        return "" if self.large == TARGET_SIZES.large else f"at {self.large:,} articles"

    @property
    def growth_remark(self) -> str:
        """Remark for a figure that does not compare the target's numbers of articles."""
        is_full = (self.large, self.small) == (TARGET_SIZES.large, TARGET_SIZES.small)
        return "" if is_full else f"at {self.large:,} and {self.small:,} articles"


TARGET_SIZES = TargetSizes()

Measure = Callable[[TargetSizes, LoadOptions], Iterator[Figure]]


def measure_targets(names: Sequence[str], sizes: TargetSizes, options: LoadOptions) -> Iterator[Figure]:
    """Measure the targets with these names, in their order in TARGETS."""
    for name, measure in TARGETS.items():
        if name in names:
            log_progress(f"Targets: {name}")
            yield from measure(sizes, options)


def _measure_seeding(sizes: TargetSizes, _: LoadOptions) -> Iterator[Figure]:
    """Seed the large database anew. Later measurements read it."""
    folder = ensure_articles(sizes.large, sizes.seed)
    path = database_path(folder)
    remove_database(path)
    new, unchanged = measure_seedings(f"sqlite:///{path}", folder)
    yield Figure("seeding, new", NEW_RATE, sizes.large / new.seconds, _format_time(new), sizes.large_remark)
    rate = sizes.large / unchanged.seconds
    yield Figure("seeding, unchanged", UNCHANGED_RATE, rate, _format_time(unchanged), sizes.large_remark)
    yield _memory_figure("peak memory, seeding", SEEDING_MEMORY, new.memory, sizes.large_remark)


def _measure_floor(sizes: TargetSizes, options: LoadOptions) -> Iterator[Figure]:
    names: dict[str, str | None] = {"known document": None}
    if sizes.postgresql_url is not None:
        names["known document, PostgreSQL"] = sizes.postgresql_url
    for name, database_url in names.items():
        url = ensure_database(sizes.articles, sizes.seed, database_url=database_url)
        for result in compare_with_floor(url, FLOOR_SCENARIOS, options, has_baseline=False):
            yield _rate_figure(name, FLOOR_RATE, result, sizes)


def _measure_cache_misses(sizes: TargetSizes, options: LoadOptions) -> Iterator[Figure]:
    for result in compare_cache_misses(ensure_database(sizes.articles, sizes.seed), FLOOR_SCENARIOS, options):
        yield _rate_figure("cache miss", MISS_RATE, result, sizes)
        cache_on = result.results[0]
        remarks = f"p99 {1000 * cache_on.percentile_99:.1f} ms"
        name = f"cache miss, p99: {result.scenario}"
        yield Figure(name, MISS_TAIL, cache_on.tail_ratio, remarks, sizes.articles_remark)


def _measure_cache_hits(sizes: TargetSizes, options: LoadOptions) -> Iterator[Figure]:
    url = ensure_database(sizes.articles, sizes.seed)
    for result in compare_cache_hits(url, FLOOR_SCENARIOS, options, has_all_headers=False):
        yield _rate_figure("cache hit", HIT_RATE, result, sizes)


def _measure_scaling(sizes: TargetSizes, options: LoadOptions) -> Iterator[Figure]:
    names = [scenario.name for scenario in SCALING_SCENARIOS]
    for result in compare_sizes(sizes.large, sizes.small, sizes.seed, names, options):
        large, small = result.results
        ratio = large.latency / small.latency
        remarks = f"p50 {_milliseconds(large)}, {_milliseconds(small)} ms; CPU {_cpu_ratio(large, small)}"
        yield Figure(f"growth: {result.scenario}", GROWTH, ratio, remarks, sizes.growth_remark)


def _measure_common_word(sizes: TargetSizes, options: LoadOptions) -> Iterator[Figure]:
    url, folder = ensure_database(sizes.large, sizes.seed), ensure_articles(sizes.large, sizes.seed)
    with run_server(counterpoint_server(url, has_response_cache=False)) as server:
        search = measure_common_word(server, folder, options.rounds)
    remarks = f"`{search.word}` is in {search.share:.0%} of the articles; {search.outcome}"
    yield Figure("search for a common word", COMMON_WORD_TIME, search.seconds, remarks, sizes.large_remark)


def _measure_cold_documents(_: TargetSizes, __: LoadOptions) -> Iterator[Figure]:
    times = measure_cold_documents(SCENARIOS[0].document, {"slug": "any"}, COLD_DOCUMENTS, "sqlite:///any")
    yield Figure("unseen document", COLD_DOCUMENT_TIME, median(times.total), f"CPU {median(times.cpu):.2f} ms")


def _measure_size(sizes: TargetSizes, _: LoadOptions) -> Iterator[Figure]:
    folder = ensure_articles(sizes.articles, sizes.seed)
    ensure_database(sizes.articles, sizes.seed)
    source_bytes = sum(file.stat().st_size for file in folder.iterdir())
    size = measure_database_size(database_path(folder))
    ratio = (size.total - size.search_index) / source_bytes
    remarks = f"{size.total / source_bytes:.2f} with the search index"
    yield Figure("size of the database", SIZE, ratio, remarks, sizes.articles_remark)


def _measure_serving_memory(sizes: TargetSizes, __: LoadOptions) -> Iterator[Figure]:
    service = counterpoint_server(ensure_database(sizes.articles, sizes.seed), has_response_cache=True)
    *_, (_, peak) = measure_peaks(service, sizes.requests)
    size = "" if sizes.requests == TARGET_SIZES.requests else f"after {sizes.requests:,} requests"
    yield _memory_figure("peak memory, serving", SERVING_MEMORY, peak, size or sizes.articles_remark)


def _measure_start(sizes: TargetSizes, options: LoadOptions) -> Iterator[Figure]:
    service = counterpoint_server(ensure_database(sizes.articles, sizes.seed), has_response_cache=True)
    times = [measure_start(service) for _ in range(options.rounds)]
    yield Figure("start to ready", START_TIME, median(times), size=sizes.articles_remark)


TARGETS: Mapping[str, Measure] = {
    "seeding": _measure_seeding,
    "floor": _measure_floor,
    "cache-misses": _measure_cache_misses,
    "cache-hits": _measure_cache_hits,
    "scaling": _measure_scaling,
    "common-word": _measure_common_word,
    "cold-documents": _measure_cold_documents,
    "size": _measure_size,
    "memory": _measure_serving_memory,
    "start": _measure_start,
}
"""Measurements by name. Seeding comes first, because it builds the large database that others read."""


def _rate_figure(name: str, bound: Bound, result: ScenarioResult, sizes: TargetSizes) -> Figure:
    """Return the throughput of the first server, divided by that of the last."""
    first, *_, last = result.results
    remarks = f"{first.rate:,.0f} requests/s, CPU {_cpu_ratio(first, last)}"
    return Figure(f"{name}: {result.scenario}", bound, first.rate / last.rate, remarks, sizes.articles_remark)


def _memory_figure(name: str, bound: Bound, peak: Memory, size: str) -> Figure:
    """Return the memory without mapped files, because the system can reclaim their pages at any time."""
    if not peak.resident:
        return Figure(name, bound, None, "unknown on this system", size)
    return Figure(
        name, bound, peak.anonymous / KIB_PER_MIB, f"{peak.resident // KIB_PER_MIB} MB with mapped files", size
    )


def _cpu_ratio(first: Result, last: Result) -> str:
    return f"{first.server_cpu / last.server_cpu:.2f}" if last.server_cpu else "unknown"


def _milliseconds(result: Result) -> str:
    return f"{1000 * result.latency:.2f}"


def _format_time(usage: CommandUsage) -> str:
    return f"{usage.seconds:.1f} s"
