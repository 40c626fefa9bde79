"""Fixtures for the tests of the examples: a service with articles, and a browser."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from support.browser import BROWSER_OPTIONS, CHROMIUM
from support.database_helpers import create_sqlite_database
from support.example_content import Desk
from support.servers import run_service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Run the service with all articles published."""
    desk = Desk(tmp_path_factory.mktemp("articles"), create_sqlite_database(tmp_path_factory))
    desk.publish_all()
    with run_service(desk.database_url) as server:
        yield replace(desk, service_url=f"http://127.0.0.1:{server.port}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run a browser."""
    assert CHROMIUM, "Chromium is not installed"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=BROWSER_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page, and check at the end that the browser reported no error."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert errors == []
