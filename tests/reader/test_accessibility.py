"""The reader in a real browser: its accessibility in both colour schemes, and its width on a telephone.

CI must run it; elsewhere it needs Chromium and the packages of tests/clients.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import sync_playwright

from support.browser import BROWSER_OPTIONS, CHROMIUM
from support.database_helpers import (
    REPOSITORY,
    create_sqlite_database,
    open_write_engine,
    parse_articles,
    seed_articles,
)
from support.reader_articles import read_articles
from support.servers import run_service
from support.variants import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

AXE = REPOSITORY / "tests" / "clients" / "node_modules" / "axe-core" / "axe.min.js"

PATHS = [
    "/articles/every-feature",
    "/",
    "/articles",
    "/articles/chicago-arabic",
    "/parties",
    "/parties/the-mayor",
    "/governments/city",
    "/compare",
    "/policy-areas/safety",
    "/solutions",
    "/search?q=mayor",
    "/charts",
    "/articles/none",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("CI") and not (CHROMIUM and AXE.exists()), reason="needs Chromium and axe-core (npm)"
    ),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open a page on a telephone's screen, which resolves paths against the reader."""
    url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(url) as engine:
        seed_articles(engine, parse_articles(read_articles()))
    with run_service(url) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_OPTIONS)
        yield browser.new_page(
            base_url=f"http://127.0.0.1:{server.port}",
            bypass_csp=True,  # because the policy of the pages allows no script, and axe is one
            viewport={"width": 390, "height": 800},
        )
        browser.close()


@pytest.mark.parametrize("path", sample(PATHS, 7))
def test_page_is_accessible_and_fits_a_telephone(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.add_script_tag(path=AXE)
    assert find_violations(page, "light", "axe.run({ resultTypes: ['violations'] })") == []
    assert find_violations(page, "dark", "axe.run({ runOnly: ['color-contrast'] })") == []


def find_violations(page: Page, scheme: Literal["light", "dark"], script: str) -> list[tuple[str, str]]:
    """Return the rules that a page violates in a colour scheme, each with one element."""
    page.emulate_media(color_scheme=scheme)
    violations = page.evaluate(script)["violations"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]


def test_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#_main")
