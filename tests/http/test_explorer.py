"""The explorer's page: from here or from the CDN, never both."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from counterpoint.http.explorer import CDN, FIRST_QUERY, VERSIONS, HtmlPage, bundled_page, cdn_page, is_built
from support.database_helpers import (
    DEFAULT_LIMITS,
    create_sqlite_database,
    open_client,
    open_write_engine,
    seed_articles,
)
from support.sample_articles import ARTICLES

LOCK = Path(__file__).parents[2] / "explorer" / "package-lock.json"
ADDRESS = re.compile(r"https?://[\w.:-]+")


def test_cdn_gives_the_versions_that_are_built_here() -> None:
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in VERSIONS} == VERSIONS


def test_lock_holds_no_address_of_a_registry() -> None:
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_own_page_names_no_host_and_runs_only_what_the_server_has() -> None:
    page = bundled_page()
    assert ADDRESS.findall(page.html + page.policy) == []
    assert "script-src 'self'; worker-src 'self'" in page.policy


def test_cdn_page_names_only_the_cdn() -> None:
    page = cdn_page()
    assert set(ADDRESS.findall(page.html + page.policy)) == {CDN}


@pytest.mark.parametrize("page", [bundled_page(), cdn_page()], ids=["own", "cdn"])
def test_page_carries_the_first_query(page: HtmlPage) -> None:
    query = re.search(r'data-query="([^"]*)"', page.html)
    assert query
    assert unescape(query[1]) == FIRST_QUERY


def test_first_query_shows_an_article_whichever_there_are(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with open_client(url, DEFAULT_LIMITS) as api:
        (article,) = api.execute(FIRST_QUERY)["articles"]["nodes"]
    assert article["title"] == "New quarrel"
    assert [section["heading"] for section in article["sections"]] == ["Who", "How", "Who"]


def test_explorer_counts_as_built_when_its_script_and_style_are_there(tmp_path: Path) -> None:
    assert not is_built(tmp_path)
    (tmp_path / "explorer.js").touch()
    (tmp_path / "explorer.css").touch()
    assert is_built(tmp_path)
