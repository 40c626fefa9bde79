"""The configuration in docs/operations/proxies.md works in nginx. Only its ports and TLS differ here."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from support.commands import run, write_texts
from support.database_helpers import REPOSITORY
from support.ports import choose_port
from support.servers import ServerProcess, run_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and shutil.which("nginx") is None, reason="needs nginx (Debian: nginx)"
)

CONFIGURATION = re.compile(r"^```nginx\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MAIN = """
daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {site}
}}
"""
START_SECONDS = 10

TABLES = {
    "Party | Stance | Recent Measures": "Is for | signed",
    "Group | Function | Core Message": "Mobilization | Stay",
    "Policy Area | City's Approach | State's Approach": "Trust | Force",
}
MANY = 20
"""Entities of one type that have tags of their own in one answer."""

COUNT = "/graphql?query=" + quote("{ articles { totalCount } }")
ENTITIES = "/graphql?query=" + quote(
    '{ article(slug: "many") { parties { slug } groups { slug } policyAreas { slug } } }'
)


def build_article() -> str:
    """Return an article that names many entities with long names."""
    lines = ["---", "title: Many", "slug: many", "---", "", "## Who"]
    for header, cells in TABLES.items():
        lines += ["", f"| {header} |", "|---|---|---|", *(f"| {'long name ' * 9}{n} | {cells} |" for n in range(MANY))]
    return "\n".join([*lines, ""])


@contextmanager
def run_nginx(folder: Path, servers: list[ServerProcess]) -> Iterator[ServerProcess]:
    """Run nginx in front of two servers, and yield it as if it were one of them."""
    port = choose_port()
    (site,) = CONFIGURATION.findall((REPOSITORY / "docs/operations/proxies.md").read_text(encoding="utf-8"))
    changes = {f"127.0.0.1:{8000 + number}": f"127.0.0.1:{server.port}" for number, server in enumerate(servers)}
    for text, other in {**changes, "443 ssl": f"127.0.0.1:{port}"}.items():
        assert text in site
        site = site.replace(text, other)
    (file := folder / "nginx.conf").write_text(MAIN.format(folder=folder, site=re.sub("ssl_certificate.*;", "", site)))
    process = subprocess.Popen(["nginx", "-p", folder, "-c", file], stderr=subprocess.PIPE, text=True)
    try:
        wait_for_port(port, process)
        yield replace(servers[0], port=port)
    finally:
        process.kill()
        process.communicate()


def wait_for_port(port: int, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            return
    process.kill()
    raise AssertionError(process.communicate()[1])


def test_no_server_is_given_up_and_no_answer_is_too_large(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """Requests get 503 from both servers before the seeding, and nginx goes on sending them others."""
    with (
        run_service(migrated_sqlite_url, COUNTERPOINT_DRAIN_SECONDS="0") as first,
        run_service(migrated_sqlite_url) as second,
        run_nginx(tmp_path, [first, second]) as proxy,
    ):
        assert [proxy.get(COUNT).error_codes for _ in range(3)] == 3 * [["NOT_READY"]]
        folder = write_texts(tmp_path / "articles", {"many.md": build_article()})
        assert run("seed", str(folder), COUNTERPOINT_DATABASE_URL=migrated_sqlite_url).exit_code == 0
        answer = proxy.get(ENTITIES)
        assert answer.json["data"]["article"].keys() == {"parties", "groups", "policyAreas"}
        assert len(answer.headers["cache-tag"]) > 3 * MANY * 80
        long_address = f"{COUNT}&variables={'%20' * 5000}{{}}"
        assert proxy.get(long_address).json == proxy.get(COUNT).json == {"data": {"articles": {"totalCount": 1}}}
        assert first.stop(signal.SIGTERM) == 0
        assert {proxy.get(COUNT).status for _ in range(4)} == {200}
