"""The log of a server: one line for each event, with its time, and never a value that a client sent."""

from __future__ import annotations

import json
import logging
import re
from hashlib import sha256
from typing import Any

import pytest

from counterpoint.logs import JsonFormatter, TextFormatter
from support.database_helpers import open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import run_service

TIME = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z"
DOCUMENT = "query Lookup($slug: String!) { article(slug: $slug) { title } }"


def log_record(message: str, error: BaseException | None = None, **fields: object) -> logging.LogRecord:
    info = (type(error), error, None) if error else None
    record = logging.LogRecord("counterpoint.test", logging.WARNING, __file__, 1, message, (), info)
    record.fields = fields
    return record


def test_text_has_time_level_message_and_fields() -> None:
    line = TextFormatter().format(log_record("It happened.", status=200, operation=None))
    assert re.fullmatch(rf"{TIME} WARNING: It happened\. status=200", line)


def test_json_is_one_object_in_one_line() -> None:
    line = JsonFormatter().format(log_record("Two\nlines.", status=200, operation=None))
    entry = json.loads(line)
    assert "\n" not in line
    assert re.fullmatch(TIME, entry.pop("time"))
    assert entry == {
        "level": "warning",
        "logger": "counterpoint.test",
        "message": "Two\nlines.",
        "status": 200,
        "operation": None,
    }


def test_traceback_is_part_of_the_event() -> None:
    record = log_record("It failed.", ValueError("why"))
    assert TextFormatter().format(record).endswith("ValueError: why")
    assert json.loads(JsonFormatter().format(record))["traceback"].endswith("ValueError: why")


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_access_log_describes_each_request_without_its_values(log_format: str, migrated_sqlite_url: str) -> None:
    with open_write_engine(migrated_sqlite_url) as engine:
        seed_articles(engine, ARTICLES)
    with run_service(migrated_sqlite_url, COUNTERPOINT_ACCESS_LOG="true", COUNTERPOINT_LOG_FORMAT=log_format) as server:
        for body in ({"query": DOCUMENT, "variables": {"slug": "a secret"}}, {"query": "{ oops("}):
            server.post(body, **{"x-request-id": "my-request"})
        server.get("/graphql?query={article(slug:%22a%20secret%22){title}}")
        server.get("/search?q=a+secret")
        server.request("GET", "/", headers={"host": "a\x01b"})
    assert "secret" not in server.log_text
    lines = [line for line in server.log_text.splitlines() if "my-request" in line or "rejected" in line]
    assert len(lines) == 3
    if log_format == "text":
        fields: list[dict[str, Any]] = [dict(re.findall(r" (\w+)=(\S+)", line)) for line in lines]
        assert all(re.match(rf"{TIME} INFO: ", line) for line in server.log_text.splitlines())
    else:
        fields = [{name: str(value) for name, value in json.loads(line).items()} for line in lines]
    first, second, third = fields
    assert {name: first[name] for name in ("request", "status", "cache", "operation", "document")} == {
        "request": "my-request",
        "status": "200",
        "cache": "miss",
        "operation": "Lookup",
        "document": sha256(DOCUMENT.encode()).hexdigest(),
    }
    assert float(first["milliseconds"]) >= float(first["read_milliseconds"]) > 0
    assert (second["status"], second["error"]) == ("400", "GRAPHQL_PARSE_FAILED")
    assert third["status"] == "400"


def test_requests_are_not_logged_by_default(sqlite_url: str) -> None:
    with run_service(sqlite_url) as server:
        server.get("/healthz")
    assert "healthz" not in server.log_text
