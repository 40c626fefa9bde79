"""Tests of properties draw the same examples in each run."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_examples_do_not_depend_on_imported_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = draw_examples()
    assert len(set(before)) > 100
    path = tmp_path / "more_constants.py"
    path.write_text("".join(f"C{number} = 'constant {number}'\n" for number in range(100)))
    spec = spec_from_file_location("more_constants", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "more_constants", module)
    spec.loader.exec_module(module)
    assert draw_examples() == before


def draw_examples() -> list[str]:
    examples = []

    @settings(derandomize=True, max_examples=200)
    @given(st.text())
    def draw(text: str) -> None:
        examples.append(text)

    draw()
    return examples
