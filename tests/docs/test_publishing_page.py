"""The receiver of docs/publishing.md purges a CDN by the tags of a real notification, and no others."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from support.commands import run, write_sample_folder
from support.database_helpers import REPOSITORY, create_sqlite_database
from support.receiver import SECRET, TIMEOUT_SECONDS, Receiver, run_receiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = (REPOSITORY / "docs" / "publishing.md").read_text(encoding="utf-8")
(WORKER,) = re.findall(r"```js\n(.*?)```\n", PAGE, re.DOTALL)

# What the runtime of a worker does: pass each request to the worker, and send its response.
RUNTIME = """
import { createServer } from "node:http";
import worker from "./worker.mjs";

const server = createServer(async (incoming, outgoing) => {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const request = new Request("http://worker/", { method: "POST", headers: incoming.headers, body });
  const response = await worker.fetch(request, process.env);
  outgoing.writeHead(response.status).end(await response.text());
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
"""

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and shutil.which("node") is None, reason="needs Node.js for the receiver of the page"
)


@contextmanager
def run_worker(folder: Path, cdn: Receiver) -> Iterator[str]:
    """Run the worker of the page, and yield its URL."""
    (folder / "worker.mjs").write_text(WORKER, encoding="utf-8")
    (folder / "runtime.mjs").write_text(RUNTIME, encoding="utf-8")
    variables = {"COUNTERPOINT_NOTIFY_SECRET": SECRET, "PURGE_URL": cdn.url, "PURGE_TOKEN": "token"}
    process = subprocess.Popen(
        ["node", "runtime.mjs"], cwd=folder, env=os.environ | variables, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/"
    finally:
        process.kill()
        process.wait(TIMEOUT_SECONDS)
        process.stdout.close()


def test_worker_purges_the_tags_of_authentic_notifications(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = write_sample_folder(tmp_path / "articles")
    settings = {"COUNTERPOINT_DATABASE_URL": create_sqlite_database(tmp_path_factory)}
    with run_receiver() as cdn, run_worker(tmp_path, cdn) as url:
        arguments = ("seed", str(folder), "--tags", str(tmp_path / "tags"), "--notify", url)
        forged = run(*arguments, **settings, COUNTERPOINT_NOTIFY_SECRET=SECRET.replace("M", "N"))
        tags = (tmp_path / "tags").read_text(encoding="ascii").split()
        assert (forged.exit_code, cdn.take()) == (1, [])
        assert "HTTP 401 Unauthorized (does the receiver have the same secret?)" in forged.stderr
        assert run(*arguments, **settings, COUNTERPOINT_NOTIFY_SECRET=SECRET).exit_code == 0
    (purge,) = cdn.take()
    assert json.loads(purge.body) == {"tags": tags}
    assert purge.headers["authorization"] == "Bearer token"
