"""The front ends in examples/: the pages on them quote their files, which `./run examples` builds and runs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from support.client_pages import FOLDER, PAGES_ON_EXAMPLES
from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [FOLDER / name for name in PAGES_ON_EXAMPLES]
LOCKS = sorted(REPOSITORY.glob("examples/*/package-lock.json"))
QUOTATION = re.compile(r"^\[`[^`]+`\]\((\S+)\)\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_code_is_a_part_of_the_file_before_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    quotations = QUOTATION.findall(text)
    assert len(quotations) == text.count("```") / 2
    for path, code in quotations:
        assert f"\n{code}" in (page.parent / path).read_text(encoding="utf-8"), path


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.parent.name)
def test_lock_contains_no_registry_url(lock: Path) -> None:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []
