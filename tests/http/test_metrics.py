"""Metrics for Prometheus, and the dashboard that shows them."""

from __future__ import annotations

import json
import re
import socket
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from support.database_helpers import REPOSITORY, create_sqlite_database, open_write_engine, seed_articles
from support.ports import choose_port
from support.processes import run_program, start_program
from support.sample_articles import ARTICLES
from support.servers import ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

QUERY = {"query": "query Titles { articles { nodes { title } } }"}
PAGES = REPOSITORY / "docs" / "operations"

Samples = dict[str, list[tuple[dict[str, str], float]]]


@pytest.fixture(scope="module")
def server(seeded_url: str) -> Iterator[ServerProcess]:
    with run_service(seeded_url) as running:
        yield running


@pytest.fixture(scope="module")
def seeded_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a database with the sample articles."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    return url


def read_samples(server: ServerProcess) -> Samples:
    """Return the labels and the value of each sample, by the name of the metric."""
    samples: Samples = {}
    for family in text_string_to_metric_families(server.get("/metrics").body.decode()):
        for sample in family.samples:
            samples.setdefault(sample.name, []).append((sample.labels, sample.value))
    return samples


def count_requests(server: ServerProcess, **labels: str) -> float:
    """Return how many requests with these labels were counted."""
    requests = read_samples(server).get("counterpoint_requests_total", [])
    return sum(value for found, value in requests if labels.items() <= found.items())


def test_requests_are_counted_by_resource_operation_status_and_cache(server: ServerProcess) -> None:
    labels = {"resource": "/graphql", "operation": "query", "status": "200"}
    before = {cache: count_requests(server, **labels, cache=cache) for cache in ("miss", "hit")}
    for _ in range(3):
        assert server.post({"query": "{ articles { nodes { slug } } }"}).status == 200
    assert count_requests(server, **labels, cache="miss") == before["miss"] + 1
    assert count_requests(server, **labels, cache="hit") == before["hit"] + 2


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("{ __typename }", {"operation": "introspection", "status": "200"}),
        ("{ nosuch }", {"operation": "", "status": "422"}),
    ],
)
def test_operations_without_content_are_counted(server: ServerProcess, query: str, labels: dict[str, str]) -> None:
    before = count_requests(server, resource="/graphql", **labels)
    server.post({"query": query})
    assert count_requests(server, resource="/graphql", **labels) == before + 1


def test_paths_of_clients_make_no_labels(server: ServerProcess) -> None:
    for number in range(3):
        server.get(f"/no/such/path/{number}")
        server.get(f"/articles/{number}")
    resources = {labels["resource"] for labels, _ in read_samples(server)["counterpoint_requests_total"]}
    assert resources <= {"/graphql", "/metrics", "/readyz", "/healthz", "page", "rejected"}


def test_times_are_counted_in_buckets(server: ServerProcess) -> None:
    server.post(QUERY)
    samples = read_samples(server)
    for name, labels in (("request", {"resource": "/graphql"}), ("read", {})):
        buckets = [
            value
            for found, value in samples[f"counterpoint_{name}_duration_seconds_bucket"]
            if labels.items() <= found.items()
        ]
        (count,) = (
            value
            for found, value in samples[f"counterpoint_{name}_duration_seconds_count"]
            if labels.items() <= found.items()
        )
        assert buckets == sorted(buckets)
        assert buckets[-1] == count > 0


def test_state_of_the_process_is_reported(server: ServerProcess) -> None:
    revision = server.get("/readyz").json["revision"]
    server.post(QUERY)
    samples = read_samples(server)
    assert samples["counterpoint_revision"] == [({"id": revision}, 1.0)]
    assert samples["counterpoint_requests_in_flight"] == [({}, 1.0)]  # the request for the metrics
    assert (
        0 < samples["counterpoint_response_cache_bytes"][0][1] < samples["counterpoint_response_cache_max_bytes"][0][1]
    )
    assert samples["process_resident_memory_bytes"][0][1] > 10_000_000


def test_metrics_have_their_own_port_if_the_setting_names_one(seeded_url: str) -> None:
    port = choose_port()
    with run_service(seeded_url, COUNTERPOINT_METRICS_PORT=str(port)) as server:
        assert server.get("/metrics").status == 404
        server.post(QUERY)
        metrics = ServerProcess(server.program, port)
        assert count_requests(metrics, resource="/graphql") == 1


@pytest.mark.parametrize(("port", "metrics_port"), [(8000, 65535), (8001, 8000)])
def test_workers_without_a_port_for_their_metrics_are_refused(seeded_url: str, port: int, metrics_port: int) -> None:
    program = run_program(
        "serve",
        "--workers=2",
        f"--port={port}",
        COUNTERPOINT_DATABASE_URL=seeded_url,
        COUNTERPOINT_METRICS_PORT=str(metrics_port),
    )
    assert program.wait() == 1
    ports = f"2 workers need the ports {metrics_port} to {metrics_port + 1}"
    problem = f"expected none above 65535, and not that of the API, {port}"
    assert program.stderr.splitlines() == [f"COUNTERPOINT_METRICS_PORT: {ports}, {problem}."]


def test_empty_host_is_every_address(seeded_url: str) -> None:
    port, metrics_port = choose_port(), choose_port()
    program = start_program(
        "serve",
        "--port",
        str(port),
        COUNTERPOINT_DATABASE_URL=seeded_url,
        COUNTERPOINT_HOST="",
        COUNTERPOINT_METRICS_PORT=str(metrics_port),
    )
    try:
        program.wait_for_line("running on http://")
        for address in ("127.0.0.1", *(["::1"] if socket.has_dualstack_ipv6() else [])):
            for number, path in ((port, "/healthz"), (metrics_port, "/metrics")):
                connection = HTTPConnection(address, number)
                connection.request("GET", path)
                assert connection.getresponse().status == 200
                connection.close()
    finally:
        program.kill()


def test_dashboard_and_alerts_read_metrics_that_exist(server: ServerProcess) -> None:
    server.post(QUERY)
    dashboard: dict[str, Any] = json.loads((PAGES / "grafana-dashboard.json").read_text(encoding="utf-8"))
    page = (PAGES / "monitoring.md").read_text(encoding="utf-8")
    expressions = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    alerts = re.findall(r"^\| `(.*[<>=] [0-9]\b.*)` \|", page, re.MULTILINE)
    names = {name for text in expressions + alerts for name in re.findall(r"\b(?:counterpoint|process)_\w+", text)}
    assert (len(names) > 8, len(alerts)) == (True, 5)
    assert names <= read_samples(server).keys()
