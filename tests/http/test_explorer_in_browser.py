"""The explorer in a real browser. In CI it must run; elsewhere it needs Chromium and `./run explorer`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from counterpoint.http.explorer import is_built

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = "--disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync"

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not (CHROMIUM and is_built(ROOT / "assets")),
    reason="needs Chromium and a built explorer (./run explorer)",
)


def test_browser_shows_the_editor_with_the_first_query(sqlite_url: str, tmp_path: Path) -> None:
    with serving(sqlite_url) as address:
        page = shown(f"{address}/graphql", profile=tmp_path / "profile")
    assert "<title>Counterpoint</title>" in page
    assert 'class="graphiql-execute-button"' in page
    assert "articles(first: 1) {" in text(page)


def text(page: str) -> str:
    """Give the page without its markup, which depends on how far the editor is with colouring."""
    return unescape(re.sub(r"<[^>]*>", "", page)).replace("\N{NO-BREAK SPACE}", " ")


def shown(address: str, profile: Path) -> str:
    """Give the page's elements once its scripts have run."""
    assert CHROMIUM, "Chromium is not installed"
    options = ["--headless", "--no-sandbox", "--no-first-run", *QUIET.split(), f"--user-data-dir={profile}"]
    command = [CHROMIUM, *options, "--virtual-time-budget=10000", "--dump-dom", address]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@contextmanager
def serving(database_url: str) -> Iterator[str]:
    """Serve the repository's articles on a free port; give the address."""
    environment = {**os.environ, "COUNTERPOINT_DATABASE_URL": database_url, "COUNTERPOINT_PORT": "0"}
    counterpoint = [sys.executable, "-m", "counterpoint"]
    for preparation in ("migrate", "seed"):
        subprocess.run([*counterpoint, preparation], env=environment, cwd=ROOT, check=True)
    with subprocess.Popen(
        [*counterpoint, "serve"], env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr
        said = next(line for line in server.stderr if "running on" in line)
        yield said.partition("running on ")[2].partition(" ")[0]
        server.terminate()
