"""Pages that a front end remakes when it is notified are never stale, however busy it and the API are.

The test publishes TEST_PUBLICATIONS times (once by default) on each database, while visitors load pages.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from support.commands import run, write_texts
from support.receiver import SECRET, Receiver, run_receiver
from support.servers import ServerProcess, run_service
from support.variants import variant
from support.visitors import run_visitors

if TYPE_CHECKING:
    from pathlib import Path

    from support.receiver import Notification

pytestmark = [pytest.mark.slow, variant("postgresql")]

PUBLICATIONS = int(os.environ.get("TEST_PUBLICATIONS", "1"))
SLUGS = ("one", "two")
ARTICLE = """---
title: Version {version} of {slug}
---

Text.

| Party | Stance | Recent Measures |
|---|---|---|
| Mayor | {version} | Spoke |
"""
QUERIES = {
    **{f"/{slug}": f'{{ article(slug: "{slug}") {{ title parties {{ currentStance }} }} }}' for slug in SLUGS},
    "/": "{ articles { nodes { title } } }",
    "/mayor": '{ party(slug: "mayor") { currentStance } }',
}
"""The pages of the site, and the query of each."""


@dataclass
class Site:
    """A front end that keeps its pages for ever, and remakes those that a notification makes stale, in its handler."""

    api: ServerProcess
    pages: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def load(self, path: str) -> str:
        """Return a page, made from the API if it is not there."""
        with self.lock:
            if path not in self.pages:
                self.pages[path] = self._fetch(path)
            return self.pages[path][0]

    def remake(self, notification: Notification) -> None:
        """Drop and remake the pages whose tags are in a notification."""
        assert notification.has_valid_signature
        tags = {*notification.data["tags"]}
        with self.lock:
            for path in [path for path, page in self.pages.items() if page[1] & tags]:
                self.pages[path] = self._fetch(path)

    def _fetch(self, path: str) -> tuple[str, frozenset[str]]:
        response = self.api.get(query_path(path), Accept="application/json")
        assert response.status == 200, response.body
        return json.dumps(response.json["data"]), frozenset(response.headers["cache-tag"].split(","))


def query_path(path: str) -> str:
    """Return the address of a page's query."""
    return f"/graphql?{urlencode({'query': QUERIES[path]})}"


def publish(url: str, folder: Path, version: int, receiver: Receiver) -> None:
    write_texts(folder, {f"{slug}.md": ARTICLE.format(version=version, slug=slug) for slug in SLUGS})
    settings = {"COUNTERPOINT_DATABASE_URL": url, "COUNTERPOINT_NOTIFY_SECRET": SECRET}
    result = run("seed", str(folder), "--notify", receiver.url, **settings)
    assert result.exit_code == 0, result.stderr


def find_stale_pages(site: Site, version: int) -> list[str]:
    """Return the paths of the site's and of the service's own pages that show another version."""
    pages = {path: site.load(path) for path in QUERIES}
    pages |= {path: site.api.get(path).body.decode() for path in ("/articles/one", "/parties/mayor")}
    return [path for path, page in pages.items() if f"{version}" not in page]


def test_no_page_is_stale_after_the_seeding_returns(database_url: str, tmp_path: Path) -> None:
    stale: dict[int, list[str]] = {}
    with run_receiver() as receiver:
        publish(database_url, tmp_path / "articles", 1000, receiver)
        with run_service(database_url) as api:
            site = Site(api)
            receiver.on_notification, receiver.load_page = site.remake, site.load
            pages = [f"http://127.0.0.1:{receiver.port}{path}" for path in QUERIES]
            queries = [f"http://127.0.0.1:{api.port}{query_path(path)}" for path in QUERIES]
            with run_visitors(*pages, *queries):
                for version in range(1001, 1001 + PUBLICATIONS):
                    publish(database_url, tmp_path / "articles", version, receiver)
                    if paths := find_stale_pages(site, version):
                        stale[version] = paths
    assert stale == {}
