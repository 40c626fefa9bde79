"""Real clients at a real server. In CI they must run; elsewhere they need Node.js and `./run clients`."""

from __future__ import annotations

import json
import os
import re
import subprocess
from itertools import count
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import (
    REPOSITORY,
    create_sqlite_database,
    open_write_engine,
    parse_articles,
    read_seed_texts,
    seed_articles,
)
from support.servers import run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = REPOSITORY / "tests" / "clients"
PAGE = (REPOSITORY / "docs" / "clients.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```js\n(.*?)```\n\n```text\n(.*?)```\n", PAGE, re.DOTALL)
TRUSTED = re.findall(r"```graphql\n(.*?)```\n", PAGE, re.DOTALL)

LATER_THAN_THE_AUDITS = {
    "application/json is answered with the statuses of application/graphql-response+json": {"572B", "FDE2", "7B9B"},
    "a request that is not well-formed is answered with 422": {
        *("423L", "3E3A", "LKJ0", "LKJ1", "LKJ2", "LKJ3", "6C00", "6C01", "6C02", "6C03"),
        *("4760", "4761", "4762", "4763", "58B0", "58B1", "58B2", "58B3"),
    },
    "variables that can't be coerced are answered with 422": {"86EE"},
}
"""What GraphQL over HTTP says since August 2026, and the audits that are of another mind."""

needs_node = pytest.mark.skipif(
    not os.environ.get("CI") and not (CLIENTS / "node_modules").is_dir(),
    reason="needs Node.js and the clients (./run clients)",
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the repository's articles, and the page's trusted documents."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, parse_articles(read_seed_texts()))
    documents = tmp_path_factory.mktemp("documents")
    for number, text in enumerate(TRUSTED):
        (documents / f"{number}.graphql").write_text(text, encoding="utf-8")
    with run_service(url, COUNTERPOINT_TRUSTED_DOCUMENTS_DIR=str(documents)) as server:
        yield f"http://127.0.0.1:{server.port}"


def node(address: str, *arguments: str, script: str | None = None) -> str:
    """Run a script where the clients are installed; give what it prints."""
    run = subprocess.run(
        ["node", *arguments],
        input=script,
        env=os.environ | {"SERVER": address},
        cwd=CLIENTS,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@needs_node
@pytest.mark.parametrize(("script", "printed"), EXAMPLES, ids=count(1))
def test_client_does_as_the_page_says(address: str, script: str, printed: str) -> None:
    assert node(address, "--import", "./wire.js", "--input-type=module", script=script) == printed


def test_no_example_of_the_page_is_left_out() -> None:
    assert len(EXAMPLES) == PAGE.count("```js\n")


@needs_node
def test_only_audits_that_the_standard_has_overtaken_fail(address: str) -> None:
    failed = {audit["id"]: audit for audit in json.loads(node(address, "audits.js"))}
    assert failed.keys() == set().union(*LATER_THAN_THE_AUDITS.values()), failed


@needs_node
def test_javascript_reads_the_same_schema_by_introspection_as_from_its_file(address: str) -> None:
    assert json.loads(node(address, "schema.js")) == []


def test_lock_holds_no_address_of_a_registry() -> None:
    packages = json.loads((CLIENTS / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
