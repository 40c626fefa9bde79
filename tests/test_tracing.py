"""Traces: a server sends spans of its requests and queries to the endpoint that the environment names."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from counterpoint.tracing import is_tracing_wanted
from support.database_helpers import open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

TRACE_ID = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE_ID}-b7ad6b7169203331-01"


@contextmanager
def run_collector() -> Iterator[tuple[str, list[Any]]]:
    """Run a collector of traces. Yield its URL, and the spans that it receives."""
    spans: list[Any] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            request = ExportTraceServiceRequest.FromString(body)
            spans.extend(
                span for resource in request.resource_spans for scope in resource.scope_spans for span in scope.spans
            )
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", spans
        server.shutdown()
        thread.join()


def attributes(span: Any) -> dict[str, Any]:
    return {
        attribute.key: getattr(attribute.value, attribute.value.WhichOneof("value")) for attribute in span.attributes
    }


def test_requests_and_their_queries_are_spans_of_the_clients_trace(migrated_sqlite_url: str) -> None:
    with open_write_engine(migrated_sqlite_url) as engine:
        seed_articles(engine, ARTICLES)
    document = "query Lookup($slug: String!) { article(slug: $slug) { title } }"
    with run_collector() as (endpoint, spans):
        settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
        with run_service(migrated_sqlite_url, **settings) as server:
            body = {"query": document, "variables": {"slug": "a secret"}}
            assert server.post(body, traceparent=TRACEPARENT).status == 200
            server.get("/graphql?query={oops(secret")
            server.get("/readyz")
    by_name = {span.name: span for span in spans}
    lookup, query = by_name["query Lookup"], by_name["SELECT"]
    assert lookup.trace_id.hex() == TRACE_ID
    assert query.parent_span_id == lookup.span_id
    assert attributes(query) == {"db.system.name": "sqlite"}
    assert {name: attributes(lookup)[name] for name in ("http.route", "http.response.status_code")} == {
        "http.route": "/graphql",
        "http.response.status_code": 200,
    }
    assert attributes(lookup)["graphql.operation.name"] == "Lookup"
    assert any(attributes(span).get("error.type") == "GRAPHQL_PARSE_FAILED" for span in spans)
    assert "secret" not in str(spans)


def test_collector_that_does_not_answer_does_not_delay_the_stop(migrated_sqlite_url: str) -> None:
    """`run_service` checks that the server stops in time."""
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        run_service(
            migrated_sqlite_url, OTEL_EXPORTER_OTLP_ENDPOINT=f"http://127.0.0.1:{mute.getsockname()[1]}"
        ) as server,
    ):
        server.get("/readyz")


def test_other_protocols_are_reported_and_not_used(migrated_sqlite_url: str) -> None:
    settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"}
    with run_service(migrated_sqlite_url, **settings) as server:
        assert "No traces are exported: received the protocol 'grpc', expected http/protobuf." in server.log_text


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector:4318", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_standard_variables_decide_whether_there_are_traces(environment: dict[str, str], *, expected: bool) -> None:
    assert is_tracing_wanted(environment) is expected


def test_invalid_variables_are_reported_and_do_not_stop_the_server(migrated_sqlite_url: str) -> None:
    settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318", "OTEL_BSP_SCHEDULE_DELAY": "-1"}
    with run_service(migrated_sqlite_url, **settings) as server:
        assert "No traces are exported: a variable OTEL_… has an invalid value: " in server.log_text
        assert "Traceback" not in server.log_text
