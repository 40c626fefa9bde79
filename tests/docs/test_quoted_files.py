"""The pages on front ends quote the files of the examples, which `./run examples` builds and runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from support.database_helpers import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

PAGES = [REPOSITORY / "docs" / "clients" / name for name in ("nextjs.md", "astro.md")]
QUOTATION = re.compile(r"^\[`[^`]+`\]\((\S+)\)\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_of_code_is_a_part_of_the_file_before_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    quotations = QUOTATION.findall(text)
    assert len(quotations) == text.count("```") / 2
    for path, code in quotations:
        assert f"\n{code}" in (page.parent / path).read_text(encoding="utf-8"), path
