"""The first page of docs/clients works in a real browser, which sends the preflights that the other pages mark."""

from __future__ import annotations

import json
import os
import re
import subprocess
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from support.browser import BROWSER_OPTIONS, CHROMIUM
from support.client_pages import CLIENTS, DOCUMENTED_URL, read_page
from support.database_helpers import (
    create_sqlite_database,
    open_write_engine,
    parse_articles,
    read_seed_texts,
    seed_articles,
)
from support.servers import run_service
from support.variants import variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not os.environ.get("CI") and not CHROMIUM, reason="needs Chromium"),
]

TIMEOUT_SECONDS = 60
ACCEPT = "application/graphql-response+json"
JSON_BODY = {"content-type": "application/json"}

REQUESTS: dict[str, dict[str, Any]] = {
    "GET": {},
    "GET with Accept": {"headers": {"accept": f"{ACCEPT}, application/json, */*;q=0.1"}},
    "GET with Content-Type": {"headers": {"accept": ACCEPT, **JSON_BODY}},
    "GET with a validator": {"headers": {"accept": ACCEPT, "if-none-match": '"x"'}},
    "GET with credentials": {"headers": {"authorization": "Bearer x"}},
    "POST of JSON": {"method": "POST", "headers": JSON_BODY, "body": "{}"},
    "POST of text": {"method": "POST", "body": "{}"},
    "QUERY": {"method": "QUERY", "headers": JSON_BODY, "body": "{}"},
}

SCRIPT = """
const expected = [];
for (const [name, options] of Object.entries(requests)) {
  const url = `${api}/${encodeURIComponent(name)}`;
  if (needsPreflight(new Request(url, options))) expected.push(name);
  await fetch(url, options);
}
await fetch("/expected", { method: "POST", body: JSON.stringify(expected) });
"""


class Server(ThreadingHTTPServer):
    """Serves a page to `localhost`, and receives its requests to `127.0.0.1`, which is another origin."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.preflights: list[str] = []
        self.expected: SimpleQueue[list[str]] = SimpleQueue()
        api = f"http://127.0.0.1:{self.server_port}"
        constants = f"const api = {json.dumps(api)}; const requests = {json.dumps(REQUESTS)};"
        rule = (CLIENTS / "preflight.js").read_text(encoding="utf-8").replace("export ", "")
        self.page = f'<!doctype html><script type="module">{rule}{constants}{SCRIPT}</script>'.encode()


class Handler(BaseHTTPRequestHandler):
    """Answers every request with the page, and allows other origins to read it."""

    server: Server

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.command == "OPTIONS":
            self.server.preflights.append(unquote(self.path.removeprefix("/")))
        elif self.path == "/expected":
            self.server.expected.put(json.loads(body))
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Methods", "QUERY")
        self.send_header("Access-Control-Allow-Headers", self.headers.get("Access-Control-Request-Headers", "*"))
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.server.page)

    do_GET = do_POST = do_QUERY = do_OPTIONS = _answer  # noqa: N815 (the base class looks up these names)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def run_server() -> Iterator[Server]:
    with Server() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@variant
def test_browser_sends_the_preflights_that_the_pages_mark(tmp_path: Path) -> None:
    assert CHROMIUM, "Chromium is not installed"
    with run_server() as server:
        page = f"http://localhost:{server.server_port}/"
        command = [CHROMIUM, *BROWSER_OPTIONS, f"--user-data-dir={tmp_path}", page]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                expected = server.expected.get(timeout=TIMEOUT_SECONDS)
            finally:
                process.terminate()
    assert server.preflights == expected
    assert set(REQUESTS) - set(expected) == {"GET", "GET with Accept", "POST of text"}


@variant
def test_first_page_shows_the_parties(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert CHROMIUM, "Chromium is not installed"
    (block,) = (block for block in read_page("README.md") if block.path == "first-page.html")
    database_url = create_sqlite_database(tmp_path_factory)
    with open_write_engine(database_url) as engine:
        seed_articles(engine, parse_articles(read_seed_texts()))
    page = tmp_path / block.path
    with run_service(database_url) as server:
        page.write_text(block.text.replace(DOCUMENTED_URL, f"http://127.0.0.1:{server.port}"), encoding="utf-8")
        options = ["--virtual-time-budget=10000", "--dump-dom", f"--user-data-dir={tmp_path / 'profile'}"]
        command = [CHROMIUM, *BROWSER_OPTIONS, *options, page.as_uri()]
        html = subprocess.run(command, capture_output=True, text=True, check=True, timeout=TIMEOUT_SECONDS).stdout
    entries = re.findall(r"<dt>(.+?)</dt><dd>(.+?)</dd>", html)
    assert entries == [
        ("Community Advocates", "Champion immigrant rights and protections"),
        ("Mayor Lori Lightfoot", "Opposes federal immigration raids"),
        ("Trump Administration", "Supports rigorous immigration enforcement"),
    ]
