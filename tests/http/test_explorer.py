"""The explorer page: the bundle loads nothing from other hosts, the fallback only from its CDN."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from strawberry.http.ides import get_graphql_ide_html

from counterpoint.http.explorer import FIRST_QUERY, bundled_page, cdn_page, is_built
from support.database_helpers import (
    DEFAULT_LIMITS,
    create_sqlite_database,
    open_client,
    open_write_engine,
    seed_articles,
)
from support.sample_articles import ARTICLES

LOCK = Path(__file__).parents[2] / "explorer" / "package-lock.json"
ORIGIN = re.compile(r"https?://[\w.:-]+")


def test_lock_contains_no_registry_address() -> None:
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_bundled_page_loads_nothing_from_other_hosts() -> None:
    page = bundled_page()
    assert ORIGIN.findall(page.html + page.content_security_policy) == []
    assert "script-src 'self'; worker-src 'self'" in page.content_security_policy


def test_bundled_page_contains_the_first_query() -> None:
    query = re.search(r'data-query="([^"]*)"', bundled_page().html)
    assert query
    assert unescape(query[1]) == FIRST_QUERY


def test_cdn_page_is_strawberrys_graphiql_and_may_load_only_what_it_refers_to() -> None:
    html = get_graphql_ide_html()
    page = cdn_page(html)
    assert page.html == html
    assert set(re.findall(r'(?:src|href)="(https://[^/"]+)', html)) == {"https://unpkg.com"}
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    script_hash = b64encode(sha256(script.encode()).digest()).decode()
    assert page.content_security_policy == (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src 'self'; "
        "img-src 'self' data:; font-src 'self' data:; style-src 'self' 'unsafe-inline' https://unpkg.com; "
        f"script-src 'sha256-{script_hash}' https://unpkg.com"
    )


def test_first_query_returns_the_newest_article(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with open_client(url, DEFAULT_LIMITS) as client:
        (article,) = client.execute(FIRST_QUERY)["articles"]["nodes"]
    assert article["title"] == "New quarrel"
    assert [section["heading"] for section in article["sections"]] == ["Who", "How", "Who"]


def test_explorer_is_built_when_its_script_and_style_exist(tmp_path: Path) -> None:
    assert not is_built(tmp_path)
    (tmp_path / "explorer.js").touch()
    (tmp_path / "explorer.css").touch()
    assert is_built(tmp_path)
