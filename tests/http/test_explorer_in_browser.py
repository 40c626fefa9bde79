"""The explorer in a real browser. CI must run it; elsewhere it needs Chromium and `./run explorer`."""

from __future__ import annotations

import os
import re
import subprocess
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from counterpoint.http.explorer import read_bundle
from support.browser import BROWSER_OPTIONS, CHROMIUM
from support.database_helpers import REPOSITORY, create_sqlite_database, open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.servers import ServerProcess

DUMP_OPTIONS = ("--virtual-time-budget=10000", "--dump-dom", "--window-size=1280,800")

TWO_QUERIES = "query First { revision { id } }\n\nquery Second($slug: String!) { article(slug: $slug) { title } }"
PARAMETERS = {"query": TWO_QUERIES, "variables": '{"slug": "new"}', "operationName": "Second"}
LINK = f"/graphql?{urlencode(PARAMETERS)}"

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not (CHROMIUM and read_bundle(REPOSITORY / "assets")),
    reason="needs Chromium and a built explorer (./run explorer)",
)


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    return url


@pytest.fixture(scope="module")
def server(database_url: str) -> Iterator[ServerProcess]:
    with run_service(database_url) as server:
        yield server


def test_explorer_needs_less_than_2_megabytes() -> None:
    files = [path.stat().st_size for path in (REPOSITORY / "assets").glob("explorer-*/**/*.br")]
    assert 0 < sum(files) < 2_000_000


def test_explorer_answers_its_first_query_on_opening(server: ServerProcess, tmp_path: Path) -> None:
    text = read_page(server, "/graphql", profile=tmp_path)
    assert "articles(first: 1) {" in text
    assert '"title": "New quarrel"' in text
    assert "Counterpoint publishes articles on policy disputes" in text


@variant
def test_address_opens_the_explorer_with_its_query(server: ServerProcess, tmp_path: Path) -> None:
    text = read_page(server, LINK, profile=tmp_path)
    assert "query First { revision { id } }" in text
    assert '"title": "New quarrel"' in text


@variant
def test_explorer_shows_the_schema_where_only_trusted_documents_are_executed(database_url: str, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "second.graphql").write_text(TWO_QUERIES)
    settings = {
        "COUNTERPOINT_TRUSTED_DOCUMENTS_ONLY": "true",
        "COUNTERPOINT_TRUSTED_DOCUMENTS_DIR": str(documents),
    }
    with run_service(database_url, **settings) as server:
        text = read_page(server, LINK, profile=tmp_path / "profile")
    assert "Counterpoint publishes articles on policy disputes" in text
    assert '"title": "New quarrel"' in text


@variant
def test_plain_page_answers_the_query_of_its_address(database_url: str, tmp_path: Path) -> None:
    with run_service(database_url, COUNTERPOINT_EXPLORER_DIR=str(tmp_path / "none")) as server:
        text = read_page(server, LINK, profile=tmp_path)
    assert "./run explorer" in text
    assert '"title": "New quarrel"' in text


def read_page(server: ServerProcess, path: str, profile: Path) -> str:
    """Return the text of a page after its scripts have run, without the markup of the editor's highlighting."""
    html = render(f"http://127.0.0.1:{server.port}{path}", profile)
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\N{NO-BREAK SPACE}", " ")


def render(url: str, profile: Path) -> str:
    """Return the HTML of a page after its scripts have run."""
    assert CHROMIUM, "Chromium is not installed"
    command = [CHROMIUM, *BROWSER_OPTIONS, *DUMP_OPTIONS, f"--user-data-dir={profile}", url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
