"""Checks of pages of the example front ends in a browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = REPOSITORY / "examples" / "tests" / "node_modules" / "axe-core" / "axe.min.js"


def find_violations(page: Page) -> list[str]:
    """Return the rules of accessibility that a page violates, in light and in dark."""
    page.add_script_tag(path=AXE)
    violations: list[str] = []
    for color_scheme in ("light", "dark"):
        page.emulate_media(color_scheme=color_scheme)
        result = page.evaluate("axe.run()")
        violations += [
            json.dumps([color_scheme, item["id"], item["nodes"][0]["html"]]) for item in result["violations"]
        ]
    return violations


def assert_shows_raids(page: Page) -> None:
    """Check that a page shows the article about the raids: text, list, table and image."""
    page.get_by_role("heading", level=1, name="Raids at the gate").wait_for()
    assert page.get_by_text("objects").evaluate("element => element.localName") == "em"
    assert page.get_by_role("listitem").all_inner_texts() == ["Cause: a raid", "An answer"]
    assert page.get_by_role("row").count() == 3
    image = page.get_by_role("img", name="Officers at the gate")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
