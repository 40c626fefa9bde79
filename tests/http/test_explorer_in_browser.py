"""The explorer in a real browser. CI must run it; elsewhere it needs Chromium and `./run explorer`."""

from __future__ import annotations

import os
import re
import subprocess
from html import unescape
from typing import TYPE_CHECKING

import pytest

from counterpoint.http.explorer import is_built
from support.browser import BROWSER_OPTIONS, CHROMIUM
from support.database_helpers import REPOSITORY, create_sqlite_database, open_write_engine, seed_articles
from support.sample_articles import ARTICLES
from support.servers import run_service

if TYPE_CHECKING:
    from pathlib import Path

DUMP_OPTIONS = ("--virtual-time-budget=10000", "--dump-dom")

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not (CHROMIUM and is_built(REPOSITORY / "assets")),
    reason="needs Chromium and a built explorer (./run explorer)",
)


def test_browser_shows_the_editor_with_the_first_query(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database_url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(database_url) as engine:
        seed_articles(engine, ARTICLES)
    with run_service(database_url) as server:
        html = render(f"http://127.0.0.1:{server.port}/graphql", profile=tmp_path / "profile")
    assert "<title>Counterpoint</title>" in html
    assert 'class="graphiql-execute-button"' in html
    assert "articles(first: 1) {" in strip_markup(html)


def strip_markup(html: str) -> str:
    """Return the text of a page, because its markup depends on how far the editor has highlighted it."""
    return unescape(re.sub(r"<[^>]*>", "", html)).replace("\N{NO-BREAK SPACE}", " ")


def render(url: str, profile: Path) -> str:
    """Return the HTML of a page after its scripts have run."""
    assert CHROMIUM, "Chromium is not installed"
    command = [CHROMIUM, *BROWSER_OPTIONS, *DUMP_OPTIONS, f"--user-data-dir={profile}", url]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
