"""The example with Next.js, in a browser: its pages follow each publication.

One test publishes TEST_PUBLICATIONS times (20 by default), while visitors load pages.
"""

from __future__ import annotations

import os
from base64 import b64encode
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from support.example_content import RAIDS
from support.example_pages import assert_shows_raids, find_violations
from support.example_sites import build_and_serve
from support.visitors import run_visitors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from support.example_content import Desk

pytest_plugins = ("support.example_fixtures",)

PUBLICATIONS = int(os.environ.get("TEST_PUBLICATIONS", "20"))

SECRET = "whsec_" + b64encode(b"a secret of thirty-two bytes    ").decode()


@pytest.fixture(scope="module")
def site(desk: Desk) -> Iterator[str]:
    with build_and_serve(
        "nextjs",
        *("next", "start", "--port", "0"),
        COUNTERPOINT_URL=desk.service_url,
        COUNTERPOINT_NOTIFY_SECRET=SECRET,
        SITE_URL="https://site.example",
    ) as address:
        yield address


@dataclass(frozen=True)
class Answer:
    """A response, whose headers have names in lower case."""

    status: int
    headers: dict[str, str]
    text: str


def request(method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
    """Send a request, and follow no redirect."""
    url = urlsplit(address)
    with closing(HTTPConnection(url.netloc, timeout=60)) as connection:
        connection.request(method, f"{url.path}?{url.query}", body, headers or {})
        response = connection.getresponse()
        lower_case = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, lower_case, response.read().decode())


def get(address: str) -> Answer:
    return request("GET", address)


def publish(desk: Desk, site: str, texts: dict[str, str]) -> None:
    """Publish articles, and notify the front end."""
    desk.publish(texts, "--notify", f"{site}/api/publish", COUNTERPOINT_NOTIFY_SECRET=SECRET)


def test_list_has_pages_and_a_filter(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_text("27 in total").wait_for()
    newest = page.get_by_role("heading", level=2).all_inner_texts()
    page.get_by_role("link", name="Older articles").click()
    page.get_by_role("heading", name="Dispute 16").wait_for()
    assert len(newest) == 10
    assert not {*newest} & {*page.get_by_role("heading", level=2).all_inner_texts()}
    page.get_by_label("Party").select_option("Council (1)")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("1 in total").wait_for()
    assert page.get_by_role("heading", level=2).all_inner_texts() == ["Raids at the gate"]


def test_article_has_its_text_lists_tables_and_images(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("link", name="Raids at the gate").click()
    assert_shows_raids(page)
    page.get_by_role("link", name="Razzien am Tor").click()
    page.get_by_text("Die Bürgermeisterin widerspricht.").wait_for()


def test_head_of_an_article_names_its_versions(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/raids-at-the-gate")
    assert page.title() == "Raids at the gate · Counterpoint"
    links = page.locator("head link[href*='/articles/']").evaluate_all(
        "links => links.map(({ rel, hreflang, href }) => [rel, hreflang, href])"
    )
    assert links == [
        ["canonical", "", "https://site.example/articles/raids-at-the-gate"],
        ["alternate", "en", "https://site.example/articles/raids-at-the-gate"],
        ["alternate", "de", "https://site.example/articles/razzien-%C3%BCber-nacht"],
    ]


def test_party_has_its_stances(page: Page, site: str) -> None:
    page.goto(f"{site}/articles/raids-at-the-gate")
    page.get_by_role("link", name="Mayor").click()
    page.get_by_role("heading", level=2, name="Opposes raids").wait_for()
    assert page.get_by_role("heading", level=2).count() == 25


@pytest.mark.parametrize("path", ["/", "/articles/raids-at-the-gate", "/parties/mayor"])
def test_page_is_accessible(page: Page, site: str, path: str) -> None:
    page.goto(site + path)
    assert find_violations(page) == []


def test_former_slug_redirects_to_the_article(site: str) -> None:
    answer = get(f"{site}/articles/raids")
    assert (answer.status, answer.headers["location"]) == (308, "/articles/raids-at-the-gate")


def test_unknown_article_is_not_found(site: str) -> None:
    assert get(f"{site}/articles/nothing").status == 404


def test_page_of_a_mangled_cursor_is_not_found(site: str) -> None:
    assert get(f"{site}/?after=mangled").status == 404


def test_publication_renews_the_pages_of_its_tags_and_no_others(site: str, desk: Desk) -> None:
    article, other = f"{site}/articles/raids-at-the-gate", f"{site}/articles/dispute-03"
    assert [get(page).status for page in (article, other)] == [200, 200]
    publish(desk, site, {"raids.md": RAIDS.replace("*objects*", "*agrees*")})
    renewed = get(article)
    assert (renewed.headers["x-nextjs-cache"], "<em>agrees</em>" in renewed.text) == ("MISS", True)
    assert [get(page).headers["x-nextjs-cache"] for page in (article, other)] == ["HIT", "HIT"]


def test_publication_of_an_article_changes_the_list_and_its_own_page(page: Page, site: str, desk: Desk) -> None:
    assert get(f"{site}/articles/news").status == 404
    publish(desk, site, {"news.md": "---\ntitle: News\npublished: 2022-01-01\n---\n\nText.\n"})
    page.goto(site)
    page.get_by_role("link", name="News").click()
    page.get_by_role("heading", level=1, name="News").wait_for()


def test_no_page_is_old_after_a_publication_while_visitors_load_pages(site: str, desk: Desk) -> None:
    pages = [f"{site}{path}" for path in ("/", "/articles/raids-at-the-gate", "/parties/mayor")]
    old: dict[int, list[str]] = {}
    with run_visitors(*pages, f"{desk.service_url}/graphql?query={{articles{{totalCount}}}}"):
        for version in range(1001, 1001 + PUBLICATIONS):
            raids = RAIDS.replace("Raids at", f"Raids {version} at").replace("Opposes", f"Opposes {version}")
            publish(desk, site, {"raids.md": raids})
            if paths := [page for page in pages if f"{version}" not in get(page).text]:
                old[version] = paths
    publish(desk, site, {"raids.md": RAIDS})  # for the other tests
    assert old == {}


def test_notification_without_a_signature_is_refused(site: str) -> None:
    body = b'{"type": "content.published", "data": {"tags": ["article"]}}'
    assert request("POST", f"{site}/api/publish", body).status == 401
