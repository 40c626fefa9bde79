"""The example with Astro, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.example_pages import assert_shows_raids, find_violations
from support.example_sites import build_and_serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from support.example_content import Desk

pytest_plugins = ("support.example_fixtures",)


@pytest.fixture(scope="module")
def site(desk: Desk) -> Iterator[str]:
    with build_and_serve(
        "astro", "astro", "preview", "--port", "0", COUNTERPOINT_URL=desk.service_url, SITE_URL="https://site.example"
    ) as address:
        yield address


def test_list_has_all_articles(page: Page, site: str) -> None:
    page.goto(site)
    assert page.get_by_role("article").count() == 27
    assert find_violations(page) == []


def test_article_has_its_text_lists_tables_and_images(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Raids at the gate").click()
    assert_shows_raids(page)
    assert find_violations(page) == []


def test_translations_link_to_each_other(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/raids-at-the-gate/")
    links = page.locator("link[hreflang]").evaluate_all("links => links.map(link => [link.hreflang, link.href])")
    assert links == [
        ["en", "https://site.example/articles/raids-at-the-gate/"],
        ["de", "https://site.example/articles/razzien-%C3%BCber-nacht/"],
    ]
    page.get_by_role("link", name="Razzien am Tor").click()
    page.get_by_text("Die Bürgermeisterin widerspricht.").wait_for()
