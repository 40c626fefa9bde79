"""Real JavaScript clients against a real server. They need Node.js; in CI they must run."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from support.client_pages import CLIENTS, needs_node
from support.database_helpers import (
    create_sqlite_database,
    open_write_engine,
    parse_articles,
    read_seed_texts,
    seed_articles,
)
from support.servers import run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTDATED_AUDITS = {
    "application/json has the status codes of application/graphql-response+json": {"572B", "FDE2", "7B9B"},
    "a request that is not well-formed has the status 422": {
        *("423L", "3E3A", "LKJ0", "LKJ1", "LKJ2", "LKJ3", "6C00", "6C01", "6C02", "6C03"),
        *("4760", "4761", "4762", "4763", "58B0", "58B1", "58B2", "58B3"),
    },
    "variables that cannot be coerced have the status 422": {"86EE"},
}
"""Rules of GraphQL over HTTP since August 2026, and the audits that contradict them."""


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the articles in `seed/`."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, parse_articles(read_seed_texts()))
    with run_service(url) as server:
        yield f"http://127.0.0.1:{server.port}"


def run_node(server_url: str, script: str) -> str:
    """Run a script in the folder with the clients, and return its output."""
    result = subprocess.run(
        ["node", script],
        env=os.environ | {"SERVER": server_url},
        cwd=CLIENTS,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@needs_node
def test_only_outdated_audits_fail(server_url: str) -> None:
    failed = {audit["id"]: audit for audit in json.loads(run_node(server_url, "audits.js"))}
    assert failed.keys() == set().union(*OUTDATED_AUDITS.values()), failed


@needs_node
def test_introspection_returns_the_published_schema(server_url: str) -> None:
    assert json.loads(run_node(server_url, "schema.js")) == []


def test_lock_contains_no_registry_url() -> None:
    packages = json.loads((CLIENTS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
