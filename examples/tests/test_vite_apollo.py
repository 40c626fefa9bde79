"""The example with Vite and Apollo Client, in a browser."""

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
    with build_and_serve("vite-apollo", "vite", "preview", "--port", "0", COUNTERPOINT_URL=desk.service_url) as address:
        yield address


def test_list_grows_by_a_page(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_text("Showing 10 of 27").wait_for()
    page.get_by_role("button", name="Show more").click()
    page.get_by_text("Showing 20 of 27").wait_for()
    assert page.get_by_role("article").count() == 20
    page.get_by_role("button", name="Show more").click()
    page.get_by_text("Showing 27 of 27").wait_for()
    assert page.get_by_role("button").count() == 0


def test_list_is_filtered_by_party(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_label("Party").select_option("Council (1)")
    page.get_by_text("Showing 1 of 1").wait_for()
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Raids at the gate"]
    assert page.url == f"{site}/?party=council"
    page.go_back()
    page.get_by_text("Showing 10 of 27").wait_for()


def test_article_has_its_text_lists_tables_and_images(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Raids at the gate").click()
    assert_shows_raids(page)
    assert page.title() == "Raids at the gate · Counterpoint"
    page.get_by_role("link", name="Razzien am Tor").click()
    page.get_by_text("Die Bürgermeisterin widerspricht.").wait_for()


def test_former_slug_leads_to_the_article(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/raids")
    page.wait_for_url(f"{site}/articles/raids-at-the-gate")


def test_party_has_its_stances_page_by_page(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/raids-at-the-gate")
    page.get_by_role("link", name="Mayor").click()
    page.get_by_role("heading", level=1, name="Mayor").wait_for()
    assert page.get_by_role("heading", level=2).count() == 10
    page.get_by_role("button", name="Show more").click()
    page.get_by_role("heading", level=2, name="Opposes plan 6", exact=True).wait_for()
    assert page.get_by_role("heading", level=2).count() == 20


@pytest.mark.parametrize("path", ["/", "/articles/raids-at-the-gate", "/parties/mayor"])
def test_page_is_accessible(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    page.get_by_role("heading", level=1).wait_for()
    assert find_violations(page) == []
