"""Checks of a page's accessibility in a browser."""

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
