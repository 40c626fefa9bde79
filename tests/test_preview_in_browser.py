"""The preview in a real browser: the page reloads when a file changes. CI must run it; elsewhere it needs Chromium."""

from __future__ import annotations

import json
import os
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

from support.browser import BROWSER_OPTIONS, CHROMIUM
from support.commands import write_texts
from support.servers import run_server
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("CI") and not CHROMIUM, reason="needs Chromium"),
]

DEADLINE_SECONDS = 60


@variant
def test_page_reloads_when_its_article_changes_or_has_an_error(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "articles", {"a.md": "---\ntitle: First\n---\n\nText.\n"})
    with (
        run_server("preview", str(folder), "--port", "0") as server,
        open_page(f"http://127.0.0.1:{server.port}/articles/a", tmp_path / "profile") as list_targets,
    ):
        wait_for_title(list_targets, "First · Counterpoint")
        write_texts(folder, {"a.md": "---\ntitle: Second\n---\n\nText.\n"})
        wait_for_title(list_targets, "Second · Counterpoint")
        write_texts(folder, {"a.md": "---\ntitel: Third\n---\n\nText.\n"})
        wait_for_title(list_targets, "⚠ Second · Counterpoint")


@contextmanager
def open_page(url: str, profile: Path) -> Iterator[str]:
    """Open a page, and yield the address of the list of open pages."""
    assert CHROMIUM, "Chromium is not installed"
    command = [CHROMIUM, *BROWSER_OPTIONS, "--remote-debugging-port=0", f"--user-data-dir={profile}", url]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            port_file = profile / "DevToolsActivePort"
            deadline = time.monotonic() + DEADLINE_SECONDS
            while not (port_file.exists() and port_file.read_text()):
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port_file.read_text().splitlines()[0]}/json/list"
        finally:
            process.terminate()


def wait_for_title(list_targets: str, title: str) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    titles: list[str] = []
    while title not in titles:
        assert time.monotonic() < deadline, titles
        time.sleep(0.05)
        with urlopen(list_targets, timeout=DEADLINE_SECONDS) as response:
            titles = [target["title"] for target in json.load(response) if target["type"] == "page"]
