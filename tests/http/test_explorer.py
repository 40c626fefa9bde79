"""The explorer page: it loads nothing from other hosts, and without a bundle it is a plain page for queries."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path
from shutil import rmtree

import pytest

from counterpoint.http.application import RequestHead, read_headers
from counterpoint.http.error_responses import HttpError
from counterpoint.http.explorer import (
    FIRST_QUERY,
    TRUSTED_ONLY,
    WELCOME,
    Bundle,
    ExplorerAssets,
    build_page,
    read_bundle,
)
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
BUNDLE = Bundle("0f/explorer.js", "0f/explorer.css", ["0f/chunks/a.js", "0f/chunks/b.js"])
MANIFEST = {"script": "0f/explorer.js", "style": "0f/explorer.css", "modules": ["0f/chunks/a.js", "0f/chunks/b.js"]}


@pytest.fixture
def bundle_folder(tmp_path: Path) -> Path:
    """Return a folder with the files that the build writes; each holds its name, compressed with gzip or as it is."""
    (tmp_path / "explorer.json").write_text(json.dumps(MANIFEST))
    (tmp_path / "other.js.gz").touch()
    for name in ("0f/explorer.js", "0f/explorer.css", "0f/chunks/a.js"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(f"{path.name}.br").write_text(f"{path.name}.br")
        path.with_name(f"{path.name}.gz").write_bytes(compress(path.name))
    return tmp_path


def compress(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def hash_source(tag: str, html: str) -> str:
    (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def query_of(html: str) -> str:
    match = re.search(r'data-query="([^"]*)"', html)
    assert match
    return unescape(match[1])


def get_asset(folder: Path, path: str, accept_encoding: str) -> tuple[dict[str, str], bytes]:
    headers = [(b"accept-encoding", accept_encoding.encode())]
    head = RequestHead("http", "GET", path, b"", read_headers(headers))
    response = asyncio.run(ExplorerAssets(folder).read(head))
    return {name.decode(): value.decode() for name, value in response.headers}, response.body


def test_lock_contains_no_registry_address() -> None:
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


@pytest.mark.parametrize("bundle", [BUNDLE, None], ids=["bundled", "plain"])
@pytest.mark.parametrize("is_trusted_only", [False, True])
def test_page_loads_nothing_from_other_hosts(bundle: Bundle | None, is_trusted_only: bool) -> None:
    page = build_page(bundle, is_trusted_only=is_trusted_only)
    assert ORIGIN.findall(page.html + page.content_security_policy) == []
    assert page.content_security_policy.startswith("default-src 'none'; ")


def test_bundled_page_refers_to_the_files_of_the_bundle() -> None:
    page = build_page(BUNDLE, is_trusted_only=False)
    files = re.findall(r'(?:src|href)="assets/([^"]+)"', page.html)
    assert files == [BUNDLE.style, *BUNDLE.modules, BUNDLE.script]
    assert "script-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self'" in page.content_security_policy


def test_bundled_page_contains_the_first_query() -> None:
    assert query_of(build_page(BUNDLE, is_trusted_only=False).html) == WELCOME + FIRST_QUERY


def test_page_for_trusted_documents_explains_them_in_place_of_a_query() -> None:
    html = build_page(BUNDLE, is_trusted_only=True).html
    assert query_of(html) == TRUSTED_ONLY
    assert " data-trusted-only>" in html
    assert TRUSTED_ONLY in unescape(build_page(None, is_trusted_only=True).html)


def test_plain_page_tells_how_to_build_the_explorer_and_runs_only_its_own_script() -> None:
    page = build_page(None, is_trusted_only=False)
    assert "./run explorer" in page.html
    assert f'spellcheck="false">{FIRST_QUERY}</textarea>' in unescape(page.html)
    script, style = hash_source("script", page.html), hash_source("style", page.html)
    assert page.content_security_policy.endswith(f"; script-src {script}; style-src {style}")


def test_first_query_returns_the_newest_article(tmp_path_factory: pytest.TempPathFactory) -> None:
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, ARTICLES)
    with open_client(url, DEFAULT_LIMITS) as client:
        (article,) = client.execute(FIRST_QUERY)["articles"]["nodes"]
    assert article["title"] == "New quarrel"
    assert [section["heading"] for section in article["sections"]] == ["Who", "How", "Who"]


def test_explorer_is_built_when_its_manifest_exists(bundle_folder: Path, tmp_path: Path) -> None:
    assert read_bundle(bundle_folder) == BUNDLE
    assert read_bundle(tmp_path / "0f") is None


@pytest.mark.parametrize(
    ("accept_encoding", "encoding", "body"),
    [
        ("gzip, deflate, br, zstd", "br", b"a.js.br"),
        ("gzip, deflate, zstd", "gzip", compress("a.js")),
        ("gzip;q=0", None, b"a.js"),
        ("", None, b"a.js"),
    ],
)
def test_asset_has_the_encoding_that_the_client_prefers(
    bundle_folder: Path, accept_encoding: str, encoding: str | None, body: bytes
) -> None:
    headers, received = get_asset(bundle_folder, "/assets/0f/chunks/a.js", accept_encoding)
    assert (headers.get("content-encoding"), received) == (encoding, body)
    assert headers["vary"] == "Accept-Encoding"
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", ["other.js", "explorer.json", "0f/none.js", "0f/../other.js", "0f/explorer.js.br"])
def test_only_the_files_of_the_bundle_are_served(bundle_folder: Path, path: str) -> None:
    with pytest.raises(HttpError, match="There is no file at this address") as raised:
        get_asset(bundle_folder, f"/assets/{path}", "")
    assert (raised.value.status, raised.value.code) == (404, "NOT_FOUND")


def test_file_that_was_removed_since_the_start_is_not_found(bundle_folder: Path) -> None:
    assets = ExplorerAssets(bundle_folder)
    rmtree(bundle_folder / "0f")
    with pytest.raises(HttpError, match="There is no file at this address"):
        asyncio.run(assets.read(RequestHead("http", "GET", "/assets/0f/chunks/a.js", b"", {})))
